"""Signing in: a password and a second step, single sign-on for whom was invited, and a limit on guesses."""

import pytest
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.urls import reverse

from accounts.adapter import SocialAccountAdapter
from accounts.models import OutgoingMail, User
from core.fields import Unreadable
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "account_login"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def sign_in(client, user, password=PASSWORD):
    return client.post(reverse(LOGIN), {"login": user.email, "password": password})


def signed_in(client):
    return "_auth_user_id" in client.session


def totp_of(user):
    with context.request_context(None):
        secret = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
    return Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": secret})


def test_nobody_signs_up_without_an_invitation(client):
    response = client.post(
        reverse("account_signup"), {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert not User.objects.filter(email="x@example.org").exists()
    assert response.status_code == 200


def test_a_password_alone_is_enough_until_there_is_a_second_step(client):
    assert sign_in(client, UserFactory()).url == "/"
    assert signed_in(client)


def test_with_a_second_step_a_password_alone_is_not_enough(client):
    user = UserFactory()
    totp_of(user)
    assert reverse("mfa_authenticate") in sign_in(client, user).url
    assert not signed_in(client)
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", counter))
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert signed_in(client)


def test_secrets_of_authenticator_apps_are_unreadable_in_the_database(settings):
    totp = totp_of(UserFactory())
    stored = Authenticator.objects.values_list("data", flat=True).get(pk=totp.pk)
    assert "JBSWY3DPEHPK3PXP" not in str(stored)
    assert TOTP(totp).instance == totp
    settings.FIELD_KEYS = ["another key"]
    with pytest.raises(Unreadable):
        get_adapter().decrypt(stored["secret"])


def test_guesses_are_limited(client):
    user = UserFactory()
    for _ in range(6):
        sign_in(client, user, password="wrong")
    response = sign_in(client, user)
    assert not signed_in(client)
    assert response.status_code in {200, 429}


def test_a_closed_account_does_not_sign_in(client):
    user = UserFactory(is_active=False)
    sign_in(client, user)
    assert not signed_in(client)


@pytest.mark.parametrize(("language", "words"), [("en", "Choose a new password")])
def test_the_mail_for_a_new_password_speaks_its_readers_language(client, language, words):
    user = UserFactory(language=language)
    client.post(reverse("account_reset_password"), {"email": user.email}, headers={"Accept-Language": "nl"})
    letter = OutgoingMail.objects.get()
    assert letter.subject == words
    assert letter.language == language
    assert "/account/password/reset/key/" in letter.body


def test_who_chose_a_password_from_a_link_is_led_to_the_sign_in_page(client):
    page = client.get(reverse("account_reset_password_from_key_done"))
    assert f'href="{reverse("account_login")}"' in page.text


def test_an_unknown_address_gets_no_mail_and_the_same_answer(client):
    known = client.post(reverse("account_reset_password"), {"email": UserFactory().email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert OutgoingMail.objects.count() == 1


class Login:
    """What the sign-in library knows after the identity provider answered."""

    def __init__(self, email, verified):
        from allauth.account.models import EmailAddress

        self.email_addresses = [EmailAddress(email=email, verified=verified)]
        self.is_existing = False

        class Provider:
            app = None
            id = "openid_connect"

        self.provider = Provider()


@pytest.mark.parametrize(("verified", "found"), [(True, True), ("true", True), (False, False), ("false", False)])
def test_single_sign_on_finds_an_account_by_a_verified_address_only(verified, found):
    user = UserFactory(email="ann@example.org")
    result = SocialAccountAdapter().authenticate_by_email(Login("Ann@example.org", verified))
    assert (result is not None and result[0] == user) == found


def test_single_sign_on_makes_no_account_and_says_so(rf):
    from allauth.core.exceptions import ImmediateHttpResponse
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/")
    request.user = AnonymousUser()
    with pytest.raises(ImmediateHttpResponse) as stop:
        SocialAccountAdapter().pre_social_login(request, Login("new@example.org", True))
    assert stop.value.response.status_code == 403
    assert "no account with your e-mail address" in stop.value.response.text
    assert not SocialAccountAdapter().is_open_for_signup(request, None)


def test_a_part_of_a_page_is_not_answered_with_the_page_for_signing_in(client):
    answer = client.get(reverse("accounts:profile"), headers={"HX-Request": "true", "Accept-Language": "en"})
    assert answer.status_code == 401
    assert answer["HX-Retarget"] == "#refusal"
    assert "You are signed out." in answer.content.decode()


def test_who_signs_in_too_often_reads_on_a_page_of_ours_when_it_works_again(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    own = {"Accept-Language": "en"}
    for _attempt in range(2):
        answer = client.post(reverse("account_login"), {"login": "anna@example.org", "password": "wrong"}, headers=own)
    assert answer.status_code == 429
    assert "within an hour it works again" in answer.text
