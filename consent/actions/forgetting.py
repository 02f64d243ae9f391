"""Sweeps: what was kept for legal claims goes when the term is over, of erased people and of those who left.

The one rule: what goes here is found by looking, so that a backup put back later loses it again.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.models import Organisation
from consent import standing, suppressions, terms
from consent.kinds import DECIDING, GIVING, NOES, Suppressing
from consent.models import ConsentEvent, ConsentPurpose, EventDetail, Person, PersonRequest, Pupil
from core.dates import add_years

from .leaving import destroy_proof

AT_A_TIME = 1000


def destroy_old_proof(at):
    """Destroy the keys of who was erased longer ago than the term; returns how many. A query when nobody was."""
    kept = Person.objects.filter(erased_at__isnull=False, key_row__destroyed_at=None)
    done = 0
    for organisation in Organisation.objects.filter(pk__in=kept.values("organisation")):
        over = add_years(at, -terms.of(organisation, at.date()).claim_years)
        for person in kept.filter(organisation=organisation, erased_at__lte=over):
            destroy_proof(person, at=at)
            done += 1
    return done


def reduce_who_left(at):
    """Reduce to marks who gave nothing any more, and of whom nothing was heard, for as long as the term; returns how
    many, so many a turn."""
    done = 0
    for organisation in Organisation.objects.filter(pk__in=Person.objects.values("organisation").distinct()):
        over = add_years(at, -terms.of(organisation, at.date()).claim_years)
        for person in left_since(organisation, over)[:AT_A_TIME]:
            done += _reduce(person, over, at=at)
    return done


def left_since(organisation, over):
    """The people of an organisation who answered once, whose every answer is older than `over`, and of whose consents
    none stands. Not who is on a class list, or waits for an answer: those are known for another reason."""
    events = ConsentEvent.objects.filter(person=OuterRef("pk"))
    latest = (
        ConsentEvent.objects.filter(
            person=OuterRef("person"), purpose=OuterRef("purpose"), channel=OuterRef("channel"), kind__gte=DECIDING
        )
        .order_by(*standing.LATEST)
        .values("pk")[:1]
    )
    given = events.filter(kind__in=GIVING, pk=Subquery(latest))
    people = Person.objects.filter(organisation=organisation, erased_at=None, key_row__key__isnull=False)
    return people.filter(
        Exists(events.filter(kind__gte=DECIDING)),
        ~Exists(events.filter(Q(happened_at__gt=over) | Q(recorded_at__gt=over))),
        ~Exists(given),
        ~Exists(Pupil.objects.filter(person=OuterRef("pk"))),
        ~Exists(PersonRequest.objects.open().filter(person=OuterRef("pk"))),
    ).order_by("pk")


@transaction.atomic
def _reduce(person, over, *, at):
    """Let only marks be left of somebody: who said no is not written to again after a later import."""
    Person.objects.select_for_update().get(pk=person.pk)  # before looking: they may consent again at this very moment
    if not left_since(person.organisation_id, over).filter(pk=person.pk).exists():
        return 0
    known, states = suppressions.of_person(person), standing.all_of(person, at=at)
    purposes = ConsentPurpose.objects.in_bulk({purpose for purpose, _channel in states})
    for (purpose, channel), state in states.items():
        asked = purposes[purpose]
        if state.kind in NOES and not suppressions.against(known, asked, channel, state):
            suppressions.mark(
                person, reason=Suppressing.WITHDRAWN, since=state.happened_at, purpose=asked, channel=channel
            )
    person.identifiers.all().delete()
    EventDetail.objects.filter(event__person=person).delete()
    Person.objects.filter(pk=person.pk).update(erased_at=at, language="")
    destroy_proof(person, at=at)
    return 1
