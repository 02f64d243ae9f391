"""What the activities that a breach hit process: hints for whoever writes down what leaked, never copied as fact.

Read from the version in force when it happened; an activity without one is read from its working copy.
"""

from dataclasses import dataclass

from django.utils import timezone

from register import reading
from register.models import Activity
from register.record import Entry

from .law import Involvement

INVOLVED = {"processor": Involvement.PROCESSOR, "joint_controller": Involvement.JOINT_CONTROLLER}
"""Roles of recipients in the register that are a part in a breach of their own."""


@dataclass(frozen=True)
class Hint:
    """One activity: `entry` is None outside the member's sight, `version` 0 for a working copy."""

    line: object
    entry: Entry | None = None
    version: int = 0


def of(breach, lines, membership):
    """A hint for each line, in their order. One query, and twelve when a working copy must be read."""
    seen = Activity.objects.visible_to(membership).filter(pk__in=[line.activity_id for line in lines])
    on = timezone.localdate(breach.occurred_from or breach.aware_at or breach.reported_at)
    held = {one.entry.id: one for one in reading.read(breach.organisation, on=on, visible=seen)}
    others = seen.exclude(pk__in=held)
    drafts = {entry.id: entry for entry in reading.drafts(others)} if len(held) < len(lines) else {}
    return [_hint(line, held, drafts) for line in lines]


def _hint(line, held, drafts):
    standing = held.get(line.activity_id)
    if standing is None:
        return Hint(line, drafts.get(line.activity_id))
    return Hint(line, standing.entry, standing.version)


def parties(hints, present):
    """["id:involvement", name, involvement] of organisations that these activities name and the breach does not yet."""
    found = {}
    for hint in hints:
        if hint.entry is None:
            continue
        for line in hint.entry.recipients:
            if line.party and line.role in INVOLVED:
                found[line.party.id, INVOLVED[line.role]] = line.party.name
        for line in hint.entry.clients:
            if line.party:
                found[line.party.id, Involvement.CLIENT] = line.party.name
    known = {(row.party_id, row.involvement) for row in present}
    fresh = {pair: name for pair, name in found.items() if pair not in known}
    return [(f"{key}:{involvement}", name, involvement) for (key, involvement), name in fresh.items()]
