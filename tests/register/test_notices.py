"""Publishing a notice: frozen versions, own words that survive, and what no longer matches the register."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation

from accounts import history, wording
from accounts.actions import organisations
from accounts.models import Change
from accounts.verification import verify
from core.refusal import Refused
from register.actions import establish, notices
from register.checks import storing
from register.models import Finding, NoticeBlock, NoticeLine, NoticeSentence, Purpose
from register.notices import reading
from tests.factories import register as make
from tests.factories.accounts import ControllerFactory, OrganisationFactory

from .filled import established, filled, refreshed

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 2, 10, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 10, tzinfo=UTC)
ON, THEN = date(2026, 2, 2), date(2026, 3, 3)


@pytest.fixture
def organisation():
    found = OrganisationFactory(languages="nl,en")
    controller = ControllerFactory(organisation=found, name="Primrose Hill", email="info@primrose.example")
    organisations.establish_controller(controller, valid_from=date(2026, 1, 1), reason="first", by=None, at=AT)
    return found


@pytest.fixture
def activity(organisation):
    return established(organisation, name="Orders")


@pytest.fixture
def notice(organisation, activity):
    made = notices.create(
        organisation, audience="customers", title_en="Customers", activities=[activity], by=None, at=AT
    )
    notices.publish(made, by=None, at=AT)
    return made


def says(text, language="en"):
    return [sentence.words.of(language) for sentence in text.sentences.values()]


def reworded(activity, words, *, nl="", at=LATER):
    """Establish the activity with another purpose."""
    with history.act(activity.organisation, by=None, at=at, kind="test.made"):
        purpose = Purpose.objects.get(activity=activity)
        purpose.text_en, purpose.text_nl = words, nl or purpose.text_nl
        purpose.save()
    return establish.establish(refreshed(activity), by=None, at=at, reason="Reworded")


def test_a_version_keeps_what_was_published_while_the_register_goes_on(notice, activity):
    reworded(activity, "To sell more")
    version = notice.versions.get()
    assert version.number == 1
    assert version.activities == {str(activity.pk): {"version": 1, "timing": ""}}
    assert version.languages == ["nl", "en"]
    assert "To do our work." in says(reading.text_of(version))
    second = notices.publish(notice, by=None, at=LATER, reason="Reworded")
    assert (second.number, second.previous) == (2, version.digest)
    assert "To sell more." in says(reading.text_of(second))
    assert "To do our work." in says(reading.text_of(notice.versions.get(number=1)))
    assert list(verify(notice.organisation)) == []


def test_the_database_lets_nobody_change_what_was_published(notice):
    for change in ({"content": {}}, {"valid_from": date(2020, 1, 1)}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            notice.versions.update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        notice.versions.all().delete()


def test_drift_names_the_sentence_both_texts_and_the_activity(notice, activity):
    assert reading.state(notice, on=ON).drift == ()
    reworded(activity, "To sell more")
    state = reading.state(notice, on=THEN)
    changed = [one for one in state.by_register if one.section == "purposes" and one.kind == "changed"]
    assert [(one.before.words.en, one.after.words.en) for one in changed] == [("To do our work.", "To sell more.")]
    assert [(origin.code, origin.version) for origin in changed[0].origins] == [(activity.code, 2)]


def test_drift_of_what_came_by_import_is_a_finding_too_as_soon_as_it_was_published(organisation):
    with history.act(organisation, by=None, at=AT, kind="register.imported"):
        activity = filled(organisation, name="Orders")
    establish.establish(refreshed(activity), by=None, at=AT, reason="Checked")
    about = {"audience": "customers", "title_en": "Customers", "activities": [activity]}
    notices.publish(notices.create(organisation, **about, by=None, at=AT), by=None, at=AT)
    reworded(activity, "Send parcels")
    storing.catch_up(organisation, LATER)
    found = Finding.objects.of(organisation).present().filter(rule="N006")
    assert [one.activity_id for one in found] == [activity.pk]


def test_an_edit_that_is_not_established_changes_nothing(notice, activity):
    with history.act(activity.organisation, by=None, at=LATER, kind="test.made"):
        Purpose.objects.filter(activity=activity).get().save()
    refreshed(activity)
    assert reading.state(notice, on=THEN).drift == ()


def test_an_activity_that_ends_leaves_the_text(notice, organisation, activity):
    other = established(organisation, name="Returns")
    notices.choose(notice, {activity.pk: "", other.pk: ""}, by=None, at=AT)
    notices.publish(notice, by=None, at=AT)
    establish.end(other, on=THEN, reason="Sold", by=None, at=LATER)
    state = reading.state(notice, on=THEN)
    assert other.pk not in state.draft.activities
    assert state.by_register


def test_own_sentences_and_parts_survive_a_new_version(notice, activity):
    purpose = Purpose.objects.get(activity=activity)
    own = NoticeSentence(notice=notice, section="purposes", anchor=f"purposes:{purpose.pk}", text_en="Really.")
    notices.save_sentence(own, by=None, at=AT)
    notices.set_blocks(notice, {"cookies": ("Geen koekjes.", "No cookies.")}, by=None, at=AT)
    reworded(activity, "To sell more")
    version = notices.publish(notice, by=None, at=LATER)
    words = says(reading.text_of(version))
    assert words[words.index("To sell more.") + 1] == "Really."
    assert words[-1] == "No cookies."


def test_parts_and_activities_are_changed_by_difference(notice, organisation, activity):
    other = established(organisation)
    notices.choose(notice, {activity.pk: "month", other.pk: ""}, by=None, at=AT)
    notices.choose(notice, {activity.pk: "month"}, by=None, at=AT)
    line = NoticeLine.objects.get(notice=notice)
    assert (line.activity_id, line.timing) == (activity.pk, "month")
    changes = Change.objects.filter(kind="notice.changed").count()
    notices.choose(notice, {activity.pk: "month"}, by=None, at=AT)
    assert Change.objects.filter(kind="notice.changed").count() == changes
    notices.set_blocks(notice, {"push": ("", "")}, by=None, at=AT)
    notices.set_blocks(notice, {}, by=None, at=AT)
    assert not NoticeBlock.objects.filter(notice=notice).exists()


def test_with_nothing_to_say_nothing_is_published(organisation):
    empty = notices.create(
        organisation, audience="visitors", title_nl="Bezoekers", activities=[filled(organisation)], by=None, at=AT
    )
    with pytest.raises(Refused), translation.override("en"):
        notices.publish(empty, by=None, at=AT)


def test_a_later_version_does_not_start_before_the_one_before(notice):
    with pytest.raises(Refused):
        notices.publish(notice, by=None, at=LATER, valid_from=date(2026, 1, 1))


def test_the_version_in_force_is_that_of_the_day(notice):
    notices.publish(notice, by=None, at=AT, valid_from=date(2026, 4, 1))
    assert reading.in_force(notice, on=THEN).number == 1
    assert reading.in_force(notice, on=date(2026, 4, 1)).number == 2
    assert reading.in_force(notice, on=date(2026, 1, 1)) is None


def test_an_ended_notice_keeps_its_versions_and_takes_no_more(notice):
    ended = notices.end(notice, reason="Merged", by=None, at=LATER)
    assert ended.versions.count() == 1
    for late in (
        lambda: notices.publish(ended, by=None, at=LATER),
        lambda: notices.choose(ended, {}, by=None, at=LATER),
        lambda: notices.end(ended, reason="Again", by=None, at=LATER),
    ):
        with pytest.raises(Refused):
            late()


@pytest.mark.parametrize("kind", [{"key": "customers"}, {"key": "", "name_nl": "Onze klanten in de winkel"}])
def test_activities_are_proposed_by_whom_they_are_about(organisation, kind):
    customers = make.SubjectCategoryFactory(organisation=organisation, **kind)
    mine = filled(organisation)
    make.SubjectLineFactory(activity=mine, category=customers)
    mine = refreshed(mine)
    establish.establish(mine, by=None, at=AT, reason="Checked")
    established(organisation)
    assert reading.proposed(organisation, "customers", on=ON) == {mine.pk}
    assert reading.proposed(organisation, "employees", on=ON) == set()


def test_two_notices_of_the_same_name_have_addresses_of_their_own(organisation, notice):
    assert notice.slug == "customers"
    second = notices.create(organisation, audience="customers", title_en="Customers", by=None, at=AT)
    assert second.slug == "customers-2"
    with (
        pytest.raises(IntegrityError, match=r"register_notice_address_is_unique|organisation_id"),
        transaction.atomic(),
    ):
        make.NoticeFactory(organisation=organisation, slug="customers")


@pytest.mark.parametrize(
    ("constraint", "break_it"),
    [
        ("register_notice_has_a_title", lambda: make.NoticeFactory(title_nl="", title_en="")),
        ("register_notice_ended_for_a_reason", lambda: make.NoticeFactory(ended_at=AT)),
        ("register_noticesentence_says_something", lambda: make.NoticeSentenceFactory(text_nl="", text_en="")),
    ],
)
def test_the_database_refuses(constraint, break_it):
    with pytest.raises(IntegrityError, match=constraint):
        break_it()


def test_every_act_has_its_sentence(notice, organisation):
    point = notices.save_point(
        make.CollectionPointFactory.build(organisation=organisation, notice=notice), by=None, at=AT
    )
    notices.check_point(point, on=ON, by=make.UserFactory(), at=AT)
    notices.retire_point(point, on=ON, by=None, at=AT)
    notices.change(notice, by=None, at=AT)
    notices.end(notice, reason="Merged", by=None, at=LATER)
    with translation.override("en"):
        said = [wording.of(change) for change in Change.objects.filter(kind__regex=r"^(notice|point)\.")]
    assert any("Published version 1 of the privacy notice “Customers”" in sentence for sentence in said)
    assert not [sentence for sentence in said if sentence.startswith(("notice.", "point."))]


def test_a_point_that_links_to_nothing_cannot_be_found_right(organisation):
    with pytest.raises(Refused):
        notices.check_point(make.CollectionPointFactory(organisation=organisation), on=ON, by=None, at=AT)


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_costs_the_same_for_any_number_of_activities(organisation, rows, django_assert_num_queries):
    chosen = [established(organisation) for _ in range(rows)]
    made = notices.create(organisation, audience="others", title_nl="Veel", activities=chosen, by=None, at=AT)
    notices.publish(made, by=None, at=AT)
    with django_assert_num_queries(7):
        reading.state(made, on=ON)
