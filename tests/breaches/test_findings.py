"""What the rules B001-B012 find of a breach on a day, and who reads it where."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import history
from breaches.actions import closing, facts
from breaches.kinds import Cause, Reporter
from breaches.law import Authority, Conclusion, Exemption, Known, Role
from breaches.room import DataBreaches
from breaches.rules import SAID
from breaches.states import State
from register import legal
from register.actions.findings import switch
from register.checks import storing
from register.checks.speaking import spoken, stored
from register.models import Finding
from tests.breaches.desk import url, words
from tests.factories import breaches as make
from tests.factories.accounts import AT, ControllerFactory, OrganisationFactory, UserFactory
from tests.factories.register import ActivityFactory

pytestmark = pytest.mark.django_db
SAME_DAY, NEXT_DAY, AFTER_A_DAY, OVERDUE = (date(2026, 1, day) for day in (5, 6, 7, 9))
"""AT is the fifth at nine: what is late is so from the midnight after it."""
LATE = AT + timedelta(hours=80)


def said(organisation, on=OVERDUE):
    """[(rule, outcome)] about an organisation."""
    return [(id, verdict.outcome.value) for id, verdict in DataBreaches().findings_of(organisation, on=on)]


def rules_of(breach, on=OVERDUE):
    return {id for id, _outcome in said(breach.organisation, on)}


def quiet(**fields):
    """A breach about which no rule has anything to say."""
    breach = make.BreachFactory(complete=True, **fields)
    make.AssessmentFactory(breach=breach, suggestion=Conclusion.REGISTER)
    make.DecisionFactory(breach=breach, tell=False)
    make.DecisionFactory(breach=breach, about="people", tell=False, exemption=Exemption.NO_HIGH_RISK)
    return breach


def test_a_breach_that_is_in_order_gives_no_finding():
    assert said(quiet().organisation) == []


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (SAME_DAY, [("B001", "unknown")]),
        (NEXT_DAY, [("B001", "unknown")]),
        (AFTER_A_DAY, [("B001", "unknown"), ("B002", "fails")]),
        (OVERDUE, [("B001", "fails"), ("B002", "fails"), ("B003", "fails")]),
    ],
)
def test_the_longer_nobody_does_anything_the_more_is_found(on, expected):
    assert said(make.BreachFactory().organisation, on) == expected


@pytest.mark.parametrize(
    "fields",
    [
        {"is_drill": True},
        {"state": State.WITHDRAWN, "closed_at": AT, "outcome_reason": "Twice"},
        {"state": State.NOT_A_BREACH, "closed_at": AT, "outcome_reason": "No personal data"},
    ],
)
def test_drills_and_what_is_not_on_the_register_give_no_findings(fields):
    breach = make.BreachFactory(cause=Cause.PHISHING, **fields)
    hit = make.BreachActivityFactory(breach=breach)
    assert said(breach.organisation) == []
    assert list(DataBreaches().findings([hit.activity_id], on=OVERDUE)) == []


def test_a_processor_has_nothing_to_assess_notify_or_tell():
    breach = make.BreachFactory(role=Role.PROCESSOR, reporter=Reporter.PROCESSOR, is_cross_border=Known.YES)
    assert rules_of(breach) == {"B001"}


def test_a_decision_to_notify_is_no_notification_and_a_late_one_asks_for_the_reason():
    breach = quiet()
    make.DecisionFactory(breach=breach, at=AT + timedelta(hours=2))
    assert rules_of(breach) == {"B003"}
    make.NotificationFactory(breach=breach, at=LATE)
    assert rules_of(breach) == {"B004"}
    breach = facts.change(breach, {"late_reason": "Nobody was there."}, by=None, at=LATE, section="aware")
    assert rules_of(breach) == set()


def test_the_time_that_the_law_gives_is_that_of_the_day_of_awareness(monkeypatch):
    breach = quiet()
    make.DecisionFactory(breach=breach, at=AT + timedelta(hours=2))
    facts_of = legal.facts
    longer = {"breach-deadline": "96"}

    class Longer:
        def __init__(self, fact):
            self.fact, self.code = fact, fact.code

        def on(self, day):
            found = self.fact.on(day)
            return SimpleNamespace(value=longer[self.code]) if self.code in longer else found

    monkeypatch.setattr(legal, "facts", lambda organisation: [Longer(fact) for fact in facts_of(organisation)])
    assert rules_of(breach) == set()
    assert rules_of(breach, date(2026, 1, 10)) == {"B003"}


@pytest.mark.parametrize(
    ("suggestion", "decision", "told", "found"),
    [
        (Conclusion.PEOPLE, None, None, {"B006"}),
        (Conclusion.PEOPLE, None, {}, set()),
        (Conclusion.AUTHORITY, None, None, set()),
        (Conclusion.AUTHORITY, {"tell": True}, None, {"B006"}),
        (Conclusion.PEOPLE, {"tell": True}, {}, set()),
        (Conclusion.PEOPLE, {"tell": False, "exemption": Exemption.UNINTELLIGIBLE}, None, set()),
        (Conclusion.PEOPLE, {"tell": False, "exemption": Exemption.OTHER}, None, {"B006"}),
        (Conclusion.AUTHORITY, {"tell": False, "exemption": Exemption.OTHER}, None, set()),
        (Conclusion.PEOPLE, {"tell": False, "exemption": Exemption.EFFORT}, {}, {"B006"}),
        (Conclusion.PEOPLE, {"tell": False, "exemption": Exemption.EFFORT}, {"is_public": True}, set()),
        (Conclusion.PEOPLE, {"tell": False, "exemption": Exemption.FINANCIAL}, None, {"B012"}),
    ],
)
def test_people_at_high_risk_are_told_unless_an_exception_covers_it(suggestion, decision, told, found):
    breach = make.BreachFactory(complete=True)
    make.AssessmentFactory(breach=breach, suggestion=suggestion)
    make.DecisionFactory(breach=breach, tell=False)
    if decision:
        make.DecisionFactory(breach=breach, about="people", **decision)
    if told is not None:
        make.CommunicationFactory(breach=breach, **told)
    assert rules_of(breach) == found


@pytest.mark.parametrize(
    ("follow_up_on", "found"),
    [(None, [("B007", "unknown")]), (OVERDUE, []), (AFTER_A_DAY, [("B007", "fails")])],
)
def test_a_follow_up_is_overdue_after_its_day(follow_up_on, found):
    breach = quiet()
    make.NotificationFactory(breach=breach, is_complete=False, follow_up_on=follow_up_on)
    assert said(breach.organisation) == found


def test_a_withdrawal_at_one_authority_leaves_what_the_other_still_awaits():
    breach = quiet()
    make.NotificationFactory(breach=breach, authority=Authority.GBA, is_complete=False, follow_up_on=AFTER_A_DAY)
    make.NotificationFactory(breach=breach, at=AT + timedelta(hours=2))
    make.NotificationFactory(breach=breach, at=AT + timedelta(hours=3), kind="withdrawal")
    assert rules_of(breach) == {"B007"}


def test_each_competent_authority_is_notified_in_time():
    breach = quiet()
    make.DecisionFactory(breach=breach, at=AT + timedelta(hours=2))
    for authority in ("AP", "GBA"):
        controller = ControllerFactory(organisation=breach.organisation, authority=authority)
        activity = ActivityFactory(organisation=breach.organisation, controller=controller)
        make.BreachActivityFactory(breach=breach, activity=activity)
    make.NotificationFactory(breach=breach)
    assert rules_of(breach) == {"B003"}
    make.NotificationFactory(breach=breach, authority=Authority.GBA)
    assert rules_of(breach) == set()


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"reporter": Reporter.PROCESSOR}, {"B008"}),
        ({"reporter": Reporter.PROCESSOR, "processor_told_at": AT}, set()),
        ({"is_cross_border": Known.YES}, {"B009"}),
        ({"is_cross_border": Known.YES, "lead_authority": "GBA"}, set()),
        ({"is_cross_border": Known.NO}, set()),
    ],
)
def test_what_is_asked_of_processors_and_across_borders(fields, found):
    assert rules_of(quiet(**fields)) == found


def test_an_activity_is_to_be_reviewed_after_a_breach_that_was_closed():
    breach = quiet()
    activity = ActivityFactory(organisation=breach.organisation)
    make.BreachActivityFactory(breach=breach, activity=activity)
    ask = lambda: [id for id, *_rest in DataBreaches().findings([activity.pk], on=OVERDUE)]  # noqa: E731
    assert ask() == []
    closing.close(breach, by=None, at=LATE)
    assert ask() == ["B010"]
    for day, found in ((date(2026, 1, 4), ["B010"]), (date(2026, 1, 5), [])):
        type(activity).objects.filter(pk=activity.pk).update(reviewed_on=day)
        assert ask() == found


def test_three_breaches_of_one_cause_in_a_year_ask_for_a_lasting_measure():
    organisation = OrganisationFactory()
    moments = [AT - timedelta(days=days) for days in (400, 200, 100)]
    for number, moment in enumerate(moments, 1):
        quiet(organisation=organisation, number=number, cause=Cause.PHISHING, aware_at=moment, first_signal_at=None)
    for number in (8, 9):
        quiet(organisation=organisation, number=number, cause=Cause.UNKNOWN)
    assert said(organisation) == []
    last = quiet(organisation=organisation, number=4, cause=Cause.PHISHING)
    quiet(organisation=organisation, number=10, cause=Cause.UNKNOWN)
    [(id, verdict)] = DataBreaches().findings_of(organisation, on=OVERDUE)
    assert (id, verdict.cause) == ("B011", ("breach", last.pk))
    assert verdict.parameters["codes"] == ["B-2", "B-3", "B-4"]
    assert said(organisation, date(2026, 7, 20)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_judging_breaches_costs_the_same_for_any_number(rows, django_assert_num_queries):
    organisation = OrganisationFactory()
    for number in range(rows):
        breach = make.BreachFactory(organisation=organisation, aware_at=AT + timedelta(days=number))
        for row in (make.AssessmentFactory, make.DecisionFactory, make.NotificationFactory, make.CommunicationFactory):
            row(breach=breach)
        controller = ControllerFactory(organisation=organisation)
        make.BreachActivityFactory(breach=breach, activity__controller=controller)
    with django_assert_num_queries(12):
        said(organisation)


def test_a_message_names_the_number_and_nothing_of_the_breach():
    breach = make.BreachFactory(title="Lost laptop", cause=Cause.PHISHING, facts="Mr Jones lost it", complete=True)
    for id, about in SAID.items():
        given = {"lacking": ["x"], "hours": 1, "day": OVERDUE, "count": 3, "months": 12, "codes": [breach.code]}
        message = spoken(about["message"], stored(given | {"code": breach.code}))
        assert breach.code in message, id
    for _id, verdict in DataBreaches().findings_of(breach.organisation, on=OVERDUE):
        assert set(verdict.parameters) <= {"code", "lacking", "hours", "day", "count", "months", "codes"}


def test_what_is_found_follows_each_act_without_a_page_waiting_for_it():
    breach = quiet()
    hit = make.BreachActivityFactory(breach=breach)
    moments = iter(AT + timedelta(days=10, hours=hour) for hour in range(9))

    def stored_now():
        storing.catch_up(breach.organisation, next(moments))
        return sorted(finding.rule for finding in Finding.objects.present().filter(group="B"))

    assert stored_now() == []
    facts.change(breach, {"effects": ""}, by=None, at=next(moments), section="effects")
    assert stored_now() == ["B001"]
    facts.change(breach, {"effects": "None"}, by=None, at=next(moments), section="effects")
    closing.close(breach, by=None, at=next(moments))
    assert stored_now() == ["B010"]
    closing.reopen(breach, reason="More came", by=None, at=next(moments))
    assert stored_now() == []
    assert hit.activity.findings.filter(rule="B010").exclude(gone_at=None).exists()


def test_a_breach_counts_for_an_imported_activity_too_unless_its_group_is_off():
    breach = quiet()
    with history.act(breach.organisation, by=None, at=AT, kind="register.imported"):
        activity = ActivityFactory(organisation=breach.organisation)
    make.BreachActivityFactory(breach=breach, activity=activity)
    closing.close(breach, by=None, at=LATE)
    storing.catch_up(breach.organisation, LATE)
    assert activity.findings.present().filter(rule="B010").exists()
    switch(breach.organisation, "B", on=False, reason="Another tool", by=None, at=LATE)
    storing.catch_up(breach.organisation, LATE + timedelta(days=1))
    assert not Finding.objects.present().filter(group="B").exists()


def late(organisation):
    """A breach that was overdue yesterday, with what the rules store of it."""
    hit = make.BreachActivityFactory(
        breach__organisation=organisation,
        breach__title="Lost laptop",
        breach__first_signal_at=None,
        breach__aware_at=timezone.now() - timedelta(hours=120),
    )
    storing.catch_up(organisation, timezone.now())
    return hit


def test_the_sheet_and_the_findings_lead_to_the_breach_for_who_may_see_it(client, member):
    hit = late(member("dpo", user=UserFactory(language="en")).organisation)
    sheet = client.get(reverse("register:activity", args=[hit.organisation.slug, hit.activity_id]))
    message = f"72 hours have passed, and data breach {hit.breach.code} was not notified."
    assert message in words(sheet)
    assert "Notify it with the reason for the delay" in words(sheet)
    listed = client.get(reverse("register:findings", args=[hit.organisation.slug]), {"group": "B"})
    assert message in words(listed)
    one = client.get(reverse("register:finding_rule", args=[hit.organisation.slug, "B003"]))
    assert message in words(one)
    assert f'href="{url(hit.breach)}"' in one.text


def test_who_may_not_see_breaches_reads_the_number_and_no_more(client, member):
    hit = late(member("editor", user=UserFactory(language="en")).organisation)
    sheet = client.get(reverse("register:activity", args=[hit.organisation.slug, hit.activity_id]))
    listed = client.get(reverse("register:findings", args=[hit.organisation.slug]))
    one = client.get(
        reverse("register:finding_rule", args=[hit.organisation.slug, "B003"]), {"cause": f"breach:{hit.breach_id}"}
    )
    assert f"data breach {hit.breach.code} was not notified" in words(listed)
    assert f"data breach {hit.breach.code} was not notified" in words(one)
    assert hit.breach.code not in words(sheet)
    assert not any("Lost laptop" in page.text for page in (sheet, listed, one))
    assert url(hit.breach) not in one.text
