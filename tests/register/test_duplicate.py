"""Copying an activity: here, or into another organisation where the same person may edit."""

import pytest
from django.urls import reverse

from register.models import Activity, Party
from tests.factories.accounts import MembershipFactory
from tests.factories.register import PurposeFactory, RecipientLineFactory
from tests.register.filled import established
from tests.register.sheets import sheet_url

pytestmark = pytest.mark.django_db


def url(activity):
    return reverse("register:duplicate", args=[activity.organisation.slug, activity.pk])


def copied(client, activity, organisation=None, name="Copy"):
    return client.post(url(activity), {"name": name, "organisation": str((organisation or activity.organisation).pk)})


def test_a_copy_is_a_new_draft_with_the_same_content(client, member):
    activity = established(member("editor").organisation)
    response = copied(client, activity, name="Payroll of 2027")
    copy = Activity.objects.get(name="Payroll of 2027")
    assert response.url == sheet_url(copy)
    assert copy.status == "draft"
    assert copy.purposes.count() == activity.purposes.count()
    assert not set(copy.purposes.values_list("pk")) & set(activity.purposes.values_list("pk"))


def test_into_another_organisation_shared_rows_are_found_or_made_there(client, member):
    membership = member("editor")
    elsewhere = MembershipFactory(user=membership.user, role="privacy_officer").organisation
    activity = established(membership.organisation)
    RecipientLineFactory(activity=activity)
    copied(client, activity, elsewhere)
    copy = Activity.objects.get(organisation=elsewhere)
    assert copy.recipientlines.get().party.organisation == elsewhere
    assert Party.objects.filter(organisation=elsewhere).count() == 1


def test_organisations_where_one_may_not_edit_are_not_offered(client, member):
    membership = member("editor")
    reading = MembershipFactory(user=membership.user, role="auditor").organisation
    strange = MembershipFactory(role="dpo").organisation
    activity = established(membership.organisation)
    PurposeFactory(activity=activity)
    assert f'value="{reading.pk}"' not in client.get(url(activity)).text
    for organisation in (reading, strange):
        assert copied(client, activity, organisation).status_code == 422
        assert not Activity.objects.filter(organisation=organisation).exists()


@pytest.mark.parametrize("role", ["auditor", "approver"])
def test_who_may_not_edit_may_not_copy(client, member, role):
    activity = established(member(role).organisation)
    assert copied(client, activity).status_code == 403
