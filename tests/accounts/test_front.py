"""Outside any organisation: which organisations, which language, who you are."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_home_leads_straight_into_the_only_organisation(client, member):
    membership = member("reporter")
    response = client.get("/")
    assert response.status_code == 302
    assert f"/o/{membership.organisation.slug}/" in response.url


def test_home_offers_the_choice_between_several_organisations(client, member):
    one = member("dpo")
    other = MembershipFactory(user=one.user, role="auditor")
    ended = MembershipFactory(
        user=one.user, organisation__name="Long Ago", valid_from=date(2020, 1, 1), valid_until=date(2021, 1, 1)
    )
    text = client.get("/", follow=True).text
    assert one.organisation.name in text
    assert other.organisation.name in text
    assert ended.organisation.name not in text


def test_the_language_of_the_account_wins_from_the_browser(client):
    client.force_login(UserFactory(language="nl"))
    assert '<html lang="nl"' in client.get(reverse("accounts:profile"), headers={"Accept-Language": "en"}).text


def test_a_visitor_chooses_a_language_by_cookie(client):
    login = reverse("account_login")
    response = client.post(reverse("accounts:preferences"), {"language": "en", "next": login})
    assert response.url == login
    assert client.get(login, headers={"Accept-Language": "nl"})["Content-Language"] == "en"


def test_a_choice_from_the_top_bar_is_kept_in_the_account(client):
    user = UserFactory(language="en")
    client.force_login(user)
    client.post(reverse("accounts:preferences"), {"language": "nl", "theme": "dark"})
    user.refresh_from_db()
    assert (user.language, user.theme) == ("nl", "dark")


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_a_choice_never_leads_to_another_site(client, url):
    assert client.post(reverse("accounts:preferences"), {"language": "en", "next": url}).url == "/"


def test_nonsense_is_not_kept(client):
    user = UserFactory(language="en")
    client.force_login(user)
    client.post(reverse("accounts:preferences"), {"language": "xx", "theme": "pink"})
    user.refresh_from_db()
    assert (user.language, user.theme) == ("en", User.Theme.AUTO)


def test_a_profile_is_changed_by_its_owner(client):
    user = UserFactory(language="en")
    client.force_login(user)
    response = client.post(
        reverse("accounts:profile"), {"name": "New Name", "job_title": "FG", "language": "nl", "theme": "light"}
    )
    assert response.status_code == 302
    user.refresh_from_db()
    assert (user.name, user.job_title, user.language, user.theme) == ("New Name", "FG", "nl", "light")
