"""What the page of a breach says of earlier ones like it."""

from datetime import timedelta

import pytest

from breaches.kinds import Cause
from breaches.law import Involvement
from tests.breaches.desk import url, words
from tests.factories import breaches as make
from tests.factories.accounts import AT, UserFactory
from tests.factories.register import ActivityFactory, PartyFactory, SystemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(member):
    return member("dpo", user=UserFactory(language="en")).organisation


def reported(organisation, title, *, days_before=0, **fields):
    moment = AT - timedelta(days=days_before)
    times = {"aware_at": moment, "first_signal_at": None}
    return make.BreachFactory(organisation=organisation, title=title, **times | fields)


def test_the_page_counts_the_cause_over_twelve_months_and_leads_to_the_earlier_ones(client, organisation):
    reported(organisation, "Too long ago", days_before=370, cause=Cause.PHISHING)
    reported(organisation, "In spring", days_before=250, cause=Cause.PHISHING)
    reported(organisation, "Another thing", days_before=9, cause=Cause.PAPER)
    reported(organisation, "Only practised", days_before=8, cause=Cause.PHISHING, is_drill=True)
    earlier = reported(organisation, "Last month", days_before=30, cause=Cause.PHISHING)
    breach = reported(organisation, "Now", cause=Cause.PHISHING)
    reported(organisation, "Afterwards", days_before=-3, cause=Cause.PHISHING)
    page = client.get(url(breach))
    assert "3 breaches in 12 months have this cause: Phishing." in words(page)
    assert url(earlier) in page.text
    assert "In spring" in page.text
    assert "?tab=register&amp;cause=phishing" in page.text
    for other in ("Too long ago", "Another thing", "Only practised", "Afterwards"):
        assert other not in page.text


def test_the_page_says_which_system_organisation_or_activity_was_hit_before(client, organisation):
    activity = ActivityFactory(organisation=organisation, name="Payroll")
    system = SystemFactory(organisation=organisation, name="Mail server")
    party = PartyFactory(organisation=organisation, name="Hosting Ltd")
    first = reported(organisation, "First", days_before=20)
    second = reported(organisation, "Second", days_before=10, processor=party)
    now = reported(organisation, "Now")
    for breach in (first, now):
        make.BreachActivityFactory(breach=breach, activity=activity)
        make.BreachSystemFactory(breach=breach, system=system)
        make.BreachPartyFactory(breach=breach, party=party, involvement=Involvement.SUB_PROCESSOR)
    said = words(client.get(url(now)))
    assert "2 breaches in 12 months hit this system: Mail server." in said
    assert "3 breaches in 12 months happened at this organisation: Hosting Ltd." in said
    assert f"2 breaches in 12 months hit this activity: {activity}." in said
    assert "3 breaches in 12 months happened" not in words(client.get(url(second)))


@pytest.mark.parametrize("fields", [{"cause": Cause.UNKNOWN}, {"cause": ""}, {"is_drill": True, "cause": Cause.PAPER}])
def test_what_is_not_known_and_what_is_practised_came_back_from_nothing(client, organisation, fields):
    cause = {"cause": fields["cause"]}
    reported(organisation, "Before", days_before=5, **cause)
    assert "It came back" not in words(client.get(url(reported(organisation, "Now", **fields))))


def test_only_the_last_few_are_named(client, organisation):
    for number in range(8):
        reported(organisation, f"Number {number}.", days_before=20 - number, cause=Cause.PAPER)
    said = words(client.get(url(reported(organisation, "Now", cause=Cause.PAPER))))
    assert "9 breaches in 12 months" in said
    assert "Number 3." in said
    assert "Number 2." not in said
    assert "and 3 earlier" in said
