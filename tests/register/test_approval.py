"""The desk of an approver: seeing exactly what changed, approving or sending back, and the log of the round."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from register.actions import approval
from register.models import ActivityVersion
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.register.filled import filled
from tests.register.sheets import saved, sheet_url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def carla(member):
    return member("approver", user=UserFactory(name="Carla"))


@pytest.fixture
def dirk(carla):
    return MembershipFactory(organisation=carla.organisation, role="approver", user=UserFactory(name="Dirk"))


@pytest.fixture
def editor(carla):
    return MembershipFactory(organisation=carla.organisation, role="editor", user=UserFactory(name="Eva"))


@pytest.fixture
def activity(carla):
    return filled(carla.organisation, name="Payroll")


def asked(activity, editor, *memberships):
    people = [membership.user for membership in memberships]
    rounds, refused = approval.ask(
        [activity], approvers=people, by=editor.user, at=timezone.now(), reason="New supplier"
    )
    assert not refused
    return rounds[0]


def url(name, round=None):
    membership = Membership.objects.get(role="editor")
    return reverse(f"register:{name}", args=[membership.organisation.slug, *([round.pk] if round else [])])


def test_what_waits_for_me_is_on_my_desk(client, activity, editor, carla, dirk):
    round = asked(activity, editor, carla)
    assert "Payroll" in words(client.get(url("approvals")))
    other = Client()
    other.force_login(dirk.user)
    assert "Nothing waits for you" in words(other.get(url("approvals")))
    assert round.pk


def test_approving_establishes_with_the_reason_that_was_given(client, activity, editor, carla):
    round = asked(activity, editor, carla)
    page = client.get(url("approval", round))
    assert "New supplier" in words(page)
    response = client.post(url("approval_answer", round), {"act": "approve", "comment": "Fine"})
    assert response.url == url("approvals")
    version = ActivityVersion.objects.get(activity=activity)
    assert (version.reason, version.established_by) == ("New supplier", carla.user)
    assert "Fine" in words(client.get(url("approval", round)))


def test_the_last_of_several_establishes(client, activity, editor, carla, dirk):
    round = asked(activity, editor, carla, dirk)
    client.post(url("approval_answer", round), {"act": "approve"})
    assert not ActivityVersion.objects.exists()
    other = Client()
    other.force_login(dirk.user)
    other.post(url("approval_answer", round), {"act": "approve"})
    assert ActivityVersion.objects.count() == 1


def test_sending_back_asks_what_has_to_change(client, activity, editor, carla):
    round = asked(activity, editor, carla)
    response = client.post(url("approval_answer", round), {"act": "send_back", "comment": " "})
    assert response.status_code == 422
    assert "Say what has to change." in words(response)
    client.post(url("approval_answer", round), {"act": "send_back", "comment": "Name the processor"})
    at_the_editor = Client()
    at_the_editor.force_login(editor.user)
    said = words(at_the_editor.get(sheet_url(activity)))
    assert "Sent back" in said
    assert "Name the processor" in said


def test_what_was_changed_after_it_was_sent_cannot_be_approved(client, activity, editor, carla):
    round = asked(activity, editor, carla)
    at_the_editor = Client()
    at_the_editor.force_login(editor.user)
    saved(at_the_editor, activity, "identity", description="Slipped in")
    page = client.get(url("approval", round))
    assert "Changed after it was sent" in words(page)
    assert client.post(url("approval_answer", round), {"act": "approve"}).status_code == 409
    assert not ActivityVersion.objects.exists()


def test_only_who_was_asked_may_answer(client, activity, editor, carla, dirk):
    round = asked(activity, editor, dirk)
    page = client.get(url("approval", round)).text
    assert 'value="approve"' not in page
    assert client.post(url("approval_answer", round), {"act": "approve"}).status_code == 409


@pytest.mark.parametrize("role", ["dpo", "privacy_officer", "auditor"])
def test_who_may_not_approve_is_kept_out(client, activity, editor, carla, role):
    round = asked(activity, editor, carla)
    stranger = Client()
    stranger.force_login(MembershipFactory(organisation=carla.organisation, role=role).user)
    assert stranger.get(url("approvals")).status_code == 403
    assert stranger.post(url("approval_answer", round), {"act": "approve"}).status_code == 403
    assert stranger.get(url("approval", round)).status_code == 200


def test_a_question_can_be_taken_back(client, activity, editor, carla):
    round = asked(activity, editor, carla)
    assert client.post(url("approval_withdraw", round)).status_code == 403
    at_the_editor = Client()
    at_the_editor.force_login(editor.user)
    at_the_editor.post(url("approval_withdraw", round))
    round.refresh_from_db()
    assert round.state == "withdrawn"
    assert "Nothing waits for you" in words(client.get(url("approvals")))


def test_a_round_of_another_organisation_is_not_found(client, activity, editor, carla):
    round = asked(activity, editor, carla)
    stranger = MembershipFactory(role="approver")
    other = Client()
    other.force_login(stranger.user)
    address = reverse("register:approval", args=[stranger.organisation.slug, round.pk])
    assert other.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_costs_the_same_for_any_number_of_questions(client, carla, editor, django_assert_num_queries, count):
    for _number in range(count):
        asked(filled(carla.organisation), editor, carla)
    with django_assert_num_queries(10):
        client.get(url("approvals"))
