"""The door of the ledger: every event comes in here, and with it the person it is about.

The one rule: an event and what is sealed about it are written together or not at all, and nothing is ever changed.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.events import shortened
from consent import identifiers, vault
from consent.kinds import GIVING, AgeBand, GivenBy, Happening, Method
from consent.models import ConsentEvent, ConsentPurpose, EventDetail, Identifier, Person, WordingVersion
from core.refusal import Refused


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said, or what happened to their consent. `address` is a whole network address: it is shortened
    here and never kept."""

    kind: Happening
    purpose: ConsentPurpose
    channel: str
    method: Method
    happened_at: datetime
    wording: WordingVersion | None = None
    language: str = ""
    given_by: GivenBy = GivenBy.SUBJECT
    age: AgeBand = AgeBand.UNKNOWN
    is_provable: bool = True
    reference: str = ""
    address: str = ""
    facts: dict = field(default_factory=dict)


def person_of(organisation, kind, value, *, country="NL"):
    """Whom an address or number leads to, or None. One query; raises `Refused` for what is no address."""
    normal = identifiers.normalised(kind, value, country)
    marks = identifiers.digests(organisation, kind, normal).values()
    found = Identifier.objects.filter(organisation=organisation, digest__in=marks).select_related("person__key_row")
    first = found.first()
    return first.person if first else None


@transaction.atomic
def find_or_add(organisation, kind, value, *, at, country="NL", language=""):
    """The person of an address, made when there is none. Two at once make one."""
    normal = identifiers.normalised(kind, value, country)
    known = person_of(organisation, kind, normal)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            person = Person.objects.create(organisation=organisation, created_at=at, language=language)
            vault.give_key(person)
            identify(person, kind, normal, at=at)
            return person
    except IntegrityError:  # somebody else came first
        return person_of(organisation, kind, normal)


def identify(person, kind, normal, *, at):
    """Let a normalised address lead to this person."""
    version, digest = identifiers.newest(person.organisation, kind, normal)
    return Identifier.objects.create(
        organisation_id=person.organisation_id,
        person=person,
        kind=kind,
        digest=digest,
        key_version=version,
        sealed=vault.seal(person, normal),
        added_at=at,
    )


@transaction.atomic
def record(person, said, *, at, by=None):
    """Write one event; returns it. What was sent before under the same reference is given back as it stands.

    Raises `Refused` for a moment in the future, a wording that was not valid then, or a person whose data were erased.
    """
    if said.reference:
        known = ConsentEvent.objects.filter(organisation=person.organisation_id, reference=said.reference).first()
        if known is not None:
            return _same(known, person, said)
    _check(person, said, at)
    event = ConsentEvent.objects.create(
        organisation_id=person.organisation_id,
        person=person,
        purpose=said.purpose,
        channel=said.channel,
        kind=said.kind,
        happened_at=said.happened_at,
        recorded_at=at,
        wording=said.wording,
        language=said.language,
        method=said.method,
        given_by=said.given_by,
        age=said.age,
        is_provable=said.is_provable,
        by=by,
        reference=said.reference,
    )
    facts = {key: value for key, value in said.facts.items() if value}
    if said.address:
        facts["network"] = shortened(said.address)
    if facts:
        EventDetail.objects.create(event=event, sealed=vault.seal_facts(person, facts))
    return event


def _check(person, said, at):
    if person.erased_at is not None and said.kind != Happening.ERASED:
        raise Refused(_("The data of this person were erased, so nothing can be added to them."))
    if said.purpose.organisation_id != person.organisation_id:
        raise Refused(_("This purpose belongs to another organisation."))
    if said.happened_at > at:
        raise Refused(_("This moment is in the future."))
    if said.kind in GIVING and said.is_provable:
        _check_wording(said)


def _check_wording(said):
    wording = said.wording
    if wording is None or wording.wording.purpose_id != said.purpose.pk:
        raise Refused(_("A consent names the wording that the person was shown, of this very purpose."))
    ended = wording.valid_until is not None and wording.valid_until <= said.happened_at
    if said.happened_at < wording.valid_from or ended:
        raise Refused(_("This wording was not in use at that moment."))


def _same(known, person, said):
    """The event of this reference, when it says the same."""
    told = (known.person_id, known.purpose_id, known.channel, known.kind, known.happened_at)
    if told != (person.pk, said.purpose.pk, said.channel, said.kind, said.happened_at):
        raise Refused(_("Another event was recorded under this reference."))
    return known
