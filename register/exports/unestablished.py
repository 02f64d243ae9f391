"""What is not in the record because nobody established it: running activities, and changes to established ones.

The one rule: for a moment in the past it is told from the change log and the versions, not from today's working copies.
"""

import uuid
from dataclasses import dataclass

from accounts.models import ChangeSubject
from register import sections as layout
from register.codes import code_of
from register.models import Activity, ActivityVersion

LINES = {lines.model for lines in layout.LINE_SETS}

ABOUT_AN_ENTRY = ("activity.reviewed", "attestation.confirmed")
"""Acts that write an activity, but only the day of its next review, which is no part of its entry."""


@dataclass(frozen=True, slots=True)
class Named:
    id: uuid.UUID
    number: int
    name: str

    @property
    def code(self):
        return code_of(self.number)


@dataclass(frozen=True, slots=True)
class Unestablished:
    """Running activities that were never established, and those with changes since their last version."""

    never: tuple[Named, ...] = ()
    changed: tuple[Named, ...] = ()

    @property
    def count(self):
        return len(self.never) + len(self.changed)


def unestablished(organisation, selection, *, on, known_at, made_at):
    """Of the activities in the selection, as known at `known_at`. Three queries at most."""
    rows = [
        row for row in _rows(organisation, selection, known_at, made_at) if row.ended_on is None or row.ended_on > on
    ]
    rows = [row for row in rows if _fits(row, selection)]
    last = _last_versions(rows, known_at)
    if known_at >= made_at:
        changed = {row.pk for row in rows if row.established_number and row.has_changes()}
    else:
        changed = _edited_since(last, known_at)
    return Unestablished(
        never=tuple(_named(row) for row in rows if row.pk not in last),
        changed=tuple(_named(row) for row in rows if row.pk in last and row.pk in changed),
    )


def _rows(organisation, selection, known_at, made_at):
    """The working copies as they were: today's rows, or those of the history."""
    visible = selection.rows(organisation)
    if known_at >= made_at:
        return visible.order_by("number")
    keys = visible.values_list("pk", flat=True)
    past = Activity.history.model.objects.filter(organisation=organisation, history_date__lte=known_at, id__in=keys)
    latest = {row.id: row for row in past.order_by("history_date", "history_id")}
    return sorted((row.instance for row in latest.values() if row.history_type != "-"), key=lambda row: row.number)


def _fits(row, selection):
    """As `Selection.holds`, on a row."""
    return (
        (not selection.part or row.kind == selection.part)
        and (not selection.department or str(row.department_id) == selection.department)
        and (not selection.controller or str(row.controller_id) == selection.controller)
    )


def _last_versions(rows, known_at):
    versions = ActivityVersion.objects.filter(
        activity__in=[row.pk for row in rows], established_at__lte=known_at
    ).order_by("number")
    return dict(versions.values_list("activity_id", "change__number"))


def _edited_since(last, known_at):
    """The activities of which an act wrote something after the one that established their last version.

    What hangs on an activity without being a part of its entry (a label, advice, a breach) is in other tables.
    """
    of_entries = [model.history.model._meta.label_lower for model in (Activity, *LINES)]
    acts = ChangeSubject.objects.filter(
        subject__in=list(last), change__at__lte=known_at, change__rows__has_any_keys=of_entries
    )
    acts = acts.exclude(change__kind__in=ABOUT_AN_ENTRY).exclude(
        change__kind="activity.upkeep",
        change__details__fields=["review_on"],  # owner and department are in the entry
    )
    return {subject for subject, number in acts.values_list("subject", "change__number") if number > last[subject]}


def _named(row):
    return Named(row.pk, row.number, row.name)
