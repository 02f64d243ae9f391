"""The document around the sheets: what is in it on a day, what it says is missing, and who answered for it then."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.utils import translation

from accounts.actions import organisations
from accounts.models import ChainHead, Controller
from register import reading
from register.actions import activities, establish, findings, starting
from register.checks import storing
from register.exports import document, pdf
from register.exports.gathering import gather
from register.exports.selection import Internal, Selection, Status
from register.models import Activity, Finding
from tests.factories.accounts import ControllerFactory, DepartmentFactory, OrganisationFactory, UserFactory
from tests.factories.register import (
    ActivityLabelFactory,
    AdviceFactory,
    ClientLineFactory,
    DocumentLineFactory,
    LabelFactory,
    MeasureFactory,
    MeasureLineFactory,
    NoteLineFactory,
)

from .filled import established, filled, refreshed

pytestmark = pytest.mark.django_db

JANUARY = datetime(2026, 1, 5, 9, tzinfo=UTC)
MARCH = datetime(2026, 3, 3, 9, tzinfo=UTC)
MAY = datetime(2026, 5, 5, 9, tzinfo=UTC)
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
TODAY = date(2026, 6, 1)
FEBRUARY = date(2026, 2, 1)


@pytest.fixture
def organisation():
    return OrganisationFactory(name="School")


def found(organisation, on=TODAY, known_at=None, **selection):
    known_at = known_at or min(reading.end_of(on), NOW)
    return gather(organisation, Selection(**selection), on=on, known_at=known_at, made_at=NOW)


def text(organisation, on=TODAY, language="en", known_at=None, **selection):
    html = document.html(found(organisation, on, known_at, **selection), language)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def test_the_same_state_gives_the_same_bytes(organisation):
    for name in ("Payroll", "Nieuwsbrief"):
        established(organisation, name=name, at=JANUARY)
    filled(organisation, name="Still a draft")
    day = {"on": TODAY, "known_at": reading.end_of(TODAY), "language": "nl", "made_at": NOW}
    first, second = (pdf.make(organisation, Selection(drafts=True), **day).content for _ in range(2))
    assert first == second


def cover(*arguments, **fields):
    return text(*arguments, **fields).split("Contents")[0]


def names(standings):
    return [one.entry.name for one in standings]


def rename(activity, name, *, at):
    base = {"fields": {"name": activity.name}, "lines": {}}
    activities.save_section(activity, "identity", {"fields": {"name": name}, "lines": {}}, base, by=None, at=at)
    return Activity.objects.select_related("organisation").get(pk=activity.pk)


def establish_details(controller, *, at, **changes):
    controller = Controller.objects.get(pk=controller.pk)
    for name, value in changes.items():
        setattr(controller, name, value)
    organisations.save_controller(controller, by=None, at=at)
    organisations.establish_controller(controller, valid_from=at.date(), reason="So it is", by=None, at=at)


def test_a_past_day_shows_the_version_and_the_officer_of_that_day(organisation):
    controller = ControllerFactory(organisation=organisation, name="Board")
    establish_details(controller, at=JANUARY, dpo_answer="yes", dpo_name="Old officer", dpo_email="old@example.org")
    activity = established(organisation, at=JANUARY, name="Payroll", controller=controller)
    establish.establish(rename(activity, "Wages", at=MARCH), by=None, at=MARCH, reason="Renamed")
    establish_details(controller, at=MARCH, dpo_name="New officer", dpo_email="new@example.org")
    then, now = text(organisation, FEBRUARY), text(organisation)
    assert "Payroll" in then
    assert "Old officer" in then
    assert "old@example.org" in then
    assert "Wages" not in then
    assert "New officer" not in then
    assert "Wages" in now
    assert "New officer" in now
    assert "Payroll" not in now


def test_what_was_recorded_afterwards_counts_in_the_other_reading_only(organisation):
    established(organisation, at=MARCH, valid_from=date(2026, 1, 5), name="Late one")
    assert found(organisation, FEBRUARY).standings == ()
    afterwards = text(organisation, FEBRUARY, known_at=NOW)
    assert "Late one" in afterwards
    assert "recorded afterwards" in afterwards
    assert "As we now know it was on that day" in afterwards
    assert "As we now know it was on that day" not in text(organisation, FEBRUARY)


def test_drafts_are_in_no_document_unless_asked(organisation):
    established(organisation, name="In the record")
    filled(organisation, name="Never established")
    changed = rename(established(organisation, name="Before the change"), "After the change", at=MARCH)
    gathered = found(organisation)
    assert names(gathered.standings) == ["In the record", "Before the change"]
    with_drafts = found(organisation, drafts=True)
    assert names(with_drafts.drafts) == ["Never established", "After the change"]
    assert changed.name == "After the change"
    assert names(found(organisation, status=Status.DRAFT).standings) == ["Never established", "After the change"]
    assert "After the change" not in re.sub("Annex: not established.*", "", text(organisation).split("How to read")[-1])


def test_the_cover_says_what_is_not_established_and_an_annex_names_it(organisation):
    never = filled(organisation, name="Cameras")
    changed = rename(established(organisation, name="Payroll"), "Wages", at=MARCH)
    front, whole = cover(organisation), text(organisation)
    assert f"1 running activity was never established and is not in this record. {never.code}" in front
    assert (
        f"1 activity has changes that are not established yet; the record shows its last version. {changed.code}"
        in front
    )
    annex = whole.rpartition("Annex: not established")[2]
    assert f"{never.code} Cameras" in annex
    assert f"{changed.code} Wages" in annex


def test_what_was_not_established_is_told_as_it_was_on_a_past_day(organisation):
    activity = established(organisation, at=JANUARY, name="Payroll")
    waiting = filled(organisation, name="Waited in February")
    later = rename(activity, "Wages", at=MARCH)
    establish.establish(waiting, by=None, at=MARCH, reason="At last")
    on_day, today = found(organisation, FEBRUARY).unestablished, found(organisation).unestablished
    assert [one.name for one in on_day.never] == ["Waited in February"]
    assert on_day.changed == ()
    assert today.never == ()
    assert [one.id for one in today.changed] == [later.pk]
    april = found(organisation, date(2026, 4, 1)).unestablished
    assert [one.id for one in april.changed] == [later.pk]
    assert april.never == ()


def test_on_a_past_day_another_owner_is_a_change_and_another_review_date_is_not(organisation):
    given, looked_at = established(organisation, at=JANUARY, name="Given"), established(organisation, at=JANUARY)
    activities.set_upkeep([given], owner=None, owner_function="Head of finance", by=None, at=MARCH)
    activities.set_upkeep([looked_at], review_on=date(2027, 1, 1), by=None, at=MARCH)
    april = found(organisation, date(2026, 4, 1)).unestablished
    assert [one.id for one in april.changed] == [given.pk]


def test_of_a_part_only_what_belongs_to_it_is_told_as_not_established(organisation):
    own, record = filled(organisation, name="Own"), filled(organisation, name="For others", kind="processor")
    assert [one.id for one in found(organisation, part="controller").unestablished.never] == [own.pk]
    assert [one.id for one in found(organisation, part="processor").unestablished.never] == [record.pk]


def test_on_a_past_day_what_only_hangs_on_an_activity_is_no_change(organisation):
    activity = established(organisation, at=JANUARY, name="Payroll")
    storing.catch_up(organisation, MARCH)
    finding = Finding.objects.filter(activity=activity).first()
    findings.accept([finding], by=UserFactory(), at=MARCH, reason="Small risk")
    starting.make_own(activity, name="Payroll of a branch", about="", by=None, at=MARCH)
    label = LabelFactory(organisation=organisation)
    activities.set_labels([activity], add=[label], remove=[], by=None, at=MARCH)
    assert found(organisation, date(2026, 4, 1)).unestablished.changed == ()


def test_ended_activities_are_an_annex_for_as_long_as_the_organisation_says(organisation):
    activity = established(organisation, at=JANUARY, name="Paper cards")
    establish.end(activity, on=date(2026, 3, 3), reason="Sold", by=None, at=MARCH)
    assert names(found(organisation).ended) == ["Paper cards"]
    assert "Annex: ended activities" in text(organisation)
    assert names(found(organisation, FEBRUARY).as_controller) == ["Paper cards"]
    later = datetime(2031, 4, 1, tzinfo=UTC)
    gone = gather(organisation, Selection(), on=date(2031, 4, 1), known_at=later, made_at=later)
    assert gone.standings == ()
    one = Selection(activities=(str(activity.pk),))
    asked = gather(organisation, one, on=date(2031, 4, 1), known_at=later, made_at=later)
    assert names(asked.ended) == ["Paper cards"]


def test_processor_records_have_a_part_of_their_own(organisation):
    established(organisation, name="Own")
    record = filled(organisation, name="For others", kind="processor")
    ClientLineFactory(activity=record, processing_en="Storing")
    establish.establish(refreshed(record), by=None, at=JANUARY, reason="First")
    gathered = found(organisation)
    assert (names(gathered.as_controller), names(gathered.as_processor)) == (["Own"], ["For others"])
    assert "1 activity as controller 1 activity as processor 0 ended activities" in cover(organisation)
    assert names(found(organisation, part="processor").standings) == ["For others"]


def test_a_selection_is_narrowed_on_what_was_established(organisation):
    finance = DepartmentFactory(organisation=organisation, name="Finance")
    board = ControllerFactory(organisation=organisation, name="Board")
    other = ControllerFactory(organisation=organisation, name="Other board")
    one = established(organisation, name="One", department=finance, controller=board)
    established(organisation, name="Two", controller=other)
    ActivityLabelFactory(activity=one, label__name="Urgent")
    label = one.label_rows.get().label
    assert names(found(organisation, department=str(finance.pk)).standings) == ["One"]
    assert names(found(organisation, controller=str(other.pk)).standings) == ["Two"]
    assert names(found(organisation, labels=(str(label.pk),)).standings) == ["One"]
    assert names(found(organisation, activities=(str(one.pk),)).standings) == ["One"]
    assert names(found(organisation, within=(str(finance.pk),)).standings) == ["One"]
    front = cover(organisation, department=str(finance.pk), labels=(str(label.pk),))
    assert "Selection Department: Finance Labels: Urgent" in front
    assert "Selection The whole established record" in cover(organisation)


def test_status_tells_changed_and_unchanged_apart(organisation):
    established(organisation, name="Steady")
    rename(established(organisation, name="Moving"), "Moved", at=MARCH)
    assert names(found(organisation, status=Status.ESTABLISHED).standings) == ["Steady"]
    assert names(found(organisation, status=Status.CHANGED).standings) == ["Moving"]
    assert names(found(organisation, status=Status.ENDED).standings) == []


def test_one_version_of_one_activity_can_be_asked_whatever_the_day(organisation):
    activity = established(organisation, at=JANUARY, name="Payroll")
    establish.establish(rename(activity, "Wages", at=MARCH), by=None, at=MARCH, reason="Renamed")
    assert names(found(organisation, activities=(str(activity.pk),), version=1).standings) == ["Payroll"]
    alone = text(organisation, activities=(str(activity.pk),))
    assert "Contents" not in alone
    assert f"From the record of processing activities {activity.code} Wages" in alone
    assert "0 activities" not in alone
    assert document.title(found(organisation, activities=(str(activity.pk),)), "en") == f"{activity.code} Wages"


def test_only_the_activities_of_this_organisation(organisation):
    established(OrganisationFactory(), name="Of somebody else")
    assert found(organisation).standings == ()
    assert "On this day no activity of this selection had been established." in text(organisation)


def test_a_controller_without_established_details_says_so(organisation):
    controller = ControllerFactory(organisation=organisation, name="Board", dpo_answer="yes", dpo_name="Not yet")
    established(organisation, controller=controller)
    whole = text(organisation)
    assert "Never established on or before this day" in whole
    assert "Not yet" not in whole


def test_no_officer_is_not_the_same_as_none_recorded(organisation):
    controller = ControllerFactory(organisation=organisation, name="Board")
    establish_details(controller, at=JANUARY, dpo_answer="no", representative_answer="no")
    assert "Representative, Art. 27 None Data protection officer None" in text(organisation)
    establish_details(
        controller, at=MARCH, dpo_answer="", representative_answer="yes", representative_name="R. Present"
    )
    assert "Representative, Art. 27 R. Present Data protection officer Not recorded" in text(organisation)


def test_a_retired_controller_stays_with_the_activities_that_name_it_only(organisation):
    for name in ("In use", "Gone"):
        controller = ControllerFactory(organisation=organisation, name=name)
        establish_details(controller, at=JANUARY)
        Controller.objects.filter(pk=controller.pk).update(retired_on=date(2026, 4, 1))
    established(organisation, controller=Controller.objects.get(name="In use"))
    assert [card.name for card in found(organisation).controllers] == ["In use"]
    assert [card.name for card in found(organisation, FEBRUARY).controllers] == ["Gone", "In use"]


def test_every_controller_has_a_place_that_the_sheets_lead_to(organisation):
    activity = established(organisation)
    html = document.html(found(organisation), "en")
    assert f'href="#controller-{activity.controller_id}"' in html
    assert f'id="controller-{activity.controller_id}"' in html


def test_the_head_of_the_change_log_is_printed(organisation):
    established(organisation)
    head = ChainHead.objects.get(organisation=organisation)
    grouped = " ".join(head.digest[place : place + 4] for place in range(0, 64, 4))
    assert f"{head.number} acts; digest of the last one: {grouped}" in cover(organisation)


def test_the_legend_says_that_article_30_does_not_ask_for_the_basis(organisation):
    assert "Art. 30 does not ask for the lawful basis." in text(organisation)


@pytest.fixture
def with_secrets(organisation):
    activity = filled(organisation, name="Payroll", remarks="Secret remark")
    NoteLineFactory(activity=activity, heading="Column Q", text="Secret note")
    measure = MeasureFactory(organisation=organisation, evidence="Secret evidence", owner="Secret owner")
    MeasureLineFactory(activity=activity, measure=measure, note="Secret explanation")
    DocumentLineFactory(activity=activity, document__title="Secret paper")
    AdviceFactory(organisation=organisation, activity=activity, advice="Secret advice", given_by=UserFactory())
    establish.establish(refreshed(activity), by=None, at=MARCH, reason="Secret reason")
    return organisation


INSIDE = {
    Internal.ADVICE: ("Secret advice",),
    Internal.FINDINGS: ("It is not said who receives the data",),
    Internal.REMARKS: ("Secret remark", "Secret note"),
    Internal.EVIDENCE: ("Secret evidence", "Secret owner", "Secret explanation", "Secret paper"),
}


def test_nothing_for_inside_is_printed_by_default(with_secrets):
    for drafts in (False, True):
        whole = text(with_secrets, drafts=drafts)
        assert "Secret" not in whole
        assert "It is not said" not in whole


@pytest.mark.parametrize("part", list(INSIDE))
def test_an_internal_part_is_printed_when_it_was_chosen_and_alone(with_secrets, part):
    whole = text(with_secrets, internal=(str(part),))
    for key, words in INSIDE.items():
        for word in words:
            assert (word in whole) == (key == part)
    with translation.override("en"):
        chosen = f"Internal parts {part.label}"
    assert chosen in cover(with_secrets, internal=(str(part),))


def test_choosing_an_internal_part_leaves_the_sheets_as_they_are(with_secrets):
    plain, chosen = found(with_secrets), found(with_secrets, internal=tuple(INSIDE))
    sheets = [[part.sheets for part in document.context(one, "en")["parts"]] for one in (plain, chosen)]
    assert sheets[0] == sheets[1]


def test_advice_given_later_is_not_in_the_document_of_an_earlier_day(with_secrets):
    AdviceFactory(organisation=with_secrets, advice="Came in May", given_on=date(2026, 5, 1), given_by=UserFactory())
    assert "Came in May" not in text(with_secrets, date(2026, 4, 1), internal=("advice",))
    assert "Came in May" in text(with_secrets, internal=("advice",))


def test_the_cost_does_not_grow_with_the_number_of_activities(organisation, django_assert_max_num_queries):
    for _ in range(3):
        established(organisation)
    rename(Activity.objects.select_related("organisation").first(), "Other", at=MARCH)
    with django_assert_max_num_queries(12):
        document.html(found(organisation), "en")
