"""The story of an activity: each act with what it changed, told in words, at a constant cost."""

import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.history import act
from register import editing, sections, timeline
from register.actions import activities, approval, establish
from register.models import DataCategory
from tests.factories.accounts import DepartmentFactory, MembershipDepartmentFactory, MembershipFactory, UserFactory
from tests.factories.register import (
    ActivityFactory,
    DataCategoryFactory,
    DataLineFactory,
    LabelFactory,
    PartyFactory,
    PurposeFactory,
    RecipientLineFactory,
)

from .filled import established, filled

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def officer(member):
    return member("privacy_officer")


def steps(activity):
    return timeline.steps(activity, timeline.changes_of(activity))


def rows(step):
    return [(row.label, row.kind, row.title) for part in step.parts for row in part.rows]


def values(step):
    return [(f.label, f.before, f.after) for part in step.parts for row in part.rows for f in row.fields]


def save(activity, section, mine, *, by=None, at=AT):
    activity.refresh_from_db()
    base = editing.snapshot(activity, sections.BY_KEY[section])
    lines = {name: base["lines"][name] | changed for name, changed in mine.get("lines", {}).items()}
    merged = {"fields": base["fields"] | mine.get("fields", {}), "lines": base["lines"] | lines}
    activities.save_section(activity, section, merged, base, by=by, at=at)


def test_an_edited_field_is_told_with_its_value_before_and_after(officer):
    activity = filled(officer.organisation, medium="paper")
    save(activity, "identity", {"fields": {"medium": "both"}}, by=officer.user)
    step = steps(activity)[0]
    assert step.who == officer.user.name
    assert [(before, after) for _label, before, after in values(step)] == [("On paper", "Digital and on paper")]


def test_a_line_that_was_added_is_told_by_its_name(officer):
    activity = filled(officer.organisation)
    key = str(uuid.uuid4())
    save(activity, "purposes", {"lines": {"purposes": {key: {"text_en": "To pay", "basis": "b", "position": 1}}}})
    assert rows(steps(activity)[0]) == [("Purposes", "added", "To pay")]


def test_a_line_that_was_changed_shows_only_what_changed(officer):
    activity = ActivityFactory(organisation=officer.organisation)
    line = DataLineFactory(activity=activity, detail="old words")
    with act(activity.organisation, by=None, at=AT, kind="activity.section_saved"):
        line.detail = "new words"
        line.save()
    assert (
        values(steps(activity)[0]) == [("Explanation", "old words", "new words")]
        or len(values(steps(activity)[0])) == 1
    )


def test_a_line_that_was_removed_shows_what_went(officer):
    activity = ActivityFactory(organisation=officer.organisation)
    line = RecipientLineFactory(activity=activity, party__name="Acme")
    with act(activity.organisation, by=None, at=AT, kind="activity.section_saved"):
        line.delete()
    assert rows(steps(activity)[0]) == [("Recipients", "removed", "Acme")]


def test_two_saves_of_one_row_in_one_act_show_as_one_change(officer):
    activity = ActivityFactory(organisation=officer.organisation, name="One")
    with act(activity.organisation, by=None, at=AT, kind="activity.section_saved"):
        activity.name = "Two"
        activity.save()
        activity.name = "Three"
        activity.save()
    assert [(before, after) for _label, before, after in values(steps(activity)[0])] == [("One", "Three")]


def test_a_category_that_was_deleted_since_is_still_named(officer):
    activity = ActivityFactory(organisation=officer.organisation)
    category = DataCategoryFactory(organisation=officer.organisation, name_en="Shoe size", name_nl="")
    line = DataLineFactory(activity=activity, category=category)
    for row in (line, category):
        with act(activity.organisation, by=None, at=AT, kind="shared.deleted"):
            row.delete()
    assert not DataCategory.objects.filter(pk=category.pk).exists()
    assert [rows(step)[0] for step in steps(activity)[:2]] == [
        ("Data", "removed", "Shoe size"),
        ("Data", "added", "Shoe size"),
    ]


