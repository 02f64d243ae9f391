"""One person as the desk sees them: where each consent stands, every event with what proves it, and marks.

The one rule: what is sealed is opened here, for who may see one person, and never for a list of people.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from . import standing, suppressions, vault
from .kinds import Channel, GivenBy, Purpose
from .models import ConsentEvent, ConsentPurpose, Evidence
from .school import pupils
from .school.parents import Voice
from .standing import Standing

FACTS = {
    "name": _("Name"),
    "phone": _("Telephone number"),
    "number": _("Customer number"),
    "parent": _("E-mail address of a parent"),
    "method": _("How it was collected, in the words of the list"),
    "evidence": _("Where the evidence can be found"),
    "network": _("Network address, shortened"),
    "note": _("Note"),
}
"""What is sealed with an event (`EventDetail`), as people read it, in this order."""


@dataclass(frozen=True, slots=True)
class State:
    purpose: ConsentPurpose
    channel: Channel
    standing: Standing
    name: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """`who`: in words, nothing for the person; `facts`: what was sealed with it, {} when nothing or destroyed;
    `evidence`: [(row, name)].
    """

    event: ConsentEvent
    name: str
    who: str
    facts: dict
    evidence: tuple

    @property
    def told(self):
        """[(label, text)] of what was sealed."""
        return labelled(self.facts)


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
    along = seen.select_related("purpose", "wording", "wording__wording", "form__form", "by", "detail", "parent_voice")
    events = list(along.defer("form__content").order_by("pk"))
    evidence = _evidence(person, events)
    order = sorted(events, key=lambda event: (event.happened_at, event.pk), reverse=True)
    return Known(
        person,
        tuple((one.get_kind_display(), vault.opened(person, one.sealed)) for one in addresses),
        tuple(_states(person, events, language, at)),
        tuple(_row(person, event, evidence[event.pk], language) for event in order),
        suppressions.of_digests(person.organisation_id, [one.digest for one in addresses]),
    )


def labelled(facts):
    """[(label, text)] of what was sealed with an event; what has no name here keeps its own."""
    named = [(label, facts[key]) for key, label in FACTS.items() if facts.get(key)]
    return named + [(key, text) for key, text in facts.items() if text and key not in FACTS]


def _states(person, events, language, at):
    found = defaultdict(list)
    for event in events:
        if event.happened_at <= at:
            found[event.purpose, event.channel].append(event)
    last = {
        (person.pk, purpose.pk, channel): standing.of(standing.last(told)) for (purpose, channel), told in found.items()
    }
    published = {purpose.pk for purpose, _channel in found if purpose.kind == Purpose.PUBLICATION}
    said = {key: now for key, now in last.items() if key[1] in published}
    last |= pupils.heard(said, person.organisation, at=at) if said else {}
    for purpose, channel in sorted(found, key=lambda pair: (pair[0].code, pair[1])):
        yield State(purpose, Channel(channel), last[person.pk, purpose.pk, channel], purpose.name(language))


def _evidence(person, events):
    found = defaultdict(list)
    for row in Evidence.objects.filter(event__in=[event.pk for event in events]).order_by("at"):
        found[row.event_id].append((row, vault.opened(person, row.sealed_name)))
    return found


def _row(person, event, evidence, language):
    detail = getattr(event, "detail", None)
    facts = vault.facts_of(person, detail.sealed) if detail else {}
    return EventRow(event, event.purpose.name(language), _who(event), facts, tuple(evidence))


def _who(event):
    voice = getattr(event, "parent_voice", None)
    if voice is not None:
        return Voice(event.kind, event.happened_at, event.given_by, voice.parent).name
    return "" if event.given_by == GivenBy.SUBJECT else event.get_given_by_display()
