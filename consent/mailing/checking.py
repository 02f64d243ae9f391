"""May everybody on a list be written to? The same question as `deciding.decide`, for very many at once.

The one rule: each line gets the answer that its person would get alone, and what cannot be read is unknown, never
allowed.
"""

import datetime
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consent import deciding, identifiers, suppressions, terms
from consent.kinds import Channel, IdentifierKind, Purpose
from consent.models import ConsentPurpose
from consent.question import Address, Answer, Outcome, Question, Recipient, Relation, Sender
from consent.school import pupils
from consent.standing import NEVER, Standing
from core.refusal import Refused
from register import reading

from . import columns, lookup

ORDER = {  # which of several columns says who it is
    Channel.EMAIL: ("email", "number", "phone"),
    Channel.SMS: ("phone", "number", "email"),
    Channel.MESSAGE: ("phone", "number", "email"),
    Channel.PHONE: ("phone", "number", "email"),
}
USUAL_ORDER = ("email", "number", "phone")
AT_A_TIME = 10_000
UNREADABLE = Answer(Outcome.UNKNOWN, "not-an-address", _("This line holds no address or number that can be read."))


@dataclass(frozen=True, slots=True)
class Asked:
    """What everybody on the list is asked about: which message, over which channel, on which day.

    What is known of a person later than `at` is not looked at; `terms` is the law of `on`.
    """

    purpose: ConsentPurpose
    channel: str
    on: datetime.date
    at: datetime.datetime
    terms: terms.Terms
    country: str = "NL"
    sender: str = Sender.COMPANY
    event_kind: str = ""

    @property
    def organisation(self):
        return self.purpose.organisation


class Line(NamedTuple):
    """Who it is, and what the list says of them."""

    kind: str
    value: str
    country: str
    recipient: str = Recipient.CONSUMER
    address: str = Address.PERSONAL
    relation: Relation | None = None
    event_kind: str = ""


class Verdict(NamedTuple):
    answer: Answer
    standing: Standing = NEVER
    person: object = None  # the id


def ask(purpose, channel, *, on, at, **said):
    """An `Asked` for a day; of a day that is over as it stood at its end. Two queries."""
    then = reading.end_of(on) if on < timezone.localdate(at) else at
    return Asked(purpose, channel, on, then, terms.of(purpose.organisation, on), **said)


def one(asked, line):
    """The verdict on one address."""
    return many(asked, [line])[0]


def many(asked, lines):
    """A verdict for each line, in their order. Five queries for any number of lines."""
    marked = _hashed(asked, lines)
    digests = {digest for each in marked for digest in each}
    persons = lookup.people(asked.organisation, digests)
    known = set(persons.values())
    standings = _standings(asked, known)
    marks, marks_of = lookup.marks(asked.organisation, digests, known)
    relations = lookup.relations(known, asked.purpose)
    decided = _Deciding(asked)
    verdicts = []
    for line, mine in zip(lines, marked, strict=True):
        if not mine:
            verdicts.append(Verdict(UNREADABLE))
            continue
        led = [persons[digest] for digest in mine if digest in persons]
        person = led[0] if led else None
        standing = standings.get(person, NEVER)
        against = [mark for digest in mine if digest in marks for mark in marks[digest]] if marks else []
        if person in marks_of:
            against += marks_of[person]
        relation = _together(line.relation, relations.get(person))
        verdicts.append(Verdict(decided(line, standing, against, relation), standing, person))
    return verdicts


def of_people(asked, persons):
    """{person: verdict} of people whom the ledger knows, without a list. Four queries."""
    standings = _standings(asked, persons)
    _by_digest, marks_of = lookup.marks(asked.organisation, (), persons)
    relations = lookup.relations(persons, asked.purpose)
    decided, line = _Deciding(asked), Line("", "", asked.country)
    verdicts = {}
    for person in persons:
        standing = standings.get(person, NEVER)
        answer = decided(line, standing, marks_of.get(person, ()), relations.get(person))
        verdicts[person] = Verdict(answer, standing, person)
    return verdicts


