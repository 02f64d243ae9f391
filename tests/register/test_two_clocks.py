"""What held on a day, and what was known by then: versions answer both, and nobody can back-date."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError

from accounts.models import ChainHead, Change
from core.refusal import Refused
from register import reading
from register.actions import activities, establish
from register.models import Activity, ActivityVersion
from register.record import from_plain, to_plain
from tests.factories.accounts import UserFactory
from tests.factories.register import (
    ActivityFactory,
    DataLineFactory,
    PurposeFactory,
    RecipientLineFactory,
    SubjectLineFactory,
)

pytestmark = pytest.mark.django_db

MARCH = datetime(2026, 3, 3, 9, tzinfo=UTC)
MAY = datetime(2026, 5, 5, 9, tzinfo=UTC)


def complete(**fields):
    activity = ActivityFactory(**fields)
    PurposeFactory(activity=activity, text_nl="Loon betalen")
    SubjectLineFactory(activity=activity)
    DataLineFactory(activity=activity)
    if activity.controller is None:
        from tests.factories.accounts import ControllerFactory

        controller = ControllerFactory(organisation=activity.organisation)
        Activity.objects.filter(pk=activity.pk).update(controller=controller)
        activity.refresh_from_db()
    return activity


def rename(activity, name, *, at, by=None):
    base = {"fields": {"name": activity.name}, "lines": {}}
    activities.save_section(activity, "identity", {"fields": {"name": name}, "lines": {}}, base, by=by, at=at)
    activity.refresh_from_db()


def names(organisation, **when):
    return [standing.entry.name for standing in reading.read(organisation, **when)]


def test_an_edit_changes_nothing_that_was_established():
    activity = complete(name="Payroll")
    establish.establish(activity, by=None, at=MARCH, reason="first")
    rename(activity, "Wages", at=MAY)
    assert activity.status == "changed"
    assert names(activity.organisation, on=date(2026, 6, 1)) == ["Payroll"]
    establish.establish(activity, by=None, at=MAY, reason="renamed")
    assert names(activity.organisation, on=date(2026, 6, 1)) == ["Wages"]
    assert names(activity.organisation, on=date(2026, 4, 1)) == ["Payroll"]


def test_a_version_recorded_afterwards_was_not_known_then():
    activity = complete(name="Payroll")
    establish.establish(activity, by=None, at=MAY, reason="late", valid_from=date(2026, 3, 3))
    on = date(2026, 4, 1)
    assert names(activity.organisation, on=on, known_at=reading.end_of(on)) == []
    assert names(activity.organisation, on=on) == ["Payroll"]
    assert ActivityVersion.objects.get().late


def test_a_future_version_waits_for_its_day():
    activity = complete(name="Payroll")
    establish.establish(activity, by=None, at=MARCH, reason="ahead", valid_from=date(2026, 7, 1))
    assert names(activity.organisation, on=date(2026, 6, 30)) == []
    assert names(activity.organisation, on=date(2026, 7, 1)) == ["Payroll"]


def test_a_version_never_starts_before_the_one_before():
    activity = complete()
    establish.establish(activity, by=None, at=MARCH, reason="first")
    rename(activity, "Wages", at=MAY)
    with pytest.raises(Refused, match="cannot start earlier|niet eerder"):
        establish.establish(activity, by=None, at=MAY, reason="second", valid_from=date(2026, 3, 2))
    assert ActivityVersion.objects.count() == 1


def test_the_register_of_a_day_costs_one_query(django_assert_num_queries):
    activity = complete()
    establish.establish(activity, by=None, at=MARCH, reason="first")
    with django_assert_num_queries(1):
        reading.read(activity.organisation, on=date(2026, 4, 1), known_at=reading.end_of(date(2026, 4, 1)))


def test_nothing_is_established_without_a_reason_or_twice():
    activity = complete()
    with pytest.raises(Refused):
        establish.establish(activity, by=None, at=MARCH, reason=" ")
    establish.establish(activity, by=None, at=MARCH, reason="first")
    with pytest.raises(Refused):
        establish.establish(activity, by=None, at=MAY, reason="again")


@pytest.mark.parametrize("missing", ["purposes", "subjectlines", "datalines"])
def test_only_what_makes_an_entry_blocks_establishing(missing):
    activity = complete()
    from accounts import history

    with history.act(activity.organisation, by=None, at=MARCH, kind="test.made"):
        getattr(activity, missing).all().delete()
    with pytest.raises(Refused):
        establish.establish(activity, by=None, at=MARCH, reason="first")


def test_other_gaps_stay_open_and_are_kept_with_the_version():
    version = establish.establish(complete(), by=None, at=MARCH, reason="first")
    assert {"recipients", "transfers", "measures"} <= set(version.open_points)


def test_four_eyes_keep_the_last_editor_from_establishing():
    activity = complete(organisation__four_eyes=True)
    editor = UserFactory()
    rename(activity, "Wages", at=MARCH, by=editor)
    with pytest.raises(Refused):
        establish.establish(activity, by=editor, at=MAY, reason="mine")
    assert establish.establish(activity, by=UserFactory(), at=MAY, reason="checked").number == 1


def test_the_database_refuses_to_change_or_delete_a_version():
    version = establish.establish(complete(), by=None, at=MARCH, reason="first")
    from django.db import transaction

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ActivityVersion.objects.filter(pk=version.pk).update(reason="other")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ActivityVersion.objects.filter(pk=version.pk).delete()


def test_versions_and_acts_are_chained():
    activity = complete()
    first = establish.establish(activity, by=None, at=MARCH, reason="first")
    rename(activity, "Wages", at=MAY)
    second = establish.establish(activity, by=None, at=MAY, reason="second")
    assert (first.previous, second.previous) == ("", first.digest)
    assert second.digest == establish.version_digest(ActivityVersion.objects.get(pk=second.pk))
    changes = list(Change.objects.filter(organisation=activity.organisation).order_by("number"))
    assert [change.number for change in changes] == list(range(1, len(changes) + 1))
    assert [change.previous for change in changes] == ["", *(change.digest for change in changes[:-1])]
    assert ChainHead.objects.get(organisation=activity.organisation).digest == changes[-1].digest


def test_ending_keeps_what_was_established_and_smuggles_no_edit_in():
    activity = complete(name="Payroll")
    establish.establish(activity, by=None, at=MARCH, reason="first")
    rename(activity, "Half-finished name", at=MARCH)
    establish.end(activity, on=date(2026, 5, 5), reason="outsourced", by=None, at=MAY)
    last = reading.read(activity.organisation, on=date(2026, 5, 5))[0]
    assert (last.entry.name, last.entry.ended_on, last.ends) == ("Payroll", date(2026, 5, 5), True)
    assert reading.read(activity.organisation, on=date(2026, 5, 4))[0].entry.ended_on is None


def test_what_was_frozen_is_read_back_as_the_same_value():
    activity = complete()
    RecipientLineFactory(activity=activity, role="processor")
    entry = reading.draft(activity)
    assert from_plain(to_plain(entry)) == entry


def test_numbers_are_drawn_one_after_another_and_never_again():
    organisation = ActivityFactory().organisation
    made = [activities.create(organisation, by=None, at=MARCH, name=name) for name in "ab"]
    assert made[1].number == made[0].number + 1
