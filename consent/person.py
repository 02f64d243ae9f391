"""One person as the desk sees them: where each consent stands, every event with what proves it, and marks.

The one rule: what is sealed is opened here, for who may see one person, and never for a list of people.
"""

from collections import defaultdict
from dataclasses import dataclass

from . import standing, suppressions, vault
from .kinds import Channel
from .models import ConsentEvent, ConsentPurpose, Evidence
from .standing import Standing


@dataclass(frozen=True, slots=True)
class State:
    purpose: ConsentPurpose
    channel: Channel
    standing: Standing
    name: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """`facts`: what was sealed with it, {} when nothing or destroyed; `evidence`: [(row, name)]."""

    event: ConsentEvent
    name: str
    facts: dict
    evidence: tuple


@dataclass(frozen=True, slots=True)
class Known:
    person: object
    addresses: tuple  # [(kind, readable form)]
    states: tuple
    events: tuple  # latest first
    marks: tuple


def read(person, purposes, *, language, at):
    """Of a person read with `key_row`, as far as these purposes go. Four queries."""
    addresses = list(person.identifiers.order_by("added_at"))
    seen = ConsentEvent.objects.filter(person=person, purpose__in=purposes)
    events = list(seen.select_related("purpose", "wording", "wording__wording", "by", "detail").order_by("pk"))
    evidence = _evidence(person, events)
    order = sorted(events, key=lambda event: (event.happened_at, event.pk), reverse=True)
    return Known(
        person,
        tuple((one.get_kind_display(), vault.opened(person, one.sealed)) for one in addresses),
        tuple(_states(events, language, at)),
        tuple(_row(person, event, evidence[event.pk], language) for event in order),
        suppressions.of_digests(person.organisation_id, [one.digest for one in addresses]),
    )


def _states(events, language, at):
    found = defaultdict(list)
    for event in events:
        if event.happened_at <= at:
            found[event.purpose, event.channel].append(event)
    for (purpose, channel), told in sorted(found.items(), key=lambda pair: (pair[0][0].code, pair[0][1])):
        yield State(purpose, Channel(channel), standing.of(standing.last(told)), purpose.name(language))


def _evidence(person, events):
    found = defaultdict(list)
    for row in Evidence.objects.filter(event__in=[event.pk for event in events]).order_by("at"):
        found[row.event_id].append((row, vault.opened(person, row.sealed_name)))
    return found


def _row(person, event, evidence, language):
    detail = getattr(event, "detail", None)
    facts = vault.facts_of(person, detail.sealed) if detail else {}
    return EventRow(event, event.purpose.name(language), facts, tuple(evidence))
