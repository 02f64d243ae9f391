"""The fact sheet: the entry as Art. 30 reads it, where it stands, and what Art. 30 still asks."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.template import Template
from django.urls import reverse

from accounts import history
from register import extensions
from register.actions import activities, establish
from register.models import Activity, StaleActivity
from register.record import Entry
from register.sections import for_kind
from register.sheet import section_views
from tests.factories.accounts import DepartmentFactory, MembershipDepartmentFactory
from tests.factories.register import (
    AccessLineFactory,
    ActivityFactory,
    ActivityLabelFactory,
    AdviceFactory,
    ClientLineFactory,
    CountryFactory,
    DataLineFactory,
    DocumentLineFactory,
    MeasureLineFactory,
    NoteLineFactory,
    PurposeFactory,
    RecipientLineFactory,
    RetentionRuleFactory,
    SubjectCategoryFactory,
    SubjectLineFactory,
    SystemLineFactory,
    TransferLineFactory,
)
from tests.register.filled import established, filled, refreshed
from tests.register.sheets import sheet_url, words
from tests.rooms import open_room

pytestmark = pytest.mark.django_db

JANUARY, MARCH = datetime(2026, 1, 5, 9, tzinfo=UTC), datetime(2026, 3, 3, 9, tzinfo=UTC)


def read(client, activity, query=""):
    response = client.get(sheet_url(activity) + query)
    assert response.status_code == 200
    return words(response)


def test_a_total_of_people_is_asked_only_where_the_kinds_of_people_are_not_counted(client, member):
    activity = ActivityFactory(organisation=member("dpo").organisation)
    SubjectLineFactory(activity=activity, number_min=100, number_max=250)
    assert "Number of people, at least" not in read(client, activity)
    SubjectLineFactory(activity=activity)
    assert "Number of people, at least" in read(client, activity)


def test_an_empty_draft_says_what_art_30_still_asks_and_where(client, member):
    activity = ActivityFactory(organisation=member("dpo").organisation)
    said = read(client, activity)
    for sentence in (
        "No controller is named. Art. 30(1)(a)",
        "No purpose is given. Art. 30(1)(b)",
        "Never established",
    ):
        assert sentence in said
    assert "2 of 10 points of Art. 30" in said


def test_every_section_of_the_kind_is_on_the_sheet(client, member):
    organisation = member("dpo").organisation
    for kind in ("controller", "processor"):
        page = client.get(sheet_url(ActivityFactory(organisation=organisation, kind=kind))).text
        for section in for_kind(kind):
            assert f'<section class="panel sheet-section" id="{section.key}"' in page


def test_none_and_not_filled_in_read_differently(client, member):
    organisation = member("dpo").organisation
    nothing = client.get(sheet_url(ActivityFactory(organisation=organisation))).text
    none = client.get(sheet_url(ActivityFactory(organisation=organisation, recipients_answer="none"))).text
    assert nothing.count('class="none-answer"') == 0
    assert none.count('class="none-answer"') == 1


def test_rights_follow_from_the_basis(client, member):
    activity = ActivityFactory(organisation=member("dpo").organisation)
    purpose = PurposeFactory(activity=activity, basis="a")
    assert "withdrawal of consent Art. 7(3)" in read(client, activity)
    assert "objection Art. 21" not in read(client, activity)
    assert purpose.basis == "a"


def test_the_matrix_ticks_whose_data_they_are(client, member):
    activity = ActivityFactory(organisation=member("dpo").organisation)
    staff = SubjectCategoryFactory(organisation=activity.organisation, name_en="Staff")
    visitors = SubjectCategoryFactory(organisation=activity.organisation, name_en="Visitors")
    SubjectLineFactory(activity=activity, category=staff)
    SubjectLineFactory(activity=activity, category=visitors)
    DataLineFactory(activity=activity, subject=staff, necessity_reason="to pay them")
    page = client.get(sheet_url(activity)).text
    assert page.count('<td class="matrix-cell"') == 1
    assert page.count("matrix-cell matrix-no") == 1
    DataLineFactory(activity=activity, subject=None)
    assert client.get(sheet_url(activity)).text.count('<td class="matrix-cell"') == 3


def test_the_source_of_a_retention_rule_is_told_once(client, member):
    activity = ActivityFactory(organisation=member("dpo").organisation)
    rule = RetentionRuleFactory(organisation=activity.organisation, source="Art. 52 AWR")
    for _number in range(3):
        DataLineFactory(activity=activity, retention=rule)
    page = client.get(sheet_url(activity)).text
    assert page.count("Art. 52 AWR") == 1
    assert page.count(rule.name_en) == 3


def test_many_groups_of_people_are_named_instead_of_ticked(client, member):
    activity = ActivityFactory(organisation=member("dpo").organisation)
    SubjectLineFactory.create_batch(7, activity=activity)
    DataLineFactory(activity=activity)
    page = client.get(sheet_url(activity)).text
    assert "matrix-cell" not in page
    assert "everybody" in page


def test_the_banner_tells_where_it_stands(client, member):
    organisation = member("dpo").organisation
    activity = established(organisation, at=JANUARY)
    assert "Established: version 1" in read(client, activity)
    activities.set_upkeep([activity], by=None, at=MARCH, owner_function="Head of HR")
    said = read(client, activity)
    assert "Changed since version 1" in said
    assert "The register keeps showing version 1" in said
    establish.end(activity, on=date(2026, 4, 1), reason="Outsourced", by=None, at=MARCH)
    said = read(client, activity)
    assert "This activity ended on 1 Apr 2026" in said
    assert "Outsourced" in said


def test_a_stale_activity_says_that_it_is_being_recalculated(client, member):
    activity = ActivityFactory(organisation=member("dpo").organisation)
    assert "being recalculated" not in read(client, activity)
    StaleActivity.objects.create(activity=activity, since=MARCH)
    assert "being recalculated" in read(client, activity)


def test_a_version_shows_what_was_established_and_no_edit_link(client, member):
    organisation = member("dpo").organisation
    activity = established(organisation, at=JANUARY, description="As it was")
    Activity.objects.filter(pk=activity.pk).update(description="As it is")
    refreshed(activity)
    said = read(client, activity, "?version=1")
    assert "As it was" in said
    assert "As it is" not in said
    assert f"{sheet_url(activity)}edit/" not in client.get(sheet_url(activity) + "?version=1").text


def test_a_past_day_shows_what_held_and_what_was_known(client, member):
    organisation = member("dpo").organisation
    activity = established(organisation, at=MARCH, valid_from=date(2026, 2, 1))
    then = "On 10 Feb 2026 no version of this activity was in force."
    assert then in read(client, activity, "?on=2026-02-10")
    assert "as we now know it was" in read(client, activity, "?on=2026-02-10&known=now")
    assert "Looking back" in read(client, activity, "?on=2026-03-04")


@pytest.mark.parametrize("query", ["?version=7", "?version=x", "?on=yesterday", "?on=2026-13-01"])
def test_a_version_or_day_that_does_not_exist_is_not_found(client, member, query):
    activity = established(member("dpo").organisation)
    assert client.get(sheet_url(activity) + query).status_code == 404


def test_kin_is_shown_both_ways(client, member):
    organisation = member("dpo").organisation
    whole = ActivityFactory(organisation=organisation, name="Staff administration")
    part = ActivityFactory(organisation=organisation, name="Payroll", parent=whole)
    old = ActivityFactory(
        organisation=organisation, name="Paper file", successor=whole, ended_on=date(2026, 1, 1), end_reason="Digital"
    )
    said = client.get(sheet_url(whole)).text
    assert sheet_url(part) in said
    assert sheet_url(old) in said
    assert sheet_url(whole) in client.get(sheet_url(part)).text
    assert sheet_url(whole) in client.get(sheet_url(old)).text


def test_an_editor_of_a_department_sees_only_theirs_and_no_link_to_others(client, member):
    membership = member("editor")
    mine = DepartmentFactory(organisation=membership.organisation)
    MembershipDepartmentFactory(membership=membership, department=mine)
    whole = ActivityFactory(organisation=membership.organisation, name="Of others")
    part = ActivityFactory(organisation=membership.organisation, department=mine, parent=whole)
    assert client.get(sheet_url(whole)).status_code == 404
    page = client.get(sheet_url(part))
    assert page.status_code == 200
    assert sheet_url(whole) not in page.text


def test_an_activity_of_another_organisation_is_not_found(client, member):
    organisation = member("dpo").organisation
    other = ActivityFactory()
    assert client.get(sheet_url(other)).status_code == 404
    assert client.get(reverse("register:activity", args=[organisation.slug, other.pk])).status_code == 404


def test_who_may_only_read_is_offered_nothing_else(client, member):
    activity = established(member("auditor").organisation)
    page = client.get(sheet_url(activity)).text
    for act in ("edit/", "establish/", "end/", "reviewed/", "upkeep/", "duplicate/"):
        assert f"{sheet_url(activity)}{act}" not in page


def test_reviewed_moves_the_date_on(client, member):
    activity = ActivityFactory(organisation=member("editor").organisation, review_on=date(2026, 1, 1))
    assert client.get(reverse("register:reviewed", args=[activity.organisation.slug, activity.pk])).status_code == 405
    client.post(reverse("register:reviewed", args=[activity.organisation.slug, activity.pk]))
    activity.refresh_from_db()
    assert activity.reviewed_on is not None
    assert activity.review_on > activity.reviewed_on


def test_labels_and_review_date_are_set_without_a_new_version(client, member):
    organisation = member("editor").organisation
    activity = established(organisation)
    label = ActivityLabelFactory(activity=ActivityFactory(organisation=organisation)).label
    url = reverse("register:upkeep", args=[organisation.slug, activity.pk])
    client.post(url, {"review_on": "2027-01-01", "labels": [str(label.pk)]})
    activity.refresh_from_db()
    assert (activity.review_on, activity.status) == (date(2027, 1, 1), "established")
    assert label.name in read(client, activity)
    client.post(url, {"review_on": "2027-01-01"})
    assert not activity.label_rows.exists()


def test_a_new_activity_needs_a_name_only(client, member):
    organisation = member("editor").organisation
    url = reverse("register:activity_new", args=[organisation.slug])
    assert client.post(url, {"name": "", "kind": "controller"}).status_code == 422
    response = client.post(url, {"name": "Visitors", "kind": "controller"})
    made = Activity.objects.get()
    assert response.url == sheet_url(made)
    assert (made.code, made.name) == ("VA-0001", "Visitors")


def test_a_new_activity_gets_the_only_controller_and_the_parent_asked_for(client, member):
    organisation = member("editor").organisation
    whole = filled(organisation)
    url = reverse("register:activity_new", args=[organisation.slug])
    page = client.get(url, {"parent": str(whole.pk)})
    assert str(whole.pk) in page.text
    client.post(url, {"name": "Part", "kind": "controller", "parent": str(whole.pk)})
    part = Activity.objects.get(name="Part")
    assert (part.parent, part.controller) == (whole, whole.controller)


def test_who_is_limited_to_departments_must_name_one(client, member):
    membership = member("editor")
    mine = DepartmentFactory(organisation=membership.organisation)
    MembershipDepartmentFactory(membership=membership, department=mine)
    url = reverse("register:activity_new", args=[membership.organisation.slug])
    assert client.post(url, {"name": "Visitors", "kind": "controller"}).status_code == 422
    client.post(url, {"name": "Visitors", "kind": "controller", "department": str(mine.pk)})
    assert Activity.objects.get().department == mine


def _with_lines(organisation, count):
    activity = ActivityFactory(organisation=organisation)
    for factory in (
        PurposeFactory,
        SubjectLineFactory,
        DataLineFactory,
        RecipientLineFactory,
        SystemLineFactory,
        MeasureLineFactory,
        AccessLineFactory,
        DocumentLineFactory,
        ClientLineFactory,
        NoteLineFactory,
    ):
        factory.create_batch(count, activity=activity)
    country = CountryFactory(organisation=organisation)
    TransferLineFactory.create_batch(count, activity=activity, country=country)
    ActivityLabelFactory.create_batch(count, activity=activity)
    AdviceFactory.create_batch(count, activity=activity, organisation=organisation)
    ActivityFactory.create_batch(count, organisation=organisation, parent=activity)
    ActivityFactory.create_batch(count, organisation=organisation, successor=activity)
    return activity


@pytest.mark.parametrize("count", [1, 3])
def test_the_sheet_costs_the_same_for_any_number_of_lines(client, member, django_assert_num_queries, count):
    activity = _with_lines(member("dpo").organisation, count)
    with django_assert_num_queries(28):
        assert client.get(sheet_url(activity)).status_code == 200


def test_a_room_above_adds_a_box_to_the_working_copy_with_what_the_member_may_see(client, member):
    reader = member("dpo")
    activity = established(reader.organisation)

    def boxes(ids, membership):
        said = Template("{{ panel.count }} mislaid laptops")
        return [(key, extensions.Panel("mislaid", f"Mislaid, for {membership.pk}", said, {"count": 3})) for key in ids]

    with open_room(panel=boxes):
        text = client.get(sheet_url(activity)).text
        assert "3 mislaid laptops" in text
        assert f'id="mislaid-title">Mislaid, for {reader.pk}</h2>' in text
        assert '<a href="#mislaid">' in text
        assert "mislaid" not in client.get(sheet_url(activity) + "?version=1").text


@pytest.mark.parametrize("text", ["x" * 10_000, "👩‍👩‍👧‍👦" * 300, "<b>bold</b>", "\u202eesrever"])
def test_absurd_names_and_texts_are_shown_as_they_are(client, member, text):
    organisation = member("dpo").organisation
    activity = ActivityFactory(organisation=organisation, name=text[:250], remarks=text)
    NoteLineFactory(activity=activity, heading=text[:250], text=text)
    PurposeFactory(activity=activity, text_nl=text, text_en=text)
    RecipientLineFactory(activity=activity, description_en=text[:400])
    page = client.get(sheet_url(activity))
    assert page.status_code == 200
    assert "<b>bold" not in page.text


def test_an_article_that_holds_for_both_parts_is_named_for_this_part():
    import uuid

    for kind, article in (("controller", "30(1)(e)"), ("processor", "30(2)(c)")):
        views = section_views(Entry(id=uuid.uuid4(), number=1, kind=kind, name="x"), [])
        assert next(view for view in views if view.section.key == "transfers").article == article


def test_a_transfer_says_which_adequacy_decision_holds_on_the_day(client, member):
    activity = ActivityFactory(organisation=member("dpo").organisation)
    japan = CountryFactory(organisation=activity.organisation, code="JP", name_en="Japan")
    line = TransferLineFactory(activity=activity, country=japan, mechanism="adequacy")
    assert "2019/419" in read(client, activity)
    assert "no decision holds" not in read(client, activity)
    line.country = CountryFactory(organisation=activity.organisation, code="IN", name_en="India")
    with history.act(activity.organisation, by=None, at=MARCH, kind="test.made"):
        line.save()
    assert "no decision holds" in read(client, activity)


def test_what_only_follows_from_a_yes_is_not_called_open_after_a_no():
    def open_questions(**answers):
        entry = Entry(id=uuid.uuid4(), number=1, kind="controller", name="Payroll", **answers)
        return {str(told.label).lower() for view in section_views(entry, []) for told in view.blanks}

    field = Activity._meta.get_field
    ages, logic = (str(field(name).verbose_name).lower() for name in ("children_ages", "automated_logic"))
    assert not {ages, logic} & open_questions(children="no", automated="no", profiling="no")
    assert {ages, logic} <= open_questions(children="yes", automated="no", profiling="yes")
