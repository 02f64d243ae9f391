"""Everything that changes, in order, for a system that keeps a copy: it comes back with the number it was given."""

from ninja import Query, Router, Schema
from pydantic import Field

from accounts.api import Key
from accounts.models import Scope
from consent import stream
from consent.kinds import IdentifierKind
from consent.mailing import lookup
from core.api import ERRORS, LARGEST, Incoming

from .words import Happened

router = Router()


class Since(Incoming):
    after: int = Field(0, ge=0, le=LARGEST)
    limit: int = Field(500, ge=1, le=1000)


class AddressOut(Schema):
    kind: IdentifierKind
    value: str


class ChangeOut(Happened):
    """An event without what names the person; `addresses` only for a key that may read them too."""

    addresses: list[AddressOut] | None = None


class ChangesOut(Schema):
    events: list[ChangeOut]
    next: int
    more: bool


@router.get(
    "/changes",
    auth=Key(Scope.CONSENT_STREAM),
    response={200: ChangesOut} | ERRORS,
    summary="Follow what changes",
)
def changes(request, since: Query[Since]):
    """Events after a number, oldest first. Come back with `next`; while `more` is true, at once. No event is skipped,
    also when several are recorded at the same moment.
    """
    key = request.auth
    events, last, more = stream.after(key.organisation, since.after, limit=since.limit)
    addresses = _addresses({event.person_id for event in events}) if Scope.CONSENT_READ in key.scopes else None
    return {"events": [stream.told(event, addresses) for event in events], "next": last, "more": more}


def _addresses(people):
    """{person id: [{kind, value}]} of people who were not erased. One query."""
    known = lookup.opened(people)
    return {person: [{"kind": kind, "value": value} for kind, value in known[person]] for person in people}
