"""Pupils with their names, ages and where each publication stands for them.

The one rule: names are opened here and nowhere else for more than one person at a time; whoever calls this records that
the list was looked at.
"""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import get_language

from consent import vault
from consent.kinds import AgeBand, Happening, IdentifierKind, Method, Purpose
from consent.models import ConsentEvent, ConsentPurpose, Identifier, Pupil
from consent.terms import GDPR_APPLIES
from core.dates import add_years
from core.search import plain
from register import legal

from .parents import Ages, State, Unlisted, Voice, answer

EVERY_DAY = datetime.date.min
ENDS = {AgeBand.UNDER_12: 12, AgeBand.FROM_12: 13, AgeBand.FROM_13: 16, AgeBand.FROM_16: 18}
"""At which age somebody is too old for a band."""
READ = (
    "person_id",
    "purpose_id",
    "kind",
    "happened_at",
    "given_by",
    "parent_voice__parent",
    "is_provable",
    "age",
    "method",
)
SEEN = (Method.DESK, Method.PAPER, Method.ORAL, Method.EVENT_CARD, Method.IMPORT)


@dataclass(frozen=True, slots=True)
class AgeRules:
    """From which age a pupil decides alone, and withdraws alone; `since`: the first day on which the last one holds.

    In Belgium no age is written down for images; there a no of the pupil's own always counts.
    """

    decides: int | None = None
    leaves: int | None = None
    since: datetime.date = EVERY_DAY

    def of(self, birth):
        if birth is None or self.decides is None:
            return Ages(None, EVERY_DAY)
        leaves = max(add_years(birth, self.leaves), self.since) if self.leaves is not None else None
        return Ages(add_years(birth, self.decides), leaves)

    def unlisted(self):
        return Unlisted(frozenset(band for band, end in ENDS.items() if self.decides is None or end <= self.decides))


@dataclass(frozen=True, slots=True)
class Row:
    """A pupil and, in the order of the purposes asked for, where each stands."""

    pupil: Pupil
    name: str
    birth: datetime.date | None
    answers: tuple = ()
    purposes: tuple = ()  # their names

    @property
    def named(self):
        return zip(self.purposes, self.answers, strict=True)

    @property
    def asks_pupil(self):
        return any(one.asks_pupil for one in self.answers)


def purposes_of(membership):
    """What the class list shows of what this member may see: publication, and still asked."""
    seen = ConsentPurpose.objects.visible_to(membership).in_use()
    return seen.filter(kind=Purpose.PUBLICATION).select_related("organisation").order_by("code")


def rules(organisation, on):
    """Two queries; none for a Belgian organisation."""
    if organisation.country != "NL":
        return AgeRules()
    said = legal.in_force(organisation, max(on, GDPR_APPLIES))
    leaves = said.get("nl-rights-age")
    if leaves is None:
        return AgeRules(int(said["nl-consent-age-other"].value))
    return AgeRules(int(said["nl-consent-age-other"].value), int(leaves.value), leaves.valid_from)


def known_of(pupil):
    """(name, day of birth or None) of a pupil read with the key of the person."""
    facts = vault.facts_of(pupil.person, pupil.sealed)
    birth = facts.get("birth")
    return facts.get("name", ""), datetime.date.fromisoformat(birth) if birth else None


def numbers_of(listed):
    """{person id: pupil number} of pupils read with the key of the person. One query; none for nobody."""
    people = {pupil.person_id: pupil.person for pupil in listed}
    known = Identifier.objects.filter(person__in=people, kind=IdentifierKind.NUMBER) if people else ()
    return {row.person_id: vault.opened(people[row.person_id], row.sealed) for row in known}


def told_apart(named, place=lambda pupil: None):
    """{pupil: name}, with the pupil number behind the names that two have in one `place`. A query when two do."""
    same = Counter((place(pupil), name.casefold()) for pupil, name in named.items())
    namesakes = [pupil for pupil, name in named.items() if same[place(pupil), name.casefold()] > 1]
    numbers = numbers_of(namesakes)
    return named | {pupil: f"{named[pupil]} ({numbers[pupil.person_id]})" for pupil in namesakes}


