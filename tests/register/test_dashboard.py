"""The first page: what waits for whom, the figures of the record, and how a new organisation begins."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.actions import organisations
from accounts.permissions import Role
from register.actions import activities, approval, establish
from tests.factories.accounts import DepartmentFactory, MembershipDepartmentFactory, MembershipFactory, UserFactory
from tests.factories.register import ActivityFactory, AdviceFactory, SubjectCategoryFactory
from tests.register.filled import AT, established, filled


@pytest.fixture
def desk(member, client):
    class Desk:
        def __init__(self, membership):
            self.membership, self.organisation = membership, membership.organisation

        def get(self):
            return client.get(reverse("register:dashboard", args=[self.organisation.slug]))

        def waiting(self):
            return {group.kind: group.count for group in self.get().context["waiting"]}

    return lambda role=Role.PRIVACY_OFFICER: Desk(member(role))


def late():
    return timezone.localdate() - timedelta(days=3)


def test_an_approver_sees_what_waits_for_their_own_answer_only(desk):
    desk = desk(Role.APPROVER)
    colleague = MembershipFactory(organisation=desk.organisation, role=Role.APPROVER).user
    mine, other = filled(desk.organisation, name="For me"), filled(desk.organisation, name="For a colleague")
    asker = UserFactory()
    approval.ask([mine], approvers=[desk.membership.user], by=asker, at=AT, reason="Please")
    approval.ask([other], approvers=[colleague], by=asker, at=AT, reason="Please")
    assert desk.waiting() == {"approval": 1}
    [group] = desk.get().context["waiting"]
    assert [row.round.activity for row in group.rows] == [mine]


def test_what_was_sent_back_waits_for_whoever_asked_until_it_is_asked_again(desk):
    desk = desk(Role.EDITOR)
    approver = MembershipFactory(organisation=desk.organisation, role=Role.APPROVER).user
    activity = filled(desk.organisation)
    asked = {"approvers": [approver], "by": desk.membership.user, "reason": "Please"}
    [first], _ = approval.ask([activity], at=AT, **asked)
    approval.answer(first, by=approver, at=AT, approve=False, comment="Which retention?")
    assert desk.waiting() == {"sent_back": 1}
    approval.ask([activity], at=AT + timedelta(hours=1), **asked)
    assert desk.waiting() == {}


def test_reviews_that_are_due_wait_for_the_owner_and_for_who_keeps_the_register(desk, client):
    desk = desk(Role.EDITOR)
    filled(desk.organisation, name="Mine", review_on=late(), owner=desk.membership.user)
    filled(desk.organisation, name="Not mine", review_on=late())
    filled(desk.organisation, name="Later", review_on=timezone.localdate() + timedelta(days=1))
    assert desk.waiting() == {"review": 1}
    keeper = MembershipFactory(organisation=desk.organisation, role=Role.PRIVACY_OFFICER)
    client.force_login(keeper.user)
    assert desk.waiting() == {"review": 2}


def test_ended_activities_ask_for_no_review(desk):
    desk = desk()
    gone = established(desk.organisation, review_on=late())
    establish.end(gone, on=date(2026, 2, 1), reason="Stopped", by=None, at=AT)
    assert desk.waiting() == {}


def test_advice_without_an_answer_waits_for_who_may_answer(desk, client):
    desk = desk()
    AdviceFactory(organisation=desk.organisation, subject="Shorter retention")
    AdviceFactory(subject="Of another organisation")
    assert desk.waiting() == {"advice": 1}
    client.force_login(MembershipFactory(organisation=desk.organisation, role=Role.DPO).user)
    assert desk.waiting() == {}


def test_the_figures_tell_how_the_register_stands(desk):
    desk = desk()
    filled(desk.organisation)
    ActivityFactory(organisation=desk.organisation, gaps=10)
    activities.set_upkeep([established(desk.organisation)], by=None, at=AT, owner_function="Head")
    establish.end(established(desk.organisation), on=date(2026, 2, 1), reason="Stopped", by=None, at=AT)
    established(MembershipFactory().organisation)
    figures = desk.get().context["figures"]
    assert {name: figures[name] for name in ("running", "drafts", "changed", "ended")} == {
        "running": 3,
        "drafts": 2,
        "changed": 1,
        "ended": 1,
    }
    assert figures["asked"] == 30
    assert figures["answered"] == 30 - figures["missing"]


@pytest.mark.parametrize("url", ["status=draft", "status=changed", "gaps=incomplete", "review=late", "status=ended"])
def test_each_figure_leads_to_the_list_that_it_counts(desk, client, url):
    desk = desk()
    filled(desk.organisation, review_on=late())
    activities.set_upkeep([established(desk.organisation)], by=None, at=AT, owner_function="Head")
    establish.end(established(desk.organisation), on=date(2026, 2, 1), reason="Stopped", by=None, at=AT)
    response = desk.get()
    assertContains(response, url)
    key = {"status=draft": "drafts", "status=changed": "changed", "gaps=incomplete": "incomplete"}
    key |= {"review=late": "late", "status=ended": "ended"}
    listed = client.get(f"{reverse('register:activities', args=[desk.organisation.slug])}?{url}")
    assert listed.context["listing"].counts["found"] == response.context["figures"][key[url]]


def test_a_new_organisation_is_taught_four_steps(desk):
    desk = desk()
    assertContains(desk.get(), "Begin your register in four steps")
    established(desk.organisation)
    assertNotContains(desk.get(), "Begin your register in four steps")


def test_a_member_of_a_department_reads_nothing_of_the_others(desk):
    desk = desk(Role.EDITOR)
    own, other = DepartmentFactory.create_batch(2, organisation=desk.organisation)
    MembershipDepartmentFactory(membership=desk.membership, department=own)
    hidden = activities.create(
        desk.organisation, by=UserFactory(), at=AT, name="Hidden plans", department=other, owner=desk.membership.user
    )
    activities.set_upkeep([hidden], by=UserFactory(), at=AT, review_on=late())
    response = desk.get()
    assertNotContains(response, "Hidden plans")
    assert response.context["figures"]["running"] == 0
    assert response.context["waiting"] == []


def test_who_may_not_read_the_register_sees_nothing_of_it(desk):
    desk = desk(Role.REPORTER)
    activities.create(desk.organisation, by=UserFactory(), at=AT, name="Hidden plans")
    response = desk.get()
    assertNotContains(response, "Hidden plans")
    assertNotContains(response, "Last changes")
    assertContains(response, "Report a data breach")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_first_page_costs_the_same_for_any_number_of_rows(desk, rows, django_assert_num_queries):
    desk = desk()
    for _ in range(rows):
        activity = established(desk.organisation, review_on=late())
        AdviceFactory(organisation=desk.organisation, activity=activity)
        ActivityFactory(organisation=desk.organisation, gaps=3)
    desk.get()
    with django_assert_num_queries(25):
        desk.get()


def test_a_controller_in_the_record_that_was_never_established_waits_and_is_told_where_documents_are_made(desk, client):
    desk = desk()
    activity = established(desk.organisation)
    assert desk.waiting() == {"controller": 1}
    page = client.get(reverse("register:exports", args=[desk.organisation.slug]))
    assertContains(page, reverse("accounts:controller", args=[desk.organisation.slug, activity.controller.pk]))
    assert list(page.context["nameless"]) == [activity.controller]
    page = client.get(reverse("register:establish", args=[desk.organisation.slug, activity.pk]))
    assert page.context["nameless"] == activity.controller
    organisations.establish_controller(activity.controller, valid_from=AT.date(), reason="Checked", by=None, at=AT)
    assert desk.waiting() == {}


def test_an_administrator_alone_is_led_to_inviting_somebody_who_keeps_the_register(desk, client):
    desk = desk(Role.ADMINISTRATOR)
    invite = reverse("accounts:invite", args=[desk.organisation.slug])
    assertContains(desk.get(), invite)
    MembershipFactory(organisation=desk.organisation, role=Role.DPO)
    assertNotContains(desk.get(), invite)


def test_words_of_ones_own_are_no_starter_library(desk):
    desk = desk()
    SubjectCategoryFactory(organisation=desk.organisation, key="")
    assert not desk.get().context["steps"]["library"]
    SubjectCategoryFactory(organisation=desk.organisation, key="pupils")
    assert desk.get().context["steps"]["library"]
