"""The door of the ledger: every event comes in here, and with it the person it is about.

The one rule: an event and what is sealed about it are written together or not at all, and nothing is ever changed.
"""

import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.events import shortened
from consent import identifiers, suppressions, vault
from consent.kinds import GIVING, AgeBand, GivenBy, Happening, IdentifierKind, Method
from consent.models import ConsentEvent, ConsentPurpose, EventDetail, FormVersion, Identifier, Person, WordingVersion
from core import guards
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
    form: FormVersion | None = None
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
            return _add(organisation, kind, normal, at=at, language=language)
    except IntegrityError:  # somebody else came first
        return person_of(organisation, kind, normal)


@contextmanager
def only_if(is_meant):
    """Work that is done whether it is meant or not, and undone when it is not: so that how long an answer takes tells a
    stranger nothing of what is known here.
    """
    before = transaction.savepoint()
    yield
    finish = transaction.savepoint_commit if is_meant else transaction.savepoint_rollback
    finish(before)


def add_and_undo(organisation, *, at):
    """The work that somebody new costs."""
    with only_if(False):
        _add(organisation, IdentifierKind.NUMBER, uuid.uuid4().hex, at=at)


def identify_and_undo(person, *, at):
    """The work that one more number of somebody costs."""
    with only_if(False):
        identify(person, IdentifierKind.NUMBER, uuid.uuid4().hex, at=at)


def _add(organisation, kind, normal, *, at, language=""):
    person = Person.objects.create(organisation=organisation, created_at=at, language=language)
    vault.give_key(person)
    identify(person, kind, normal, at=at)
    return person


def identify(person, kind, normal, *, at):
    """Let a normalised address lead to this person; marks against it are found by the same hash from now on."""
    suppressions.bring_over(person.organisation, kind, normal)
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
    erased = Person.objects.select_for_update().values_list("erased_at", flat=True).get(pk=person.pk)
    if said.reference:
        known = ConsentEvent.objects.with_reference(person.organisation_id).filter(reference=said.reference).first()
        if known is not None:
            return _same(known, person, said)
    if erased is not None:  # read under the lock, since somebody may be erasing at this very moment
        raise Refused(_("The data of this person were erased, so nothing can be added to them."))
    _check(person, said, at)
    event = event_of(person, said, at=at, by=by)
    try:
        event.save(force_insert=True)
    except IntegrityError as error:
        if guards.violated(error) is None:
            raise
        raise _not_in_use() from None  # its wording ended at this very moment
    facts = facts_of(said)
    if facts:
        EventDetail.objects.create(event=event, sealed=vault.seal_facts(person, facts))
    return event


def refuse_beaten(noes):
    """Of one moment a no counts, so a yes that corrects it within the minute would be kept and do nothing."""
    if noes:
        raise Refused(
            _("At this very minute a no was recorded, and of one moment the no counts."),
            remedy=_("Record the yes with a later time."),
        )


def event_of(person, said, *, at, by):
    """The event that this makes, not yet kept."""
    return ConsentEvent(
        organisation_id=person.organisation_id,
        person=person,
        purpose=said.purpose,
        channel=said.channel,
        kind=said.kind,
        happened_at=said.happened_at,
        recorded_at=at,
        wording=said.wording,
        form=said.form,
        language=said.language,
        method=said.method,
        given_by=said.given_by,
        age=said.age,
        is_provable=said.is_provable,
        by=by,
        reference=said.reference,
    )


def facts_of(said):
    """What is sealed with the event: what was said besides, and the network it came from, shortened."""
    facts = {key: value for key, value in said.facts.items() if value}
    return facts | ({"network": shortened(said.address)} if said.address else {})


def _check(person, said, at):
    if said.purpose.organisation_id != person.organisation_id:
        raise Refused(_("This purpose belongs to another organisation."))
    if said.form is not None and said.form.organisation_id != person.organisation_id:
        raise Refused(_("This form belongs to another organisation."))
    if said.form is not None and said.wording is not None and not said.form.asks_with(said.wording):
        raise Refused(_("This form does not ask with the wording that was in use at that moment."))
    if said.happened_at > at:
        raise Refused(_("This moment is in the future."))
    if said.kind in GIVING and said.is_provable:
        check_wording(said)


def check_wording(said):
    """Refuse a consent whose wording was not in use at that moment, or belongs to another purpose. No query when the
    version was read with its wording."""
    wording = said.wording
    if wording is None or wording.wording.purpose_id != said.purpose.pk:
        raise Refused(_("A consent names the wording that the person was shown, of this very purpose."))
    if not wording.holds_at(said.happened_at):
        raise _not_in_use()


def _not_in_use():
    return Refused(_("This wording was not in use at that moment."))


def _same(known, person, said):
    """The event of this reference, when it says the same."""
    told = (known.person_id, known.purpose_id, known.channel, known.kind, known.happened_at)
    if told != (person.pk, said.purpose.pk, said.channel, said.kind, said.happened_at):
        raise Refused(_("Another event was recorded under this reference."))
    return known
