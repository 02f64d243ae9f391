"""Whoever gets at the database behind our back is found out, and the row is named."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import ChainHead, Change, ControllerVersion
from accounts.verification import chained_models, models_without_chain, verify
from core import guards
from register.actions import establish
from register.models import Activity, ActivityVersion
from tests.register.test_two_clocks import MARCH, MAY, complete, rename

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    activity = complete(name="Payroll")
    establish.establish(activity, by=None, at=MARCH, reason="first")
    rename(activity, "Wages", at=MAY)
    establish.establish(activity, by=None, at=MAY, reason="second")
    return activity


def faults(activity):
    return [str(fault) for fault in verify(activity.organisation)]


def tamper(queryset, **values):
    with guards.open_door("a test plays the burglar"):
        return queryset.update(**values) if values else queryset.delete()


def test_an_honest_record_fits(activity):
    assert faults(activity) == []


def test_every_table_that_names_a_change_is_checked():
    assert models_without_chain() == []
    assert ActivityVersion in chained_models()
    assert ControllerVersion in chained_models()


def test_an_altered_history_row_is_named(activity):
    row = Activity.history.filter(id=activity.pk).latest("history_id")
    tamper(Activity.history.filter(pk=row.pk), name="Nothing to see here")
    [fault] = verify(activity.organisation)
    assert (fault.table, fault.row) == ("register_historicalactivity", str(row.pk))
    assert activity.code in fault.subject


def test_an_altered_version_is_named_by_its_row_and_by_its_chain(activity):
    version = ActivityVersion.objects.get(activity=activity, number=1)
    tamper(ActivityVersion.objects.filter(pk=version.pk), content=version.content | {"name": "Other"})
    found = list(verify(activity.organisation))
    assert {fault.row for fault in found} == {str(version.pk)}
    assert len(found) == 2


def test_a_version_signed_anew_no_longer_fits_the_next_one(activity):
    version = ActivityVersion.objects.get(activity=activity, number=1)
    version.reason = "other"
    tamper(ActivityVersion.objects.filter(pk=version.pk), reason="other", digest=establish.version_digest(version))
    assert len(faults(activity)) >= 2


def test_an_altered_change_is_named_by_its_number(activity):
    change = Change.objects.filter(organisation=activity.organisation).order_by("number")[1]
    tamper(Change.objects.filter(pk=change.pk), reason="A better story")
    assert [fault.change for fault in verify(activity.organisation)] == [change.number]


def test_a_cut_off_tail_is_noticed(activity):
    last = Change.objects.filter(organisation=activity.organisation).order_by("number").last()
    with guards.open_door("a test plays the burglar"):
        ActivityVersion.objects.filter(change=last).delete()
        last.subjects.all().delete()
        last.delete()
    head = ChainHead.objects.get(organisation=activity.organisation)
    assert any(str(head.number) in fault for fault in faults(activity))


def test_a_row_put_in_afterwards_is_named(activity):
    row = Activity.history.filter(id=activity.pk).latest("history_id")
    row.pk = None
    row.history_date = datetime(2025, 1, 1, tzinfo=UTC)
    row.save()
    [fault] = verify(activity.organisation)
    assert fault.row == str(row.pk)


def test_a_row_taken_away_is_named(activity):
    row = Activity.history.filter(id=activity.pk).latest("history_id")
    key = str(row.pk)
    tamper(Activity.history.filter(pk=row.pk))
    assert key in [fault.row for fault in verify(activity.organisation)]


def test_the_command_names_the_first_fault_and_fails(activity):
    out = StringIO()
    call_command("verify_history", organisation=activity.organisation.slug, stdout=out)
    assert "fit" in out.getvalue()
    tamper(ActivityVersion.objects.filter(activity=activity, number=2), valid_from=date(2020, 1, 1))
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_history", stdout=out, stderr=out)
    assert stopped.value.code == 1
    assert "First fault" in out.getvalue()


def test_another_organisation_is_not_blamed(activity):
    other = complete()
    tamper(ActivityVersion.objects.filter(activity=activity, number=1), reason="other")
    assert faults(other) == []