def test_establishing_tells_the_version_and_its_reason(officer):
    activity = established(officer.organisation)
    step = steps(activity)[0]
    assert step.sentence.startswith(f"Established version 1 of {activity.code}")
    assert [version.number for version in step.versions] == [1]
    assert step.change.reason == "Checked"


def test_a_question_for_approval_names_who_was_asked(officer):
    activity = filled(officer.organisation)
    approver = MembershipFactory(organisation=officer.organisation, role="approver", user__name="Ann")
    approval.ask([activity], approvers=[approver.user], by=officer.user, at=AT, reason="Please")
    assert steps(activity)[0].asked == ["Ann"]


def test_advice_is_told_with_what_it_says(officer):
    activity = filled(officer.organisation)
    activities.give_advice(
        officer.organisation,
        subject="Term",
        advice="Shorter",
        by=officer.user,
        at=AT,
        given_on=AT.date(),
        activity=activity,
    )
    assert steps(activity)[0].advice.advice == "Shorter"


def test_review_dates_and_labels_are_told_too(officer):
    activity = filled(officer.organisation)
    activities.mark_reviewed([activity], by=officer.user, at=AT)
    activities.set_labels([activity], add=[LabelFactory(organisation=officer.organisation, name="HR")], by=None, at=AT)
    labelled, reviewed = steps(activity)[:2]
    assert ("", "HR") in [(before, after) for _label, before, after in values(labelled)]
    assert "2026" in " ".join(after for _label, _before, after in values(reviewed))


def test_an_act_on_several_activities_tells_each_its_own_part(officer):
    first, second = filled(officer.organisation, name="First"), filled(officer.organisation, name="Second")
    owner = UserFactory(name="Bo")
    activities.set_upkeep([first, second], by=None, at=AT, owner=owner)
    assert [after for _label, _before, after in values(steps(first)[0])] == ["Bo"]
    assert len(rows(steps(second)[0])) == 1


def test_the_story_is_read_newest_first_on_its_page(client, officer):
    activity = established(officer.organisation)
    save(activity, "identity", {"fields": {"name": "Renamed"}}, by=officer.user)
    page = client.get(reverse("register:timeline", args=[officer.organisation.slug, activity.pk])).text
    assert page.index("Renamed") < page.index("Established version 1")


def test_the_fragment_is_what_the_page_shows(client, officer):
    activity = established(officer.organisation)
    url = reverse("register:timeline", args=[officer.organisation.slug, activity.pk])
    assert client.get(url, headers={"HX-Request": "true"}).text in client.get(url).text


@pytest.mark.parametrize("times", [1, 3])
def test_the_timeline_costs_the_same_for_any_number_of_acts(client, officer, times, django_assert_num_queries):
    activity = filled(officer.organisation)
    for number in range(times):
        key = str(uuid.uuid4())
        save(activity, "identity", {"fields": {"name": f"Name {number}", "owner": str(UserFactory().pk)}})
        save(activity, "purposes", {"lines": {"purposes": {key: {"text_en": f"Aim {number}", "position": number + 2}}}})
        establish.establish(activity, by=officer.user, at=AT, reason="Again")
    url = reverse("register:timeline", args=[officer.organisation.slug, activity.pk])
    client.get(url)
    with django_assert_num_queries(15):
        assert f"Name {times - 1}" in client.get(url).text


def test_what_belongs_to_another_department_is_not_found(client, member):
    organisation = MembershipDepartmentFactory(membership=member("editor")).department.organisation
    other = ActivityFactory(organisation=organisation, department=DepartmentFactory(organisation=organisation))
    for name in ("timeline", "compare"):
        assert client.get(reverse(f"register:{name}", args=[organisation.slug, other.pk])).status_code == 404


def test_absurd_words_are_shown_as_they_were_written(client, officer):
    activity = ActivityFactory(organisation=officer.organisation)
    PurposeFactory(activity=activity, text_en="<script>alert(1)</script> " + "🙂" * 3000)
    PartyFactory(organisation=officer.organisation)
    page = client.get(reverse("register:timeline", args=[officer.organisation.slug, activity.pk])).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
