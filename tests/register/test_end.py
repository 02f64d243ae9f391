"""Ending an activity: nothing is lost, nothing that was not established slips in."""

from datetime import date

import pytest
from django.urls import reverse

from register.models import Activity, ActivityVersion
from tests.factories.register import ActivityFactory
from tests.register.filled import established
from tests.register.sheets import saved, words

pytestmark = pytest.mark.django_db


def url(activity):
    return reverse("register:end", args=[activity.organisation.slug, activity.pk])


def test_it_ends_with_a_day_a_reason_and_a_successor(client, member):
    organisation = member("dpo").organisation
    activity = established(organisation)
    successor = ActivityFactory(organisation=organisation, name="Payroll outsourced")
    client.post(url(activity), {"on": "2026-06-01", "reason": "Outsourced", "successor": successor.code})
    activity.refresh_from_db()
    assert (activity.ended_on, activity.end_reason, activity.successor) == (date(2026, 6, 1), "Outsourced", successor)
    assert ActivityVersion.objects.filter(activity=activity, ends=True).count() == 1


def test_the_page_says_what_happens_and_what_stays(client, member):
    organisation = member("dpo").organisation
    activity = established(organisation)
    ActivityFactory(organisation=organisation, parent=activity)
    saved(client, activity, "identity", description="Not established")
    said = words(client.get(url(activity)))
    assert "Changes that were not established do not become part of it." in said
    assert "It has 1 part that keeps running." in said
    assert "For 5 years" in said


@pytest.mark.parametrize(
    "wrong",
    [{"reason": " "}, {"on": ""}, {"on": "2019-01-01"}, {"successor": "VA-9999"}],
    ids=["no reason", "no day", "before the start", "unknown successor"],
)
def test_it_does_not_end_without_what_it_takes(client, member, wrong):
    activity = established(member("dpo").organisation, started_on=date(2020, 1, 1))
    response = client.post(url(activity), {"on": "2026-06-01", "reason": "Over", "successor": ""} | wrong)
    assert response.status_code == 422
    assert Activity.objects.get(pk=activity.pk).ended_on is None


def test_it_does_not_replace_itself(client, member):
    activity = established(member("dpo").organisation)
    sent = {"on": "2026-06-01", "reason": "Over", "successor": activity.code}
    assert client.post(url(activity), sent).status_code == 422


def test_it_does_not_end_twice(client, member):
    activity = established(member("dpo").organisation)
    sent = {"on": "2026-06-01", "reason": "Over", "successor": ""}
    assert client.post(url(activity), sent).status_code == 302
    assert client.post(url(activity), sent).status_code == 409
    assert client.get(url(activity)).status_code == 409


@pytest.mark.parametrize("role", ["editor", "auditor", "approver"])
def test_who_may_not_end_is_kept_out(client, member, role):
    activity = established(member(role).organisation)
    assert client.get(url(activity)).status_code == 403
