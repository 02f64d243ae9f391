"""The columns of the list: their words, how they sort, and how one row is drawn in them.

Drawn in Python and not by templates: a page of fifty rows has some five hundred cells.
"""

import datetime
from dataclasses import dataclass
from functools import cache, partial

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.components import words
from core.languages import in_language
from register import law
from register.checks.engine import Severity

SOON = datetime.timedelta(days=30)
MANY = 4  # names in one cell before "and so many more"
NOBODY = mark_safe('<span class="blank-dash">–</span>')
TAG_COLOURS = {"grey": "slate", "yellow": "amber", "purple": "violet"}
STATUS_MARKS = {
    "draft": ("draft", gettext_lazy("Draft")),
    "changed": ("changed", gettext_lazy("Changed")),
    "established": ("good", gettext_lazy("Established")),
    "ended": ("ended", gettext_lazy("Ended")),
}
BASES = {
    "a": gettext_lazy("Consent"),
    "b": gettext_lazy("Contract"),
    "c": gettext_lazy("Legal obligation"),
    "d": gettext_lazy("Vital interests"),
    "e": gettext_lazy("Public task"),
    "f": gettext_lazy("Legitimate interest"),
}
ROUND_MARKS = {
    "open": ("waiting", gettext_lazy("Waiting for approval")),
    "sent_back": ("warning", gettext_lazy("Sent back")),
}


@dataclass(frozen=True)
class Column:
    """`draw(row, language, on)` gives the cell; `past` tells whether a version of then knows it too."""

    key: str
    label: Promise
    draw: object
    sort: str = ""
    align: str = ""
    past: bool = True


@cache
def _mark(kind, state, language):
    """A badge, drawn once per process and language."""
    tone, label = {"status": STATUS_MARKS, "round": ROUND_MARKS}[kind][state]
    return words.badge(label, tone)


def label_tag(label):
    return words.tag(label.name, TAG_COLOURS.get(label.colour, label.colour))


def _status(row, language, on):
    status = row.status
    drawn = _mark("status", status, language)
    if status != "ended" and row.round_state in ROUND_MARKS:
        return format_html("{} {}", drawn, _mark("round", row.round_state, language))
    return drawn


def _kind(row, language, on):
    return _("As processor") if row.kind == "processor" else _("As controller")


def _pairs(name, row, language, on):
    return _few([_named(pair, language) for pair in row.columns.get(name, ())])


def _texts(name, row, language, on):
    return _few(row.columns.get(name, ()))


def _text(name, row, language, on):
    return row.columns.get(name) or NOBODY


def _bases(row, language, on):
    letters = row.columns.get("bases", ())
    if not letters:
        return words.not_recorded() if row.kind == "controller" else NOBODY
    return mark_safe("".join(_basis(letter, language) for letter in letters))


@cache
def _basis(letter, language):
    return format_html('<span class="basis">{} {}</span>', BASES[letter], words.reference(f"({letter})"))


def _sensitivities(row, language, on):
    labels = dict(law.Sensitivity.choices)
    found = row.columns.get("sensitivities", ())
    return _few([str(labels.get(name, name)) for name in found]) if found else NOBODY


def _owner(row, language, on):
    if row.owner_id:
        return format_html("{}", row.owner)
    return row.owner_function or NOBODY


def _completeness(row, language, on):
    return _gaps(row.gaps, language)


@cache
def _gaps(gaps, language):
    if not gaps:
        return words.badge(_("Complete"), "good")
    missing = ngettext("%(count)d point missing", "%(count)d points missing", gaps) % {"count": gaps}
    return words.badge(missing, "warning")


def _findings(row, language, on):
    """The most serious severity that occurs, and how many there are in all."""
    counts = row.finding_counts
    if not counts:
        return NOBODY
    worst = next(severity for severity in Severity if severity in counts)
    return _finding_mark(worst.value, sum(counts.values()), language)


