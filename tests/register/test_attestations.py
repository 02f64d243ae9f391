"""Asking owners whether the register is still true: who is mailed, what is kept of an answer, what a keeper does."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts import verification, wording
from accounts.actions import members
from accounts.models import AccessLink, Change, OutgoingMail
from core.refusal import Refused
from register import timeline
from register.actions import activities, attesting, establish
from register.models import Activity, Attestation, AttestationLine, NoteLine
from tests.factories.accounts import DepartmentFactory, MembershipDepartmentFactory, MembershipFactory, UserFactory
from tests.factories.register import ActivityFactory, AttestationLineFactory
from tests.register.filled import established
from tests.register.sheets import sheet_url, words

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 10, tzinfo=UTC)
DECLINED = {"corrected": True, "outcome": "declined", "settled_at": AT}


@pytest.fixture
def keeper(member):
    return member("privacy_officer")


def owner_of(keeper, role="editor", **fields):
    return MembershipFactory(organisation=keeper.organisation, role=role, **fields).user


def owned(keeper, owner=None, **fields):
    return ActivityFactory(organisation=keeper.organisation, owner=owner or owner_of(keeper), **fields)


def asked(keeper, *rows, at=AT):
    return attesting.ask(list(rows), by=keeper.user, at=at)


def url(keeper, name, *arguments):
    return reverse(f"register:{name}", args=[keeper.organisation.slug, *arguments])


def answered(line, answer, at=AT, **given):
    given = {"state": line.state, "shown": line.activity.draft_digest} | given
    return attesting.answer(line, answer=answer, at=at, **given)


def test_each_owner_gets_one_mail_with_one_link_in_their_own_language(keeper):
    ann, bob = owner_of(keeper, user__language="nl"), owner_of(keeper, user__language="en")
    asked(keeper, owned(keeper, ann, name="Payroll"), owned(keeper, ann, name="Absence"), owned(keeper, bob))
    mails = {mail.recipient: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {ann.email, bob.email}
    assert len(re.findall(r"/still-true/", mails[ann.email].body)) == 1
    assert "- Payroll\n- Absence" in mails[ann.email].body
    assert (mails[ann.email].language, mails[bob.email].language) == ("nl", "en")
    assert "still true" in mails[bob.email].subject
    assert AccessLink.objects.count() == 2


def test_those_who_cannot_be_asked_are_named_with_the_reason(keeper):
    gone = UserFactory()
    rows = [
        ActivityFactory(organisation=keeper.organisation, owner_function="Head of HR"),
        ActivityFactory(organisation=keeper.organisation, owner=gone),
        owned(keeper, ended_on=date(2025, 1, 1), end_reason="Gone"),
        owned(keeper),
    ]
    asked(keeper, rows[3])
    with translation.override("en"):
        questions, refused = asked(keeper, *rows, at=AT + timedelta(days=1))
    assert questions == []
    assert [why_not for _row, why_not in refused] == [
        "It has no owner with an e-mail address.",
        "Its owner is no longer a member.",
        "It has ended.",
        "Its owner was asked already and has not answered yet.",
    ]


def test_asking_again_is_possible_once_the_link_ran_out(keeper):
    row = owned(keeper)
    asked(keeper, row)
    assert len(asked(keeper, row, at=AT + attesting.LASTS)[0]) == 1


def test_the_page_shows_who_will_be_mailed_and_mails_them(client, keeper):
    due = owned(keeper, name="Payroll", review_on=date(2020, 1, 1))
    owned(keeper, name="Not due yet", review_on=date(2099, 1, 1))
    ActivityFactory(organisation=keeper.organisation, name="Nobody's", review_on=date(2020, 1, 1))
    page = client.get(url(keeper, "attestations_ask"))
    assert due.owner.email in page.text
    assert "Nobody&#x27;s" in page.text
    assert "Not due yet" not in page.text
    assert not OutgoingMail.objects.exists()
    response = client.post(url(keeper, "attestations_ask"), {"note": "Before Friday, please"}, follow=True)
    assert "1 owner gets a mail" in words(response)
    assert "Before Friday, please" in OutgoingMail.objects.get().body


def test_ticked_activities_come_from_the_list(client, keeper):
    row, other = owned(keeper, name="Payroll"), owned(keeper, name="Absence")
    chosen = {"act": "attest", "scope": "ticked", "id": str(row.pk)}
    page = client.get(url(keeper, "bulk"), chosen, follow=True)
    assert "Payroll" in page.text
    assert other.owner.email not in page.text
    client.post(url(keeper, "attestations_ask"), {"scope": "ticked", "id": str(row.pk)})
    assert AttestationLine.objects.get().activity == row


def test_an_activity_of_another_organisation_is_never_asked_about(client, keeper):
    elsewhere = MembershipFactory(role="privacy_officer")
    theirs = owned(elsewhere)
    client.post(url(keeper, "attestations_ask"), {"scope": "ticked", "id": str(theirs.pk)})
    assert not Attestation.objects.exists()


def test_a_confirmation_moves_the_review_on_and_is_told_as_an_answer_by_a_link(keeper):
    owner = owner_of(keeper, user__name="Ann Vos")
    row = owned(keeper, owner, owner_function="Head of HR", name="Payroll", review_on=date(2026, 1, 1))
    asked(keeper, row)
    answered(AttestationLine.objects.get(), "confirmed")
    row.refresh_from_db()
    assert (row.reviewed_on, row.review_on) == (date(2026, 6, 1), date(2027, 6, 1))
    change = Change.objects.latest("number")
    with translation.override("en"):
        sentence = wording.of(change)
    assert change.by is None
    assert sentence == f"Answered by the link that was mailed to Ann Vos, Head of HR: {row.code} Payroll is still true"
    assert timeline.changes_of(row).first() == change
    assert list(verification.verify()) == []


def test_the_same_answer_twice_is_one_answer(keeper):
    asked(keeper, owned(keeper))
    line = AttestationLine.objects.get()
    answered(line, "corrected", text="The portal has gone")
    before = Change.objects.count()
    answered(line, "corrected", text="The portal has gone", at=AT + timedelta(hours=1))
    assert Change.objects.count() == before


def test_an_answer_from_a_second_window_does_not_undo_the_first(keeper):
    asked(keeper, owned(keeper))
    early = AttestationLine.objects.get()
    answered(early, "corrected", text="The portal has gone")
    with pytest.raises(Refused), translation.override("en"):
        answered(early, "confirmed")
    assert AttestationLine.objects.get().answer == "corrected"


def test_what_was_changed_while_reading_cannot_be_confirmed(keeper):
    row = owned(keeper)
    asked(keeper, row)
    line = AttestationLine.objects.get()
    activities.set_upkeep([row], owner_function="Head of HR", by=keeper.user, at=AT)
    with pytest.raises(Refused):
        attesting.answer(line, answer="confirmed", state="", shown="", at=AT)
    assert AttestationLine.objects.get().answer == ""


@pytest.mark.parametrize("meanwhile", ["withdrawn", "ended", "another owner", "expired"])
def test_nothing_is_answered_any_more_once_it_is_over(keeper, meanwhile):
    row = owned(keeper)
    questions, _refused = asked(keeper, row)
    line, at = AttestationLine.objects.get(), AT
    if meanwhile == "withdrawn":
        attesting.withdraw(questions[0], by=keeper.user, at=AT)
    elif meanwhile == "ended":
        establish.end(row, on=date(2026, 6, 1), reason="Sold", by=keeper.user, at=AT)
    elif meanwhile == "another owner":
        activities.set_upkeep([row], owner=owner_of(keeper), by=keeper.user, at=AT)
    else:
        at = AT + attesting.LASTS
    with pytest.raises(Refused):
        answered(line, "corrected", text="Too late", at=at)
    assert AttestationLine.objects.get().answer == ""


def test_who_has_not_answered_half_way_is_reminded_once(keeper):
    row = owned(keeper)
    asked(keeper, row)
    later = AT + attesting.REMIND_AFTER
    assert attesting.remind(later - timedelta(seconds=1)) == 0
    assert attesting.remind(later) == 1
    assert attesting.remind(later + timedelta(days=1)) == 0
    assert [mail.stage for mail in OutgoingMail.objects.order_by("created_at")] == ["asked", "reminder"]


def test_who_answered_everything_is_not_reminded(keeper):
    asked(keeper, owned(keeper))
    answered(AttestationLine.objects.get(), "confirmed")
    assert attesting.remind(AT + attesting.REMIND_AFTER) == 0


def test_who_left_is_not_reminded(keeper):
    owner = MembershipFactory(organisation=keeper.organisation, role="editor")
    asked(keeper, owned(keeper, owner.user))
    members.end(owner, by=keeper.user, at=AT)
    assert attesting.remind(AT + attesting.REMIND_AFTER) == 0


def test_a_new_link_makes_the_old_one_worthless_and_works_four_weeks_again(client, keeper):
    asked(keeper, owned(keeper), at=timezone.now())
    question = Attestation.objects.get()
    old = AccessLink.objects.get()
    client.post(url(keeper, "attestation_again", question.pk))
    old.refresh_from_db()
    assert old.revoked_at is not None
    assert AccessLink.objects.filter(revoked_at=None).count() == 1
    assert OutgoingMail.objects.count() == 2


def test_taking_back_revokes_every_link(client, keeper):
    asked(keeper, owned(keeper), at=timezone.now())
    client.post(url(keeper, "attestation_withdraw", Attestation.objects.get().pk))
    assert not AccessLink.objects.filter(revoked_at=None).exists()
    assert client.post(url(keeper, "attestation_again", Attestation.objects.get().pk)).status_code == 409


def test_a_correction_stands_at_the_activity_and_on_the_dashboard_until_it_is_dealt_with(client, keeper):
    row = owned(keeper, name="Payroll")
    line = AttestationLineFactory(activity=row, corrected=True)
    for page in (sheet_url(row), url(keeper, "dashboard"), url(keeper, "attestations")):
        assert url(keeper, "attestation_settle", line.pk) in client.get(page).text
    row.refresh_from_db()
    assert not NoteLine.objects.exists()
    client.post(url(keeper, "attestation_settle", line.pk), {"outcome": "declined", "reason": "It has moved"})
    for page in (sheet_url(row), url(keeper, "dashboard"), url(keeper, "attestations")):
        assert url(keeper, "attestation_settle", line.pk) not in client.get(page).text


def test_a_correction_that_is_taken_over_becomes_a_draft(client, keeper):
    row = established(keeper.organisation, owner=owner_of(keeper), language="en")
    line = AttestationLineFactory(activity=row, corrected=True)
    assert not row.has_changes()
    client.post(url(keeper, "attestation_settle", line.pk), {"outcome": "taken_over"})
    row.refresh_from_db()
    note = NoteLine.objects.get()
    assert row.has_changes()
    assert (note.heading, note.text) == ("Correction by the owner", "The portal has gone")
    assert row.edited_by == keeper.user
    assert "The portal has gone" in client.get(sheet_url(row)).text


def test_a_stop_ends_the_activity_only_when_a_keeper_says_so(client, keeper):
    row = established(keeper.organisation, owner=owner_of(keeper), valid_from=date(2025, 1, 1))
    line = AttestationLineFactory(activity=row, stopped=True)
    assert Activity.objects.get(pk=row.pk).ended_on is None
    given = {"outcome": "taken_over", "on": "2025-12-31", "end_reason": "We sold the shop"}
    client.post(url(keeper, "attestation_settle", line.pk), given)
    row.refresh_from_db()
    assert (row.ended_on, row.end_reason) == (date(2025, 12, 31), "We sold the shop")
    assert Change.objects.latest("number").kind == "activity.ended"


def test_an_editor_cannot_end_by_way_of_an_answer(client, member):
    editor = member("editor")
    row = owned(editor)
    line = AttestationLineFactory(activity=row, stopped=True)
    given = {"outcome": "taken_over", "on": "2026-01-01", "end_reason": "Sold"}
    assert client.post(url(editor, "attestation_settle", line.pk), given).status_code == 422
    assert Activity.objects.get(pk=row.pk).ended_on is None


@pytest.mark.parametrize("given", [{"reason": "x"}, {"outcome": "declined"}, {"outcome": "declined", "reason": "  "}])
def test_leaving_it_as_it_is_needs_a_reason(client, keeper, given):
    line = AttestationLineFactory(activity=owned(keeper), corrected=True)
    assert client.post(url(keeper, "attestation_settle", line.pk), given).status_code == 422
    line.refresh_from_db()
    assert line.outcome == ""


def test_an_answer_is_dealt_with_once(client, keeper):
    line = AttestationLineFactory(activity=owned(keeper), corrected=True)
    address = url(keeper, "attestation_settle", line.pk)
    assert client.post(address, {"outcome": "taken_over"}).status_code == 302
    assert client.post(address, {"outcome": "taken_over"}).status_code == 409
    assert NoteLine.objects.count() == 1


def test_a_member_of_one_department_sees_no_question_about_another(client, member):
    editor = member("editor")
    MembershipDepartmentFactory(membership=editor, department=DepartmentFactory(organisation=editor.organisation))
    line = AttestationLineFactory(activity=owned(editor, name="Payroll"), corrected=True)
    assert "Payroll" not in client.get(url(editor, "attestations")).text
    assert client.get(url(editor, "attestation_settle", line.pk)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_overview_costs_the_same_for_any_number_of_questions(client, keeper, rows, django_assert_num_queries):
    for _ in range(rows):
        AttestationLineFactory(activity=owned(keeper), corrected=True)
    with django_assert_num_queries(9):
        response = client.get(url(keeper, "attestations"))
    assert response.text.count("0 of 1 still true") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_asking_shows_any_number_of_owners_for_the_same_queries(client, keeper, rows, django_assert_num_queries):
    for _ in range(rows):
        owned(keeper, review_on=date(2020, 1, 1))
    with django_assert_num_queries(8):
        client.get(url(keeper, "attestations_ask"))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("register_attestationline_says_what_is_wrong", {"corrected": True, "text": ""}),
        ("register_attestationline_answered_at_a_moment", {"answer": "confirmed"}),
        ("register_attestationline_ended_on_a_day", {"stopped": True, "ended_on": None}),
        ("register_attestationline_settled_once_it_asks_for_something", {"outcome": "taken_over"}),
        ("register_attestationline_declined_for_a_reason", DECLINED),
    ],
)
def test_the_database_refuses_an_answer_that_says_half(keeper, name, fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        AttestationLineFactory(activity=owned(keeper), **fields)
