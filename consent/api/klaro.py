"""What visitors chose in the banner Klaro, told by the server of the site: a service is called after its purpose here,
and its text is the wording that `consent.views.klaro` put there.

The one rule: a visitor is a number that says nothing about who it is, and what they chose is recorded like any consent:
the same reference with another choice is refused, since to be told "recorded" of a no that was not kept would be a lie.
"""

import hashlib
from typing import Annotated, Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field, StrictBool

from accounts.api import Key
from accounts.models import Scope
from consent import standing
from consent.actions import recording, versions
from consent.kinds import GIVING, Channel, Happening, IdentifierKind, Method
from consent.models import ConsentEvent, ConsentPurpose
from core.api import ERRORS, Incoming, Moment, Problem, text

from .recording import is_moment, moment_of

router = Router()


class ChoicesIn(Incoming):
    """`visitor` is a random number that your site gave; `choices` is what Klaro recorded, service by service.

    `reference` is your own key of this choosing, so that sending it again is safe.
    """

    reference: text(80)
    visitor: text(100)
    choices: Annotated[dict[text(100), StrictBool], Field(min_length=1, max_length=200)]
    happened_at: Moment
    language: Literal["", "nl", "en"] = ""
    network: text(60, 0) = ""


class ChoicesOut(Schema):
    """What became of each service. `needless`: no purpose is called so, so that no consent was asked for it;
    `no_wording`: nobody can consent to this purpose, as no wording of it was in use then.
    """

    services: dict[str, Literal["recorded", "needless", "no_wording"]]


@router.post(
    "/klaro",
    auth=Key(Scope.CONSENT_WRITE),
    response={200: ChoicesOut} | ERRORS,
    summary="Record what a visitor chose in Klaro",
)
def klaro(request, said: ChoicesIn):
    """Yes is a consent to the wording that is in use; no is a refusal, or a withdrawal of what was given before."""
    organisation, at = request.auth.organisation, timezone.now()
    moment = moment_of(said.happened_at, at=at)
    purposes = {one.code: one for one in ConsentPurpose.objects.of(organisation).filter(code__in=said.choices)}
    wordings = versions.latest_of(purposes.values(), moment)
    with transaction.atomic():
        person = recording.find_or_add(
            organisation, IdentifierKind.NUMBER, f"visitor {said.visitor}", at=at, language=said.language
        )
        became = {
            code: _record(person, purposes.get(code), wordings, is_yes, said, moment, at)
            for code, is_yes in said.choices.items()
        }
    return {"services": became}


def _record(person, purpose, wordings, is_yes, said, moment, at):
    if purpose is None:
        return "needless"
    wording, reference = wordings.get(purpose.pk), _reference(said.reference, purpose)
    known = ConsentEvent.objects.with_reference(person.organisation_id).filter(reference=reference).first()
    if known is not None:
        _check_same(known, person, is_yes, said)
        return "recorded"
    if is_yes and wording is None:
        return "no_wording"
    told = recording.Said(
        _kind(person, purpose, is_yes, moment),
        purpose,
        Channel.NONE,
        Method.WEB_FORM,
        moment,
        wording=wording,
        language=said.language,
        reference=reference,
        address=said.network,
    )
    recording.record(person, told, at=at)
    return "recorded"


def _check_same(known, person, is_yes, said):
    one = (known.person_id, known.kind in GIVING, known.language)
    if one != (person.pk, is_yes, said.language) or not is_moment(known, said.happened_at):
        raise Problem(409, "reference_used", _("Another event was recorded under this reference."), "reference")


def _kind(person, purpose, is_yes, moment):
    if is_yes:
        return Happening.GIVEN
    was_given = standing.current(person, purpose, Channel.NONE, at=moment).is_given
    return Happening.WITHDRAWN if was_given else Happening.REFUSED


def _reference(reference, purpose):
    """One choosing is an event for each purpose, each with a reference of its own."""
    return "klaro:" + hashlib.sha256(f"{reference}\0{purpose.pk}".encode()).hexdigest()
