"""Advice, decisions and endings: who may, what is asked first, and that nobody jumps ahead."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from accounts.models import Change
from breaches.actions import closing, deciding
from breaches.law import Exemption, Involvement, Role
from breaches.models import Decision
from breaches.states import State
from core.refusal import Refused
from tests.breaches.desk import url, words
from tests.factories import breaches as make
from tests.factories.accounts import AT, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
REASON = "The neighbour returned the letter unopened."


@pytest.fixture
def desk(member):
    """`desk(role)`: a breach on the desk of somebody with that role, who reads English."""

    def signed_in(role="privacy_officer", **fields):
        organisation = member(role, user=UserFactory(language="en")).organisation
        return make.BreachFactory(organisation=organisation, **fields)

    return signed_in


def decided(client, breach, about, **given):
    return client.post(url(breach, "decide", about), given)


def ready_to_close(breach):
    """Everything that the law asks of a breach that need not be notified."""
    make.AssessmentFactory(breach=breach)
    make.DecisionFactory(breach=breach, tell=False)
    make.DecisionFactory(breach=breach, about="people", tell=False, exemption=Exemption.NO_HIGH_RISK)


@pytest.mark.parametrize(
    ("about", "given", "kept"),
    [
        ("authority", {"choice": "notify"}, (True, "")),
        ("authority", {"choice": "not_notify"}, (False, "")),
        ("people", {"choice": "tell", "exemption": "other"}, (True, "")),
        ("people", {"choice": "public_notice"}, (False, Exemption.EFFORT)),
        ("people", {"choice": "not_tell", "exemption": "later_measures"}, (False, Exemption.LATER_MEASURES)),
        ("people", {"choice": "not_tell", "exemption": "financial"}, (False, Exemption.FINANCIAL)),
    ],
)
def test_a_decision_is_kept_with_name_reason_moment_and_the_advice_beside_it(client, desk, about, given, kept):
    breach = desk("approver")
    advice = make.AdviceFactory(breach=breach)
    assert decided(client, breach, about, reason=REASON, **given).status_code == 302
    row = Decision.objects.get()
    assert (row.about, row.tell, row.exemption) == (about, *kept)
    assert (row.reason, row.advice, row.breach) == (REASON, advice, breach)
    assert row.by is not None
    assert Change.objects.get(kind="breach.decided").reason == REASON


@pytest.mark.parametrize(
    ("about", "given", "said"),
    [
        ("authority", {"choice": "not_notify", "reason": "  "}, "required"),
        ("authority", {"reason": REASON}, "required"),
        ("authority", {"choice": "perhaps", "reason": REASON}, "not one of the available choices"),
        ("people", {"choice": "not_tell", "reason": REASON}, "on what ground the people are not told"),
        ("people", {"choice": "not_tell", "exemption": "effort", "reason": REASON}, "not one of the available choices"),
    ],
)
def test_a_decision_without_its_reasons_is_none(client, desk, about, given, said):
    breach = desk()
    response = decided(client, breach, about, **given)
    assert response.status_code == 422
    assert said in words(response)
    assert not Decision.objects.exists()


def test_the_dutch_exemptions_are_for_the_netherlands(client, desk):
    breach = desk()
    assert "Dutch financial undertaking" in client.get(url(breach, "decide", "people")).text
    breach.organisation.country = "BE"
    breach.organisation.save_base(raw=True)
    assert "Dutch financial undertaking" not in client.get(url(breach, "decide", "people")).text


def test_the_dpo_advises_and_never_decides(client, desk):
    breach = desk("dpo")
    assert decided(client, breach, "authority", choice="notify", reason=REASON).status_code == 403
    dpo = MembershipFactory(organisation=breach.organisation, role="dpo").user
    with translation.override("en"), pytest.raises(Refused, match="does not decide"):
        deciding.decide(breach, about="authority", tell=True, reason=REASON, by=dpo, at=timezone.now())
    assert not Decision.objects.exists()
    assert client.post(url(breach, "advise"), {"text": "Tell them.\r\nNow."}).status_code == 302
    said = words(client.get(url(breach)))
    assert "Tell them. Now." in said
    assert "The DPO advises and does not decide" in said


@pytest.mark.parametrize("role", ["privacy_officer", "approver", "auditor"])
def test_nobody_else_records_the_advice_of_the_dpo(client, desk, role):
    assert client.post(url(desk(role), "advise"), {"text": "Do nothing."}).status_code == 403


def test_two_deciders_see_one_another(client, desk):
    breach = desk()
    seen = client.get(url(breach, "decide", "authority")).context["form"]["seen"].value() or ""
    deciding.decide(breach, about="authority", tell=True, reason="Theirs", by=UserFactory(name="Ann Other"), at=AT)
    given = {"choice": "not_notify", "reason": "Mine"}
    clash = decided(client, breach, "authority", seen=seen, **given)
    assert clash.status_code == 409
    said = words(clash)
    assert "Somebody decided this while you had the page open" in said
    assert "Theirs" in said
    assert "Ann Other" in said
    assert "Mine" in said
    assert Decision.objects.count() == 1
    seen = clash.context["form"]["seen"].value()
    assert decided(client, breach, "authority", seen=seen, **given).status_code == 302
    assert [row.reason for row in breach.decision_rows.all()] == ["Mine", "Theirs"]
    assert "Earlier decisions" in words(client.get(url(breach)))


def test_a_processor_decides_nothing_about_the_risk(client, desk):
    breach = desk()
    breach.role = Role.PROCESSOR
    breach.save_base(raw=True)
    assert decided(client, breach, "authority", choice="notify", reason=REASON).status_code == 409
    assert not Decision.objects.exists()


def test_the_page_of_a_decision_shows_what_to_weigh(client, desk):
    breach = desk()
    make.AssessmentFactory(breach=breach)
    make.AdviceFactory(breach=breach, text="Better be safe")
    make.DecisionFactory(breach=breach, tell=False)
    said = words(client.get(url(breach, "decide", "people")))
    assert "Notify the authority, Art. 33(1)" in said
    assert "Better be safe" in said
    assert "It was decided not to notify the authority" in said


def test_closing_shows_what_the_law_still_asks_with_the_way_there(client, desk):
    breach = desk()
    page = client.get(url(breach, "close"))
    assert "Assess the risk" in words(page)
    assert url(breach, "section", "effects") in page.text
    assert url(breach, "decide", "people") in page.text
    refused = client.post(url(breach, "close"))
    assert refused.status_code == 409
    assert "Let somebody decide whether the people are told" in words(refused)
    breach.refresh_from_db()
    assert breach.state == State.REPORTED


def test_a_complete_breach_is_closed_kept_for_years_and_opened_again(client, desk):
    breach = desk(complete=True)
    ready_to_close(breach)
    assert client.post(url(breach, "close")).status_code == 302
    breach.refresh_from_db()
    assert (breach.state, breach.closed_at is not None) == (State.CLOSED, True)
    assert breach.details_until.year == timezone.localdate().year + 5
    assert client.get(url(breach, "close")).status_code == 409
    assert client.post(url(breach, "reopen"), {"reason": ""}).status_code == 422
    assert client.post(url(breach, "reopen"), {"reason": "More letters"}).status_code == 302
    breach.refresh_from_db()
    assert (breach.state, breach.closed_at, breach.details_until) == (State.REOPENED, None, None)
    assert client.get(url(breach, "reopen")).status_code == 409


def test_late_is_only_closed_with_the_reason(desk):
    breach = desk(complete=True)
    make.AssessmentFactory(breach=breach)
    make.DecisionFactory(breach=breach)
    make.DecisionFactory(breach=breach, about="people", tell=False, exemption=Exemption.NO_HIGH_RISK)
    make.NotificationFactory(breach=breach, sent_at=breach.aware_at + timedelta(hours=73))
    with translation.override("en"), pytest.raises(Refused, match="later than the deadline"):
        closing.close(breach, by=None, at=timezone.now())


@pytest.mark.parametrize(("page", "state"), [("no_breach", State.NOT_A_BREACH), ("withdraw", State.WITHDRAWN)])
def test_what_is_left_out_of_the_register_says_why(client, desk, page, state):
    breach = desk("approver")
    assert client.post(url(breach, page), {"reason": " "}).status_code == 422
    assert client.post(url(breach, page), {"reason": REASON}).status_code == 302
    breach.refresh_from_db()
    assert (breach.state, breach.outcome_reason) == (state, REASON)
    assert REASON in words(client.get(url(breach)))
    assert client.post(url(breach, page), {"reason": REASON}).status_code == 409


@pytest.mark.parametrize("page", ["no_breach", "withdraw"])
def test_the_dpo_does_not_stop_the_clock_alone(client, desk, page):
    assert client.post(url(desk("dpo"), page), {"reason": REASON}).status_code == 403


def test_what_was_notified_is_not_simply_taken_back(client, desk):
    breach = desk()
    make.NotificationFactory(breach=breach)
    response = client.post(url(breach, "withdraw"), {"reason": REASON})
    assert response.status_code == 409
    assert "Record the withdrawal of that first" in words(response)
    make.NotificationFactory(breach=breach, kind="withdrawal", sent_at=AT + timedelta(days=1))
    assert client.post(url(breach, "withdraw"), {"reason": REASON}).status_code == 302


def test_nothing_is_decided_about_what_is_closed(client, desk):
    breach = desk()
    closing.withdraw(breach, reason=REASON, by=None, at=AT)
    assert decided(client, breach, "authority", choice="notify", reason=REASON).status_code == 409
    assert not Decision.objects.exists()


def test_a_processor_closes_when_every_controller_was_told(desk):
    breach = desk(complete=True)
    breach.role = Role.PROCESSOR
    breach.save_base(raw=True)
    client = make.BreachPartyFactory(breach=breach, involvement=Involvement.CLIENT)
    with translation.override("en"), pytest.raises(Refused, match="each controller"):
        closing.close(breach, by=None, at=AT)
    client.told_at = AT
    client.save_base(raw=True)
    assert closing.close(breach, by=None, at=AT).state == State.CLOSED
