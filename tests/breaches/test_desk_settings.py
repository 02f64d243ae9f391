"""How an organisation deals with breaches: who stands in, how long details are kept."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.actions import members
from accounts.models import Membership
from breaches.models import BreachSettings
from tests.breaches.desk import words
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.breaches import BreachFactory

pytestmark = pytest.mark.django_db
AWAY = {"away_from": "2026-07-01", "away_until": "2026-08-01", "details_years": "5"}


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


@pytest.mark.parametrize("role", ["reporter", "auditor"])
def test_who_only_reports_or_reads_does_not_stand_in(client, place, role):
    url, organisation = place
    other = MembershipFactory(organisation=organisation, role=role).user
    assert client.post(url, AWAY | {"stand_in": other.pk}).status_code == 422
    stranger = MembershipFactory(role="dpo").user
    assert client.post(url, AWAY | {"stand_in": stranger.pk}).status_code == 422


def test_who_stands_in_opens_and_handles_breaches_meanwhile_and_no_longer(client, place, time_machine):
    url, organisation = place
    time_machine.move_to("2026-06-20 10:00", tick=False)
    other = MembershipFactory(organisation=organisation, role="editor").user
    assert client.post(url, AWAY | {"stand_in": other.pk}).status_code == 302
    breach = BreachFactory(organisation=organisation)
    section = reverse("breaches:section", args=[organisation.slug, breach.pk, "facts"])
    met = {}
    for day in ("2026-06-30", "2026-07-01", "2026-07-31", "2026-08-01"):
        time_machine.move_to(f"{day} 10:00", tick=False)
        client.force_login(other)
        met[day] = client.get(section).status_code
    assert met == {"2026-06-30": 403, "2026-07-01": 200, "2026-07-31": 200, "2026-08-01": 403}
    time_machine.move_to("2026-07-02 10:00", tick=False)
    client.force_login(other)
    decide = reverse("breaches:decide", args=[organisation.slug, breach.pk, "authority"])
    assert client.get(decide).status_code == 403
    assert client.get(url).status_code == 409
    assert client.post(url, AWAY | {"away_until": "2026-09-01", "stand_in": other.pk}).status_code == 409


def test_what_was_lent_ends_with_another_stand_in_and_with_another_role(client, place, time_machine):
    url, organisation = place
    time_machine.move_to("2026-07-02 10:00", tick=False)
    first, second = (MembershipFactory(organisation=organisation, role="editor") for _each in range(2))
    client.post(url, AWAY | {"stand_in": first.user_id})
    base = client.get(url).context["form"]["base"].value()
    client.post(url, AWAY | {"stand_in": second.user_id, "base": base})
    lent = Membership.objects.filter(stands_in_from__isnull=False)
    assert [row.user for row in lent] == [second.user]
    admin = MembershipFactory(organisation=organisation, role="administrator").user
    members.change(
        second, role="reporter", valid_until=None, departments=(), by=admin, at=datetime(2026, 7, 2, 12, tzinfo=UTC)
    )
    assert not Membership.objects.on(date(2026, 7, 2)).filter(role="reporter").get().stands_in_from
    assert "May not open breaches" in client.get(url).text


@pytest.mark.parametrize("given", [{"away_until": ""}, {"away_from": ""}, {"away_until": "2026-12-01"}])
def test_nothing_is_lent_without_an_end_or_for_long(client, place, given):
    url, organisation = place
    other = MembershipFactory(organisation=organisation, role="editor").user
    assert client.post(url, AWAY | {"stand_in": other.pk} | given).status_code == 422
    assert not Membership.objects.filter(stands_in_from__isnull=False).exists()


def test_the_settings_say_whom_a_mail_reaches(client, place):
    url, _organisation = place
    said = words(client.get(url))
    assert "May open breaches" in said
