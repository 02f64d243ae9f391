"""Doing something with many activities at once."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Change
from accounts.permissions import Role
from register.models import Activity, ActivityLabel, ApprovalRound
from tests.factories.accounts import DepartmentFactory, MembershipDepartmentFactory, MembershipFactory
from tests.factories.register import ActivityFactory, ActivityLabelFactory, LabelFactory
from tests.register.filled import AT, established, filled


@pytest.fixture
def desk(member, client):
    """`desk(role)`: sign in; `show` and `do` an act on activities."""

    class Desk:
        def __init__(self, membership):
            self.membership, self.organisation = membership, membership.organisation
            self.url = reverse("register:bulk", args=[self.organisation.slug])
            self.list_url = reverse("register:activities", args=[self.organisation.slug])

        def show(self, act, rows=(), **given):
            return client.get(self.url, {"act": act, "id": [row.pk for row in rows], **given})

        def do(self, act, rows=(), **given):
            return client.post(self.url, {"act": act, "id": [row.pk for row in rows], **given})

    return lambda role=Role.PRIVACY_OFFICER: Desk(member(role))


def test_the_owner_of_many_is_set_in_one_act(desk):
    desk = desk()
    rows = [filled(desk.organisation) for _ in range(3)]
    before = Change.objects.count()
    response = desk.do("owner", rows[:2], owner=desk.membership.user_id, owner_function="Head", query="q=act")
    assertRedirects(response, f"{desk.list_url}?q=act")
    assert list(Activity.objects.order_by("number").values_list("owner", "owner_function")) == [
        (desk.membership.user_id, "Head"),
        (desk.membership.user_id, "Head"),
        (None, ""),
    ]
    assert Change.objects.count() == before + 1


def test_somebody_who_is_no_member_cannot_become_the_owner(desk):
    desk = desk()
    activity = filled(desk.organisation)
    response = desk.do("owner", [activity], owner=MembershipFactory().user_id)
    assert response.status_code == 200
    assert "owner" in response.context["form"].errors


def test_the_department_of_many_is_set(desk):
    desk = desk()
    department = DepartmentFactory(organisation=desk.organisation)
    desk.do("department", [filled(desk.organisation)], department=department.pk)
    assert Activity.objects.get().department == department


def test_a_member_of_a_department_cannot_move_activities_out_of_it(desk):
    desk = desk(Role.EDITOR)
    own, other = DepartmentFactory.create_batch(2, organisation=desk.organisation)
    MembershipDepartmentFactory(membership=desk.membership, department=own)
    activity = filled(desk.organisation, department=own)
    for department in (other.pk, ""):
        assert "department" in desk.do("department", [activity], department=department).context["form"].errors


def test_the_review_date_is_shown_before_and_after_and_then_set(desk, client):
    desk = desk()
    activity = filled(desk.organisation, review_on=date(2026, 1, 1))
    assertContains(desk.show("review", [activity]), "1 Jan 2026")
    asked = {"act": "review", "id": activity.pk, "review_on": "2027-03-01"}
    assertContains(client.get(desk.url, asked, headers={"HX-Request": "true"}), "1 Mar 2027")
    assert Activity.objects.get().review_on == date(2026, 1, 1)
    desk.do("review", [activity], review_on="2027-03-01")
    assert Activity.objects.get().review_on == date(2027, 3, 1)


def test_reviewed_moves_the_next_review_by_the_interval_of_the_organisation(desk):
    desk = desk()
    desk.do("reviewed", [filled(desk.organisation, review_on=date(2020, 1, 1))], reason="")
    activity = Activity.objects.get()
    assert activity.reviewed_on is not None
    assert activity.review_on > activity.reviewed_on


def test_labels_are_put_on_and_taken_off_and_others_stay(desk):
    desk = desk()
    activity = filled(desk.organisation)
    off, stays = (ActivityLabelFactory(activity=activity).label for _ in range(2))
    on = LabelFactory(organisation=desk.organisation)
    desk.do("label", [activity], add=[on.pk], remove=[off.pk])
    assert set(ActivityLabel.objects.values_list("label", flat=True)) == {stays.pk, on.pk}


def test_labels_ask_for_a_choice_that_makes_sense(desk):
    desk = desk()
    activity, label = filled(desk.organisation), LabelFactory(organisation=desk.organisation)
    assert desk.do("label", [activity]).context["form"].errors
    assert desk.do("label", [activity], add=[label.pk], remove=[label.pk]).context["form"].errors
    elsewhere = LabelFactory()
    assert "add" in desk.do("label", [activity], add=[elsewhere.pk]).context["form"].errors


def test_establishing_many_shows_what_may_not_and_why_and_leaves_it(desk):
    desk = desk()
    ready, bare = filled(desk.organisation, name="Ready"), ActivityFactory(organisation=desk.organisation, name="Bare")
    done = established(desk.organisation, name="Done")
    response = desk.show("establish", [ready, bare, done])
    assert [line.activity for line in response.context["lines"]] == [ready]
    refused = dict(response.context["refused"])
    assert refused["Nothing has changed since the last version."] == [done]
    assert refused["No purpose is given."] == [bare]
    assert response.context["left_out"] == 2
    assertContains(response, "No purpose is given.")
    desk.do("establish", [ready, bare, done], reason="Yearly check", valid_from="2026-06-01")
    ready.refresh_from_db()
    bare.refresh_from_db()
    assert (ready.established_number, bare.established_number) == (1, None)
    assert ready.versions.get().reason == "Yearly check"


def test_establishing_asks_for_a_reason(desk):
    desk = desk()
    activity = filled(desk.organisation)
    assert "reason" in desk.do("establish", [activity], reason=" ", valid_from="2026-06-01").context["form"].errors
    assert not activity.versions.exists()


def test_an_editor_may_not_establish_many(desk):
    desk = desk(Role.EDITOR)
    activity = filled(desk.organisation)
    assert desk.show("establish", [activity]).status_code == 403
    assert desk.do("establish", [activity], reason="x", valid_from="2026-06-01").status_code == 403


def test_what_changes_is_named_by_section(desk):
    desk = desk()
    activity = established(desk.organisation)
    desk.do("owner", [activity], owner_function="Head")
    response = desk.show("establish", [activity])
    [line] = response.context["lines"]
    assert line.before == "Version 1"
    assert line.after


def test_many_are_sent_for_approval_and_those_that_wait_are_left(desk):
    desk = desk()
    approver = MembershipFactory(organisation=desk.organisation, role=Role.APPROVER).user
    one, two = filled(desk.organisation), filled(desk.organisation)
    given = {"reason": "Please", "valid_from": "2026-06-01", "approvers": [approver.pk]}
    desk.do("approval", [one], **given)
    response = desk.show("approval", [one, two])
    assert [line.activity for line in response.context["lines"]] == [two]
    desk.do("approval", [one, two], **given)
    assert set(ApprovalRound.objects.values_list("activity", flat=True)) == {one.pk, two.pk}


def test_all_that_the_list_finds_is_taken_beyond_the_page(desk):
    desk = desk()
    ActivityFactory.create_batch(52, organisation=desk.organisation, name="Payroll")
    ActivityFactory(organisation=desk.organisation, name="School")
    Activity.objects.update(search_text="payroll")
    Activity.objects.filter(name="School").update(search_text="school")
    desk.do("review", scope="all", query="q=payroll", review_on="2027-03-01")
    assert Activity.objects.filter(review_on=date(2027, 3, 1)).count() == 52


def test_more_than_one_act_can_hold_is_refused_with_what_to_do(desk, monkeypatch):
    desk = desk()
    monkeypatch.setattr("register.forms.bulk.OwnerForm.limit", 1)
    rows = [filled(desk.organisation) for _ in range(2)]
    response = desk.do("owner", rows, owner_function="Head")
    assert response.status_code == 409
    assertContains(response, "Narrow the list", status_code=409)


def test_activities_of_others_are_left_alone(desk):
    desk = desk()
    other = filled(MembershipFactory().organisation)
    response = desk.do("owner", [other], owner_function="Thief")
    assertRedirects(response, desk.list_url)
    assert Activity.objects.get().owner_function == ""


def test_a_member_of_a_department_cannot_reach_the_others(desk):
    desk = desk(Role.EDITOR)
    own, other = DepartmentFactory.create_batch(2, organisation=desk.organisation)
    MembershipDepartmentFactory(membership=desk.membership, department=own)
    hidden = filled(desk.organisation, department=other)
    desk.do("owner", [hidden], owner_function="Head")
    desk.do("owner", scope="all", owner_function="Head")
    hidden.refresh_from_db()
    assert hidden.owner_function == ""


def test_ended_activities_are_named_and_left_as_they_are(desk):
    from register.actions import establish

    desk = desk()
    gone, running = established(desk.organisation, name="Gone"), filled(desk.organisation)
    establish.end(gone, on=date(2026, 2, 1), reason="Stopped", by=None, at=AT)
    assertContains(desk.show("owner", [gone, running]), "It has ended.")
    desk.do("owner", [gone, running], owner_function="Head")
    gone.refresh_from_db()
    assert gone.owner_function == ""


@pytest.mark.parametrize("given", [{}, {"id": ["nonsense"]}, {"scope": "all", "query": "q=zzz"}])
def test_nothing_ticked_leads_back_with_a_word(desk, given):
    desk = desk()
    filled(desk.organisation)
    assert desk.show("owner", **given).status_code == 302
    assert desk.do("owner", **given).status_code == 302


def test_an_act_that_does_not_exist_is_not_found(desk):
    assert desk().show("explode").status_code == 404


def test_looking_writes_nothing(desk):
    desk = desk()
    activity = filled(desk.organisation)
    before = Change.objects.count()
    for act in ("owner", "department", "review", "reviewed", "label", "approval", "establish"):
        assert desk.show(act, [activity], reason="x", review_on="2027-01-01").status_code == 200
    assert Change.objects.count() == before


@pytest.mark.parametrize("act", ["owner", "label", "establish"])
@pytest.mark.parametrize("rows", [1, 3])
def test_looking_costs_the_same_for_any_number_of_rows(desk, act, rows, django_assert_max_num_queries):
    desk = desk()
    found = [filled(desk.organisation) for _ in range(rows)]
    with django_assert_max_num_queries({"owner": 9, "label": 10, "establish": 24}[act]):
        response = desk.show(act, found)
    assertNotContains(response, "will be left as")
