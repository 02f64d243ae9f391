"""What changed between two days: in the register as it was established, and in the organisation's own details."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts import controllers

from . import reading
from .record import Standing

KINDS = {"added": _("Added"), "changed": _("Changed"), "ended": _("Ended")}
TONES = {"added": "good", "changed": "changed", "ended": "ended"}


@dataclass(frozen=True)
class Difference:
    """An activity that came, ended or changed; `standing` is what held last, `changes` are those of `comparison`."""

    kind: str
    standing: Standing
    before: Standing | None = None
    changes: tuple = ()

    @property
    def label(self):
        return KINDS[self.kind]

    @property
    def tone(self):
        return TONES[self.kind]


@dataclass(frozen=True)
class ControllerDifference:
    """`fields` are (label, before, after) in words."""

    kind: str
    name: str
    fields: tuple

    @property
    def label(self):
        return KINDS[self.kind]

    @property
    def tone(self):
        return TONES[self.kind]


def activities(organisation, since, until, *, known_now, visible):
    """The differences by number. Three queries, and one more for every few hundred."""
    moments = (None, None) if known_now else (reading.end_of(since), reading.end_of(until))
    found = reading.changes_between(
        organisation, since, until, first_known=moments[0], second_known=moments[1], visible=visible
    )
    lines = [Difference("added", standing) for standing in found.added]
    lines += [Difference("ended", standing) for standing in found.ended]
    lines += [Difference("changed", after, before, changes) for before, after, changes in found.changed]
    return sorted(lines, key=lambda line: line.standing.entry.number)


def details(organisation, since, until, *, known_now):
    """The differences in the details of the controllers. Two queries."""
    old, new = (
        controllers.details_on(organisation, day, None if known_now else reading.end_of(day)) for day in (since, until)
    )
    for key in sorted(old.keys() | new.keys(), key=lambda key: (new.get(key) or old[key])["name"]):
        if key not in old:
            yield ControllerDifference("added", new[key]["name"], ())
        elif key not in new:
            yield ControllerDifference("ended", old[key]["name"], ())
        elif fields := controllers.differences(old[key], new[key]):
            yield ControllerDifference("changed", new[key]["name"], tuple(fields))