def _standings(asked, persons):
    """{person: Standing} of those who decided, for a publication with every parent's voice counted."""
    purpose = asked.purpose
    found = lookup.standings(persons, purpose, asked.channel, at=asked.at)
    if purpose.kind != Purpose.PUBLICATION:
        return found
    pairs = {(person, purpose.pk): standing for person, standing in found.items()}
    return {person: standing for (person, _), standing in pupils.heard(pairs, asked.organisation, at=asked.at).items()}


def _hashed(asked, lines):
    """The hashes of each line; () for what is no address."""
    hashers = {kind: identifiers.hasher(asked.organisation, kind) for kind in IdentifierKind.values}
    marked = []
    for line in lines:
        try:
            normal = identifiers.normalised(line.kind, line.value, line.country)
        except Refused:
            marked.append(())
        else:
            marked.append(hashers[line.kind](normal))
    return marked


def _together(listed, kept):
    """What the list says of a customer goes before what was kept; who refused in either has refused."""
    if listed is None or kept is None:
        return listed or kept
    said = listed if listed.since else replace(kept, refused=listed.refused)
    return replace(said, refused=True) if kept.refused else said


class _Deciding:
    """`deciding.decide`, asked once for all lines that differ in nothing that it looks at."""

    def __init__(self, asked):
        self.asked = asked
        self.decide = lru_cache(maxsize=10_000)(self._decide)

    def __call__(self, line, standing, marks, relation):
        asked = self.asked
        suppressed = suppressions.against(marks, asked.purpose, asked.channel, standing) if marks else ""
        state = (standing.kind, standing.is_provable, standing.given_by, standing.age)
        event = line.event_kind or asked.event_kind
        return self.decide(state, suppressed, line.country, line.recipient, line.address, relation, event)

    def _decide(self, state, suppressed, country, recipient, address, relation, event_kind):
        asked = self.asked
        kind, is_provable, given_by, age = state
        return deciding.decide(
            Question(
                on=asked.on,
                terms=asked.terms,
                channel=Channel(asked.channel),
                standing=Standing(kind, None, is_provable, given_by, age),
                purpose_kind=asked.purpose.kind,
                suppressed=suppressed,
                country=country,
                recipient=recipient,
                address=address,
                sender=asked.sender,
                relation=relation,
                is_online_service=asked.purpose.is_online_service,
                event_kind=event_kind,
                purpose_event=asked.purpose.event_kind,
            )
        )


class Reader:
    """From the cells of a list to a `Line`, as its columns say."""

    def __init__(self, asked, found):
        self.asked, self.columns = asked, found
        order = ORDER.get(asked.channel, USUAL_ORDER)
        self.who = [(kind, found[kind]) for kind in order if kind in found]
        self.says_more = found.keys() - columns.IDENTIFYING

    def __call__(self, row):
        kind, value = self._who(row)
        if not self.says_more:
            return Line(kind, value, self.asked.country)
        return Line(
            kind,
            value,
            columns.country(self._cell(row, "country"), self.asked.country),
            columns.choice(self._cell(row, "recipient"), columns.RECIPIENTS, Recipient.CONSUMER),
            columns.choice(self._cell(row, "address"), columns.ADDRESSES, Address.PERSONAL),
            self._relation(row),
            self._cell(row, "event"),
        )

    def _who(self, row):
        for kind, place in self.who:
            value = row[place].strip().removeprefix("'") if place < len(row) else ""
            if value:
                return kind, value
        return self.who[0][0], ""

    def _cell(self, row, meaning):
        return columns.cell(self.columns, row, meaning)

    def _relation(self, row):
        since = columns.day(self._cell(row, "since"))
        refused = columns.refusal(self._cell(row, "refused"))
        if since is None and not refused:
            return None
        return Relation(since, *(columns.truth(self._cell(row, name)) for name in ("similar", "told")), refused)
