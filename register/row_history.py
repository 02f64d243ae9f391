"""The story of one shared row: who changed what, when and why, newest first.

Read from its history and that of its labels. Two queries, however long the story; references are fetched along.
"""

from dataclasses import dataclass
from itertools import pairwise

from django.db import models as db
from django.utils.translation import gettext_lazy as _

from . import law, showing
from .models import PartyLabel, SystemLabel

LATEST = 50
SILENT = {"id", "organisation", "key"}
ADDED, CHANGED, RETIRED, RETURNED, MERGED, TOOK_IN, DELETED = (
    (_("Added"), "good"),
    (_("Changed"), "changed"),
    (_("Retired"), "ended"),
    (_("Brought back"), "good"),
    (_("Merged into another one"), "ended"),
    (_("Another one was merged into it"), "changed"),
    (_("Deleted"), "bad"),
)
LABELS = {"party": PartyLabel, "system": SystemLabel}


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


@dataclass
class Step:
    title: str
    tone: str
    number: int
    when: object
    who: str
    reason: str
    differences: list


def story(row, *, latest=LATEST):
    """The steps of a row, newest first; at most `latest` of them (all, when None), and whether there are more."""
    model = type(row)
    fields = [field for field in model.history.model.tracked_fields if field.name not in SILENT]
    related = [field.name for field in fields if isinstance(field, db.ForeignKey) and field.name != "merged_into"]
    records = model.history.filter(id=row.pk).select_related("change__by", *related)
    records = list(records.order_by("-history_date", "-history_id")[: latest + 1 if latest else None])
    before = {later.pk: earlier for later, earlier in pairwise(records)}
    steps = {}
    for record in records[:latest]:
        steps[record.change_id] = _step(record, before.get(record.pk), fields)
    _add_labels(row, steps)
    return sorted(steps.values(), key=lambda step: step.number, reverse=True), bool(latest and len(records) > latest)


def _step(record, before, fields):
    title, tone = _title(record, before)
    differences = differences_of(record, before, fields) if before and record.history_type == "~" else []
    return _made(record, title, tone, differences)


def _made(record, title, tone, differences):
    who = str(record.change.by.name) if record.change.by else ""
    return Step(title, tone, record.change.number, record.change.at, who, record.change.reason, differences)


def _title(record, before):
    if record.history_type == "+":
        return ADDED
    if record.history_type == "-":
        return DELETED
    if before is None:
        return CHANGED
    if getattr(record, "merged_into_id", None) != getattr(before, "merged_into_id", None):
        return MERGED
    if record.change.kind == "shared.merged":
        return TOOK_IN
    if record.retired_on and not before.retired_on:
        return RETIRED
    return RETURNED if before.retired_on and not record.retired_on else CHANGED


def differences_of(record, before, fields):
    """What differs between two history records of one row, in words."""
    found = []
    for field in fields:
        if getattr(record, field.attname) == getattr(before, field.attname):
            continue
        if field.name == "clauses":
            found += _clauses(record, before)
        elif field.name != "merged_into":
            label = showing.label(type(record), field.name)
            found.append(Difference(label, showing.words(before, field.name), showing.words(record, field.name)))
    return found


def _clauses(record, before):
    """The points of an agreement, one by one."""
    answers = dict(law.YesNo.choices)
    return [
        Difference(str(clause.label), str(answers[old]), str(answers[new]))
        for clause in law.AgreementClause
        if (old := before.clauses.get(clause.value, "")) != (new := record.clauses.get(clause.value, ""))
    ]


def _add_labels(row, steps):
    """Labels put on and taken off, in the step of their act."""
    link = LABELS.get(row._meta.model_name)
    if link is None:
        return
    oldest = min((step.when for step in steps.values()), default=None)
    records = link.history.filter(**{row._meta.model_name: row.pk}).select_related("label", "change__by")
    if oldest is not None:
        records = records.filter(history_date__gte=oldest)
    for record in records.order_by("history_date", "history_id"):
        step = steps.setdefault(record.change_id, None) or _made(record, *CHANGED, [])
        steps[record.change_id] = step
        name = showing.words(record, "label")
        gone = record.history_type == "-"
        step.differences.append(Difference(str(_("Label")), name if gone else "", "" if gone else name))


def last_change(row):
    """Who wrote this row last, and when."""
    return last_of(type(row).history.filter(id=row.pk))


def last_of(records):
    """Who made the last of these records of history, and when."""
    return _made(records.select_related("change__by").order_by("-history_date", "-history_id")[0], "", "", [])
