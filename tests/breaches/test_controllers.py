"""A breach at us as processor: the controllers are found through the record, and a person says whom we told when."""

from datetime import date, timedelta

import pytest

from breaches.actions import controllers
from breaches.models import BreachParty
from tests.factories.accounts import AT, UserFactory
from tests.factories.breaches import BreachActivityFactory, BreachFactory
from tests.factories.register import ActivityFactory, ClientLineFactory, PartyFactory

from .desk import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def breach(member):
    organisation = member("dpo", user=UserFactory(language="en")).organisation
    return BreachFactory(organisation=organisation, role="processor")


def client_of(breach, name, **fields):
    activity = ActivityFactory(organisation=breach.organisation, kind="processor")
    party = PartyFactory(organisation=breach.organisation, name=name)
    return ClientLineFactory(activity=activity, party=party, **fields)


def names(breach):
    return [party.name for party in controllers.found(breach)]


def test_the_record_names_the_clients(breach):
    client_of(breach, "Town")
    client_of(breach, "Club", until=AT.date() + timedelta(days=1))
    client_of(breach, "Former client", until=date(2020, 1, 1))
    client_of(BreachFactory(), "Client of others")
    assert names(breach) == ["Club", "Town"]


def test_activities_that_were_hit_narrow_them(breach):
    line = client_of(breach, "Town")
    client_of(breach, "Club")
    BreachActivityFactory(breach=breach, activity=line.activity)
    assert names(breach) == ["Town"]


def test_a_person_ticks_whom_it_concerns_and_when_they_were_told(client, breach):
    town, club = (client_of(breach, name).party for name in ("Town", "Club"))
    page = client.get(url(breach, "controllers"))
    assert "Town" in page.text
    given = {f"concerned-{town.pk}": "on", f"told-{town.pk}": "2026-01-05T12:00", f"concerned-{club.pk}": "on"}
    client.post(url(breach, "controllers"), given)
    rows = {row.party.name: row.told_at for row in BreachParty.objects.filter(involvement="client")}
    assert rows["Club"] is None
    assert rows["Town"] - AT == timedelta(hours=2)
    client.post(url(breach, "controllers"), {f"concerned-{club.pk}": "on"})
    assert [row.party for row in BreachParty.objects.filter(involvement="client")] == [club]


@pytest.mark.parametrize(
    "moment", ["2999-01-01T00:00", "0001-01-01T00:00", "later"], ids=["to come", "edge of the calendar", "no moment"]
)
def test_a_moment_that_cannot_be_is_refused(client, breach, moment):
    party = client_of(breach, "Town").party
    given = {f"concerned-{party.pk}": "on", f"told-{party.pk}": moment}
    assert client.post(url(breach, "controllers"), given).status_code == 422
    assert not BreachParty.objects.exists()
