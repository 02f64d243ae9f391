"""A breach at us as processor: the controllers are found through the record, and a person says whom we told when."""

from datetime import date, timedelta

import pytest

from accounts.history import act
from accounts.models import Change
from breaches import sealing
from breaches.actions import controllers, facts
from breaches.models import BreachParty, LogEntry
from tests.factories.accounts import AT, UserFactory
from tests.factories.breaches import BreachActivityFactory, BreachFactory, BreachPartyFactory
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


def test_a_page_opened_before_somebody_recorded_the_telling_does_not_wipe_it_out(client, breach):
    town = client_of(breach, "Town").party
    ticked = {f"concerned-{town.pk}": "on"}
    client.post(url(breach, "controllers"), ticked)
    old = client.get(url(breach, "controllers")).context["form"]["seen"].value()
    client.post(url(breach, "controllers"), ticked | {f"told-{town.pk}": "2026-01-05T12:00", "seen": old})
    late = client.post(url(breach, "controllers"), ticked | {"seen": old})
    assert late.status_code == 409
    assert "Somebody else changed the controllers meanwhile" in late.text
    assert BreachParty.objects.get().told_at - AT == timedelta(hours=2)
    again = ticked | {"seen": late.context["form"]["seen"].value()}
    assert client.post(url(breach, "controllers"), again).status_code == 302
    assert BreachParty.objects.get().told_at is None


def text_url(breach, party):
    return url(breach, "controller_text", party.pk)


def concerned(breach, name, **fields):
    line = client_of(breach, name)
    return BreachPartyFactory(breach=breach, party=line.party, involvement="client", **fields)


def test_each_controller_gets_a_text_that_names_no_other(client, breach):
    known = {"facts": "A disk was stolen.", "people_min": 987, "people_max": 987, "data_kinds": ["name"]}
    facts.change(breach, known, by=None, at=AT, section="facts")
    town, club = concerned(breach, "Town"), concerned(breach, "Club")
    page = client.get(text_url(breach, town.party), {"language": "en"})
    text = page.context["form"]["text"].value()
    for part in ("To Town", "A disk was stolen.", "Article 33(2)", "Name", breach.code):
        assert part in text
    assert "Club" not in text
    assert "987" not in text  # of all controllers together
    assert "how many people of this controller" in text
    assert club.party.name not in page.text.partition("<main")[2]
    dutch = client.get(text_url(breach, town.party), {"language": "nl"}).context["form"]["text"].value()
    assert dutch != text


def test_with_one_controller_the_numbers_are_theirs(client, breach):
    facts.change(breach, {"people_min": 40, "people_max": 40}, by=None, at=AT, section="people")
    town = concerned(breach, "Town")
    text = client.get(text_url(breach, town.party), {"language": "en"}).context["form"]["text"].value()
    assert "People: 40" in text
    assert "[… how many" not in text


def test_what_was_told_is_recorded_with_its_moment_and_words(client, breach):
    town = concerned(breach, "Town")
    page = text_url(breach, town.party) + "?language=en"
    was = client.get(page).context["form"]["was"].value()
    given = {"text": "Dear Town, [… fill in]", "was": was, "told_at": "2026-01-05T12:00", "record": ""}
    refused = client.post(page, given)
    assert refused.status_code == 422
    assert "places to fill in" in refused.text
    again = given | {"text": "Dear Town, a disk of yours is gone.", "was": refused.context["form"]["was"].value()}
    assert client.post(page, again).status_code == 302
    town.refresh_from_db()
    assert town.told_at - AT == timedelta(hours=2)
    entry = LogEntry.objects.get()
    assert entry.happened_at == town.told_at
    assert sealing.opened(breach)[str(entry.pk)] == "Told Town:\n\nDear Town, a disk of yours is gone."
    assert Change.objects.filter(kind="breach.controllers").count() == 1
    assert "No clock: we are the processor" in client.get(url(breach)).text


def test_the_second_of_two_writers_sees_the_text_of_the_first_before_replacing_it(client, breach):
    page = text_url(breach, concerned(breach, "Town").party) + "?language=en"
    was = client.get(page).context["form"]["was"].value()
    client.post(page, {"text": "The words of the first.", "was": was, "keep": ""})
    late = client.post(page, {"text": "The words of the second.", "was": was, "keep": ""})
    assert late.status_code == 422
    assert "The words of the first." in late.text
    assert "The words of the second." in late.context["form"]["text"].value()
    assert client.get(page).context["form"]["text"].value() == "The words of the first."
    again = {"text": "The words of both.", "was": late.context["form"]["was"].value(), "keep": ""}
    assert client.post(page, again).status_code == 302
    assert client.get(page).context["form"]["text"].value() == "The words of both."


def test_the_text_is_kept_and_mailed_by_the_own_program(client, breach):
    town = concerned(breach, "Town")
    page = text_url(breach, town.party) + "?language=en"
    assert "The register knows no mail address of them." in client.get(page).text
    with act(breach.organisation, by=None, at=AT, kind="party.changed"):
        town.party.email = "privacy@town.example"
        town.party.save()
    was = client.get(page).context["form"]["was"].value()
    client.post(page, {"text": "Short & clear", "was": was, "keep": ""})
    shown = client.get(page)
    assert shown.context["form"]["text"].value() == "Short & clear"
    assert shown.context["mail_url"].startswith("mailto:privacy%40town.example?subject=Data%20breach")
    assert shown.context["mail_url"].endswith("&body=Short%20%26%20clear")


@pytest.mark.parametrize("who", ["nobody concerned", "of another", "closed"])
def test_there_is_no_text_for_others(client, breach, who):
    party = PartyFactory(organisation=breach.organisation)
    if who == "of another":
        party = BreachPartyFactory(involvement="client").party
    if who == "closed":
        ours = BreachFactory(organisation=breach.organisation, role="processor", closed=True)
        row = BreachPartyFactory(breach=ours, involvement="client")
        assert client.get(text_url(ours, row.party)).status_code == 409
    assert client.get(text_url(breach, party)).status_code == 404


@pytest.mark.parametrize(
    "moment", ["2999-01-01T00:00", "0001-01-01T00:00", "later"], ids=["to come", "edge of the calendar", "no moment"]
)
def test_a_moment_that_cannot_be_is_refused(client, breach, moment):
    party = client_of(breach, "Town").party
    given = {f"concerned-{party.pk}": "on", f"told-{party.pk}": moment}
    assert client.post(url(breach, "controllers"), given).status_code == 422
    assert not BreachParty.objects.exists()
