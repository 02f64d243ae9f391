"""Purposes and wordings: made from the register, published by value, and stale when the register moves away."""

from datetime import timedelta

import pytest
from django.utils import translation

from accounts.history import act
from accounts.models import Change
from consent import covering, overview, renewals
from consent.actions import purposes, versions, wordings
from consent.models import ConsentPurpose, WordingVersion
from core import canonical
from core.refusal import Refused
from register.models import Purpose
from tests.consent import desk
from tests.consent.desk import MORNING
from tests.factories.accounts import OrganisationFactory
from tests.factories.consent import ConsentEventFactory, PersonFactory

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(days=3)


@pytest.fixture
def organisation():
    return OrganisationFactory()


def row_of(wording, at=LATER):
    [found] = overview.of([wording.purpose], language="en", at=at)
    return found.wordings[0]


def test_only_a_purpose_of_an_established_activity_that_rests_on_consent_can_be_asked_for(organisation):
    activity, line = desk.established(organisation, basis="f")
    assert purposes.candidates(organisation, on=MORNING.date()) == []
    asked = ConsentPurpose(organisation=organisation, activity=activity, line=line, code="x", name_en="X")
    with pytest.raises(Refused):
        purposes.make(asked, by=None, at=MORNING, on=MORNING.date())
    assert not ConsentPurpose.objects.exists()


def test_publishing_freezes_what_people_see_and_what_stood_behind_it(organisation):
    version = desk.published(organisation)
    assert version.digest == canonical.digest(version.content)
    assert version.content["texts"] == desk.TEXTS
    assert version.content["line"]["en"] == "To mail news"
    assert [one["en"] for one in version.content["controllers"]]
    assert version.content["data"]
    assert version.content["checklist"] == desk.PASSING
    assert version.review_on.isoformat() == "2028-01-06"
    assert Change.objects.get(kind="consent.wording_published").details["digest"] == version.digest


def test_publishing_again_ends_the_version_before_and_numbers_on(organisation):
    first = desk.published(organisation)
    second = desk.publish(first.wording, at=LATER)
    first.refresh_from_db()
    assert (first.valid_until, second.number, second.valid_until) == (LATER, 2, None)
    assert versions.in_use(first.wording, LATER - timedelta(seconds=1)) == first
    assert versions.in_use(first.wording, LATER) == second
    assert versions.in_use(first.wording, MORNING - timedelta(seconds=1)) is None


def test_what_the_checklist_stops_is_not_published(organisation):
    wording = desk.draft(desk.purpose(organisation), checklist=desk.PASSING | {"act": "no"})
    with pytest.raises(Refused):
        desk.publish(wording)
    assert not WordingVersion.objects.exists()


def test_a_draft_that_somebody_changed_meanwhile_is_not_published_unseen(organisation):
    wording = desk.draft(desk.purpose(organisation))
    with pytest.raises(Refused):
        wordings.publish(wording, revision=wording.revision - 1, by=None, at=MORNING, on=MORNING.date())


def test_after_its_end_a_wording_is_shown_to_nobody_and_stays_as_it_is(organisation):
    version = desk.published(organisation)
    wordings.end(version.wording, by=None, at=LATER, on=LATER.date())
    assert versions.in_use(version.wording, LATER) is None
    for attempt in (
        lambda: wordings.save_checklist(version.wording, {}, by=None, at=LATER),
        lambda: desk.publish(version.wording, at=LATER),
    ):
        with pytest.raises(Refused):
            attempt()


def test_a_purpose_that_people_are_still_asked_for_is_not_retired(organisation):
    version = desk.published(organisation)
    purpose = version.wording.purpose
    with pytest.raises(Refused):
        purposes.retire(purpose, by=None, at=LATER, on=LATER.date())
    wordings.end(version.wording, by=None, at=LATER, on=LATER.date())
    purposes.retire(purpose, by=None, at=LATER, on=LATER.date())
    with pytest.raises(Refused):
        desk.draft(ConsentPurpose.objects.get())


def test_what_was_consented_to_no_longer_changes_once_it_was_published(organisation):
    purpose = desk.published(organisation).wording.purpose
    purposes.change(purpose, {"name_en": "News by mail"}, by=None, at=LATER)
    with pytest.raises(Refused):
        purposes.change(purpose, {"kind": "other"}, by=None, at=LATER)
    purpose.refresh_from_db()
    assert (purpose.name_en, purpose.kind) == ("News by mail", "marketing")


