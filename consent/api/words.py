"""The words of the API: what is sent and answered. Those of the ledger go by their small names, such as "withdrawn"."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema

from consent.kinds import Channel, Happening, IdentifierKind, Method
from consent.models import ConsentPurpose
from core.api import Incoming, Problem, text

HAPPENINGS = {one.code: one for one in Happening}
Code = text(60)
Address = text(320)
Said = Literal[tuple(HAPPENINGS)]


class AddressIn(Incoming):
    kind: IdentifierKind = IdentifierKind.EMAIL
    value: Address


class StateOut(Schema):
    """Where one consent stands: `holds` tells whether it was given, and can be proved."""

    purpose: str
    channel: Channel
    state: Said
    since: datetime
    holds: bool


class Happened(Schema):
    """What every event tells."""

    id: int
    person: UUID
    purpose: str
    channel: Channel
    kind: Said
    happened_at: datetime
    recorded_at: datetime
    method: Method


class PersonOut(Schema):
    person: UUID | None


def word(kind):
    return Happening(kind).code


def purpose_of(key, code):
    """The purpose of this code in the organisation of the key. One query."""
    found = ConsentPurpose.objects.of(key.organisation).select_related("organisation").filter(code=code).first()
    if found is None:
        raise Problem(404, "unknown_purpose", _("There is no purpose with this code."), "purpose")
    return found
