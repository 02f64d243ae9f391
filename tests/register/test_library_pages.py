import pytest
from django.urls import reverse

from register import kinds, models
from tests.factories import register as make
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_the_starter_library_is_offered_and_comes_in_once(client, member):
    organisation = member().organisation
    url = reverse("register:library", args=[organisation.slug])
    load = reverse("register:library_load", args=[organisation.slug])
    assert load in client.get(url).text

    client.post(load)
    text = client.get(url).text
    assert load not in text
    shelves = {shelf["kind"].slug: shelf["current"] for shelf in client.get(url).context["shelves"]}
    assert shelves["countries"] > 200


def test_a_reader_is_not_offered_the_starter_library(client, member):
    organisation = member("auditor").organisation
    load = reverse("register:library_load", args=[organisation.slug])

    assert load not in client.get(reverse("register:library", args=[organisation.slug])).text
    assert client.post(load).status_code == 403


@pytest.mark.parametrize("slug", ["parties", "systems", "nonsense"])
def test_only_kinds_of_the_library_are_found_there(client, member, slug):
    organisation = member().organisation
    assert client.get(f"/o/{organisation.slug}/library/{slug}/").status_code == 404


def test_a_row_is_not_found_under_another_kind(client, member):
    organisation = member().organisation
    country = make.CountryFactory(organisation=organisation)
    law = kinds.BY_MODEL[models.Law]

    assert client.get(law.url(organisation, country.pk)).status_code == 404


def test_an_item_needs_a_name_in_one_language_at_least(client, member):
    organisation = member().organisation
    url = kinds.BY_MODEL[models.InternalRole].new_url(organisation)
    response = client.post(url, {"note_nl": "Zonder naam"})

    assert "Give a name in at least one language." in response.text
    client.post(url, {"name_en": "Archivist"})
    assert models.InternalRole.objects.of(organisation).get().named("nl") == "Archivist"


def test_a_special_kind_belongs_to_special_data_only(client, member):
    organisation = member().organisation
    url = kinds.BY_MODEL[models.DataCategory].new_url(organisation)
    wrong = client.post(url, {"name_nl": "Dieet", "sensitivity": "ordinary", "special_kind": "health"})
    assert "special_kind" in wrong.context["form"].errors


def test_a_period_needs_its_unit(client, member):
    organisation = member().organisation
    url = kinds.BY_MODEL[models.RetentionRule].new_url(organisation)
    response = client.post(url, {"name_nl": "Zeven", "period_value": "7"})

    assert "both a number and a unit" in response.text


def test_two_labels_or_countries_cannot_bear_one_name(client, member):
    organisation = member().organisation
    make.LabelFactory(organisation=organisation, name="Onderwijs")
    make.LabelFactory(organisation=OrganisationFactory(), name="Zorg")
    url = kinds.BY_MODEL[models.Label].new_url(organisation)

    assert "already a label with this name" in client.post(url, {"name": "Onderwijs", "colour": "teal"}).text
    assert client.post(url, {"name": "Zorg", "colour": "teal"}).status_code == 302


@pytest.mark.parametrize(
    ("code", "words"),
    [("NL", "no transfer in the sense"), ("US", "(EU) 2023/1795"), ("IN", "There is no adequacy decision")],
)
def test_a_country_says_how_data_may_go_there(client, member, code, words):
    organisation = member().organisation
    country = make.CountryFactory(organisation=organisation, code=code, eea=code == "NL")

    assert words in client.get(kinds.url_of(country, organisation)).text


def test_facts_of_law_are_marked_when_nobody_checked_them(client, member):
    organisation = member().organisation
    text = client.get(reverse("register:legal_parameters", args=[organisation.slug])).text

    assert "(EU) 2016/1250" in text
    assert "Not checked yet" in text


def test_a_label_shows_the_parties_and_systems_that_bear_it(client, member):
    organisation = member().organisation
    label = make.LabelFactory(organisation=organisation)
    party = make.PartyLabelFactory(label=label, party__organisation=organisation).party
    text = client.get(kinds.url_of(label, organisation)).text

    assert kinds.url_of(party, organisation) in text
    assert "/delete/" not in text
