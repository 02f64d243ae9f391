"""The page of an owner who was asked by mail, as they see it on their phone."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.models import Change, Membership, OutgoingMail
from register.actions import activities, attesting, establish
from register.models import Activity, AttestationLine
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.register import ActivityFactory
from tests.register.filled import filled
from tests.register.sheets import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def owner():
    return MembershipFactory(role="editor", organisation__name="Primrose Hill", user__name="Ann Vos")


def asked(owner, *rows):
    """The address in the mail."""
    attesting.ask(list(rows), by=UserFactory(), at=timezone.now())
    return re.search(r"http://testserver(/still-true/\S+)", OutgoingMail.objects.latest("created_at").body)[1]


def owned(owner, **fields):
    return ActivityFactory(organisation=owner.organisation, owner=owner.user, **fields)


def sent(response, line, answer, **fields):
    """What a button of the page that was opened sends."""
    line = AttestationLine.objects.get(activity=line)
    block = response.text.partition(f'id="{line.activity.code}"')[2].partition("</section>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(line|state|shown)" value="([^"]*)"', block))
    return hidden | {"answer": answer} | {f"{line.pk}-{name}": value for name, value in fields.items()}


def test_the_list_is_readable_without_an_account_and_opening_changes_nothing(client, owner):
    row = filled(owner.organisation, owner=owner.user, name="Payroll", remarks="Between us", review_on=date(2026, 1, 1))
    address = asked(owner, row)
    before = Change.objects.count()
    page = client.get(address)
    assert page.status_code == 200
    assert "Primrose Hill" in page.text
    assert "Payroll" in page.text
    assert "Between us" not in page.text
    assert Change.objects.count() == before


def test_only_what_was_asked_is_shown_and_only_of_this_owner(client, owner):
    other = MembershipFactory(organisation=owner.organisation)
    ActivityFactory(organisation=owner.organisation, owner=other.user, name="Of another")
    owned(owner, name="Not asked about")
    text = client.get(asked(owner, owned(owner, name="Payroll"))).text
    assert "Of another" not in text
    assert "Not asked about" not in text


def test_a_confirmation_is_kept_and_shown(client, owner):
    row = owned(owner, review_on=date(2026, 1, 1))
    address = asked(owner, row)
    page = client.get(address)
    response = client.post(address, sent(page, row, "confirmed"))
    assert response.status_code == 302
    assert response.url == f"{address}#{row.code}"
    after = words(client.get(address))
    assert "Thank you, that was all" in after
    row.refresh_from_db()
    assert row.reviewed_on == timezone.localdate()


def test_a_correction_says_what_is_wrong(client, owner):
    row = owned(owner)
    address = asked(owner, row)
    page = client.get(address)
    refused = client.post(address, sent(page, row, "corrected", text="  "))
    assert refused.status_code == 422
    assert AttestationLine.objects.get().answer == ""
    client.post(address, sent(page, row, "corrected", text="The portal has gone <b>away</b>"))
    assert AttestationLine.objects.get().text == "The portal has gone <b>away</b>"
    assert "&lt;b&gt;away" in client.get(address).text


def test_a_stop_proposes_and_ends_nothing(client, owner):
    row = owned(owner, started_on=date(2020, 1, 1))
    address = asked(owner, row)
    page = client.get(address)
    early = client.post(address, sent(page, row, "ended", ended_on="2019-01-01", text="Sold"))
    assert early.status_code == 422
    client.post(address, sent(page, row, "ended", ended_on="2025-12-31", text="Sold"))
    assert AttestationLine.objects.get().ended_on == date(2025, 12, 31)
    assert Activity.objects.get(pk=row.pk).ended_on is None


def test_an_old_window_gets_a_plain_no(client, owner):
    row = owned(owner)
    address = asked(owner, row)
    early = client.get(address)
    client.post(address, sent(early, row, "corrected", text="The portal has gone"))
    late = client.post(address, sent(early, row, "confirmed"))
    assert late.status_code == 409
    assert "answered in another window" in words(late)
    assert AttestationLine.objects.get().answer == "corrected"
    assert client.post(address, sent(early, row, "corrected", text="The portal has gone")).status_code == 302


def test_an_answer_can_be_changed_until_it_is_dealt_with(client, owner):
    row = owned(owner)
    address = asked(owner, row)
    client.post(address, sent(client.get(address), row, "corrected", text="The portal has gone"))
    client.post(address, sent(client.get(address), row, "confirmed"))
    assert AttestationLine.objects.get().answer == "confirmed"


@pytest.mark.parametrize("over", ["withdrawn", "expired", "no longer a member", "account closed"])
def test_once_it_is_over_the_link_tells_nothing(client, owner, over):
    row = owned(owner)
    address = asked(owner, row)
    page = client.get(address)
    question = AttestationLine.objects.get().attestation
    if over == "withdrawn":
        attesting.withdraw(question, by=None, at=timezone.now())
    elif over == "expired":
        type(question.organisation.access_links.get()).objects.update(
            created_at=timezone.now() - timedelta(days=2), expires_at=timezone.now() - timedelta(days=1)
        )
    elif over == "no longer a member":
        Membership.objects.filter(pk=owner.pk).update(valid_until=date(2021, 1, 1))
    else:
        type(owner.user).objects.filter(pk=owner.user_id).update(is_active=False)
    for response in (client.get(address), client.post(address, sent(page, row, "confirmed"))):
        assert response.status_code == 410
        assert "Primrose Hill" not in response.text
    assert AttestationLine.objects.get().answer == ""


def test_what_is_no_longer_theirs_leaves_the_list(client, owner):
    first, second, third = owned(owner, name="Payroll"), owned(owner, name="Absence"), owned(owner, name="Camera")
    address = asked(owner, first, second, third)
    establish.end(second, on=date(2026, 6, 1), reason="Sold", by=None, at=timezone.now())
    other = MembershipFactory(organisation=owner.organisation)
    activities.set_upkeep([third], owner=other.user, by=None, at=timezone.now())
    text = words(client.get(address))
    assert "Payroll" in text
    assert "Absence" not in text
    assert "Camera" not in text
    assert "2 activities you were asked about" in text


def test_the_page_speaks_the_language_of_its_owner_until_another_is_chosen(client, owner):
    owner.user.language = "nl"
    owner.user.save()
    address = asked(owner, owned(owner))
    assert '<html lang="nl"' in client.get(address, headers={"accept-language": "en"}).text
    client.cookies["django_language"] = "en"
    assert '<html lang="en"' in client.get(address).text


LOST = [{}, {"answer": "confirmed"}, {"answer": "nonsense"}, {"line": "x", "answer": "ended"}]


@pytest.mark.parametrize("given", LOST)
def test_a_form_that_lost_a_piece_changes_nothing(client, owner, given):
    address = asked(owner, owned(owner))
    assert client.post(address, given).status_code == 200
    assert AttestationLine.objects.get().answer == ""


def test_a_line_of_another_question_cannot_be_answered(client, owner):
    mine, other = owned(owner), MembershipFactory(organisation=owner.organisation)
    theirs = ActivityFactory(organisation=owner.organisation, owner=other.user)
    attesting.ask([theirs], by=None, at=timezone.now())
    line = AttestationLine.objects.get()
    given = {"line": str(line.pk), "state": "", "shown": theirs.draft_digest, "answer": "confirmed"}
    client.post(asked(owner, mine), given)
    assert AttestationLine.objects.get(pk=line.pk).answer == ""


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_activities(client, owner, rows, django_assert_num_queries):
    address = asked(owner, *(filled(owner.organisation, owner=owner.user) for _ in range(rows)))
    client.get(address)
    with django_assert_num_queries(18):
        response = client.get(address)
    assert response.text.count("still-card") == rows
