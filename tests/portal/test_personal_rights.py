"""By a personal link: another address, one's own data, and what only the organisation can do; and the desk for that."""

import json
import re
from datetime import date, timedelta

import pytest
from django.core import mail as outbox
from django.urls import reverse
from django.utils import timezone

from accounts import mail
from accounts.models import Event, OutgoingMail
from consent import suppressions
from consent.actions import addresses, leaving, personal, recording
from consent.kinds import IdentifierKind, Method
from consent.models import AddressChange, Person, PersonRequest
from core import canonical
from core.dates import add_months
from tests.consent.test_leaving import everything_in_the_database
from tests.factories.accounts import UserFactory
from tests.factories.consent import ConsentEventFactory, PersonRequestFactory, WordingVersionFactory

pytestmark = pytest.mark.django_db
ADDRESS, NEW = "ans.vindbaar@example.org", "ans.nieuwadres@example.org"


@pytest.fixture
def person():
    version = WordingVersionFactory()
    at = version.valid_from
    found = recording.find_or_add(version.organisation, IdentifierKind.EMAIL, ADDRESS, at=at, language="en")
    ConsentEventFactory(wording=version, person=found, language="en")
    return Person.objects.select_related("organisation", "key_row").get(pk=found.pk)


@pytest.fixture
def url(person):
    personal.send(person, ADDRESS, at=timezone.now())
    return last_link("personal")


def last_link(kind):
    mail.send_waiting(timezone.now())
    return re.search(rf"http://testserver(\S+/{kind}/\S+)", outbox.outbox[-1].body)[1]


def found(person, address):
    return recording.person_of(person.organisation, IdentifierKind.EMAIL, address)


def test_a_new_address_counts_once_it_was_confirmed_from_there_and_both_are_told(client, person, url):
    leaving.object_to_marketing(person, at=timezone.now(), method=Method.DESK)
    client.post(url, {"act": "change", "address": NEW})
    assert found(person, NEW) is None
    assert outbox.outbox == outbox.outbox[:1]
    link = last_link("address")
    assert outbox.outbox[-1].to == [NEW]
    assert NEW in client.get(link).text
    assert found(person, NEW) is None
    assert client.post(link).status_code == 200
    assert (found(person, NEW), found(person, ADDRESS)) == (person, None)
    assert [mark.reason for mark in suppressions.of_address(person.organisation, IdentifierKind.EMAIL, NEW)] == [
        "objected"
    ]
    mail.send_waiting(timezone.now())
    assert {letter.to[0] for letter in outbox.outbox[-2:]} == {ADDRESS, NEW}
    assert ADDRESS not in outbox.outbox[-1].body
    assert client.post(link).status_code == 410


def test_that_a_new_address_is_known_already_only_its_owner_learns(client, person, url):
    recording.find_or_add(person.organisation, IdentifierKind.EMAIL, NEW, at=timezone.now())
    assert client.post(url, {"act": "change", "address": NEW}).status_code == 302
    assert client.post(last_link("address")).status_code == 409
    assert found(person, ADDRESS) == person
    wrong = client.post(url, {"act": "change", "address": "x"})
    assert wrong.status_code == 422
    assert "Your e-mail address" not in wrong.text  # the summary names the field as it stands there


def test_addresses_that_nobody_confirms_are_forgotten(person):
    at = timezone.now()
    addresses.ask(person, NEW, at=at)
    assert addresses.forget_unconfirmed(at) == 0
    assert addresses.forget_unconfirmed(at + timedelta(days=2)) == 1


def test_the_proof_is_taken_along_at_once_and_that_is_an_event(client, person, url):
    response = client.get(f"{url}proof/json/")
    taken = json.loads(b"".join(response.streaming_content))
    assert taken["document"]["person"]["addresses"] == [ADDRESS]
    assert taken["fingerprint"] == canonical.digest(taken["document"])
    assert Event.objects.get(kind="downloaded").subject == str(person.pk)
    assert client.get(f"{url}proof/exe/").status_code == 404


def test_a_request_is_answered_within_a_month_by_the_desk_and_the_person_gets_the_answer(client, member, person, url):
    asked_on = timezone.localdate()
    for _time in range(2):
        client.post(url, {"act": "ask", "kind": "access", "access-text": "Also my orders, please."})
    asked = PersonRequest.objects.get()
    assert asked.due_on == add_months(asked_on, 1)
    assert "You asked this" in client.get(url).text
    member("privacy_officer", organisation=person.organisation, user=UserFactory(language="en"))
    desk = reverse("consent:request", args=[person.organisation.slug, asked.pk])
    assert (
        reverse("consent:request", args=[person.organisation.slug, asked.pk])
        in client.get(reverse("register:dashboard", args=[person.organisation.slug])).text
    )
    assert "Also my orders, please." in client.get(desk).text
    assert client.post(desk, {"outcome": "done"}).status_code == 422
    client.post(desk, {"outcome": "done", "text": "Your orders are in the post."})
    assert client.post(desk, {"outcome": "done", "text": "Again"}).status_code == 409
    mail.send_waiting(timezone.now())
    assert [letter.to for letter in outbox.outbox] == [[ADDRESS]] * 3
    assert "Your orders are in the post." in outbox.outbox[-1].body


def test_to_be_erased_is_asked_settled_and_told_and_then_nothing_readable_is_left(
    client, member, person, url, settings
):
    client.post(url, {"act": "ask", "kind": "erasure", "erasure-text": f"Please forget {ADDRESS}"})
    client.post(url, {"act": "change", "address": NEW})
    member("privacy_officer", organisation=person.organisation)
    desk = reverse("consent:request", args=[person.organisation.slug, PersonRequest.objects.get().pk])
    client.post(desk, {"outcome": "done"})
    asked = PersonRequest.objects.get()
    assert (asked.outcome, asked.sealed, asked.settled_by is None) == ("done", "", False)
    assert not AddressChange.objects.exists()
    before = len(outbox.outbox)
    mail.send_waiting(timezone.now())
    assert [letter.to for letter in outbox.outbox[before:]] == [[ADDRESS]]
    assert "last mail" in outbox.outbox[-1].body or "laatste" in outbox.outbox[-1].body
    person.refresh_from_db()
    leaving.destroy_proof(person, at=timezone.now())
    for text in (everything_in_the_database(), settings.ERASURE_LOG.read_text()):
        assert "vindbaar" not in text
        assert "nieuwadres" not in text
    assert not OutgoingMail.objects.exclude(recipient="").exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_requests_costs_the_same_for_any_number(client, member, django_assert_num_queries, rows):
    organisation = member("privacy_officer").organisation
    PersonRequestFactory.create_batch(rows, organisation=organisation, due_on=date(2026, 1, 5))
    page = reverse("consent:requests", args=[organisation.slug])
    client.get(page)
    with django_assert_num_queries(6):
        client.get(page)


def test_a_link_that_closed_offers_a_new_one_in_the_language_of_its_address(client, url):
    response = client.get(url.rstrip("/")[:-3] + "xyz/?language=nl")
    assert response.status_code == 410
    assert reverse("portal:preferences_ask", args=[url.split("/")[2]]) in response.text
    assert '<html lang="nl"' in response.text
