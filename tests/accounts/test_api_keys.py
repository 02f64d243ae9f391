"""Keys of the API: shown once, kept as a hash, revoked at once, and on record who made and revoked them."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import api_keys
from accounts.models import ApiKey, Change, Scope
from tests.factories.accounts import AT, ApiKeyFactory

pytestmark = pytest.mark.django_db


def test_a_key_is_shown_once_and_works_until_it_is_revoked(client, member):
    organisation = member("privacy_officer").organisation
    form = {"name": "Web shop", "scopes": [Scope.CONSENT_WRITE], "per_minute": 60, "last_day": ""}
    made = client.post(reverse("accounts:api_key_new", args=[organisation.slug]), form)
    [secret] = set(re.findall(r"dertig_[\w-]{40,}", made.content.decode()))
    assert made["Cache-Control"] == "no-store, private"
    key = ApiKey.objects.get()
    assert key.works(AT.date())
    assert api_keys.find(secret, on=AT.date()) == key
    listed = client.get(reverse("accounts:api_keys", args=[organisation.slug])).content.decode()
    assert f"dertig_{key.prefix}…" in listed
    assert secret not in listed
    client.post(reverse("accounts:api_key_revoke", args=[organisation.slug, key.pk]))
    assert api_keys.find(secret, on=AT.date()) is None
    assert set(Change.objects.values_list("kind", flat=True)) >= {"api_key.made", "api_key.revoked"}
    assert secret not in str(list(Change.objects.values("details", "rows")))


@pytest.mark.parametrize(
    "wrong", [{"scopes": []}, {"scopes": ["everything"]}, {"name": ""}, {"per_minute": 0}, {"last_day": "2020-01-01"}]
)
def test_a_key_without_name_scope_or_pace_or_of_the_past_is_not_made(client, member, wrong):
    organisation = member("privacy_officer").organisation
    form = {"name": "Web shop", "scopes": [Scope.CONSENT_WRITE], "per_minute": 60, **wrong}
    assert client.post(reverse("accounts:api_key_new", args=[organisation.slug]), form).status_code == 422
    assert not ApiKey.objects.exists()


def test_a_key_may_be_for_today_alone(client, member):
    organisation, today = member("privacy_officer").organisation, timezone.localdate()
    form = {"name": "Move", "scopes": [Scope.CONSENT_WRITE], "per_minute": 60, "last_day": today.isoformat()}
    assert client.post(reverse("accounts:api_key_new", args=[organisation.slug]), form).status_code == 200
    assert ApiKey.objects.get().works(today)


def test_the_list_of_keys_costs_the_same_for_any_number(client, member, django_assert_num_queries):
    organisation = member("privacy_officer").organisation
    url = reverse("accounts:api_keys", args=[organisation.slug])
    for number in (1, 2):
        for _ in range(number):
            ApiKeyFactory(organisation=organisation)
        with django_assert_num_queries(5):
            client.get(url)
