"""Living with a finding: by whom, why, until when; and which rules count here."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from accounts import history
from accounts.models import Change
from accounts.wording import of
from core.refusal import Refused
from register import findings
from register.actions.findings import accept, switch, withdraw
from register.models import Finding, FindingAcceptance
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.register import ActivityFactory
from tests.register import ruling
from tests.register.filled import refreshed

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
TODAY = AT.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def finding():
    with ruling.only(R901=ruling.no_reference):
        activity = refreshed(ActivityFactory())
        yield Finding.objects.get(activity=activity)


def seen(finding, on):
    return list(findings.shown(MembershipFactory(organisation=finding.organisation), on))


def test_an_accepted_finding_no_longer_stands_but_can_be_seen_with_its_reason(finding):
    officer = UserFactory()
    [acceptance] = accept([finding], by=officer, at=AT, reason="Small risk")
    assert seen(finding, TODAY) == []
    [shown] = Finding.objects.of(finding.organisation).accepted(TODAY)
    assert (shown.acceptance.reason, shown.acceptance.by, shown.acceptance.until) == ("Small risk", officer, None)
    with override("en"):
        assert of(Change.objects.get(kind="findings.accepted")) == "Accepted 1 finding (R901)"
    assert acceptance.activity_id == finding.activity_id


def test_an_acceptance_lapses_on_its_day(finding):
    accept([finding], by=None, at=AT, reason="Being mended", until=date(2026, 4, 1))
    assert seen(finding, date(2026, 3, 31)) == []
    assert seen(finding, date(2026, 4, 1)) == [finding]
    accept([finding], by=None, at=AT + timedelta(days=40), reason="Takes longer", until=date(2026, 5, 1))
    assert seen(finding, date(2026, 4, 11)) == []
    assert FindingAcceptance.objects.filter(closed_at=None).count() == 1
    with override("en"):
        latest = Change.objects.filter(kind="findings.accepted").order_by("-number")[0]
        assert of(latest) == "Accepted 1 finding (R901) until 1 May 2026"


def test_an_acceptance_holds_when_the_finding_goes_and_comes_back(finding):
    accept([finding], by=None, at=AT, reason="Small risk")
    activity = finding.activity
    for reference in ("A1", ""):
        with history.act(activity.organisation, by=None, at=LATER, kind="activity.section_saved"):
            activity.reference = reference
            activity.save()
        refreshed(activity)
    assert list(Finding.objects.of(finding.organisation).present().accepted(TODAY)) == [finding]


def test_an_acceptance_can_be_withdrawn_once(finding):
    [acceptance] = accept([finding], by=None, at=AT, reason="Small risk")
    withdraw([acceptance], by=None, at=LATER, reason="The risk grew")
    assert seen(finding, TODAY) == [finding]
    acceptance.refresh_from_db()
    assert (acceptance.closed_at, acceptance.close_reason) == (LATER, "The risk grew")
    with override("en"):
        assert of(Change.objects.get(kind="findings.acceptance_withdrawn")) == "No longer accepted 1 finding (R901)"
        with pytest.raises(Refused, match="withdrawn already"):
            withdraw([acceptance], by=None, at=LATER)


@pytest.mark.parametrize(
    ("given", "message"),
    [({"reason": " "}, "Say why"), ({"reason": "x", "until": TODAY}, "must lie in the future")],
)
def test_accepting_asks_for_a_reason_and_a_day_to_come(finding, given, message):
    with override("en"), pytest.raises(Refused, match=message):
        accept([finding], by=None, at=AT, **given)
    assert not FindingAcceptance.objects.exists()


def test_a_finding_has_one_open_acceptance(finding):
    [acceptance] = accept([finding], by=None, at=AT, reason="Small risk")
    acceptance.pk = None
    going_on = history.act(finding.organisation, by=None, at=LATER, kind="findings.accepted")
    with pytest.raises(IntegrityError), transaction.atomic(), going_on:
        acceptance.save(force_insert=True)


@pytest.mark.parametrize(
    ("code", "on", "reason", "message"),
    [
        ("R901", False, "", "Say why this rule"),
        ("Q1", True, "", "no such rule"),
        ("R", False, "Too many", "as a whole stay on"),
    ],
)
def test_switching_asks_for_a_rule_and_a_reason(finding, code, on, reason, message):
    with override("en"), pytest.raises(Refused, match=message):
        switch(finding.organisation, code, on=on, by=None, at=AT, reason=reason)


def test_switching_is_an_act_with_a_sentence(finding):
    switch(finding.organisation, "R901", on=False, by=None, at=AT, reason="We have no references")
    switch(finding.organisation, "L", on=True, by=None, at=LATER)
    with override("en"):
        said = [of(change) for change in Change.objects.filter(kind="rules.switched").order_by("number")]
    assert said == ["Switched off rule R901", "Switched on the rules about “Lawfulness (Art. 5-11)”"]
