"""A link opens one thing for a while, tells nothing of itself to others, and acts only when a button is pressed."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import links
from accounts.models import AccessLink, Event
from tests.factories.accounts import DepartmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.link_urls")]


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def subject():
    return DepartmentFactory(organisation__name="Primrose Hill")


def made(subject, purpose="test", days=1, **fields):
    now = timezone.now()
    expires_at = now + timedelta(days=days)
    fields = {"purpose": purpose, "by": None, "at": now, "expires_at": expires_at} | fields
    return links.make(subject.organisation, subject=subject, **fields)


def test_the_holder_comes_in_without_an_account(client, subject):
    _link, token = made(subject)
    response = client.get(f"/link/{token}/")
    assert (response.status_code, response.text) == (200, "GET Primrose Hill")


def test_the_token_is_stored_nowhere(client, subject):
    link, token = made(subject)
    client.post(f"/link/{token}/")
    kept = [*AccessLink.objects.values(), *Event.objects.values()]
    assert token not in str(kept)
    assert token.partition(".")[0] not in str(kept)
    assert link.token_hash == links.hashed(token)


def test_opening_changes_nothing_and_a_button_is_noted(client, subject):
    link, token = made(subject)
    client.get(f"/link/{token}/")
    link.refresh_from_db()
    assert link.last_used_at is None
    client.post(f"/link/{token}/")
    link.refresh_from_db()
    assert link.last_used_at is not None


def test_expired_revoked_unknown_and_of_another_purpose_look_alike(client, subject):
    past = timezone.now() - timedelta(days=3)
    _old, expired = made(subject, at=past, expires_at=past + timedelta(days=1))
    _gone, revoked = made(subject)
    assert links.revoke(subject, purpose="test", at=timezone.now()) == 2
    _other, elsewhere = made(subject, purpose="another")
    _link, known = made(subject)
    AccessLink.objects.filter(token_hash=links.hashed(known)).delete()
    tokens = (expired, revoked, elsewhere, known, "guessed", known[:-1] + "~")
    answers = [client.get(f"/link/{token}/") for token in tokens]
    assert {answer.status_code for answer in answers} == {410}
    assert len({without_tokens(answer.text) for answer in answers}) == 1
    assert "Primrose" not in answers[0].text


def without_tokens(text):
    """The page but for its address and its mark against forged forms."""
    return re.sub(r'value="/link/[^"]*"|(value|content)="\w{64}"', "", text)


def test_a_forged_token_asks_the_links_nothing(client, subject, django_assert_num_queries):
    made(subject)
    with django_assert_num_queries(0):
        assert links.find("forged.token", purpose="test", at=timezone.now()) is None


def test_pages_behind_a_link_stay_out_of_caches_and_tell_no_other_site(client, subject):
    _link, token = made(subject)
    for address in (token, "guessed"):
        response = client.get(f"/link/{address}/")
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "strict-origin"
        assert response["X-Robots-Tag"] == "noindex"


def test_guesses_are_limited_per_visitor(client, subject):
    _link, token = made(subject)
    statuses = [client.get(f"/link/guess-{number}/").status_code for number in range(links.GUESSES + 1)]
    assert statuses == [410] * links.GUESSES + [429]
    assert client.get(f"/link/{token}/").status_code == 429
    assert client.get(f"/link/{token}/", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_acts_are_limited_per_link(client, subject, monkeypatch):
    monkeypatch.setattr(links, "POSTS", 2)
    _link, token = made(subject)
    assert [client.post(f"/link/{token}/").status_code for _ in range(3)] == [200, 200, 429]


def test_a_refusal_and_the_end_of_the_matter_are_told_on_a_plain_page(client, subject):
    _link, token = made(subject)
    refused = client.post(f"/link/{token}/", {"no": "1"})
    assert refused.status_code == 409
    assert "Not today." in refused.text
    assert client.post(f"/link/{token}/", {"over": "1"}).status_code == 410


def test_a_link_that_never_works_cannot_be_stored(subject):
    at = datetime(2026, 1, 5, tzinfo=UTC)
    with pytest.raises(IntegrityError, match="accounts_accesslink_works_for_a_while"), transaction.atomic():
        made(subject, at=at, expires_at=at)
