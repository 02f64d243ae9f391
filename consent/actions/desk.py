"""Recording for somebody what they signed or said: the wording is the version that was in use at that moment."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consent.kinds import AgeBand, GivenBy, Happening, Method
from core.refusal import Refused

from . import evidence, wordings
from .recording import Said, find_or_add, record


@dataclass(frozen=True, slots=True)
class Told:
    """What the form of the desk says. `kind` and `value`: the address or number, when the person is not known yet."""

    answer: Happening
    channel: str
    method: Method
    happened_at: datetime
    language: str
    given_by: GivenBy = GivenBy.SUBJECT
    age: AgeBand = AgeBand.UNKNOWN
    note: str = ""
    kind: str = ""
    value: str = ""


@transaction.atomic
def take_down(wording, person, told, *, scan, by, at):
    """Record it, with a scan or None; `person` is None for whom `told` gives the address. Returns the event."""
    version = wordings.in_use(wording, told.happened_at)
    if version is None:
        raise Refused(_("This wording was not in use at that moment."))
    if person is None:
        organisation = wording.organisation
        person = find_or_add(
            organisation, told.kind, told.value, at=at, country=organisation.country, language=told.language
        )
    said = Said(
        told.answer,
        wording.purpose,
        told.channel,
        told.method,
        told.happened_at,
        wording=version,
        language=told.language,
        given_by=told.given_by,
        age=told.age,
        facts={"note": told.note},
    )
    event = record(person, said, at=at, by=by)
    if scan is not None:
        evidence.attach(event, scan, by=by, at=at)
    return event
