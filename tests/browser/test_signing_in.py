"""Two steps at sign-in, by people with a browser: an authenticator app, and a passkey."""

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.urls import reverse

from accounts.models import Event
from tests.factories.accounts import PASSWORD, MembershipFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person(live_server):
    cache.clear()
    return MembershipFactory(role="dpo", user__language="en").user


@pytest.fixture
def go(page, live_server):
    def to(name):
        page.goto(live_server.url + reverse(name))
        if "/reauthenticate/" in page.url:
            page.fill("input[name=password]", PASSWORD)
            page.press("input[name=password]", "Enter")
            page.wait_for_url(lambda url: "/reauthenticate/" not in url)

    return to


def give_password(page, user):
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def sign_out(page, go):
    page.context.clear_cookies()
    go("account_login")


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_an_authenticator_app_is_set_up_and_asked_for(page, go, person, axe):
    go("account_login")
    assert axe() == []
    give_password(page, person)
    go("mfa_activate_totp")
    assert page.locator("img").first.is_visible() or page.locator("svg").first.is_visible()
    secret = page.locator("input[disabled], input[readonly]").first.input_value()
    assert axe() == []
    page.fill("input[name=code]", code_of(secret))
    page.press("input[name=code]", "Enter")
    page.wait_for_url(lambda url: "activate" not in url)
    assert Event.objects.filter(kind="second_factor_changed", user=person).exists()
    sign_out(page, go)
    give_password(page, person)
    assert "authenticate" in page.url
    assert axe() == []
    cache.clear()  # the code was used a moment ago, and the library lets no code work twice
    page.fill("input[name=code]", code_of(secret))
    page.press("input[name=code]", "Enter")
    page.wait_for_url(lambda url: "/o/" in url)


def test_a_passkey_signs_in_without_a_password(page, go, person, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    virtual = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": virtual})
    go("account_login")
    give_password(page, person)
    go("mfa_add_webauthn")
    page.check("input[name=passwordless]")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "/add/" not in url)
    sign_out(page, go)
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda url: "/o/" in url)
    assert Event.objects.filter(kind="signed_in", user=person).count() == 2