@cache
def _finding_mark(severity, count, language):
    level = "info" if severity == Severity.INFORMATION else severity
    return words.severity(level, label=str(Severity(severity).label), count=count)


def _labels(row, language, on):
    return format_html_join(" ", "{}", ((label_tag(label),) for label in row.labels)) if row.labels else NOBODY


def _review(row, language, on):
    near = row.review_on and not row.ended_on and row.review_on <= on + SOON
    return words.due(row.review_on, on) if near else words.day(row.review_on)


def _version(row, language, on):
    if not row.version:
        return NOBODY
    since = words.day(row.established_at)
    return format_html("{} <span class='sub'>{}</span>", row.version, since)


def _edited(row, language, on):
    if not row.edited_at:
        return NOBODY
    who = row.edited_by or ""
    return format_html("{} <span class='sub'>{}</span>", words.day(row.edited_at), who)


def _day_of(name, row, language, on):
    return words.day(getattr(row, name))


def _reference(row, language, on):
    return row.reference or NOBODY


def _named(pair, language):
    return in_language(pair.get("nl"), pair.get("en"), language) or ""


def _few(names):
    """The first names, and how many more there are."""
    names = [name for name in names if name]
    if not names:
        return NOBODY
    shown = "; ".join(names[:MANY])
    more = len(names) - MANY
    if more <= 0:
        return shown
    rest = ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}
    return format_html('{} <span class="sub">{}</span>', shown, rest)


ALL = (
    Column("number", gettext_lazy("Number"), lambda row, language, on: row.code, "number"),
    Column("status", gettext_lazy("Status"), _status),
    Column("kind", gettext_lazy("Part of the register"), _kind, "kind"),
    Column("department", gettext_lazy("Department"), partial(_text, "department"), "department"),
    Column("controller", gettext_lazy("Controller"), partial(_text, "controller"), "controller"),
    Column("owner", gettext_lazy("Owner"), _owner, "owner", past=False),
    Column("purposes", gettext_lazy("Purposes"), partial(_pairs, "purposes"), "purposes"),
    Column("bases", gettext_lazy("Lawful basis"), _bases),
    Column("subjects", gettext_lazy("People"), partial(_pairs, "subjects")),
    Column("data", gettext_lazy("Data"), partial(_pairs, "data")),
    Column("sensitivities", gettext_lazy("Special data"), _sensitivities),
    Column("recipients", gettext_lazy("Recipients"), partial(_texts, "recipients")),
    Column("processors", gettext_lazy("Processors"), partial(_texts, "processors")),
    Column("clients", gettext_lazy("Controllers we work for"), partial(_texts, "clients")),
    Column("systems", gettext_lazy("Systems"), partial(_texts, "systems")),
    Column("countries", gettext_lazy("Countries of transfer"), partial(_pairs, "countries")),
    Column("labels", gettext_lazy("Labels"), _labels, past=False),
    Column("gaps", gettext_lazy("Completeness"), _completeness, "gaps", past=False),
    Column("findings", gettext_lazy("Findings"), _findings, past=False),
    Column("review", gettext_lazy("Review"), _review, "review", past=False),
    Column("version", gettext_lazy("Version"), _version, "established"),
    Column("valid_from", gettext_lazy("Valid from"), partial(_day_of, "valid_from")),
    Column("edited", gettext_lazy("Last edited"), _edited, "edited", past=False),
    Column("reference", gettext_lazy("Own reference"), _reference, "reference", past=False),
    Column("started", gettext_lazy("Started on"), partial(_day_of, "started_on"), past=False),
    Column("ended", gettext_lazy("Ended on"), partial(_day_of, "ended_on"), "ended"),
)
COLUMNS = {column.key: column for column in ALL}
DEFAULT_COLUMNS = ("number", "status", "department", "bases", "labels", "gaps", "review")
PAST_DEFAULTS = ("number", "department", "bases", "subjects", "version", "valid_from")
