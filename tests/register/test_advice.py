"""The DPO's advice: logged in half a minute, answered by somebody else with a reason."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from register.models import Advice
from tests.factories.accounts import DepartmentFactory, MembershipDepartmentFactory, MembershipFactory
from tests.factories.register import ActivityFactory, AdviceFactory
from tests.register.sheets import sheet_url, words

pytestmark = pytest.mark.django_db


def url(name, organisation, *more):
    return reverse(f"register:{name}", args=[organisation.slug, *more])


def sent(**more):
    return {"advice": "Keep it shorter.", "given_on": timezone.localdate().isoformat(), "activity": ""} | more


def test_the_advice_alone_is_enough(client, member):
    organisation = member("dpo").organisation
    client.post(url("advice_new", organisation), sent(advice="Keep applications four weeks, " + "no longer " * 20))
    row = Advice.objects.get()
    assert row.subject.startswith("Keep applications four weeks, no longer")
    assert row.subject.endswith("…")
    assert len(row.subject) <= 81


def test_advice_on_an_activity_is_on_its_sheet(client, member):
    activity = ActivityFactory(organisation=member("dpo").organisation)
    form = client.get(url("advice_new", activity.organisation), {"activity": str(activity.pk)})
    assert f'value="{activity.code}"' in form.text
    response = client.post(url("advice_new", activity.organisation), sent(activity=activity.code))
    assert response.url == sheet_url(activity)
    assert "Keep it shorter." in words(client.get(sheet_url(activity)))


def test_advice_of_tomorrow_is_refused(client, member):
    organisation = member("dpo").organisation
    assert client.post(url("advice_new", organisation), sent(given_on="2999-01-01")).status_code == 422


def test_not_following_asks_for_the_reason(client, member):
    organisation = member("privacy_officer").organisation
    row = AdviceFactory(organisation=organisation)
    address = url("advice_answer", organisation, row.pk)
    assert client.post(address, {"answer": "not_followed", "answer_reason": ""}).status_code == 422
    client.post(address, {"answer": "not_followed", "answer_reason": "Too dear"})
    row.refresh_from_db()
    assert (row.answer, row.answer_reason) == ("not_followed", "Too dear")
    assert row.answered_on == timezone.localdate()


def test_the_list_shows_all_or_what_waits(client, member):
    organisation = member("auditor").organisation
    AdviceFactory(organisation=organisation, subject="Waiting one")
    done = {"answer": "followed", "answered_by": MembershipFactory().user, "answered_on": timezone.localdate()}
    AdviceFactory(organisation=organisation, subject="Done one", **done)
    AdviceFactory(subject="Of strangers")
    said = words(client.get(url("advice", organisation)))
    assert "Waiting one" in said
    assert "Done one" in said
    assert "Of strangers" not in said
    assert "Done one" not in words(client.get(url("advice", organisation), {"answer": "open"}))


def test_advice_on_an_activity_out_of_sight_is_out_of_sight(client, member):
    membership = member("editor")
    mine = DepartmentFactory(organisation=membership.organisation)
    MembershipDepartmentFactory(membership=membership, department=mine)
    hidden = ActivityFactory(organisation=membership.organisation)
    AdviceFactory(organisation=membership.organisation, activity=hidden, subject="Hidden one")
    assert "Hidden one" not in words(client.get(url("advice", membership.organisation)))


def test_giving_and_answering_are_for_different_people(member):
    organisation = member("dpo").organisation
    row = AdviceFactory(organisation=organisation)
    may = {"dpo": (200, 403), "privacy_officer": (403, 200), "approver": (403, 200), "editor": (403, 403)}
    for role, (give, answer) in may.items():
        client = Client()
        client.force_login(MembershipFactory(organisation=organisation, role=role).user)
        assert client.get(url("advice_new", organisation)).status_code == give, role
        assert client.get(url("advice_answer", organisation, row.pk)).status_code == answer, role


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_advices(client, member, django_assert_num_queries, count):
    organisation = member("dpo").organisation
    for activity in ActivityFactory.create_batch(count, organisation=organisation):
        AdviceFactory(organisation=organisation, activity=activity)
    with django_assert_num_queries(8):
        client.get(url("advice", organisation))


def test_the_activity_is_suggested_by_name_and_only_those_in_sight(client, member):
    organisation = member("dpo").organisation
    mine = ActivityFactory(organisation=organisation, name="Payroll")
    ActivityFactory(name="Somebody else's")
    shown = client.get(reverse("register:advice_new", args=[organisation.slug])).text
    assert f'<option value="{mine.code}">Payroll</option>' in shown
    assert "Somebody else" not in shown
