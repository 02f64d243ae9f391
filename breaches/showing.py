"""The fields of a breach as people read them."""

from dataclasses import dataclass

from django.db import models as db
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.components.words import badge, lang_text, moment, not_recorded
from register.models import Country

from .law import Known, NotificationScope
from .models import Breach
from .sections import CHOICES

TOGETHER = {"people_min": "people_max", "records_min": "records_max"}
"""Two numbers that are one answer."""

FREE = frozenset(
    field.name for field in Breach._meta.fields if isinstance(field, db.CharField | db.TextField) and not field.choices
)


@dataclass(frozen=True)
class Fact:
    name: str
    label: str
    value: str
    is_open: bool
    text: str = ""
    """As somebody wrote it, when it is free text."""


def facts(breach, section, countries):
    """What one section says, field by field. `countries`: {code: name}."""
    unasked = {*TOGETHER.values(), *(["alike_count"] if breach.scope == NotificationScope.ONE else [])}
    names = [name for name in section.fields if name not in unasked]
    return [_fact(breach, name, countries) for name in names]


def country_names(organisation):
    """{code: name} of the countries in the organisation's library. One query."""
    rows = Country.objects.of(organisation).filter(is_international_organisation=False)
    return dict(sorted(((row.code, row.name) for row in rows), key=lambda pair: pair[1].casefold()))


def label(name):
    if name in TOGETHER:
        return _("How many people") if name == "people_min" else _("How many data records")
    return capfirst(str(Breach._meta.get_field(name).verbose_name))


def number(low, high):
    """A number that is known, a range, or only one side of it; "" when nothing is known."""
    if low is None and high is None:
        return ""
    low_words, high_words = _grouped(low), _grouped(high)
    if low == high:
        return low_words
    if high is None:
        return _("at least %(number)s") % {"number": low_words}
    if low is None:
        return _("at most %(number)s") % {"number": high_words}
    return _("%(low)s to %(high)s") % {"low": low_words, "high": high_words}


def _grouped(value):
    return "" if value is None else formats.number_format(value, use_l10n=True, force_grouping=True)


def words(name, value, countries=None):
    """A value of a field in plain words, for a choice between two versions of it."""
    field = Breach._meta.get_field(name)
    if value in (None, "", []):
        return _("Not filled in")
    if isinstance(field, db.JSONField):
        return ", ".join(_codes(name, value, countries or {}))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, db.DateTimeField):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    return str(value)


def _fact(breach, name, countries):
    value = getattr(breach, name)
    if name in TOGETHER:
        value = number(value, getattr(breach, TOGETHER[name]))
    is_open = value in (None, "", [])
    shown = not_recorded() if is_open else _markup(breach, name, value, countries)
    return Fact(name, label(name), shown, is_open, value if name in FREE else "")


def _markup(breach, name, value, countries):
    field = Breach._meta.get_field(name)
    if isinstance(field, db.JSONField):
        return format_html(
            "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((one,) for one in _codes(name, value, countries)))
        )
    if field.choices:
        shown = breach._get_FIELD_display(field)
        return badge(shown, "neutral") if field.choices == Known.choices else format_html("{}", shown)
    if isinstance(field, db.DateTimeField):
        return moment(value)
    return format_html("{}", lang_text(str(value)))


def _codes(name, value, countries):
    """What codes mean; a code that is no longer known stands as it is."""
    known = dict(CHOICES[name].choices) if name in CHOICES else countries
    return [str(known.get(code, code)) for code in value]
