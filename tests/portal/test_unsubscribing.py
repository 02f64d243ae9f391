"""Out of a mailing with one click (RFC 8058): by a mail program without cookies, never by opening the link."""

import re
import uuid

import pytest
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from accounts import mail
from accounts.models import OutgoingMail
from consent import links, standing, unsubscribing
from consent.actions import leaving, recording
from consent.kinds import Channel, Happening, IdentifierKind, Method
from consent.models import ConsentEvent
from tests.factories.consent import ConsentEventFactory, ConsentPurposeFactory, WordingVersionFactory

pytestmark = pytest.mark.django_db
ADDRESS = "ans.vindbaar@example.org"
CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def version():
    return WordingVersionFactory()


@pytest.fixture
def person(version):
    at = version.valid_from
    found = recording.find_or_add(version.organisation, IdentifierKind.EMAIL, ADDRESS, at=at, language="en")
    ConsentEventFactory(wording=version, person=found)
    return found


@pytest.fixture
def purpose(version):
    return version.wording.purpose


def path(person, purpose, channel=Channel.EMAIL):
    return links.unsubscribe_url(person.pk, purpose, channel).removeprefix("http://testserver")


def state(person, purpose):
    return standing.current(person, purpose, Channel.EMAIL, at=timezone.now()).kind


@pytest.mark.parametrize(
    "body",
    [{"data": "List-Unsubscribe=One-Click", "content_type": "application/x-www-form-urlencoded"}, {"data": CLICK}],
)
def test_a_mail_program_unsubscribes_without_cookies_and_twice_is_once(person, purpose, body):
    bare = Client(enforce_csrf_checks=True)
    for _time in range(2):
        response = bare.post(path(person, purpose), **body)
        assert response.status_code == 200
        assert not response.cookies
    event = ConsentEvent.objects.latest("pk")
    assert (event.kind, event.method) == (Happening.WITHDRAWN, Method.ONE_CLICK)
    assert ConsentEvent.objects.count() == 2


def test_opening_the_link_changes_nothing_and_shows_one_button_and_no_whole_address(client, person, purpose):
    client.get(path(person, purpose))
    client.head(path(person, purpose))
    client.post(path(person, purpose), {"something": "else"})
    page = client.get(path(person, purpose) + "?language=en").text
    assert page.count("<button") == 1
    assert "Our newsletter" in page
    assert "a•••@e•••.org" in page
    assert ADDRESS not in page
    assert state(person, purpose) == Happening.GIVEN
    assert not OutgoingMail.objects.exists()


def test_who_never_consented_but_is_written_to_as_a_customer_gets_out_too(client, person):
    offers = ConsentPurposeFactory(organisation=person.organisation)
    client.post(path(person, offers), CLICK)
    assert state(person, offers) == Happening.OBJECTED


def test_a_receipt_is_mailed_and_the_outbox_forgets_to_whom(client, person, purpose):
    client.post(path(person, purpose), CLICK)
    mail.send_waiting(timezone.now())
    (letter,) = outbox.outbox
    assert letter.to == [ADDRESS]
    assert "Withdrawn: Our newsletter (E-mail)" in letter.body
    assert links.preferences_url(person.pk, person.organisation) in letter.body
    assert OutgoingMail.objects.get().recipient == ""


def test_links_of_nobody_of_the_erased_and_forged_ones_get_one_answer(client, person, purpose):
    good = path(person, purpose)
    leaving.erase(person, at=timezone.now(), method=Method.DESK)
    before = ConsentEvent.objects.count()
    nobody = type(person)(pk=uuid.uuid4(), organisation=person.organisation)
    paths = [good, path(nobody, purpose), good[:-3] + "AA/", good.split("unsubscribe/")[0] + "unsubscribe/nonsense/"]
    for ask in (client.get, lambda where: client.post(where, CLICK)):
        answers = [ask(where) for where in paths]
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.text for answer in answers}) == 1
    assert ConsentEvent.objects.count() == before


def test_a_link_works_only_for_what_it_was_signed_for_and_where(client, person, purpose):
    token = re.search(r"/unsubscribe/([^/]+)/", path(person, purpose))[1]
    assert links.read(token, links.UNSUBSCRIBE) == links.Holder(person.pk, purpose.pk, "email")
    assert links.read(token, links.PREFERENCES) is None
    assert all(links.read(broken, links.UNSUBSCRIBE) is None for broken in ("", "é", "a", token[:-2], "B" + token[1:]))
    elsewhere = ConsentPurposeFactory()
    client.post(path(person, elsewhere), CLICK)
    client.post(f"/p/{elsewhere.organisation.slug}/unsubscribe/{token}/", CLICK)
    assert ConsentEvent.objects.count() == 1


def test_a_link_outlives_a_change_of_keys_as_long_as_the_old_one_is_there(settings, person, purpose):
    token = re.search(r"/unsubscribe/([^/]+)/", path(person, purpose))[1]
    settings.CONSENT_KEYS = ["3:newest", *settings.CONSENT_KEYS]
    assert links.read(token, links.UNSUBSCRIBE)
    settings.CONSENT_KEYS = ["3:newest"]
    assert links.read(token, links.UNSUBSCRIBE) is None


def test_the_headers_of_a_message_and_a_million_links_cost_no_query(person, purpose, django_assert_num_queries):
    assert purpose.organisation.slug  # read before
    with django_assert_num_queries(0):
        headers = unsubscribing.headers(person, purpose, Channel.EMAIL)
    assert headers["List-Unsubscribe"] == f"<http://testserver{path(person, purpose)}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
