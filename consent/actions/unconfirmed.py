"""A sweep: whoever asked for something and never confirmed it is forgotten.

The one rule: nothing readable stays of them. The events that they were asked stay, and name a random id.
"""

from datetime import timedelta

from django.db import transaction

from accounts import mail
from accounts.models import AccessLink, Organisation
from consent import terms, vault
from consent.models import (
    Appearance,
    ConfirmationRequest,
    CustomerRelation,
    EventDetail,
    Person,
    PersonRequest,
    Pupil,
)

from . import asking

KEPT_ELSEWHERE = (Pupil, CustomerRelation, Appearance, PersonRequest)


def forget_unconfirmed(at):
    """Forget the requests that nobody confirmed within the term; returns how many. A query when there are none."""
    open_ones = ConfirmationRequest.objects.filter(confirmed_at=None)
    done = 0
    for organisation in Organisation.objects.filter(pk__in=open_ones.values("organisation")):
        over = at - timedelta(days=terms.of(organisation, at.date()).unconfirmed_days)
        for request in open_ones.filter(organisation=organisation, asked_at__lte=over):
            done += _forget(request, at)
    return done


@transaction.atomic
def _forget(request, at):
    person = Person.objects.select_for_update().get(pk=request.person_id)
    if not ConfirmationRequest.objects.filter(pk=request.pk, confirmed_at=None).exists():
        return 0  # somebody confirmed it at the last moment
    drop([request])
    if not _is_known_otherwise(person):
        person.identifiers.all().delete()
        EventDetail.objects.filter(event__person=person).delete()
        vault.destroy(person, at=at)
        person.language, person.erased_at = "", person.erased_at or at
        person.save(update_fields=["language", "erased_at"])
    return 1


def drop(requests):
    """Take requests away, with their links, what was filled in, and a mail that was not sent yet."""
    for request in requests:
        EventDetail.objects.filter(event__in=asking.asked_events(request)).delete()
        AccessLink.objects.filter(subject_id=request.pk, purpose=asking.LINK).delete()
        mail.take_back(asking.thing(request))
        request.delete()


def _is_known_otherwise(person):
    """Whether something else is kept of somebody than that they were asked: anybody can fill in a form for another."""
    return (
        person.events.exclude(reference__startswith=asking.ASKED).exists()
        or ConfirmationRequest.objects.filter(person=person).exists()
        or any(model.objects.filter(person=person).exists() for model in KEPT_ELSEWHERE)
    )
