"""Marks of findings: `{% load findings %}`."""

from django.template import Library
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.components import words
from register.checks.engine import Outcome, Severity
from register.listing import findings

register = Library()
LEVELS = {Severity.INFORMATION.value: "info"}


@register.simple_tag
def severity_mark(severity, outcome="", count=None):
    """How much a finding matters; what is not known says so beside it."""
    label = str(Severity(severity).label)
    if outcome == Outcome.UNKNOWN:
        label = _("%(severity)s, not known") % {"severity": label}
    return words.severity(LEVELS.get(severity, severity), label=label, count=count)


@register.filter
def tone(severity):
    """The colour of the edge of a finding, by its severity."""
    return words.LEVELS[LEVELS.get(severity, severity)][0]


@register.filter
def article(text):
    """A rule names bare numbers of the GDPR; of another law it names the law."""
    return _("Art. %(article)s") % {"article": text} if text[:1].isdigit() else text


@register.simple_tag
def at_large(sentence):
    return findings.at_large(sentence)


@register.simple_tag
def finding_subject(finding, subjects, organisation):
    """What a finding is about when that is no activity: a shared row with its page, or the organisation."""
    if finding.subject_id in subjects:
        name, url = subjects[finding.subject_id]
        return format_html('<a href="{}">{}</a>', url, name)
    url = reverse("accounts:organisation", args=[organisation.slug])
    return format_html('<a href="{}">{}</a>', url, organisation.name)
