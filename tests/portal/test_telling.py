"""Telling a friend: set up without rewards only, the whole mail before sending, once, and forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as sent
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import mail
from accounts.models import Organisation, OutgoingMail
from consent import suppressions
from consent.actions import recording
from consent.kinds import IdentifierKind
from consent.models import TellAFriend
from tests.consent.desk import url, words
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.consent import TellAFriendFactory

pytestmark = pytest.mark.django_db
FRIEND = "vera.vriendin@example.org"
GOOD = {
    "name": "The Cheese Board",
    "slug": "tell",
    "site": "https://shop.example",
    "text_en": "Have a look.",
    "text_nl": "",
    "sender_reward": "no",
    "friend_reward": "no",
    "own_initiative": "yes",
}


@pytest.fixture(autouse=True)
def _nothing_sent_yet():
    cache.clear()


@pytest.fixture
def page():
    return TellAFriendFactory(slug="tell")


def address(page):
    return f"/p/{page.organisation.slug}/tell/{page.slug}/?language=en"


def filled(**given):
    return {"sender": "Anna", "friend": FRIEND, "country": "NL"} | given


def test_it_is_set_up_only_when_nobody_gets_anything_and_not_in_belgium(client, member):
    organisation = member("privacy_officer", user=UserFactory(language="en")).organisation
    new = url(organisation, "tell_new")
    for wrong in ({"sender_reward": "yes"}, {"friend_reward": "yes"}, {"own_initiative": "no"}, {"sender_reward": ""}):
        response = client.post(new, GOOD | wrong)
        assert response.status_code == 422
        assert ("joint ruling of OPTA and CBP" in words(response)) is bool(next(iter(wrong.values())))
    assert not TellAFriend.objects.exists()
    assert client.post(new, GOOD).status_code == 302
    assert "/tell/tell/" in words(client.get(url(organisation, "tells")))
    client.post(url(organisation, "tell_close", TellAFriend.objects.get().pk))
    assert client.get(address(TellAFriend.objects.get())).status_code == 404
    Organisation.objects.update(country="BE")
    assert [client.get(new).status_code, client.post(new, GOOD | {"slug": "other"}).status_code] == [409, 409]
    with pytest.raises(IntegrityError, match="consent_tellafriend_rewards_nobody"), transaction.atomic():
        TellAFriendFactory(sender_gets=True)


def test_the_whole_mail_is_read_first_then_sent_once_and_the_address_forgotten(client, page):
    first = client.get(address(page))
    assert "Have a look at this shop." in words(first)
    assert "css/forms.css" in first.text  # without it nobody sees the boxes to choose from
    look = client.post(address(page), filled())
    assert not OutgoingMail.objects.exists()
    assert f"This goes to {FRIEND}." in words(look)
    done = client.post(address(page), filled(send="1"))
    assert "If your friend can be mailed" in words(client.get(done.url))
    mail.send_waiting(timezone.now())
    [message] = sent.outbox
    assert (message.to, message.subject) == ([FRIEND], "A tip from somebody you know: The Cheese Board")
    assert " ".join(message.body.split()) in words(look)
    row = OutgoingMail.objects.get()
    kept = repr([getattr(row, field.name) for field in row._meta.fields])
    assert FRIEND not in kept
    assert "Anna" not in kept


def test_whoever_is_marked_gets_nothing_and_the_sender_reads_the_same(client, page):
    at = datetime(2026, 1, 8, tzinfo=UTC)
    person = recording.find_or_add(page.organisation, IdentifierKind.EMAIL, FRIEND, at=at)
    suppressions.mark(person, reason="objected", since=at)
    client.post(address(page), filled(send="1", friend="first@example.org"))  # what is counted has its row now
    OutgoingMail.objects.all().delete()
    with CaptureQueriesContext(connection) as of_marked:
        done = client.post(address(page), filled(send="1"))
    assert "If your friend can be mailed" in words(client.get(done.url))
    assert mail.send_waiting(at + timedelta(days=999)) == 0
    assert not OutgoingMail.objects.exclude(recipient="", body="").exists()
    with CaptureQueriesContext(connection) as of_unknown:
        client.post(address(page), filled(send="1", friend="other@example.org"))
    assert len(of_marked) == len(of_unknown)  # the time that it takes tells nothing either


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"country": "BE"}, "only to somebody in the Netherlands"),
        ({"friend": "an@winkel.be"}, "only to somebody in the Netherlands"),
        ({"friend": "nobody"}, "is not an e-mail address"),
        ({"sender": "Buy at www.x.example"}, "Give your name only"),
        ({"sender": "Buy at x\uff0eexample"}, "Give your name only"),
        ({"sender": "nnA \u202e"}, "Give your name only"),
        ({"sender": ""}, "This field is required"),
    ],
)
def test_what_may_not_be_sent_is_refused_in_words(client, page, given, sentence):
    response = client.post(address(page), filled(send="1", **given))
    assert response.status_code == 422
    assert sentence in words(response)
    assert not OutgoingMail.objects.exists()


def test_a_network_sends_five_an_hour(client, page):
    answers = [client.post(address(page), filled(send="1", friend=f"v{n}@example.org")) for n in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [422]
    assert "Try again in an hour" in words(answers[-1])


def test_there_is_no_page_of_a_belgian_organisation(client):
    page = TellAFriendFactory(organisation=OrganisationFactory(country="BE"))
    assert client.get(address(page)).status_code == 404


def test_many_visitors_fill_nobodys_mailbox(client, page):
    for number in range(3):
        done = client.post(address(page), filled(send="1"), REMOTE_ADDR=f"198.51.{number}.1")
        assert done.status_code == 302
    assert OutgoingMail.objects.count() == 1
