"""The whole way through single sign-on, against an identity provider on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from accounts.models import Event, User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


class Provider(ThreadingHTTPServer):
    """Says of everybody who comes what `person` holds."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.person = {}
        self.asked_token = {}


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        url = self.server.url
        self._say(
            self.server.person
            if self.path == "/userinfo"
            else {
                "issuer": url,
                "authorization_endpoint": f"{url}/authorize",
                "token_endpoint": f"{url}/token",
                "userinfo_endpoint": f"{url}/userinfo",
                "jwks_uri": f"{url}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        )

    def do_POST(self):
        self.server.asked_token = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._say({"access_token": "token", "token_type": "Bearer"})

    def _say(self, answer):
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def provider(settings):
    server = Provider()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    app = {
        "provider_id": "sso",
        "name": "School account",
        "client_id": "dertig",
        "secret": "secret",
        "settings": {"server_url": server.url},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield server
    server.shutdown()
    server.server_close()


def go_through(client, provider, **person):
    provider.person = {"sub": "42"} | person
    away = client.post(reverse("openid_connect_login", args=["sso"]))
    asked = parse_qs(urlsplit(away.url).query)
    assert away.url.startswith(f"{provider.url}/authorize")
    assert asked["code_challenge_method"] == ["S256"]
    back = reverse("openid_connect_callback", args=["sso"])
    response = client.get(back, {"code": "code", "state": asked["state"][0]})
    assert "code_verifier" in provider.asked_token
    return response


def signed_in(client):
    return client.session.get("_auth_user_id")


@pytest.mark.ignore_template_errors  # the library's own list of providers reads names that it was not given
def test_the_sign_in_page_offers_it(client, provider):
    assert "School account" in client.get(reverse("account_login")).text


def test_somebody_with_an_account_comes_in_and_is_known_the_next_time(client, provider):
    user = UserFactory(email="ann@example.org")
    go_through(client, provider, email="Ann@example.org", email_verified=True)
    assert signed_in(client) == str(user.pk)
    assert Event.objects.get(kind="signed_in").details == {"methods": ["socialaccount"]}
    assert SocialAccount.objects.get().user == user
    assert user.check_password("correct-horse-battery")
    client.logout()
    go_through(client, provider, email="another@example.org", email_verified=False)
    assert signed_in(client) == str(user.pk)


@pytest.mark.parametrize("verified", [False, "false", None])
def test_an_address_that_the_provider_does_not_vouch_for_opens_nothing(client, provider, verified):
    UserFactory(email="ann@example.org")
    response = go_through(client, provider, email="ann@example.org", email_verified=verified)
    assert response.status_code == 403
    assert signed_in(client) is None
    assert not SocialAccount.objects.exists()


def test_a_stranger_gets_no_account_but_an_explanation(client, provider):
    response = go_through(client, provider, email="stranger@example.org", email_verified=True)
    assert response.status_code == 403
    assert "invite" in response.text or "uit te nodigen" in response.text
    assert not User.objects.filter(email="stranger@example.org").exists()


def test_a_closed_account_stays_closed(client, provider):
    UserFactory(email="ann@example.org", is_active=False)
    go_through(client, provider, email="ann@example.org", email_verified=True)
    assert signed_in(client) is None
