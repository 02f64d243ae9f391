"""How an organisation deals with breaches: who stands in, how long details are kept."""

import pytest
from django.urls import reverse

from breaches.models import BreachSettings
from tests.breaches.desk import words
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(member):
    organisation = member("dpo", user=UserFactory(language="en")).organisation
    return reverse("breaches:settings", args=[organisation.slug]), organisation


def test_the_settings_are_kept(client, place):
    url, organisation = place
    stand_in = MembershipFactory(organisation=organisation, role="approver").user
    given = {"stand_in": stand_in.pk, "away_from": "2026-07-01", "away_until": "2026-08-01", "details_years": "3"}
    for years in ("3", "4"):
        base = client.get(url).context["form"]["base"].value()
        assert client.post(url, given | {"details_years": years, "base": base}).status_code == 302
    kept = BreachSettings.objects.get()
    assert (kept.organisation, kept.stand_in, kept.details_years) == (organisation, stand_in, 4)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"details_years": ""}, "required"),
        ({"details_years": "-1"}, "greater than or equal"),
        ({"details_years": "5", "away_from": "2026-08-01", "away_until": "2026-07-01"}, "after the beginning"),
    ],
)
def test_what_cannot_be_is_refused(client, place, given, said):
    url, _organisation = place
    response = client.post(url, given)
    assert response.status_code == 422
    assert said in words(response)
    assert not BreachSettings.objects.exists()


@pytest.mark.parametrize("role", ["reporter", "editor"])
def test_only_who_may_see_breaches_stands_in(client, place, role):
    url, organisation = place
    other = MembershipFactory(organisation=organisation, role=role).user
    assert client.post(url, {"details_years": "5", "stand_in": other.pk}).status_code == 422
    stranger = MembershipFactory(role="dpo").user
    assert client.post(url, {"details_years": "5", "stand_in": stranger.pk}).status_code == 422
