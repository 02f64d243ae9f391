"""The page before a version: what changed, what stays open, why and from when."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from register.models import Activity, ActivityVersion, ApprovalRound
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.register import ActivityFactory
from tests.register.filled import established, filled
from tests.register.sheets import saved, sheet_url, words

pytestmark = pytest.mark.django_db


def url(activity, name="establish"):
    return reverse(f"register:{name}", args=[activity.organisation.slug, activity.pk])


def given(activity, **more):
    activity.refresh_from_db()
    return {"reason": "Checked", "valid_from": timezone.localdate().isoformat(), "revision": activity.revision} | more


def test_a_draft_is_established_with_a_reason_and_a_day(client, member):
    activity = filled(member("dpo").organisation)
    later = timezone.localdate() + timedelta(days=30)
    response = client.post(url(activity), given(activity, reason="First record", valid_from=later.isoformat()))
    version = ActivityVersion.objects.get(activity=activity)
    assert response.url == sheet_url(activity)
    assert (version.number, version.reason, version.valid_from) == (1, "First record", later)


def test_without_a_reason_it_is_not_established(client, member):
    activity = filled(member("dpo").organisation)
    response = client.post(url(activity), given(activity, reason=" "))
    assert response.status_code == 422
    assert not ActivityVersion.objects.exists()


def test_an_earlier_day_than_the_version_before_is_refused(client, member):
    activity = established(member("dpo").organisation, valid_from=date(2026, 5, 1))
    saved(client, activity, "identity", description="New")
    response = client.post(url(activity), given(activity, valid_from="2026-04-30", reason="Kept on the page"))
    assert response.status_code == 422
    assert "is valid from 1 May 2026" in words(response)
    assert "Kept on the page" in response.text
    assert ActivityVersion.objects.count() == 1


def test_the_page_shows_what_changed_and_what_stays_open(client, member):
    activity = established(member("dpo").organisation)
    saved(client, activity, "identity", description="Salaries are paid.")
    said = words(client.get(url(activity)))
    assert "Description" in said
    assert "Salaries are paid." in said
    assert "It is not said who receives the data" in said
    assert "do not stop you" in said


def test_what_is_needed_first_blocks_and_is_named(client, member):
    activity = ActivityFactory(organisation=member("dpo").organisation)
    page = client.get(url(activity))
    assert "No controller is named." in words(page)
    assert 'name="reason"' not in page.text
    response = client.post(url(activity), given(activity))
    assert response.status_code == 409
    assert not ActivityVersion.objects.exists()


def test_a_change_behind_the_back_of_the_page_is_not_established_unseen(client, member):
    activity = filled(member("dpo").organisation)
    sent = given(activity)
    saved(client, activity, "identity", description="Slipped in")
    response = client.post(url(activity), sent)
    assert response.status_code == 409
    assert not ActivityVersion.objects.exists()


def test_four_eyes_sends_the_last_editor_to_somebody_else(client, member):
    membership = member("dpo", organisation__four_eyes=True)
    activity = filled(membership.organisation)
    saved(client, activity, "identity", description="By me")
    page = client.get(url(activity))
    assert "second pair of eyes" in words(page)
    assert client.post(url(activity), given(activity)).status_code == 409
    assert not ActivityVersion.objects.exists()


@pytest.mark.parametrize("role", ["editor", "auditor", "approver", "administrator"])
def test_who_may_not_establish_is_kept_out(client, member, role):
    activity = filled(member(role).organisation)
    assert client.post(url(activity), given(activity)).status_code == 403
    assert not ActivityVersion.objects.exists()


def test_an_editor_sends_for_approval_to_chosen_people(client, member):
    organisation = member("editor").organisation
    approver = MembershipFactory(organisation=organisation, role="approver", user=UserFactory(name="Carla")).user
    activity = filled(organisation)
    assert "Carla" in client.get(url(activity, "ask_approval")).text
    client.post(url(activity, "ask_approval"), given(activity, approvers=[str(approver.pk)]))
    asked = ApprovalRound.objects.get()
    assert [answer.approver for answer in asked.answers.all()] == [approver]
    assert "Waiting for approval" in words(client.get(sheet_url(activity)))


def test_as_many_approvers_are_asked_as_the_organisation_wants(client, member):
    organisation = member("editor", organisation__approvals_required=2).organisation
    approver = MembershipFactory(organisation=organisation, role="approver").user
    activity = filled(organisation)
    response = client.post(url(activity, "ask_approval"), given(activity, approvers=[str(approver.pk)]))
    assert response.status_code == 422
    assert "Choose at least 2 approvers." in words(response)
    assert not ApprovalRound.objects.exists()


def test_nobody_is_asked_who_may_not_approve(client, member):
    organisation = member("editor").organisation
    auditor = MembershipFactory(organisation=organisation, role="auditor").user
    activity = filled(organisation)
    client.post(url(activity, "ask_approval"), given(activity, approvers=[str(auditor.pk)]))
    assert not ApprovalRound.objects.exists()


def test_an_activity_of_another_organisation_is_not_found(client, member):
    member("dpo")
    other = filled(ActivityFactory().organisation)
    assert client.post(url(other), given(other)).status_code == 404
    assert Activity.objects.get(pk=other.pk).established_number is None
