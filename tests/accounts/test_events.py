"""The log of events: no addresses in the clear, nobody edits it, and each organisation sees its own people's."""

from datetime import UTC, date, datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts import events
from accounts.models import Event
from accounts.wording import event_words, sentence
from tests.factories.accounts import (
    PASSWORD,
    EventFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("named", "network"),
    [
        ("192.0.2.77, 198.51.100.1", "192.0.2.0/24"),
        ("203.0.113.5, 192.0.2.77, 198.51.100.1", "192.0.2.0/24"),  # what a visitor adds counts for nothing
        ("192.0.2.77", "127.0.0.0/24"),  # who came past one of the two proxies
        ("nonsense, 198.51.100.1", ""),
    ],
)
def test_behind_two_proxies_the_address_is_the_one_that_the_outer_proxy_saw(rf, settings, named, network):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert events.network_of(rf.get("/", headers={"X-Forwarded-For": named})) == network


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::9", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_an_address_is_shortened_to_its_network(address, short):
    assert events.shortened(address) == short


def test_nobody_edits_an_event():
    event = EventFactory()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(subject="x")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()


def test_signing_in_and_out_is_recorded(client):
    user = UserFactory()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}, REMOTE_ADDR="192.0.2.77")
    client.post(reverse("account_logout"))
    found = list(Event.objects.order_by("at").values_list("kind", "user", "address"))
    assert found == [("signed_in", user.pk, "192.0.2.0/24"), ("signed_out", user.pk, "127.0.0.0/24")]


def test_a_failed_sign_in_names_nobody_who_is_unknown(client):
    client.post(reverse("account_login"), {"login": "stranger@example.org", "password": "guess"})
    event = Event.objects.get(kind="sign_in_failed")
    assert event.user is None
    assert event.details["trace"] == events.trace("Stranger@example.org")
    assert "stranger" not in str(Event.objects.values().get())


def test_an_organisation_sees_its_own_events_and_its_members_sign_ins():
    membership = MembershipFactory(valid_from=date(2026, 1, 1), valid_until=date(2026, 2, 1))
    organisation = membership.organisation
    own = EventFactory(organisation=organisation, kind="downloaded")
    inside = EventFactory(organisation=None, user=membership.user, at=datetime(2026, 1, 31, 12, tzinfo=UTC))
    EventFactory(organisation=None, user=membership.user, at=datetime(2026, 2, 1, 12, tzinfo=UTC))  # after leaving
    EventFactory(organisation=None)  # a stranger
    EventFactory(organisation=OrganisationFactory(), user=membership.user)  # elsewhere
    assert set(events.seen_by(organisation)) == {own, inside}


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"methods": ["password", "mfa"]}, "with a password, with a second step"),
        ({"methods": ["something new"]}, "something new"),
        ({"done": "added", "factor": "totp"}, "authenticator app: added"),
        ({"step": "second_factor"}, "at the second step"),
        ({"trace": "abc123"}, "address with mark abc123"),
        ({"before": "editor", "role": "dpo"}, "from Editor to Data protection officer"),
        ({"role": "auditor"}, "Auditor"),
        ({"fields": ["name", "four_eyes"]}, "name, four eyes"),
        ({}, ""),
    ],
)
def test_the_details_of_an_event_are_told_in_words(details, words):
    assert event_words(Event(kind="signed_in", details=details)) == words


def test_a_change_of_the_second_step_is_recorded(client, rf):
    user = UserFactory()
    request = rf.post("/")
    request.user = user
    authenticator = Authenticator(user=user, type=Authenticator.Type.TOTP, data={})
    authenticator_removed.send(sender=Authenticator, request=request, user=user, authenticator=authenticator)
    event = Event.objects.get(kind="second_factor_changed")
    assert (event.user, event.details) == (user, {"done": "removed", "factor": "totp"})


def test_every_kind_of_change_of_this_app_has_a_sentence():
    assert sentence("membership.role_changed", {"person": "Ann", "before": "editor", "role": "dpo"}) == (
        "Ann changed from Editor to Data protection officer"
    )
    assert sentence("unheard.of", {}) == "unheard.of"
    assert sentence("controller.established", {}) == "controller.established"