def test_nothing_is_stale_while_the_register_stands_still(organisation):
    row = row_of(desk.published(organisation).wording)
    assert (row.moved.breaks, row.moved.notes, row.is_due) == ((), (), False)


@pytest.mark.parametrize(
    ("role", "is_stale"), [("joint_controller", True), ("controller", True), ("processor", False), ("authority", False)]
)
def test_a_new_controller_or_recipient_who_decides_makes_it_stale_and_a_processor_does_not(
    organisation, role, is_stale
):
    wording = desk.published(organisation).wording
    activity = wording.purpose.activity
    desk.recipient(activity, role)
    assert not row_of(wording).moved.is_stale  # a draft is not the record
    desk.establish_again(activity)
    moved = row_of(wording).moved
    assert moved.is_stale == is_stale
    assert any("Post Office" in said for said in (*moved.breaks, *moved.notes)) == (role != "authority")


def test_another_purpose_or_another_basis_makes_it_stale(organisation):
    wording = desk.published(organisation).wording
    activity = wording.purpose.activity
    for change in ({"text_nl": "Om u te volgen"}, {"basis": "f"}):
        line = Purpose.objects.get(activity=activity)
        with act(organisation, by=None, at=MORNING, kind="test.made"):
            for name, value in change.items():
                setattr(line, name, value)
            line.save()
        desk.establish_again(activity)
        assert row_of(wording).moved.is_stale


@pytest.mark.parametrize(
    ("then", "now", "is_stale"),
    [
        (("Nieuws", ""), ("Nieuws", "News"), False),
        (("Nieuws", "News"), ("Nieuws", ""), False),
        (("Nieuws", "News"), ("Nieuws", "Adverts"), True),
        (("Nieuws", ""), ("", "News"), True),
        (("", ""), ("Nieuws", ""), True),
    ],
)
@pytest.mark.parametrize("kind", ["line", "recipients"])
def test_a_translation_that_came_changes_nothing_of_what_is_done(kind, then, now, is_stale):
    same = {"line": {"nl": "Doel", "en": ""}, "controllers": [], "recipients": [], "processors": [], "data": []}
    one, other = ({"id": "", "nl": nl, "en": en} for nl, en in (then, now))
    before, after = ((same | {kind: row if kind == "line" else [row]}) for row in (one, other))
    assert covering.compare(before, after, "en").is_stale == is_stale


def test_what_rests_on_explicit_consent_in_the_register_is_asked_explicitly(organisation):
    wording = desk.draft(desk.purpose(organisation))
    activity = wording.purpose.activity
    with act(organisation, by=None, at=MORNING, kind="test.made"):
        line = Purpose.objects.get(activity=activity)
        line.special_ground = "a"
        line.save()
    desk.establish_again(activity)
    with translation.override("en"), pytest.raises(Refused, match="Art. 9"):
        desk.publish(wording, at=LATER)
    made = ConsentPurpose(organisation=organisation, activity=activity, line=line.pk, code="b", name_en="B")
    assert purposes.make(made, by=None, at=LATER, on=LATER.date()).is_explicit
    assert desk.publish(desk.draft(made), at=LATER).content["purpose"]["is_explicit"]


def test_a_recipient_who_left_leaves_the_consent_covering():
    party = {"id": "1", "nl": "Post", "en": "Post"}
    line = {"id": "2", "nl": "Nieuws", "en": "News"}
    then = {"line": line, "controllers": [], "recipients": [party], "processors": [], "data": []}
    now = then | {"recipients": []}
    assert not covering.compare(then, now, "en").is_stale
    assert covering.compare(now, then, "en").is_stale
    assert covering.compare({"texts": {}}, now, "en") == covering.Moved()


def test_a_version_is_looked_at_again_after_the_term(organisation):
    wording = desk.published(organisation).wording
    assert row_of(wording, at=MORNING.replace(year=2028)).is_due


def test_who_consented_with_an_older_version_is_counted_with_it(organisation):
    version = desk.published(organisation)
    for _number in range(10):
        ConsentEventFactory(wording=version, person=PersonFactory(organisation=organisation), happened_at=MORNING)
    assert renewals.people_on([version], at=LATER) == {version.pk: 10}
    person = PersonFactory(organisation=organisation)
    ConsentEventFactory(wording=version, person=person, happened_at=MORNING)
    ConsentEventFactory(wording=version, person=person, happened_at=LATER, kind=31)
    assert renewals.people_on([version], at=LATER) == {version.pk: 10}
