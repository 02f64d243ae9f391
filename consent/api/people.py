"""One person, found by their address: where each consent stands, and being erased."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema

from accounts.api import Key
from accounts.models import Scope
from consent import standing, suppressions
from consent.actions import leaving
from consent.kinds import Channel, Method, Purpose, Suppressing
from consent.models import ConsentPurpose
from consent.school import pupils
from core.api import ERRORS, Incoming

from . import words
from .recording import with_address
from .words import AddressIn, PersonOut, StateOut

router = Router()


class OneIn(Incoming):
    address: AddressIn


class MarkOut(Schema):
    """The address may not be written to: for this purpose and over this channel, or for any where they are empty."""

    reason: Suppressing
    since: datetime
    purpose: str
    channel: str


class PersonStateOut(Schema):
    person: UUID | None
    states: list[StateOut]
    suppressions: list[MarkOut]


@router.post(
    "/state",
    auth=Key(Scope.CONSENT_READ),
    response={200: PersonStateOut} | ERRORS,
    summary="Read where somebody's consents stand",
)
def state(request, one: OneIn):
    """The consents of one address as they stand now, and the marks against it. Nobody known gives no person, no error.
    Six queries.
    """
    key, at = request.auth, timezone.now()
    organisation = key.organisation
    person = with_address(key, one.address)
    marks = suppressions.of_address(organisation, one.address.kind, one.address.value, country=organisation.country)
    purposes = ConsentPurpose.objects.of(organisation).in_bulk()
    states = _states(person, purposes, at) if person else {}
    return {
        "person": person and person.pk,
        "states": [
            {
                "purpose": purposes[purpose].code,
                "channel": Channel(channel),
                "state": words.word(now.kind),
                "since": now.happened_at,
                "holds": now.holds,
            }
            for (purpose, channel), now in sorted(
                states.items(), key=lambda pair: (purposes[pair[0][0]].code, pair[0][1])
            )
        ],
        "suppressions": [
            {
                "reason": mark.reason,
                "since": mark.since,
                "purpose": purposes[mark.purpose].code if mark.purpose else "",
                "channel": mark.channel,
            }
            for mark in marks
        ],
    }


def _states(person, purposes, at):
    """{(purpose id, channel): Standing}, for a publication with every parent's voice counted."""
    states = standing.all_of(person, at=at)
    published = {(person.pk, *key): now for key, now in states.items() if purposes[key[0]].kind == Purpose.PUBLICATION}
    heard = pupils.heard(published, person.organisation, at=at) if published else {}
    return states | {key[1:]: now for key, now in heard.items()}


@router.post(
    "/people/erase",
    auth=Key(Scope.CONSENT_WRITE),
    response={200: PersonOut} | ERRORS,
    summary="Erase somebody",
)
def erase(request, one: OneIn):
    """Art. 17: what leads to this person and what they filled in go at once; a mark keeps a later import from bringing
    them back. Nobody known gives no person, no error.
    """
    person = with_address(request.auth, one.address)
    if person is not None:
        leaving.erase(person, at=timezone.now(), method=Method.API)
    return {"person": person and person.pk}
