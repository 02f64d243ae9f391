"""What acts wrote to activities, read back from history: each touched activity before and after each act.

The one rule: a constant number of queries, two for every table that the acts wrote, however many acts and lines.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery

from . import reading
from .models import Activity, ActivityLabel
from .record import Entry

OF_ACTIVITY = ("controller", "department", "parent", "successor")
UPKEEP = ("review_on", "reviewed_on")


@dataclass
class Written:
    """An activity before and after an act. Only what the act wrote is in the entries; the rest is empty in both."""

    old: Entry
    new: Entry
    upkeep: list = field(default_factory=list)  # of (name of the field, old, new)
    labels: list = field(default_factory=list)  # of (label, whether it was put on)


def written(changes, activities):
    """{(change id, activity id): Written} of these acts (rows of `Change` with their schema) to these activities."""
    tables = {label for change in changes for label in change.schema.fields}
    acts, found = [change.pk for change in changes], defaultdict(dict)
    keys = [activity.pk for activity in activities]
    for name, (model, related) in {"activity": (Activity, OF_ACTIVITY), **reading.LINES}.items():
        if model.history.model._meta.label_lower in tables:
            for place, pairs in _pairs(model, related, acts, keys).items():
                found[place][name] = pairs
    by_key = {activity.pk: activity for activity in activities}
    result = {place: _written(by_key[place[1]], parts) for place, parts in found.items()}
    if ActivityLabel.history.model._meta.label_lower in tables:
        _add_labels(result, by_key, acts)
    return result


def _pairs(model, related, acts, keys):
    """{(change, activity): [(record before the act or None, record after it or None)]}"""
    past = model.history.model
    owner = "id" if model is Activity else "activity_id"
    before = past.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    records = list(
        past.objects.filter(change__in=acts, **{f"{owner}__in": keys})
        .select_related(*related)
        .annotate(before=Subquery(before.values("history_id")[:1]))
        .order_by("history_id")
    )
    first, last = {}, {}
    for record in records:
        first.setdefault((record.change_id, record.id), record)
        last[record.change_id, record.id] = record
    earlier = past.objects.select_related(*related).in_bulk({record.before for record in first.values()} - {None})
    _mend([*records, *earlier.values()], past, related)
    pairs = defaultdict(list)
    for place, record in last.items():
        now = None if record.history_type == "-" else record
        pairs[place[0], getattr(record, owner)].append((earlier.get(first[place].before), now))
    return pairs


def _mend(records, past, related):
    """Put back what records point to and was deleted since, from its own history: one query per kind, if any."""
    for name in {path.partition("__")[0] for path in related}:
        link = past._meta.get_field(name)
        lost = [record for record in records if getattr(record, link.attname) and getattr(record, name) is None]
        if lost:
            ids = {getattr(record, link.attname) for record in lost}
            latest = {row.id: row for row in link.related_model.history.filter(id__in=ids).order_by("history_id")}
            for record in lost:
                link.set_cached_value(record, latest.get(getattr(record, link.attname)))


def _written(activity, parts):
    blank = Activity(id=activity.pk, number=activity.number, kind="", name="")
    old, new = next(iter(parts.pop("activity", [])), (blank, blank))
    old, new = old or blank, new or blank
    old_lines, new_lines = ({name: [] for name in reading.LINES} for _ in range(2))
    for name, pairs in parts.items():
        old_lines[name] = [before for before, _after in pairs if before is not None]
        new_lines[name] = [after for _before, after in pairs if after is not None]
    upkeep = [(name, getattr(old, name), getattr(new, name)) for name in UPKEEP]
    return Written(
        reading.entry(old, old_lines),
        reading.entry(new, new_lines),
        [(name, before, after) for name, before, after in upkeep if before != after],
    )


def _add_labels(result, activities, acts):
    past = ActivityLabel.history.model.objects
    for record in past.filter(change__in=acts, activity__in=activities).select_related("label").order_by("history_id"):
        place = record.change_id, record.activity_id
        if place not in result:
            result[place] = _written(activities[record.activity_id], {})
        if record.label is not None:
            result[place].labels.append((record.label, record.history_type == "+"))
