"""What somebody ticked on a form of consent, kept in the ledger, each choice for whom it is of.

The one rule: what is only typed undoes no earlier no, and leads nobody's number to somebody else. Whatever is known of
somebody costs the same work, or a stranger could tell from the time that an answer takes.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from consent import standing, suppressions
from consent.kinds import BY_PHONE, GIVING, NOES, Happening, IdentifierKind

from .recording import Said, add_and_undo, find_or_add, identify, identify_and_undo, only_if, person_of, record


def who(organisation, filled, at):
    """The person of the first address that was filled in, made when there is none; known or not takes the same time."""
    kind, value = next(
        (kind, value)
        for kind, value in (
            (IdentifierKind.EMAIL, filled.email),
            (IdentifierKind.PHONE, filled.phone),
            (IdentifierKind.NUMBER, filled.number),
        )
        if value
    )
    person = find_or_add(organisation, kind, value, at=at, country=organisation.country, language=filled.language)
    if person.created_at != at:
        add_and_undo(organisation, at=at)
    return person


def held(version, wordings, person, ticked, facts, at):
    """The places of what was ticked that stand under an earlier no: what is only typed undoes none, since nobody knows
    who typed it.
    """
    people, found = _people(person, facts, at), []
    known = _known([person, *people.values()], at)
    for place in ticked:
        channel = version.content["choices"][place]["channel"]
        if known[people.get(channel, person).pk].said_no(wordings[place].wording.purpose, channel):
            found.append(place)
    return tuple(found)


def give(version, wordings, person, ticked, facts, at, *, held, **said):
    """Record what was ticked as given, but for what is held, and the empty boxes as refused when the form keeps those.
    Returns the events.
    """
    people = _people(person, facts, at)
    known = _known([person, *people.values()], at)
    address, recorded = facts.pop("network", ""), []
    for place, wording in sorted(wordings.items()):
        channel = version.content["choices"][place]["channel"]
        whose = people.get(channel, person)
        purpose = wording.wording.purpose
        if place in ticked:
            kind, is_meant = Happening.GIVEN, place not in held
        elif version.content["keeps_refused"]:
            kind, is_meant = Happening.REFUSED, not known[whose.pk].has_given(purpose, channel)
        else:
            continue
        event = Said(
            kind,
            purpose,
            channel,
            happened_at=at,
            wording=wording,
            form=version,
            address=address,
            facts=facts,
            **said,
        )
        with only_if(is_meant):
            made = record(whose, event, at=at)
        if is_meant:
            recorded.append(made)
    return recorded


@dataclass(frozen=True, slots=True)
class _Known:
    """Where the consents of one person stand, and the marks against them."""

    states: dict
    marks: tuple

    def said_no(self, purpose, channel):
        now = self.states.get((purpose.pk, channel), standing.NEVER)
        return now.kind in NOES or bool(suppressions.against(self.marks, purpose, channel, now))

    def has_given(self, purpose, channel):
        """An empty box is no withdrawal of what was given before."""
        return self.states.get((purpose.pk, channel), standing.NEVER).kind in GIVING


def _known(people, at):
    """{person id: what is known}. Three queries for each, also for one who is named twice."""
    return {one.pk: _Known(standing.all_of(one, at=at), suppressions.of_person(one)) for one in people}


def _people(person, facts, at):
    """{channel: person}: what goes by telephone belongs to whom that number leads to."""
    found = {}
    for name, kind, channels in (
        ("phone", IdentifierKind.PHONE, BY_PHONE),
        ("number", IdentifierKind.NUMBER, ()),
    ):
        if facts.get(name):
            found |= dict.fromkeys(channels, led_to(person, kind, facts[name], at))
    return found


def led_to(person, kind, value, at):
    """Whom a number leads to: this person, unless it led to another before, or does so since a moment."""
    known = person_of(person.organisation, kind, value)
    if known is not None:
        identify_and_undo(person, at=at)
        return known
    try:
        with transaction.atomic():
            identify(person, kind, value, at=at)
    except IntegrityError:
        return person_of(person.organisation, kind, value)
    return person
