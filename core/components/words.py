"""Words with a shape: badges, dates, marks and meters. Status is never told by colour alone."""

import re
from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Library
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.html import conditional_escape, escape, format_html, linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

register = Library()

SHAPES = {
    "neutral": '<circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="1.5"/>',
    "draft": '<circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    '<path d="M6 1.75a4.25 4.25 0 0 0 0 8.5z" fill="currentColor"/>',
    "good": '<circle cx="6" cy="6" r="5" fill="currentColor"/>',
    "changed": '<path d="M6 .75 11.25 6 6 11.25.75 6z" fill="currentColor"/>',
    "waiting": '<circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    '<path d="M6 3.25V6l2 1.25" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/>',
    "warning": '<path d="M6 1 11.5 11H.5z" fill="currentColor"/>',
    "bad": '<path d="M1.25 1.25h9.5v9.5h-9.5z" fill="currentColor"/>',
    "ended": '<path d="M1 4.5h10v3H1z" fill="currentColor"/>',
}
LEVELS = {
    "critical": ("bad", gettext_lazy("Critical")),
    "high": ("warning", gettext_lazy("High")),
    "medium": ("changed", gettext_lazy("Medium")),
    "low": ("neutral", gettext_lazy("Low")),
    "info": ("good", gettext_lazy("For your information")),
}
COLOURS = ("slate", "blue", "teal", "green", "olive", "amber", "orange", "red", "pink", "violet")


@cache
def _drawing(name):
    """The inside of `static/icons/<name>.svg`, read once per process."""
    path = finders.find(f"icons/{name}.svg")
    if path is None:
        raise LookupError(f"There is no icon '{name}' in static/icons.")
    with open(path, encoding="utf-8") as file:
        return re.search(r"<svg[^>]*>(.*)</svg>", file.read(), re.DOTALL)[1].strip()


@cache
def shape(tone):
    """The sign of a tone, for the eye only: the word beside it says the same."""
    return mark_safe(
        f'<svg class="shape" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">{SHAPES[tone]}</svg>'
    )


@register.simple_tag
def icon(name, label=""):
    """A drawing from `static/icons/`, silent unless it has a label."""
    role = format_html('role="img" aria-label="{}"', escape(label)) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="currentColor" {}>{}</svg>',
        role,
        mark_safe(_drawing(name)),
    )


@register.simple_tag
def badge(label, tone="neutral"):
    return format_html('<span class="mark mark-{}">{}{}</span>', tone, shape(tone), label)


@register.simple_tag
def severity(level, label="", count=None):
    """How much a finding matters, as shape, word and (when given) number."""
    tone, default = LEVELS[level]
    number = "" if count is None else format_html(' <span class="mark-count">{}</span>', formats.number_format(count))
    return format_html('<span class="mark mark-level-{}">{}{}{}</span>', level, shape(tone), label or default, number)


@register.simple_tag
def tag(label, colour="slate"):
    """A coloured label that an organisation made itself; an unknown colour becomes slate."""
    return format_html('<span class="tag tag-{}">{}</span>', colour if colour in COLOURS else "slate", label)


@register.simple_tag
def not_recorded(label=""):
    return format_html('<span class="blank">{}</span>', label or _("Not recorded"))


@register.simple_tag
def none_answer(label=""):
    return format_html('<span class="none-answer">{}{}</span>', icon("check2"), label or _("None"))


@register.simple_tag
def reference(text):
    """An article of law, small; nothing when there is none."""
    return format_html('<span class="reference">{}</span>', text) if text else ""


@register.simple_tag
def person(name):
    words = str(name).split()
    initials = "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
    return format_html(
        '<span class="person"><span class="person-initials" aria-hidden="true">{}</span>{}</span>', initials, name
    )


@register.simple_tag
def day(value, long=False):
    """A date in the reader's own order; a dash when there is none."""
    if not value:
        return mark_safe('<span class="blank-dash">–</span>')
    if isinstance(value, datetime):
        value = timezone.localdate(value) if timezone.is_aware(value) else value.date()
    words = formats.date_format(value, "DATE_FORMAT" if long else "SHORT_DATE_FORMAT")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.simple_tag
def moment(value):
    """A date with the time of day, in the reader's time zone."""
    if not value:
        return mark_safe('<span class="blank-dash">–</span>')
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    words = f"{formats.date_format(local, 'SHORT_DATE_FORMAT')} {formats.date_format(local, 'TIME_FORMAT')}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), words)


def term(left):
    """Tone and words for a number of days that is left (negative: too late)."""
    if left < 0:
        return "bad", ngettext("%(count)s day late", "%(count)s days late", -left) % {"count": -left}
    if left == 0:
        return "warning", _("today")
    tone = "warning" if left <= 7 else "neutral"
    return tone, ngettext("in %(count)s day", "in %(count)s days", left) % {"count": left}


@register.simple_tag
def due(value, on, done=False):
    """When something must be ready, seen from the day `on`."""
    if not value:
        return day(value)
    if done:
        return format_html('<span class="mark mark-good">{}{}</span> {}', shape("good"), _("Done"), day(value))
    value = value if isinstance(value, date) and not isinstance(value, datetime) else timezone.localdate(value)
    tone, words = term((value - on).days)
    return format_html('<span class="mark mark-{}">{}{}</span> {}', tone, shape(tone), words, day(value))


@register.simple_tag
def lang_text(value, language=""):
    """Text as somebody wrote it, in its own language, with its line breaks."""
    if not value:
        return ""
    language = format_html(' lang="{}"', language) if language else ""
    if "\n" in str(value):
        return format_html("<div{}>{}</div>", language, mark_safe(linebreaks(value, autoescape=True)))
    return format_html("<span{}>{}</span>", language, value)


@register.simple_tag
def completeness(value, maximum, label):
    return _measured("meter", value, maximum, label)


@register.simple_tag
def progress(value, maximum, label):
    """How far long work is; `value=None` says that it is busy without knowing how far."""
    return _measured("progress", value, maximum, label)


def _measured(kind, value, maximum, label):
    return render_to_string(
        f"components/{kind}.html", {"value": value, "maximum": maximum, "label": conditional_escape(label)}
    )


@register.simple_tag
def copy_button(text, label=""):
    return format_html(
        '<button type="button" class="btn btn-quiet btn-sm" data-copy="{}" data-copied="{}" hidden>'
        "{}<span>{}</span></button>",
        text,
        _("Copied"),
        icon("copy"),
        label or _("Copy"),
    )


@register.simple_tag
def app_version():
    return settings.VERSION
