"""What differs between two entries, field by field and line by line, and between the register of two days. Pure."""

from dataclasses import dataclass, fields

from . import sections as layout
from .models import Activity


@dataclass(frozen=True)
class FieldChange:
    """`model` and `field` name the words for it; values are those of `register.record` (codes, items, dates, text)."""

    model: type
    field: str
    old: object
    new: object

    @property
    def label(self):
        return layout.field_label(self.model, self.field)


@dataclass(frozen=True)
class LineChange:
    """A line added (old None), taken away (new None), or changed; `changes` holds the fields of a changed line."""

    lines: layout.LineSet
    old: object
    new: object
    changes: tuple = ()

    @property
    def kind(self):
        return "added" if self.old is None else "removed" if self.new is None else "changed"


@dataclass(frozen=True)
class SectionChange:
    section: layout.Section
    fields: tuple
    lines: tuple


@dataclass(frozen=True)
class RegisterChange:
    """Between two days: standings that came, that ended or went, and pairs that differ with their sections."""

    added: tuple
    ended: tuple
    changed: tuple


def compare(old, new):
    """The sections in which two entries of one activity differ, in order; empty when they are equal."""
    found = []
    for section in layout.SECTIONS:
        changed = tuple(
            FieldChange(Activity, name, getattr(old, name), getattr(new, name))
            for name in _fields_of(section, new.kind or old.kind)
            if getattr(old, name) != getattr(new, name)
        )
        lines = tuple(
            change
            for part in section.lines
            for change in _compare_lines(part, getattr(old, part.name), getattr(new, part.name))
        )
        if changed or lines:
            found.append(SectionChange(section, changed, lines))
    return found


def _fields_of(section, kind):
    """A field that two sections share is compared in the one for this part of the register."""
    if kind in section.parts:
        return section.fields
    shown = {name for other in layout.SECTIONS if kind in other.parts for name in other.fields}
    return tuple(name for name in section.fields if name not in shown)


def _compare_lines(lines, old, new):
    before, after = {line.id: line for line in old}, {line.id: line for line in new}
    for key, line in before.items():
        if key not in after:
            yield LineChange(lines, line, None)
        elif line != after[key]:
            yield LineChange(lines, line, after[key], tuple(_compare_values(lines, line, after[key])))
    for key, line in after.items():
        if key not in before:
            yield LineChange(lines, None, line)


def _compare_values(lines, old, new):
    for field in fields(old):
        if field.name != "id" and getattr(old, field.name) != getattr(new, field.name):
            yield FieldChange(lines.model, field.name, getattr(old, field.name), getattr(new, field.name))


def compare_registers(before, after):
    """What changed between two readings of the register (lists of Standing). An ended entry counts as ended once."""
    old, new = {standing.entry.id: standing for standing in before}, {standing.entry.id: standing for standing in after}
    added = tuple(new[key] for key in new if key not in old)
    ended, changed = [], []
    for key, standing in old.items():
        now = new.get(key)
        if now is None or (now.entry.ended_on and not standing.entry.ended_on):
            ended.append(now or standing)
        elif now.digest != standing.digest:
            changed.append((standing, now, tuple(compare(standing.entry, now.entry))))
    return RegisterChange(added, tuple(ended), tuple(changed))
