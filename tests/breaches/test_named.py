"""Free text that looks like personal data is pointed out beside it, and never refused."""

import pytest

from tests.breaches.desk import url, words
from tests.breaches.test_desk_facts import saved
from tests.factories import breaches as make
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
LEAK = "Sent to a.kuiper@example.net, BSN 111222333"
SEEN = "Looks like personal data: an e-mail address (a.kuiper@example.net), a citizen service number (111222333)"


@pytest.fixture
def breach(member):
    organisation = member("privacy_officer", user=UserFactory(language="en")).organisation
    return make.BreachFactory(organisation=organisation)


def test_it_is_said_after_saving_on_the_page_and_in_the_form(client, breach):
    response = saved(client, breach, "facts", facts=LEAK)
    assert (response.status_code, breach.facts) == (302, LEAK)
    page = words(client.get(url(breach)))
    assert "Saved, but it looks like personal data: an e-mail address (a.kuiper@example.net)" in page
    assert SEEN in page
    assert SEEN in words(client.get(url(breach, "section", "facts")))
    assert SEEN not in words(client.get(url(breach, "section", "effects")))


def test_it_is_said_in_place_too(client, breach):
    given = {"effects": LEAK, "base": client.get(url(breach, "section", "effects")).context["form"]["base"].value()}
    headers = {"HX-Request": "true"}
    assert SEEN in words(client.post(url(breach, "section", "effects"), given, headers=headers))


def test_measures_are_looked_at_too(client, breach):
    make.MeasureFactory(breach=breach, text=LEAK)
    assert SEEN in words(client.get(url(breach)))
    given = {"text": f"Call {LEAK}", "kind": "contain"}
    response = client.post(url(breach, "line_new", "measures"), given, follow=True)
    assert "Saved, but it looks like personal data" in words(response)


@pytest.mark.parametrize("text", ["Mail to info@example.net", "1234 letters on 01-02-2026", "Nobody", ""])
def test_what_is_nobodys_is_left_alone(client, breach, text):
    saved(client, breach, "facts", facts=text)
    assert "personal data:" not in words(client.get(url(breach)))


def test_who_cannot_mend_it_is_not_told(client, breach):
    saved(client, breach, "facts", facts=LEAK)
    reader = UserFactory(language="en")
    MembershipFactory(organisation=breach.organisation, role="auditor", user=reader)
    client.force_login(reader)
    assert "Looks like personal data" not in words(client.get(url(breach)))
