"""Recording an event for another system. The one rule: the same reference with the same content is one event, however
often it is sent; with another content it is refused, and both are shown.
"""

from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status

from accounts.api import Key
from accounts.models import Scope
from consent import identifiers, vault
from consent.actions import leaving
from consent.actions import recording as ledger
from consent.kinds import AgeBand, Channel, GivenBy, Happening, Method, Purpose
from consent.models import ConsentEvent, WordingVersion
from consent.receipts import mailing
from core.api import ERRORS, ErrorOut, Incoming, Moment, Problem, text
from core.refusal import Refused

from . import words
from .words import AddressIn, Happened, Said

router = Router()
AHEAD = timedelta(minutes=2)  # by which the clock of another system may run before ours

Recorded = Literal["asked", "deferred", "given", "renewed", "revoked", "refused", "withdrawn", "objected"]
Asked = Literal["api", "web_form", "confirmed", "paper", "oral", "event_card", "lead_ad", "app", "one_click"]


class EventIn(Incoming):
    """`reference` is your own key of this event, so that sending it again is safe. A consent (`given`, `renewed`) names
    the id of the wording that the person was shown. `network` is their whole address: it is shortened, then forgotten.
    With `receipt` the person is mailed what was recorded; ask it only for an address that you know to be theirs.
    """

    reference: text(80)
    address: AddressIn
    purpose: words.Code
    channel: Channel
    kind: Recorded
    happened_at: Moment
    wording: UUID | None = None
    language: Literal["", "nl", "en"] = ""
    method: Asked = "api"
    given_by: Literal["subject", "parent", "guardian", "agent"] = "subject"
    age: AgeBand = AgeBand.UNKNOWN
    network: text(60, 0) = ""
    note: text(2000, 0) = ""
    receipt: bool = False


class EventOut(Happened):
    reference: str
    wording: UUID | None
    language: str
    given_by: GivenBy
    age: AgeBand


class EventSent(Schema):
    purpose: str
    channel: Channel
    kind: Said
    happened_at: datetime
    wording: UUID | None
    language: str
    method: str
    given_by: str
    age: str


class ClashOut(ErrorOut):
    """Under this reference something else is recorded: `known` is what stands, `sent` what came now."""

    known: EventOut | None = None
    sent: EventSent | None = None


@router.post(
    "/events",
    auth=Key(Scope.CONSENT_WRITE),
    response={201: EventOut, 200: EventOut} | ERRORS | {409: ClashOut},
    summary="Record an event",
)
def record(request, said: EventIn):
    """Record what somebody said: 201 when it is new, 200 when it was recorded before under the same reference. An
    objection ends all direct marketing to this person, whatever purpose it names.
    """
    key, at = request.auth, timezone.now()
    purpose = words.purpose_of(key, said.purpose)
    wording = _wording(key, purpose, said.wording)
    known = _known(key, said.reference)
    if known is None:
        try:
            event = _record(key, purpose, wording, said, at)
        except (IntegrityError, Refused):  # another request with this reference may have come first
            known = _known(key, said.reference)
            if known is None:
                raise
        else:
            if event.recorded_at == at:
                return Status(201, event_out(event, purpose.code))
            known = _known(key, said.reference)
    if not _is_same(key, known, purpose, said):
        raise Problem(
            409,
            "reference_used",
            _("Another event was recorded under this reference."),
            "reference",
            known=EventOut(**event_out(known, known.purpose.code)).model_dump(mode="json"),
            sent=EventSent(**said.model_dump()).model_dump(mode="json"),
        )
    return Status(200, event_out(known, known.purpose.code))


@transaction.atomic
def _record(key, purpose, wording, said, at):
    person = find_or_add(key, said.address, at=at, language=said.language)
    _check_reference(key, said)
    told = ledger.Said(
        words.HAPPENINGS[said.kind],
        purpose,
        said.channel,
        Method(said.method),
        moment_of(said.happened_at, at=at),
        wording=wording,
        language=said.language,
        given_by=GivenBy(said.given_by),
        age=said.age,
        reference=said.reference,
        address=said.network,
        facts={"note": said.note},
    )
    event = ledger.record(person, told, at=at)
    if event.recorded_at != at:  # another request with this reference came first
        return event
    happened = [event]
    if event.kind == Happening.OBJECTED and purpose.kind == Purpose.MARKETING:
        when = event.happened_at
        happened += leaving.object_to_marketing(
            person, at=at, method=told.method, given_by=told.given_by, happened_at=when
        )
    if said.receipt:
        mailing.tell(person, happened)
    return event


def _check_reference(key, said):
    kind, country = said.address.kind, key.organisation.country
    normal = identifiers.normalised(kind, said.address.value, country)
    if identifiers.names_somebody(said.reference, kind, normal):
        sentence = _("A reference stays when the person is erased. Give one without an address or telephone number.")
        raise Problem(422, "reference_names_somebody", sentence, "reference")


def find_or_add(key, address, *, at, language=""):
    organisation = key.organisation
    with _an_address():
        return ledger.find_or_add(
            organisation, address.kind, address.value, at=at, country=organisation.country, language=language
        )


def with_address(key, address):
    """Whom an address leads to, or None. One query."""
    with _an_address():
        return ledger.person_of(key.organisation, address.kind, address.value, country=key.organisation.country)


@contextmanager
def _an_address():
    """What is no address is a fault of the request, at its place."""
    try:
        yield
    except Refused as refusal:
        raise Problem(422, "no_address", str(refusal.message), "address.value") from None


def _wording(key, purpose, wanted):
    if wanted is None:
        return None
    found = WordingVersion.objects.select_related("wording").filter(
        pk=wanted, organisation=key.organisation, wording__purpose=purpose
    )
    version = found.first()
    if version is None:
        raise Problem(404, "unknown_wording", _("This purpose has no wording with this id."), "wording")
    return version


def _known(key, reference):
    events = ConsentEvent.objects.with_reference(key.organisation).filter(reference=reference)
    return events.select_related("purpose", "detail", "person__key_row").first()


def _is_same(key, known, purpose, said):
    """Whether what is recorded is what was sent, word by word; the network address is not compared, as it moves."""
    person = with_address(key, said.address)
    one = (known.person_id, known.purpose_id, known.channel, known.kind, known.wording_id)
    other = (person and person.pk, purpose.pk, said.channel, words.HAPPENINGS[said.kind], said.wording)
    more = (known.language, known.method, known.given_by, known.age, _note(known))
    sent = (said.language, said.method, said.given_by, said.age, said.note)
    return one == other and more == sent and is_moment(known, said.happened_at)


def moment_of(sent, *, at):
    """What lies just ahead of our clock is now."""
    return min(sent, at) if sent - at <= AHEAD else sent


def is_moment(known, sent):
    """Whether an event was recorded at the moment that was sent."""
    if known.happened_at == sent:
        return True
    return known.happened_at == known.recorded_at and timedelta(0) < sent - known.recorded_at <= AHEAD


def _note(event):
    detail = getattr(event, "detail", None)
    return vault.facts_of(event.person, detail.sealed).get("note", "") if detail else ""


def event_out(event, code):
    return {
        "id": event.pk,
        "reference": event.reference,
        "person": event.person_id,
        "purpose": code,
        "channel": event.channel,
        "kind": words.word(event.kind),
        "happened_at": event.happened_at,
        "recorded_at": event.recorded_at,
        "wording": event.wording_id,
        "language": event.language,
        "method": event.method,
        "given_by": event.given_by,
        "age": event.age,
    }
