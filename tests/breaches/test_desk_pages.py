"""The list of breaches and the page of one: what each shows, to whom, and what it costs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from breaches import sealing
from breaches.kinds import DataKind, Kind
from breaches.law import Involvement, Role
from breaches.states import State
from tests.breaches.desk import list_url, url, words
from tests.factories import breaches as make
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
SEES = [("privacy_officer", True), ("dpo", True), ("approver", False), ("auditor", False)]


@pytest.fixture
def desk(member, client):
    """`desk(role)`: somebody with that role, who reads English."""

    def signed_in(role="privacy_officer"):
        return member(role, user=UserFactory(language="en"))

    return signed_in


def aware(organisation, *, hours, **fields):
    """A breach of which somebody became aware so many hours ago."""
    moment = timezone.now() - timedelta(hours=hours, minutes=1)
    return make.BreachFactory(organisation=organisation, first_signal_at=moment, aware_at=moment, **fields)


def test_the_breach_with_least_time_left_stands_on_top(client, desk):
    organisation = desk().organisation
    aware(organisation, hours=5, title="Fresh")
    late = aware(organisation, hours=80, title="Forgotten")
    aware(organisation, hours=60, title="Pressing")
    told = aware(organisation, hours=100, title="Told long ago")
    make.NotificationFactory(breach=told, sent_at=told.aware_at + timedelta(hours=3))
    said = words(client.get(list_url(organisation)))
    order = [said.index(name) for name in ("Forgotten", "Pressing", "Fresh", "Told long ago")]
    assert order == sorted(order)
    assert "8 hours late" in said
    assert "11 hours left" in said
    assert "66 hours left" in said
    assert "Notified in time" in said
    assert late.code in said


def test_a_withdrawn_notification_lets_the_clock_run_again(client, desk):
    breach = aware(desk().organisation, hours=10)
    make.NotificationFactory(breach=breach, sent_at=breach.aware_at + timedelta(hours=1))
    make.NotificationFactory(breach=breach, kind="withdrawal", sent_at=breach.aware_at + timedelta(hours=2))
    assert "61 hours left" in words(client.get(list_url(breach.organisation)))


def test_only_a_reasoned_decision_not_to_notify_stops_the_clock(client, desk):
    organisation = desk().organisation
    notify, refrain = aware(organisation, hours=10), aware(organisation, hours=20)
    make.DecisionFactory(breach=notify, tell=True)
    make.DecisionFactory(breach=refrain, tell=False)
    assert "left to notify the authority" in words(client.get(url(notify)))
    assert "Not notified, for a reason" in words(client.get(url(refrain)))


def test_each_list_holds_its_own(client, desk):
    organisation = desk().organisation
    closed = {"closed_at": timezone.now(), "outcome_reason": "Somebody looked again."}
    make.BreachFactory(organisation=organisation, title="Still open")
    make.BreachFactory(organisation=organisation, title="Long closed", state=State.CLOSED, **closed)
    make.BreachFactory(organisation=organisation, title="A false alarm", state=State.NOT_A_BREACH, **closed)
    make.BreachFactory(organisation=organisation, title="Taken back", state=State.WITHDRAWN, **closed)
    make.BreachFactory(organisation=organisation, title="Only practice", is_drill=True)
    titles = {"Still open", "Long closed", "A false alarm", "Taken back", "Only practice"}
    shown = {
        tab: {title for title in titles if title in words(client.get(list_url(organisation), {"tab": tab}))}
        for tab in ("open", "register", "not_a_breach", "withdrawn", "drills", "absurd")
    }
    assert shown == {
        "open": {"Still open"},
        "register": {"Still open", "Long closed"},
        "not_a_breach": {"A false alarm"},
        "withdrawn": {"Taken back"},
        "drills": {"Only practice"},
        "absurd": {"Still open"},
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "letter"}, {"Letter"}),
        ({"q": "B-7"}, {"Phone"}),
        ({"q": "7"}, {"Phone"}),
        ({"kind": "availability"}, {"Phone"}),
        ({"kind": "no such kind"}, {"Letter", "Phone"}),
        ({"cause": "hacking"}, set()),
        ({"state": "reported"}, {"Letter", "Phone"}),
        ({"q": "\0%'"}, set()),
    ],
)
def test_the_list_is_searched_and_filtered(client, desk, asked, found):
    organisation = desk().organisation
    make.BreachFactory(organisation=organisation, number=3, title="Letter", kinds=[Kind.CONFIDENTIALITY])
    make.BreachFactory(organisation=organisation, number=7, title="Phone", kinds=[Kind.AVAILABILITY])
    said = words(client.get(list_url(organisation), asked)).partition("Main menu")[0]
    assert {name for name in ("Letter", "Phone") if f" {name} " in said} == found


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(client, desk, django_assert_num_queries, rows):
    organisation = desk().organisation
    for number in range(rows):
        breach = aware(organisation, hours=10 + 30 * number)
        make.NotificationFactory(breach=breach)
    client.get(list_url(organisation))
    with django_assert_num_queries(13):
        client.get(list_url(organisation))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_rows(client, desk, django_assert_num_queries, rows):
    breach = make.BreachFactory(organisation=desk().organisation, countries=["DE"])
    sealing.seal(breach, {"report.happened": "Mrs Jones rang"})
    for number in range(rows):
        make.BreachActivityFactory(breach=breach)
        make.BreachSystemFactory(breach=breach)
        make.BreachPartyFactory(breach=breach)
        make.BreachFactory(organisation=breach.organisation, processor=breach.breachparty_rows.first().party)
        make.AssessmentFactory(breach=breach, number=number + 1, by=UserFactory())
        make.AdviceFactory(breach=breach, by=UserFactory())
        make.DecisionFactory(breach=breach, by=UserFactory())
        make.DecisionFactory(breach=breach, about="people", by=UserFactory())
        make.NotificationFactory(breach=breach)
        make.CommunicationFactory(breach=breach)
        make.MeasureFactory(breach=breach, owner=UserFactory())
        make.OtherNoticeFactory(breach=breach)
        entry = make.LogEntryFactory(breach=breach, by=UserFactory())
        sealing.seal(breach, {str(entry.pk): "Rang the neighbour"})
    client.get(url(breach))
    with django_assert_num_queries(30):
        client.get(url(breach))


def test_the_page_says_what_is_known_and_what_is_not(client, desk):
    breach = make.BreachFactory(
        organisation=desk().organisation,
        facts="A letter came to the neighbours.",
        data_kinds=[DataKind.NAME, DataKind.HEALTH, "gone_kind"],
        people_min=2,
        people_max=1500,
        records_min=3,
    )
    said = words(client.get(url(breach)))
    for expected in ("A letter came to the neighbours.", "Health", "gone_kind", "2 to 1,500", "at least 3"):
        assert expected in said
    assert "Not known" in said
    assert "Let somebody decide whether the authority is notified" in said


def test_the_processor_has_no_clock_and_judges_no_risk(client, desk):
    breach = make.BreachFactory(organisation=desk().organisation, role=Role.PROCESSOR)
    make.BreachPartyFactory(breach=breach, involvement=Involvement.CLIENT)
    said = words(client.get(url(breach)))
    assert "Tell the controllers without delay" in said
    assert "Record when each controller for whom you process was told" in said
    assert "Assessment of the risk" not in said


@pytest.mark.parametrize(("role", "sees"), SEES)
def test_what_may_name_people_is_for_who_handles_breaches(client, desk, role, sees):
    breach = make.BreachFactory(organisation=desk(role).organisation)
    hidden, shown = make.LogEntryFactory(breach=breach, is_hidden=True), make.LogEntryFactory(breach=breach)
    texts = {
        "report.happened": "Mrs Jones rang",
        str(hidden.pk): "Mr Smith did it",
        str(shown.pk): "Rang the authority",
    }
    sealing.seal(breach, texts)
    said = words(client.get(url(breach)))
    assert "Rang the authority" in said
    assert ("Mrs Jones" in said, "Mr Smith" in said) == (sees, sees)


def test_destroyed_words_are_said_to_be_destroyed(client, desk):
    breach = make.BreachFactory(organisation=desk().organisation)
    entry = make.LogEntryFactory(breach=breach)
    sealing.seal(breach, {str(entry.pk): "Rang the neighbour"})
    sealing.destroy(breach, by=None, at=timezone.now())
    assert "The words were destroyed" in words(client.get(url(breach)))


def test_a_long_gap_between_signal_and_awareness_is_pointed_out(client, desk):
    now = timezone.now()
    organisation = desk().organisation
    short = make.BreachFactory(organisation=organisation, first_signal_at=now - timedelta(hours=3), aware_at=now)
    long = make.BreachFactory(organisation=organisation, first_signal_at=now - timedelta(hours=60), aware_at=now)
    unaware = make.BreachFactory(organisation=organisation, first_signal_at=now - timedelta(hours=30), aware_at=None)
    assert "first signal and awareness" not in words(client.get(url(short)))
    assert "60 hours lie between the first signal and awareness. That is hard" in words(client.get(url(long)))
    assert "30 hours lie between" in words(client.get(url(unaware)))


@pytest.mark.parametrize("role", ["editor", "reporter", "administrator"])
def test_the_desk_is_closed_to_others_also_for_their_own_report(client, desk, role):
    membership = desk(role)
    breach = make.BreachFactory(organisation=membership.organisation, reported_by=membership.user)
    assert client.get(url(breach)).status_code == 403


def test_an_empty_list_teaches(client, desk):
    assert "No data breach has been reported yet" in words(client.get(list_url(desk().organisation)))


def dashboard(organisation):
    return reverse("register:dashboard", args=[organisation.slug])


def test_the_dashboard_shows_the_clocks_that_run(client, desk):
    organisation = desk().organisation
    aware(organisation, hours=70, title="Pressing")
    aware(organisation, hours=2, title="Fresh")
    aware(organisation, hours=80, title="Only practice", is_drill=True)
    said = words(client.get(dashboard(organisation)))
    assert "Open data breaches 2" in said
    assert said.index("Pressing") < said.index("Fresh")
    assert "1 hour left" in said
    assert "Only practice" not in said


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_the_dashboard_tells_others_nothing_of_breaches(client, desk, role):
    organisation = desk(role).organisation
    aware(organisation, hours=70, title="Pressing")
    assert "Pressing" not in words(client.get(dashboard(organisation)))


@pytest.mark.parametrize("rows", [1, 3])
def test_breaches_on_the_dashboard_cost_the_same_for_any_number(client, desk, django_assert_num_queries, rows):
    organisation = desk().organisation
    for number in range(rows):
        aware(organisation, hours=10 + 30 * number)
    client.get(dashboard(organisation))
    with django_assert_num_queries(35):
        client.get(dashboard(organisation))
