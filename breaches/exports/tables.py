"""The register as tables: one wide row for each breach, then a table for what a breach can have several of.

The one rule: every fact and every reason is a cell of its own, never a comment on a cell.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breaches.imports import claims
from breaches.sections import SECTIONS

from . import words
from .words import between, person, text, under

FIELDS = tuple(name for section in SECTIONS for name in section.fields if name != "title")


@dataclass(frozen=True)
class Table:
    title: str
    headings: tuple
    rows: tuple


def tables(found):
    """All of them; the first is the register itself."""
    return [register(found), _assessments(found), _decisions(found), _notified(found), _told(found), _measures(found)]


def register(found):
    """One row for each breach."""
    headings = (_("Number"), _("State"), words.label("title"), *map(words.label, FIELDS))
    rows = (
        (
            entry.breach.code,
            entry.breach.get_state_display(),
            entry.breach.title,
            *(words.value(entry.breach, name, found.countries) for name in FIELDS),
            *(cell(entry) for _heading, cell in MORE),
        )
        for entry in found.entries
    )
    return Table(_("Data breaches"), (*headings, *(str(heading) for heading, _cell in MORE)), tuple(rows))


def _last(about, cell):
    """A cell of the last decision about the authority or the people."""

    def of(entry):
        decision = entry.recorded.decision(about)
        return cell(decision) if decision else ""

    return of


def _assessed(cell):
    def of(entry):
        assessment = next(iter(entry.recorded.assessments), None)
        return cell(assessment) if assessment else ""

    return of


MORE = (
    (gettext_lazy("Notify the authority before"), lambda entry: entry.deadline),
    (gettext_lazy("Authority first notified"), lambda entry: entry.recorded.first_notified_at),
    (
        gettext_lazy("Reference of the authority"),
        lambda entry: under(*dict.fromkeys(row.reference for row in entry.recorded.notifications)),
    ),
    (gettext_lazy("Suggested by the assessment"), _assessed(lambda row: row.get_suggestion_display())),
    (gettext_lazy("Severity score (ENISA)"), _assessed(words.score)),
    (gettext_lazy("Reasoning of the assessment"), _assessed(lambda row: row.reasoning)),
    (
        gettext_lazy("Advice of the DPO"),
        lambda entry: under(*(between(": ", text(r.at), r.text) for r in entry.advice)),
    ),
    (gettext_lazy("Decision about the authority"), _last("authority", words.decided)),
    (gettext_lazy("Reason of the decision about the authority"), _last("authority", lambda row: row.reason)),
    (gettext_lazy("Decided about the authority by"), _last("authority", lambda row: person(row.by))),
    (gettext_lazy("Decided about the authority on"), _last("authority", lambda row: row.at)),
    (gettext_lazy("Decision about the people"), _last("people", words.decided)),
    (gettext_lazy("Ground for not telling the people"), _last("people", lambda row: row.get_exemption_display())),
    (gettext_lazy("Reason of the decision about the people"), _last("people", lambda row: row.reason)),
    (gettext_lazy("Decided about the people by"), _last("people", lambda row: person(row.by))),
    (gettext_lazy("Decided about the people on"), _last("people", lambda row: row.at)),
    (gettext_lazy("People told"), lambda entry: under(*(_how_told(row) for row in entry.recorded.communications))),
    (
        gettext_lazy("Measures"),
        lambda entry: under(*(between(", ", row.text, text(row.done_on or "")) for row in entry.measures)),
    ),
    (
        gettext_lazy("Other notifications"),
        lambda entry: under(*(between(", ", *notice(row)) for row in entry.other_notices)),
    ),
    (
        gettext_lazy("Activities"),
        lambda entry: under(*(f"{row.code} {row.name}" for row in entry.activities)),
    ),
    (gettext_lazy("Systems"), lambda entry: under(*(row.name for row in entry.systems))),
    (
        gettext_lazy("Organisations involved"),
        lambda entry: under(
            *(between(", ", row.party.name, row.get_involvement_display(), row.note) for row in entry.parties)
        ),
    ),
    (
        gettext_lazy("An earlier register says"),
        lambda entry: under(*(between(": ", label, said) for label, said in claims.told(entry.breach.earlier))),
    ),
    (gettext_lazy("Reported on"), lambda entry: entry.breach.reported_at),
    (gettext_lazy("Closed on"), lambda entry: entry.breach.closed_at),
)
"""What hangs on a breach, in its row: heading and cell."""


def _how_told(row):
    return between(", ", text(row.sent_on), row.get_channel_display(), text(row.people) if row.people else "")


def notice(row):
    """What is said of a notification to somebody else than the authority."""
    return row.get_recipient_display(), row.name, text(row.sent_at or ""), row.reference


def _assessments(found):
    headings = (
        _("Breach"),
        _("Number"),
        _("Suggestion"),
        _("Severity score (ENISA)"),
        _("Reasoning"),
        _("By"),
        _("On"),
    )
    return Table(
        _("Assessments"),
        headings,
        tuple(
            (
                entry.breach.code,
                row.number,
                row.get_suggestion_display(),
                words.score(row),
                row.reasoning,
                person(row.by),
                row.at,
            )
            for entry in found.entries
            for row in entry.recorded.assessments
        ),
    )


def _decisions(found):
    return Table(
        _("Decisions"),
        (_("Breach"), _("About"), _("Decision"), _("Ground"), _("Reason"), _("By"), _("On")),
        tuple((entry.breach.code, *decision(row)) for entry in found.entries for row in entry.recorded.decisions),
    )


def decision(row):
    """What is said of one decision, its reason always among it."""
    return (
        row.get_about_display(),
        words.decided(row),
        row.get_exemption_display(),
        row.reason,
        person(row.by),
        row.at,
    )


def _notified(found):
    return Table(
        _("Notifications to the authority"),
        (_("Breach"), _("Kind"), _("Authority"), _("Sent"), _("Reference"), _("Complete"), _("Follow-up before")),
        tuple((entry.breach.code, *notified(row)) for entry in found.entries for row in entry.recorded.notifications),
    )


def notified(row):
    return (
        row.get_kind_display(),
        row.get_authority_display(),
        row.sent_at,
        row.reference,
        words.yes_or_no(row.is_complete),
        row.follow_up_on,
    )


def _told(found):
    return Table(
        _("Telling the people"),
        (_("Breach"), _("Sent"), _("How"), _("People"), _("Public notice")),
        tuple((entry.breach.code, *told(row)) for entry in found.entries for row in entry.recorded.communications),
    )


def told(row):
    return row.sent_on, row.get_channel_display(), row.people, words.yes_or_no(row.is_public)


def _measures(found):
    return Table(
        _("Measures"),
        (_("Breach"), _("Kind"), _("Measure"), _("Who does it"), _("Before"), _("Done")),
        tuple((entry.breach.code, *measure(row)) for entry in found.entries for row in entry.measures),
    )


def measure(row):
    return row.get_kind_display(), row.text, person(row.owner), row.due_on, row.done_on
