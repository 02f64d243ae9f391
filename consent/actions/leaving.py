"""How somebody gets out again: withdraw one thing, object to all direct marketing, be erased.

The one rule: whoever leaves is never asked why, and leaving twice is leaving once.
"""

from django.db import transaction

from accounts import files, mail
from consent import erasures, standing, suppressions, vault
from consent.kinds import NOES, Answered, Asking, GivenBy, Happening, Purpose, Suppressing
from consent.models import AddressChange, ConsentPurpose, EventDetail, Evidence, Person, PersonRequest, Pupil
from consent.receipts import mailing

from . import unconfirmed
from .recording import Said, record


@transaction.atomic
def withdraw(person, purpose, channel, *, at, method, by=None, given_by=GivenBy.SUBJECT, happened_at=None, **said):
    """Withdraw one consent (Art. 7(3)); returns the event, or None when there was nothing to withdraw."""
    _alone_with(person)
    happened_at = happened_at or at
    if not standing.current(person, purpose, channel, at=happened_at).is_given:
        return None
    leaving = Said(Happening.WITHDRAWN, purpose, channel, method, happened_at, given_by=given_by, **said)
    return record(person, leaving, at=at, by=by)


@transaction.atomic
def stop(person, purpose, channel, *, at, method, given_by=GivenBy.SUBJECT):
    """Nothing more for this purpose over this channel, consent or none: who is written to as an existing customer
    objects in this way. Returns the event, or None when the person said no before.
    """
    _alone_with(person)
    state = standing.current(person, purpose, channel, at=at)
    if state.is_given:
        return withdraw(person, purpose, channel, at=at, method=method, given_by=given_by)
    if state.kind in NOES:
        return None
    kind = Happening.OBJECTED if purpose.kind == Purpose.MARKETING else Happening.REFUSED
    return record(person, Said(kind, purpose, channel, method, at, given_by=given_by), at=at)


@transaction.atomic
def withdraw_all(person, *, at, method, by=None, given_by=GivenBy.SUBJECT, **said):
    """Withdraw whatever is given now; returns the events."""
    return [
        withdraw(person, purpose, channel, at=at, method=method, by=by, given_by=given_by, **said)
        for (purpose, channel), state in _states(person, at).items()
        if state.is_given
    ]


@transaction.atomic
def object_to_marketing(person, *, at, method, by=None, given_by=GivenBy.SUBJECT, happened_at=None, **said):
    """Art. 21(2): no direct marketing any more, over no channel, whatever was agreed to before; returns the events."""
    _alone_with(person)
    moment = happened_at or at
    marks = suppressions.of_person(person)
    states = {key: state for key, state in _states(person, moment).items() if key[0].kind == Purpose.MARKETING}
    if _objected(marks) and not any(state.is_given for state in states.values()):
        return []
    suppressions.mark(person, reason=Suppressing.OBJECTED, since=moment)
    told = {"given_by": given_by, **said}
    return [
        record(person, Said(Happening.OBJECTED, purpose, channel, method, moment, **told), at=at, by=by)
        for (purpose, channel), state in states.items()
        if state.kind != Happening.OBJECTED
    ]


def _alone_with(person):
    """Before looking where a consent stands: two requests at once are one."""
    Person.objects.select_for_update().get(pk=person.pk)


def _objected(marks):
    return any(mark.reason == Suppressing.OBJECTED for mark in marks)


@transaction.atomic
def erase(person, *, at, method, by=None, is_logged=False):
    """Art. 17: what leads to the person and what they filled in go at once. Who it was stays, sealed, until the term
    for claims is over (`destroy_proof`); a mark keeps a later import from bringing them back.

    The erasure is written to a log outside the database first, so that a backup put back later forgets them again. The
    last mail to the person says so; other mails that were not sent yet never are.
    """
    person.erased_at = Person.objects.select_for_update().values_list("erased_at", flat=True).get(pk=person.pk)
    if person.erased_at is not None:
        return
    mail.take_back(mailing.thing(person))
    if not is_logged:
        erasures.log(person, at=at)
        mailing.write("consent_erased", person, stage="erased", at=at, context={})
    for (purpose, channel), state in _states(person, at).items():
        if state.kind != Happening.ERASED:
            record(person, Said(Happening.ERASED, purpose, channel, method, at), at=at, by=by)
    suppressions.mark(person, reason=Suppressing.ERASED, since=at)
    person.proof = vault.seal_facts(person, [vault.opened(person, each.sealed) for each in person.identifiers.all()])
    _close_requests(person, at, by)
    person.erased_at, person.language = at, ""
    person.save(update_fields=["erased_at", "language", "proof"])
    unconfirmed.drop(person.confirmations.select_related("person"))
    person.identifiers.all().delete()
    EventDetail.objects.filter(event__person=person).delete()
    Pupil.objects.filter(person=person).delete()


def _close_requests(person, at, by):
    """To be erased was asked and is done; what was written with any request goes."""
    asked = PersonRequest.objects.filter(person=person)
    asked.update(sealed="", sealed_answer="")
    done = {"outcome": Answered.DONE, "settled_at": at, "settled_by": by}
    asked.open().filter(kind=Asking.ERASURE).update(**done)
    AddressChange.objects.filter(person=person).delete()


def _states(person, at):
    """{(purpose, channel): Standing}. Two queries."""
    states = standing.all_of(person, at=at)
    purposes = ConsentPurpose.objects.in_bulk({purpose for purpose, _channel in states})
    return {(purposes[purpose], channel): state for (purpose, channel), state in states.items()}


@transaction.atomic
def destroy_proof(person, *, at):
    """After the term for claims: key and files go, and nothing that is left names anybody."""
    for evidence in Evidence.objects.filter(event__person=person).select_related("file"):
        evidence.delete()
        files.forget(evidence.file)
    Person.objects.filter(pk=person.pk).update(proof="")
    vault.destroy(person, at=at)
