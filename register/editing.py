"""Saving by difference: what somebody started from, what they want, and what stands now, merged field by field.

A snapshot is {"fields": {name: value}, "lines": {set: {uuid: {field: value}}}} in plain JSON values; references are
the id of the row they point to, as text. Pure, but for `snapshot`.
"""

import datetime
import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class Clash:
    """One place where two people wrote different things. `line` is None for a field of the activity itself.

    A value of None for `mine` or `theirs` of a whole line (field "") means: taken away.
    """

    lines: str
    line: str | None
    field: str
    base: object
    mine: object
    theirs: object

    @property
    def key(self):
        return ":".join((self.lines, self.line or "", self.field))


@dataclass(frozen=True)
class Merged:
    """What to save, the places to choose in, and what the other changed meanwhile (Clash with mine = base)."""

    snapshot: dict
    clashes: tuple
    theirs: tuple


def plain(value):
    """A value of a form or row as it stands in a snapshot."""
    if value is None:
        return None
    if hasattr(value, "pk"):
        return str(value.pk)
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def snapshot(activity, section):
    """What stands in one section now. A query per set of lines."""
    return {
        "fields": {name: plain(getattr(activity, _attname(type(activity), name))) for name in section.fields},
        "lines": {
            lines.name: {str(row.pk): line_values(row, lines) for row in lines.rows(activity)}
            for lines in section.lines
        },
    }


def line_values(row, lines):
    return {name: plain(getattr(row, _attname(type(row), name))) for name in lines.fields} | {"position": row.position}


def _attname(model, name):
    return model._meta.get_field(name).attname


def merge(base, mine, theirs, choices=None, sets=()):
    """Three-way merge of snapshots. `choices` maps a clash's key to "mine" or "theirs" (or any other value to keep).

    What only one side changed is taken; the same change on both sides is no clash. A line that one side took away and
    the other changed is a clash on the whole line (field ""). The fields named in `sets` are lists of which each member
    is a place of its own, so that they never clash.
    """
    choices = choices or {}
    clashes, others = [], []

    def settle(clash):
        if clash.mine == clash.theirs or clash.mine == clash.base:
            if clash.theirs != clash.base:
                others.append(clash)
            return clash.theirs
        if clash.theirs == clash.base:
            return clash.mine
        others.append(clash)
        if clash.field in sets and clash.base is not None:
            return _members(clash)
        chosen = choices.get(clash.key)
        if chosen == "mine":
            return clash.mine
        if chosen == "theirs":
            return clash.theirs
        clashes.append(clash)
        return clash.mine

    fields = {
        name: settle(Clash("", None, name, base["fields"].get(name), value, theirs["fields"].get(name)))
        for name, value in mine["fields"].items()
    }
    lines = {
        name: _merge_lines(name, base["lines"].get(name, {}), rows, theirs["lines"].get(name, {}), settle)
        for name, rows in mine["lines"].items()
    }
    return Merged({"fields": fields, "lines": lines}, tuple(clashes), tuple(others))


def _merge_lines(name, base, mine, theirs, settle):
    merged = {}
    for key in [*mine, *(key for key in theirs if key not in mine)]:
        before, ours, others = base.get(key), mine.get(key), theirs.get(key)
        if ours is not None and others is not None and before is not None:
            merged[key] = {
                field: settle(Clash(name, key, field, before.get(field), value, others.get(field)))
                if field != "position"
                else value
                for field, value in ours.items()
            }
            continue
        kept = settle(Clash(name, key, "", _content(before), _content(ours), _content(others)))
        if kept is not None:
            merged[key] = kept | {"position": (ours or others)["position"]}
    return merged


def _members(clash):
    """What either took away is gone, what either added is there."""
    kept = [one for one in clash.mine if one in clash.theirs or one not in clash.base]
    return kept + [one for one in clash.theirs if one not in clash.base and one not in kept]


def _content(values):
    return None if values is None else {name: value for name, value in values.items() if name != "position"}


def apply(activity, section, wanted):
    """Make the rows of a section as `wanted` says, by difference; only what changed is saved. Inside an act only.

    Returns whether anything changed. `full_clean` is asked of every row that changes; ValidationError is raised as it
    is.
    """
    changed = _assign(activity, wanted["fields"])
    if changed:
        activity.full_clean(exclude=["organisation", "number"])
        activity.save()
    for lines in section.lines:
        changed |= _apply_lines(activity, lines, wanted["lines"].get(lines.name, {}))
    return changed


def _apply_lines(activity, lines, wanted):
    present = {str(row.pk): row for row in lines.rows(activity)}
    gone = [row for key, row in present.items() if key not in wanted]
    for row in gone:
        row.delete()
    changed = bool(gone)
    for key, values in wanted.items():
        row = present.get(key) or lines.model(id=uuid.UUID(key), activity=activity, **(lines.only or {}))
        if _assign(row, values) or key not in present:
            row.full_clean(exclude=["activity"])
            row.save()
            changed = True
    return changed


def _assign(row, values):
    changed = False
    for name, value in values.items():
        field = row._meta.get_field(name)
        value = (field.target_field if field.is_relation else field).to_python(value)
        if getattr(row, field.attname) != value:
            setattr(row, field.attname, value)
            changed = True
    return changed
