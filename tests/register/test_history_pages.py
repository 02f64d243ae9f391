"""The change log, one act, two versions side by side, and the register between two days."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts import wording
from accounts.actions import organisations
from accounts.models import Change
from register import change_log
from register.actions import activities, establish, shared
from tests.factories.accounts import (
    ControllerFactory,
    DepartmentFactory,
    MembershipDepartmentFactory,
    MembershipFactory,
    UserFactory,
)
from tests.factories.register import ActivityFactory, AdviceFactory, LabelFactory, PartyFactory

from .filled import AT, established, filled

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def officer(member):
    return member("privacy_officer")


def url(name, organisation, *args, **query):
    return reverse(f"register:{name}", args=[organisation.slug, *args], query=query or None)


def renamed(activity, name, *, at=LATER, by=None, reason="New name"):
    base = {"fields": {"name": activity.name}, "lines": {}}
    activities.save_section(activity, "identity", {"fields": {"name": name}, "lines": {}}, base, by=by, at=at)
    activity.refresh_from_db()
    establish.establish(activity, by=by, at=at, reason=reason)
    activity.refresh_from_db()


def numbers(client, organisation, **query):
    """The numbers of the acts that the log shows."""
    return [change.number for change, _sentence in client.get(url("history", organisation, **query)).context["rows"]]


def test_the_log_tells_every_act_newest_first(client, officer):
    renamed(established(officer.organisation), "Wages", by=officer.user)
    shown = numbers(client, officer.organisation)
    assert shown == sorted(shown, reverse=True)
    assert len(shown) == Change.objects.filter(organisation=officer.organisation).count()
    assert "Established version 2" in client.get(url("history", officer.organisation)).text


def test_the_log_can_be_narrowed_by_person_family_period_and_reason(client, officer):
    other = MembershipFactory(organisation=officer.organisation).user
    activity = established(officer.organisation)
    renamed(activity, "Wages", by=other, reason="After the audit")
    acts = Change.objects.filter(organisation=officer.organisation)
    last = acts.get(kind="activity.established", reason="After the audit").number
    assert set(numbers(client, officer.organisation, person=other.pk)) == {last, last - 1}
    assert numbers(client, officer.organisation, person=other.pk, family="establishing") == [last]
    assert numbers(client, officer.organisation, q="the AUDIT") == [last]
    assert set(numbers(client, officer.organisation, since="2026-03-02")) == {last, last - 1}
    assert last not in numbers(client, officer.organisation, until="2026-03-01")


def test_a_filter_that_makes_no_sense_is_left_out(client, officer):
    established(officer.organisation)
    everything = numbers(client, officer.organisation)
    assert numbers(client, officer.organisation, since="0000-99", person="x", family="x") == everything


def test_every_kind_of_change_belongs_to_one_family_of_the_filter():
    for kind in wording.SENTENCES:
        families = [key for key, (_title, words) in change_log.FAMILIES.items() if kind.startswith(words)]
        assert len(families) == 1, kind


def test_a_member_of_one_department_reads_no_acts_on_activities_of_another(client, member):
    limited = MembershipDepartmentFactory(membership=member("editor"))
    organisation = limited.department.organisation
    mine = established(organisation, name="Mine", department=limited.department)
    theirs = established(organisation, name="Theirs", department=DepartmentFactory(organisation=organisation))
    shared.change(PartyFactory(organisation=organisation), by=None, at=LATER, labels=[])
    AdviceFactory(organisation=organisation, activity=theirs, subject="Secret")
    page = client.get(url("history", organisation))
    acts = Change.objects.filter(subjects__subject=theirs.pk)
    assert mine.code in page.text
    assert theirs.code not in page.text
    assert not {change.number for change, _s in page.context["rows"]} & set(acts.values_list("number", flat=True))
    assert client.get(url("change", organisation, acts.first().number)).status_code == 404


def test_an_act_on_activities_of_two_departments_shows_a_member_of_one_only_their_own(client, member):
    limited = MembershipDepartmentFactory(membership=member("editor"))
    organisation = limited.department.organisation
    mine = filled(organisation, name="Mine", department=limited.department)
    theirs = filled(organisation, name="Theirs", department=DepartmentFactory(organisation=organisation))
    activities.set_upkeep([mine, theirs], by=None, at=LATER, owner=UserFactory())
    page = client.get(url("change", organisation, Change.objects.first().number)).text
    assert "Mine" in page
    assert "Theirs" not in page


def test_another_organisation_keeps_its_acts_to_itself(client, officer):
    other = established(ActivityFactory().organisation)
    number = Change.objects.filter(organisation=other.organisation).latest("number").number + 5
    assert client.get(url("history", other.organisation)).status_code == 404
    assert client.get(url("change", officer.organisation, number)).status_code == 404


def test_the_page_of_an_act_shows_shared_rows_with_their_differences(client, officer):
    party = PartyFactory(organisation=officer.organisation, name="Acme")
    party.name = "Acme International"
    shared.change(party, by=officer.user, at=LATER, reason="Merger")
    page = client.get(url("change", officer.organisation, Change.objects.first().number)).text
    assert "Party: Acme International" in page
    assert "Acme <ins>International</ins>" in page
    assert "Merger" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_log_costs_the_same_for_any_number_of_acts(client, officer, rows, django_assert_num_queries):
    for _ in range(rows):
        established(officer.organisation)
    client.get(url("history", officer.organisation))
    with django_assert_num_queries(8):
        client.get(url("history", officer.organisation))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_an_act_costs_the_same_for_any_number_of_activities(
    client, officer, rows, django_assert_num_queries
):
    activities.set_labels(
        [filled(officer.organisation) for _ in range(rows)],
        add=[LabelFactory(organisation=officer.organisation)],
        by=None,
        at=LATER,
    )
    address = url("change", officer.organisation, Change.objects.first().number)
    client.get(address)
    with django_assert_num_queries(10):
        assert len(client.get(address).context["activities"]) == rows


def test_comparing_shows_the_last_version_and_the_working_copy_unless_asked_otherwise(client, officer):
    activity = established(officer.organisation, name="Payroll")
    activities.set_upkeep([activity], by=None, at=LATER, owner_function="Head of HR")
    page = client.get(url("compare", officer.organisation, activity.pk))
    assert (page.context["old"].version, page.context["new"].is_draft) == (1, True)
    assert "Head of HR" in page.text


def test_comparing_shows_the_last_two_versions_when_nothing_has_changed_since(client, officer):
    activity = established(officer.organisation, name="Payroll of all staff")
    renamed(activity, "Wages of all staff")
    page = client.get(url("compare", officer.organisation, activity.pk))
    assert (page.context["old"].version, page.context["new"].version) == (1, 2)


def test_any_two_versions_can_be_compared_either_way_round(client, officer):
    activity = established(officer.organisation, name="Payroll of all staff")
    renamed(activity, "Wages of all staff")
    forth = client.get(url("compare", officer.organisation, activity.pk, a=1, b=2)).text
    back = client.get(url("compare", officer.organisation, activity.pk, a=2, b=1)).text
    assert "<del>Payroll</del><ins>Wages</ins> of all staff" in forth
    assert "<del>Wages</del><ins>Payroll</ins> of all staff" in back


def test_a_version_that_does_not_exist_is_not_found(client, officer):
    activity = established(officer.organisation)
    for asked in ({"a": 7}, {"b": "x"}, {"a": "-1"}):
        assert client.get(url("compare", officer.organisation, activity.pk, **asked)).status_code == 404
    assert client.get(url("version", officer.organisation, activity.pk, 9)).status_code == 404


def test_a_version_has_the_fact_sheet_as_its_page(client, officer):
    activity = established(officer.organisation, name="Payroll")
    renamed(activity, "Wages")
    page = client.get(url("version", officer.organisation, activity.pk, 1), follow=True)
    assert (page.status_code, page.context["standing"].version) == (200, 1)
    assert "Payroll" in page.text


def test_an_activity_that_was_never_established_has_nothing_to_compare_with(client, officer):
    page = client.get(url("compare", officer.organisation, filled(officer.organisation).pk))
    assert "Nothing to compare with" in page.text


def kinds(page):
    return {line.standing.entry.name: line.kind for line in page.context["page"]}


def test_between_two_days_one_reads_what_came_changed_and_ended(client, officer):
    organisation = officer.organisation
    established(organisation, name="Same")
    renamed(established(organisation, name="Old name"), "New name")
    ended = established(organisation, name="Over")
    establish.end(ended, on=date(2026, 3, 2), reason="Stopped", by=None, at=LATER)
    established(organisation, name="Fresh", at=LATER)
    page = client.get(url("changes", organisation, **{"from": "2026-02-01", "until": "2026-03-02"}))
    assert kinds(page) == {"New name": "changed", "Over": "ended", "Fresh": "added"}
    assert "<del>Old</del><ins>New</ins> name" in page.text
    only = client.get(url("changes", organisation, **{"from": "2026-02-01", "until": "2026-03-02", "show": "ended"}))
    assert kinds(only) == {"Over": "ended"}


def test_what_was_recorded_afterwards_shows_only_in_the_reading_of_today(client, officer):
    """Established in March, valid from January: nobody knew of it in February."""
    activity = established(officer.organisation, name="Payroll")
    activities.set_upkeep([activity], by=None, at=LATER, owner_function="Head of HR")
    establish.establish(activity, by=None, at=LATER, reason="Late", valid_from=date(2026, 1, 20))
    days = {"from": "2026-01-10", "until": "2026-02-10"}
    assert kinds(client.get(url("changes", officer.organisation, **days, known="now"))) == {"Payroll": "changed"}
    assert kinds(client.get(url("changes", officer.organisation, **days))) == {}


def test_the_organisations_own_details_are_compared_too(client, officer):
    controller = ControllerFactory(organisation=officer.organisation, dpo_name="Ann")
    organisations.establish_controller(controller, valid_from=AT.date(), reason="first", by=None, at=AT)
    controller.dpo_name = "Bo"
    organisations.save_controller(controller, by=None, at=LATER)
    organisations.establish_controller(controller, valid_from=LATER.date(), reason="new DPO", by=None, at=LATER)
    page = client.get(url("changes", officer.organisation, **{"from": "2026-02-01", "until": "2026-03-02"})).text
    assert "Name of the DPO" in page
    assert "<del>Ann</del>" in page
    assert "<ins>Bo</ins>" in page


@pytest.mark.parametrize(
    "days",
    [
        {"from": "2026-03-02", "until": "2026-02-01"},
        {"from": "x", "until": ""},
        {"from": "0001-01-01", "until": "9999-12-31"},
    ],
)
def test_days_that_make_no_sense_are_refused_at_the_field(client, officer, days):
    page = client.get(url("changes", officer.organisation, **days))
    assert page.status_code == 200
    assert page.context["form"].errors


def test_between_two_days_a_member_of_one_department_sees_their_own(client, member):
    limited = MembershipDepartmentFactory(membership=member("editor"))
    organisation = limited.department.organisation
    established(organisation, name="Mine", department=limited.department)
    established(organisation, name="Theirs", department=DepartmentFactory(organisation=organisation))
    page = client.get(url("changes", organisation, **{"from": "2025-01-01", "until": "2026-03-02"}))
    assert kinds(page) == {"Mine": "added"}


@pytest.mark.parametrize("rows", [1, 3])
def test_between_two_days_costs_the_same_for_any_number_of_changes(client, officer, rows, django_assert_num_queries):
    for number in range(rows):
        activity = established(officer.organisation)
        activities.set_upkeep([activity], by=None, at=LATER, owner=UserFactory())
        renamed(activity, f"Wages {number}")
    address = url("changes", officer.organisation, **{"from": "2026-02-01", "until": "2026-03-02"})
    client.get(address)
    with django_assert_num_queries(11):
        assert len(client.get(address).context["page"]) == rows