def sealed_of(person, name, birth):
    return vault.seal_facts(person, {"name": name, "birth": birth.isoformat() if birth else ""})


def rows(pupils, purposes, organisation, *, at):
    """[Row] by name, whatever its accents. Four queries for any number of pupils, two in Belgium; one more when two in
    a class have the same name."""
    purposes = list(purposes)
    by_age = rules(organisation, timezone.localdate(at))
    said = voices(ConsentEvent.objects.filter(person__pupil__in=pupils, purpose__in=purposes))
    names = tuple(purpose.name(get_language()) for purpose in purposes)
    known = {pupil: known_of(pupil) for pupil in pupils.select_related("person__key_row", "class_list")}
    called = told_apart({pupil: name for pupil, (name, _birth) in known.items()}, lambda pupil: pupil.class_list_id)
    found = []
    for pupil, (_name, birth) in known.items():
        ages = by_age.of(birth)
        answers = tuple(answer(said[pupil.person_id, purpose.pk], ages, at=at) for purpose in purposes)
        found.append(Row(pupil, called[pupil], birth, answers, names))
    return sorted(found, key=lambda row: (row.pupil.class_list.name, plain(row.name), row.pupil.pk))


def answers_of(pairs, organisation, *, at):
    """{(person id, purpose id): Answer} of these pairs, also of people on no class list. Four queries."""
    if not pairs:
        return {}
    people, purposes = {person for person, _purpose in pairs}, {purpose for _person, purpose in pairs}
    by_age = rules(organisation, timezone.localdate(at))
    said = voices(ConsentEvent.objects.filter(person__in=people, purpose__in=purposes))
    listed = Pupil.objects.filter(person__in=people).select_related("person__key_row")
    ages = {pupil.person_id: by_age.of(known_of(pupil)[1]) for pupil in listed}
    other = by_age.unlisted()
    return {
        (person, purpose): answer(said[person, purpose], ages.get(person, other), at=at) for person, purpose in pairs
    }


SAYS = {
    State.NO: Happening.REFUSED,
    State.WITHDRAWN: Happening.WITHDRAWN,
    State.ENDED: Happening.EXPIRED,
    State.UNPROVEN: Happening.GIVEN,
    State.WAITS: Happening.ASKED,
    State.NOT_ASKED: Happening.ASKED,  # of who has a say, that is
}


def heard(standings, organisation, *, at):
    """The same {(person id, purpose id, ...): Standing} of publications, with every voice counted: what the ledger says
    last may be a yes while a no of the other parent or the pupil takes it away. Four queries when anybody said yes.
    """
    doubted = [key for key, standing in standings.items() if standing.holds]
    answers = answers_of([key[:2] for key in doubted], organisation, at=at)
    return standings | {key: _said(standings[key], answers[key[:2]]) for key in doubted if not answers[key[:2]].may}


def _said(standing, said):
    kind, is_provable = SAYS[said.state], said.state != State.UNPROVEN
    return replace(standing, kind=kind, happened_at=said.since or standing.happened_at, is_provable=is_provable)


def voices(events):
    """{(person id, purpose id): [Voice]}. One query."""
    found = defaultdict(list)
    for person, purpose, *said, age, method in events.values_list(*READ):
        found[person, purpose].append(Voice(*said, is_unseen=method not in SEEN, age=age))
    return found


def band(birth, on):
    """The band of ages of somebody born that day."""
    if birth is None:
        return AgeBand.UNKNOWN
    years = next(age for age in (18, 16, 13, 12, 0) if age == 0 or add_years(birth, age) <= on)
    bands = {18: AgeBand.ADULT, 16: AgeBand.FROM_16, 13: AgeBand.FROM_13, 12: AgeBand.FROM_12, 0: AgeBand.UNDER_12}
    return bands[years]
