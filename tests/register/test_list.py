"""The list of activities: what is found, counted, shown and left out."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.permissions import Role
from register.actions import activities, approval, establish
from register.models import Activity
from tests.factories.accounts import DepartmentFactory, MembershipDepartmentFactory, MembershipFactory, UserFactory
from tests.factories.register import (
    ActivityFactory,
    ActivityLabelFactory,
    ClientLineFactory,
    LabelFactory,
    RecipientLineFactory,
)
from tests.register.filled import AT, established, filled, refreshed

HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(member, client):
    """`desk(role)`: sign in; the answer has `organisation` and `get(query)` of the list."""

    class Desk:
        def __init__(self, membership):
            self.membership, self.organisation = membership, membership.organisation

        def url(self, name="activities", *args):
            return reverse(f"register:{name}", args=[self.organisation.slug, *args])

        def get(self, query="", name="activities", *args, **headers):
            return client.get(f"{self.url(name, *args)}{query}", **headers)

        def names(self, query=""):
            return [row.name for row in self.get(query).context["page"].object_list]

    return lambda role=Role.PRIVACY_OFFICER: Desk(member(role))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(desk, django_assert_num_queries, rows):
    desk = desk()
    for _ in range(rows):
        ActivityLabelFactory(activity=established(desk.organisation))
    desk.get()
    with django_assert_num_queries(10):
        response = desk.get()
    assertContains(response, 'id="activity-', count=rows)


@pytest.mark.parametrize("query", ["", "?q=act", "?kind=controller&basis=c", "?on=2026-03-01", "?sort=-name&cols=kind"])
def test_a_fragment_is_what_the_page_shows(desk, query):
    desk = desk()
    established(desk.organisation)
    assert desk.get(query, headers=HTMX).text in desk.get(query).text


def test_the_address_that_htmx_shows_is_as_short_as_the_question(desk):
    desk = desk()
    filled(desk.organisation)
    response = desk.get("?q=&status=draft&page=2&on=", headers=HTMX | {"HX-Trigger": "list-search"})
    assert response["HX-Push-Url"] == f"{desk.url()}?status=draft"


def test_activities_of_another_organisation_never_show(desk):
    desk = desk()
    other = filled(MembershipFactory().organisation, name="Someone else's payroll")
    for query in ("", "?q=payroll", f"?controller={other.controller_id}", "?status=draft"):
        assertNotContains(desk.get(query), "Someone else", msg_prefix=query)


def test_a_member_of_a_department_sees_only_its_activities_in_rows_counts_and_choices(desk):
    desk = desk(Role.EDITOR)
    own, other = DepartmentFactory.create_batch(2, organisation=desk.organisation)
    MembershipDepartmentFactory(membership=desk.membership, department=own)
    filled(desk.organisation, name="Mine", department=own)
    established(desk.organisation, name="Theirs", department=other)
    for query in ("", "?q=theirs", f"?department={other.pk}", "?on=2026-03-01", "?status=ended"):
        response = desk.get(query)
        assertNotContains(response, "Theirs")
        assert response.context["listing"].counts["all"] <= 1
    assertNotContains(desk.get("", "activity_facet", "department"), other.name)
    assertNotContains(desk.get("?on=2026-03-01", "activity_facet", "department"), other.name)


def test_ended_activities_are_hidden_until_they_are_asked_for(desk):
    desk = desk()
    filled(desk.organisation, name="Running")
    gone = established(desk.organisation, name="Gone")
    establish.end(gone, on=date(2026, 2, 1), reason="Stopped", by=None, at=AT)
    assert desk.names() == ["Running"]
    assertContains(desk.get(), "1 ended activity is hidden")
    assert desk.names("?status=ended") == ["Gone"]
    assert desk.names("?status=ended&status=draft") == ["Running", "Gone"]


def states(desk):
    """One activity in each state, named after it."""
    organisation, approver = desk.organisation, UserFactory()
    MembershipFactory(organisation=organisation, user=approver, role=Role.APPROVER)
    filled(organisation, name="draft")
    established(organisation, name="established")
    activities.set_upkeep([established(organisation, name="changed")], by=None, at=AT, owner_function="Head")
    waiting, returned = filled(organisation, name="waiting"), filled(organisation, name="sent_back")
    rounds, _ = approval.ask([waiting, returned], approvers=[approver], by=UserFactory(), at=AT, reason="Please")
    approval.answer(
        next(row for row in rounds if row.activity == returned), by=approver, at=AT, approve=False, comment="No"
    )
    establish.end(established(organisation, name="ended"), on=date(2026, 2, 1), reason="Stopped", by=None, at=AT)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("draft", ["draft", "waiting", "sent_back"]),
        ("changed", ["changed"]),
        ("established", ["established"]),
        ("waiting", ["waiting"]),
        ("sent_back", ["sent_back"]),
        ("ended", ["ended"]),
    ],
)
def test_each_status_finds_its_own_and_counts_them(desk, status, expected):
    desk = desk()
    states(desk)
    assert desk.names(f"?status={status}") == expected
    options = {
        option["value"]: option["count"] for option in desk.get("", "activity_facet", "status").context["options"]
    }
    assert options[status] == len(expected)


def test_a_row_tells_its_status_in_words(desk):
    desk = desk()
    states(desk)
    text = desk.get("?status=waiting&status=sent_back&status=changed").text
    for word in ("Waiting for approval", "Sent back", "Changed", "Draft"):
        assert word in text


def test_values_of_one_filter_widen_and_filters_narrow(desk):
    desk = desk()
    one, two = DepartmentFactory.create_batch(2, organisation=desk.organisation)
    filled(desk.organisation, name="A", department=one)
    filled(desk.organisation, name="B", department=two)
    filled(desk.organisation, name="C")
    assert desk.names(f"?department={one.pk}&department={two.pk}") == ["A", "B"]
    assert desk.names(f"?department={one.pk}&department={two.pk}&q=b") == ["B"]
    assert desk.names(f"?department={one.pk}&kind=processor") == []


def test_counts_of_a_filter_leave_its_own_choice_out_and_keep_the_others(desk):
    desk = desk()
    one, two = DepartmentFactory.create_batch(2, organisation=desk.organisation)
    filled(desk.organisation, name="Pay", department=one)
    filled(desk.organisation, name="Pay more", department=two)
    filled(desk.organisation, name="School", department=two)
    response = desk.get(f"?department={one.pk}&q=pay", "activity_facet", "department")
    assert {option["label"]: option["count"] for option in response.context["options"]} == {one.name: 1, two.name: 1}


def test_every_filter_offers_what_there_is_and_finds_it(desk):
    desk = desk()
    activity = filled(
        desk.organisation,
        name="Everything",
        department=DepartmentFactory(organisation=desk.organisation),
        owner=desk.membership.user,
        review_on=date(2020, 1, 1),
    )
    RecipientLineFactory(activity=activity)
    ActivityLabelFactory(activity=activity)
    refreshed(activity)
    filled(desk.organisation, name="Bare", department=None, review_on=date(2099, 1, 1))
    for key in ("department", "owner", "label", "party", "subject", "review"):
        options = desk.get("", "activity_facet", key).context["options"]
        found = [option["value"] for option in options if "Everything" in desk.names(f"?{key}={option['value']}")]
        assert found, key
        assert desk.names(f"?{key}={found[0]}") == ["Everything"]


def test_the_register_is_filtered_and_ordered_by_purpose(desk):
    desk = desk()
    for name, kind, text in (("A", "Marketing", "Zaaien"), ("B", "Staff", "Aannemen"), ("C", "Marketing", "Mailen")):
        activity = filled(desk.organisation, name=name)
        with activities.act(desk.organisation, by=None, at=AT, kind="test.purposes"):
            purpose = activity.purposes.get()
            purpose.category, purpose.text_nl = kind, text
            purpose.save()
        refreshed(activity)
    assert desk.names("?purpose=Marketing") == ["A", "C"]
    assert desk.names("?sort=purposes&cols=purposes") == ["B", "C", "A"]
    assert desk.names("?sort=-purposes") == ["A", "C", "B"]


def test_the_choices_show_names_and_never_numbers_of_rows(desk):
    desk = desk()
    activity = filled(desk.organisation, department=DepartmentFactory(organisation=desk.organisation, name="Archive"))
    fragment = desk.get("", "activity_facet", "department", headers=HTMX).text
    assert "Archive" in fragment
    assert f'value="{activity.department_id}"' in fragment
    assert "<html" not in fragment


def test_a_filter_that_does_not_exist_is_not_found(desk):
    assert desk().get("", "activity_facet", "colour").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "?department=nonsense&owner=x&label=y&status=z&review=w&gaps=v",
        "?page=nonsense",
        "?page=999999",
        "?sort=columns",
        "?sort=--name",
        "?cols=password&cols=",
        "?on=2026-02-31",
        "?on=0001-01-01",
        "?on=9999-12-31",
        "?q=%00%22%27%3B--",
        "?q=" + "x" * 3000,
        "?known=now",
    ],
)
def test_nonsense_in_the_address_never_breaks_the_list(desk, query):
    desk = desk()
    established(desk.organisation)
    assert desk.get(query).status_code == 200


@pytest.mark.parametrize("sort", ["number", "name", "department", "controller", "owner", "gaps", "review", "edited"])
def test_every_order_works_both_ways_and_names_every_row(desk, sort):
    desk = desk()
    filled(desk.organisation, name="b", review_on=date(2026, 2, 1), owner=UserFactory(name="Z"))
    filled(desk.organisation, name="A", department=DepartmentFactory(organisation=desk.organisation))
    up, down = desk.names(f"?sort={sort}"), desk.names(f"?sort=-{sort}")
    assert sorted(up) == sorted(down) == ["A", "b"]


def test_names_are_ordered_as_people_do(desk):
    desk = desk()
    for name in ("zebra", "Apple", "banana"):
        filled(desk.organisation, name=name)
    assert desk.names("?sort=name") == ["Apple", "banana", "zebra"]
    assert desk.names("?sort=-name") == ["zebra", "banana", "Apple"]


def test_pages_of_fifty_keep_the_filters(desk):
    desk = desk()
    ActivityFactory.create_batch(51, organisation=desk.organisation)
    response = desk.get("?status=draft&page=2")
    assert len(response.context["page"].object_list) == 1
    assertContains(response, "?status=draft&amp;page=1")


def test_chosen_columns_are_shown_and_others_not(desk):
    desk = desk()
    filled(desk.organisation, owner=UserFactory(name="Fatima"))
    response = desk.get("?cols=owner")
    assertContains(response, '<td data-label="Owner"><div>Fatima</div></td>')
    assertNotContains(response, 'data-label="Lawful basis"')


def test_a_chip_names_each_filter_and_leads_to_the_list_without_it(desk):
    desk = desk()
    department = DepartmentFactory(organisation=desk.organisation, name="Archive")
    filled(desk.organisation, department=department)
    response = desk.get(f"?department={department.pk}&q=act")
    assertContains(response, "Department: Archive")
    assertContains(response, f'href="?department={department.pk}"')
    assertContains(response, 'href="?q=act"')


def test_the_processor_part_has_its_own_tab(desk):
    desk = desk()
    filled(desk.organisation, name="Own")
    activity = filled(desk.organisation, name="For others", kind=Activity.Kind.PROCESSOR)
    ClientLineFactory(activity=activity)
    refreshed(activity)
    tabs = {str(tab["label"]): (tab["count"], tab["url"]) for tab in desk.get().context["parts"]}
    assert [count for count, _url in tabs.values()] == [2, 1, 1]
    assert desk.names("?kind=processor") == ["For others"]


def test_an_empty_register_teaches_how_to_begin(desk):
    assertContains(desk().get(), "Your register is still empty")


def test_an_empty_answer_offers_the_way_out(desk):
    desk = desk()
    filled(desk.organisation)
    assertContains(desk.get("?q=nothingofthekind"), "No activity fits")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "a" * 250, "😀 ünï & “quotes”", "اسم طويل"])
def test_absurd_names_are_shown_as_they_are(desk, name):
    desk = desk()
    activity = filled(desk.organisation, name=name)
    ActivityLabelFactory(activity=activity, label=LabelFactory(organisation=desk.organisation, name=name[:60]))
    text = desk.get(f"?q={name[:20]}").text
    assert "<script>alert" not in text
    assert str(activity.pk) in text


def test_who_may_not_edit_sees_no_ticks(desk):
    desk = desk(Role.AUDITOR)
    filled(desk.organisation)
    assertNotContains(desk.get(), 'id="bulk"')


def test_the_pdf_of_a_list_holds_what_the_list_shows(desk, client):
    desk = desk()
    shown = established(desk.organisation, name="Payroll")
    established(desk.organisation, name="School")
    assertContains(desk.get("?q=pay"), f"{desk.url('exports')}?list=q%3Dpay")
    page = client.get(desk.url("exports"), {"list": "q=pay&on=2026-02-01"})
    assert (page.context["of_list"], page.context["form"].initial["on"]) == ([str(shown.pk)], date(2026, 2, 1))
    assert client.get(desk.url("exports"), {"list": "sort=name"}).context["of_list"] is None


# The list of a past day


def test_a_past_day_shows_what_was_established_then(desk):
    desk = desk()
    activity = established(desk.organisation, name="Old name")
    filled(desk.organisation, name="Only a draft")
    later = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    with activities.act(desk.organisation, by=None, at=later, kind="test.renamed"):
        activity.name = "New name"
        activity.save()
        activities.derived.refresh([activity])
    activity.refresh_from_db()
    establish.establish(activity, by=None, at=later, reason="Renamed", valid_from=date(2026, 3, 2))
    assert desk.names("?on=2026-02-01") == ["Old name"]
    assert desk.names("?on=2026-03-02") == ["New name"]
    assert desk.names("?on=2025-12-31") == []
    assertContains(desk.get("?on=2026-02-01"), "You are looking back")


def test_what_was_recorded_afterwards_shows_only_in_the_second_reading(desk):
    desk = desk()
    established(desk.organisation, name="Late", valid_from=date(2025, 6, 1))
    assert desk.names("?on=2025-07-01") == []
    assert desk.names("?on=2025-07-01&known=now") == ["Late"]


def test_filters_and_search_work_on_a_past_day(desk):
    desk = desk()
    department = DepartmentFactory(organisation=desk.organisation, name="Financiën")
    established(desk.organisation, name="Payroll", department=department)
    established(desk.organisation, name="School")
    assert desk.names("?on=2026-02-01&q=financien") == ["Payroll"]
    assert desk.names(f"?on=2026-02-01&department={department.pk}") == ["Payroll"]
    assert desk.names("?on=2026-02-01&sort=-name") == ["School", "Payroll"]
    options = desk.get("?on=2026-02-01", "activity_facet", "department").context["options"]
    assert [(option["label"], option["count"]) for option in options] == [("Financiën", 1)]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_past_day_costs_the_same_for_any_number_of_rows(desk, django_assert_num_queries, rows):
    desk = desk()
    for _ in range(rows):
        established(desk.organisation)
    desk.get("?on=2026-02-01")
    with django_assert_num_queries(7):
        assertContains(desk.get("?on=2026-02-01"), 'id="activity-', count=rows)


def test_a_row_of_a_past_day_leads_to_that_day(desk):
    desk = desk()
    activity = established(desk.organisation)
    assertContains(desk.get("?on=2026-02-01"), f"{activity.pk}/?on=2026-02-01")
    assert isinstance(activity.pk, uuid.UUID)
