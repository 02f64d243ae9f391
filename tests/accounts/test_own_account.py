"""What people do to their own account: where they are signed in, and which address is theirs."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Event, Membership, Organisation, OutgoingMail, User
from accounts.templatetags.people import device
from tests.factories.accounts import PASSWORD, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
LINUX = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36"


def browser_of(user):
    client = Client(headers={"User-Agent": LINUX, "Accept-Language": "en"})
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.get("/")
    return client


def test_a_browser_is_signed_out_from_another_one():
    user = UserFactory()
    here, there = browser_of(user), browser_of(user)
    text = here.get(reverse("usersessions_list")).text
    assert "Chrome on Linux" in text
    assert "This browser" in text
    other = UserSession.objects.get(session_key=there.session.session_key)
    here.post(reverse("accounts:session_end", args=[other.pk]))
    assert there.get(reverse("accounts:profile")).status_code == 302
    assert here.get(reverse("accounts:profile")).status_code == 200
    assert Event.objects.filter(kind="session_ended", user=user).count() == 1


def test_nobody_signs_out_somebody_else():
    here, there = browser_of(UserFactory()), browser_of(UserFactory())
    other = UserSession.objects.get(session_key=there.session.session_key)
    assert here.post(reverse("accounts:session_end", args=[other.pk])).status_code == 404
    assert there.get(reverse("accounts:profile")).status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (LINUX, "Chrome on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/156.0 Safari/537.36 Edg/156.0", "Edge on Windows"),
        ("curl/8", "Unknown browser"),
    ],
)
def test_a_browser_is_named_in_a_few_words(user_agent, words):
    assert device(user_agent) == words


def test_a_new_address_counts_once_its_owner_has_confirmed_it():
    user = UserFactory(email="old@example.org")
    client = browser_of(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"action_add": "", "email": "new@example.org"})
    user.refresh_from_db()
    assert user.email == "old@example.org"
    letter = OutgoingMail.objects.get(recipient="new@example.org")
    path = re.search(r"http://testserver(/account/\S+)", letter.body)[1]
    client.post(path)
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified")) == [("new@example.org", True)]
    event = Event.objects.get(kind="email_changed")
    assert "example.org" not in str(event.details)


def test_an_address_of_somebody_else_is_not_taken():
    UserFactory(email="theirs@example.org")
    client = browser_of(UserFactory(email="mine@example.org"))
    client.post(reverse("account_email"), {"action_add": "", "email": "theirs@example.org"})
    assert EmailAddress.objects.filter(email="theirs@example.org").count() == 1


def test_the_first_organisation_is_started_with_its_administrator(client, capsys):
    call_command("create_organisation", "acme", "Acme", administrator="ann@example.org")
    path = re.search(r"http://testserver(/\S+)", capsys.readouterr().out)[1]
    membership = Membership.objects.get()
    assert (membership.organisation.slug, membership.role) == ("acme", "administrator")
    form = client.get(path, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.get().check_password(PASSWORD)
    with pytest.raises(CommandError):
        call_command("create_organisation", "acme", "Acme", administrator="ann@example.org")
    assert Organisation.objects.count() == 1


def test_somebody_with_an_account_becomes_administrator_of_another_organisation(capsys):
    user = MembershipFactory().user
    call_command("create_organisation", "second", "Second", administrator=user.email)
    assert Membership.objects.filter(user=user, organisation__slug="second", role="administrator").exists()
    assert "http" not in capsys.readouterr().out
