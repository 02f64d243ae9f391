"""Two people at the same moment: one act after the other, nothing twice, nothing lost, and the chain still fits."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from accounts.verification import verify
from core.refusal import Refused
from register.actions import activities, approval, establish
from register.imports import undoing
from register.models import Activity, ActivityVersion, ImportBatch
from tests.factories.accounts import ControllerFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.register.filled import filled
from tests.register.importing import organisation_with_controller, taken, worked

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="the SQLite of the tests is in memory, where two connections cannot wait"
    ),
]
AT = datetime(2026, 2, 2, 10, 0, tzinfo=UTC)


def at_once(*acts):
    """What each act gave, or the refusal it met; all start at the same moment, each with a connection of its own."""
    start = Barrier(len(acts))

    def done(act):
        try:
            start.wait(20)
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(done, acts))


def while_open(first, then):
    """What both gave: `then` begins when `first` has written and waits a moment before its transaction ends."""
    written = Event()

    def slow():
        with transaction.atomic():
            result = first()
            written.set()
            time.sleep(1)
            return result

    def later():
        written.wait(20)
        return then()

    return at_once(slow, later)


def imported(organisation):
    """A batch that was taken in, and its activity."""
    batch = taken(organisation, ("Naam", "Doel", "Verwerkers"), ("Loon", "Betalen", "Zon B.V."))
    return batch, Activity.objects.get(organisation=organisation)


def fits(organisation):
    return list(verify(organisation)) == []


def test_establishing_twice_makes_one_version():
    activity = filled(OrganisationFactory())
    results = at_once(*[lambda: establish.establish(activity, by=None, at=AT, reason="Checked")] * 3)
    assert sum(isinstance(one, Refused) for one in results) == 2
    assert ActivityVersion.objects.filter(activity=activity).count() == 1
    assert fits(activity.organisation)


def test_every_new_activity_gets_a_number_of_its_own():
    controller = ControllerFactory()
    organisation = controller.organisation
    people = [UserFactory() for _number in range(6)]
    at_once(
        *[
            lambda by=by: activities.create(organisation, name="New", controller=controller, by=by, at=AT)
            for by in people
        ]
    )
    assert sorted(Activity.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert fits(organisation)


def waiting(approvers):
    """An activity that waits for two approvers."""
    organisation = OrganisationFactory(approvals_required=2)
    people = [MembershipFactory(organisation=organisation, role="approver").user for _number in range(approvers)]
    activity = filled(organisation)
    [asked], _refused = approval.ask([activity], approvers=people, by=UserFactory(), at=AT, reason="Please")
    return activity, asked, people


def test_the_last_two_approvals_at_once_establish_once():
    activity, asked, people = waiting(2)
    results = at_once(*[lambda by=by: approval.answer(asked, by=by, at=AT, approve=True) for by in people])
    assert not [one for one in results if isinstance(one, Refused)]
    assert ActivityVersion.objects.filter(activity=activity).count() == 1
    assert fits(activity.organisation)


def test_the_same_approval_twice_counts_once():
    activity, asked, people = waiting(2)
    results = at_once(*[lambda: approval.answer(asked, by=people[0], at=AT, approve=True)] * 2)
    assert sum(isinstance(one, Refused) for one in results) == 1
    assert not ActivityVersion.objects.filter(activity=activity).exists()


def test_approving_while_somebody_ends_it_is_one_or_the_other():
    activity, asked, people = waiting(2)
    approval.answer(asked, by=people[0], at=AT, approve=True)
    at_once(
        lambda: approval.answer(asked, by=people[1], at=AT, approve=True),
        lambda: establish.end(activity, on=AT.date(), reason="Over", by=None, at=AT),
    )
    activity.refresh_from_db()
    asked.refresh_from_db()
    assert activity.ended_on == AT.date()
    assert asked.state in ("approved", "withdrawn")
    assert fits(activity.organisation)


def test_what_somebody_is_writing_while_the_import_is_undone_stays():
    organisation = organisation_with_controller()
    batch, activity = imported(organisation)
    undoing.ask(batch, by=None, at=AT)
    while_open(
        lambda: activities.set_upkeep([activity], by=None, at=AT, owner_function="Hoofd salarissen"),
        lambda: worked(ImportBatch.objects.get(pk=batch.pk)),
    )
    batch.refresh_from_db()
    assert Activity.objects.get(pk=activity.pk).owner_function == "Hoofd salarissen"
    assert batch.state != "undone"  # nothing of it could go
    assert fits(organisation)


def test_who_saves_while_the_import_is_undone_hears_that_it_is_gone():
    organisation = organisation_with_controller()
    batch, activity = imported(organisation)
    undoing.ask(batch, by=None, at=AT)
    _undone, saved = while_open(
        lambda: worked(ImportBatch.objects.get(pk=batch.pk)).state,
        lambda: activities.set_upkeep([activity], by=None, at=AT, owner_function="Hoofd salarissen"),
    )
    assert isinstance(saved, Refused)
    assert not Activity.objects.filter(pk=activity.pk).exists()
    assert fits(organisation)


def test_an_import_is_undone_once_however_many_ask():
    organisation = organisation_with_controller()
    batch, _activity = imported(organisation)
    asked = at_once(*[lambda: undoing.ask(ImportBatch.objects.get(pk=batch.pk), by=None, at=AT)] * 3)
    assert sum(isinstance(one, Refused) for one in asked) == 2
    assert set(at_once(*[lambda: worked(ImportBatch.objects.get(pk=batch.pk)).state] * 2)) <= {"undone", "undoing"}
    batch.refresh_from_db()
    assert (batch.state, Activity.objects.filter(organisation=organisation).count()) == ("undone", 0)
    assert fits(organisation)
