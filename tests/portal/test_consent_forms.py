"""Consent forms on the street: what is kept when somebody fills one in, and what is not."""

import re
import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import mail
from accounts.models import AccessLink, OutgoingMail
from accounts.workers import Worker
from consent import terms
from consent.actions import consent_forms, leaving, personal, recording, unconfirmed, wordings
from consent.kinds import Happening, IdentifierKind, Method
from consent.models import ConfirmationRequest, ConsentEvent, EventDetail, Identifier, Person
from tests.consent import asked
from tests.consent.asked import ANNA
from tests.consent.desk import words
from tests.consent.test_leaving import everything_in_the_database
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db
YES = {"choice_0": "on", "email": ANNA}


@pytest.fixture
def organisation():
    return OrganisationFactory(country="NL")


class Box(Message):
    """A mail server of its own thread that keeps what it is given."""

    def __init__(self):
        super().__init__()
        self.mails = []

    def handle_message(self, message):
        self.mails.append(message)


@pytest.fixture
def postbox(settings):
    """A real SMTP server; what it was sent, as messages."""
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box.mails
    server.stop()


def kinds():
    return [Happening(kind) for kind in ConsentEvent.objects.order_by("pk").values_list("kind", flat=True)]


def link_in(message):
    return re.search(r"http\S+/confirm/\S+", message)[0].replace("http://localhost:8000", "")


def asked_for(client, version, **more):
    """Fill in the form; the address of the page that confirms."""
    client.post(asked.address(version), YES | more)
    return link_in(OutgoingMail.objects.filter(sent_at=None).latest("created_at").body)


def test_without_confirming_the_page_records_what_was_ticked_and_nothing_else(client, organisation):
    version = asked.published(organisation, channels=("email", "post"), confirms_by_mail=False)
    page = client.get(asked.address(version))
    assert page["Cache-Control"] == "no-store"  # it holds a token
    assert page.text.count('type="checkbox"') == 2
    assert "checked" not in page.text
    response = client.post(asked.address(version), YES, REMOTE_ADDR="203.0.113.77")
    assert "Your choice is recorded" in words(client.get(response.url))
    event = ConsentEvent.objects.get()
    assert (event.kind, event.channel, event.method, event.form) == (Happening.GIVEN, "email", "hosted", version)
    assert event.wording.content["texts"]["en"]["text"] in page.text
    assert recording.person_of(organisation, IdentifierKind.EMAIL, ANNA) == event.person


def test_double_opt_in_over_a_real_mail_server(client, organisation, postbox):
    """The mail asks; opening the link confirms nothing, the button does, once."""
    version = asked.published(organisation)
    response = client.post(asked.address(version), YES)
    assert "Look in your mail" in words(client.get(response.url))
    assert kinds() == [Happening.ASKED]
    assert mail.send_waiting(timezone.now()) == 1
    [message] = postbox
    assert message["To"] == ANNA
    text = message.get_payload(decode=True).decode()
    assert "newsletter each month" not in text
    assert not OutgoingMail.objects.exclude(recipient="", body="").exists()
    scanner, link = Client(), link_in(text)
    assert client.post(link.replace(organisation.slug, OrganisationFactory().slug)).status_code == 410
    for _time in range(2):
        assert scanner.get(link).status_code == 200
    assert kinds() == [Happening.ASKED]
    assert "Yes, mail me the newsletter." in words(client.get(link))
    for _time in range(2):
        assert "Your choice is recorded" in words(client.post(link))
    given = ConsentEvent.objects.get(kind=Happening.GIVEN)
    assert (given.method, given.form, given.language) == ("confirmed", version, "en")
    assert kinds() == [Happening.ASKED, Happening.GIVEN]
    assert mail.send_waiting(timezone.now()) == 1  # one receipt


def test_the_link_that_confirms_ends_after_the_hours_under_facts_of_law(client, organisation):
    link = asked_for(client, asked.published(organisation))
    row = AccessLink.objects.get()
    assert row.expires_at - row.created_at == timedelta(
        hours=terms.of(organisation, timezone.localdate()).confirm_hours
    )
    AccessLink.objects.update(expires_at=timezone.now())
    assert [answer.status_code for answer in (client.get(link), client.post(link))] == [410, 410]
    assert kinds() == [Happening.ASKED]


@pytest.mark.parametrize("confirms", [True, False])
def test_whatever_is_known_of_an_address_the_answer_and_the_work_are_the_same(client, organisation, confirms):
    """A stranger types it: unknown, known, said no before, and a form for it was just filled in."""
    version = asked.published(
        organisation, channels=("email", "sms"), asks_phone=True, keeps_refused=True, confirms_by_mail=confirms
    )
    at, objected = timezone.now(), ("no@example.org", "+31612345678")
    for kind, value in zip((IdentifierKind.EMAIL, IdentifierKind.PHONE), objected, strict=True):
        person = recording.find_or_add(organisation, kind, value, at=at)
        leaving.object_to_marketing(person, at=at, method=Method.DESK)
    recording.find_or_add(organisation, IdentifierKind.EMAIL, "bo@example.org", at=at)
    typed = [{"email": one} for one in ("first@example.org", ANNA, ANNA, "bo@example.org", "no@example.org")]
    typed += [
        {"email": f"{phone}@example.org", "phone": phone, "choice_1": "on"} for phone in ("+31687654321", objected[1])
    ]
    seen = []
    for one in typed:
        with CaptureQueriesContext(connection) as cost:
            answer = client.post(asked.address(version), YES | one)
        seen.append((answer.status_code, answer.url, answer.content, len(cost)))
    assert len(set(seen[1:5])) == 1  # what is read once is in memory after the first
    assert len(set(seen[5:])) == 1
    assert ConfirmationRequest.objects.count() == (6 if confirms else 1)
    assert OutgoingMail.objects.count() == (6 if confirms else 1)


def test_nobody_is_mailed_twice_within_an_hour_however_often_the_form_is_filled_in(client, organisation):
    version = asked.published(organisation)
    answers = [client.post(asked.address(version), YES) for _time in range(3)]
    assert {one.url for one in answers} == {answers[0].url}
    assert OutgoingMail.objects.count() == 1
    for hours in range(1, 6):
        ConfirmationRequest.objects.update(asked_at=timezone.now() - timedelta(hours=hours * 2))
        client.post(asked.address(version), YES)
    assert OutgoingMail.objects.count() == 3


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"email": ANNA}, "No box is ticked"),
        ({"choice_0": "on"}, "This field is required"),
        ({"choice_0": "on", "email": "anna"}, "valid email address"),
        ({"choice_9": "on", "email": ANNA}, "No box is ticked"),
        ({"choice_0": "on", "email": "a" * 300 + "@example.org"}, "at most 254"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(client, organisation, sent, said):
    version = asked.published(organisation)
    response = client.post(asked.address(version), sent)
    assert response.status_code == 422
    assert said in words(response)
    assert not Person.objects.exists()


def test_a_robot_that_fills_in_everything_is_thanked_and_forgotten(client, organisation):
    version = asked.published(organisation)
    assert client.post(asked.address(version), YES | {"homepage": "http://x.example"}).status_code == 302
    assert not Person.objects.exists()


def test_what_comes_from_another_site_counts_only_after_the_button_here(organisation):
    version = asked.published(organisation, confirms_by_mail=False)
    visitor = Client(enforce_csrf_checks=True)
    part = visitor.get(asked.address(version, "consent_fragment"))
    assert "<script" not in part.text
    assert "csrfmiddlewaretoken" not in part.text
    assert part["Content-Security-Policy"].count("frame-ancestors *") == 1
    once_more = visitor.post(asked.address(version), YES)
    assert "You filled this in on another page" in words(once_more)
    assert not ConsentEvent.objects.exists()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', once_more.text)[1]
    visitor.post(asked.address(version), YES | {"embedded": "1", "csrfmiddlewaretoken": token})
    assert ConsentEvent.objects.get().method == "embedded"


@pytest.mark.parametrize("where", ["consent_form", "consent_fragment"])
def test_who_read_a_form_before_it_changed_agrees_to_nothing_they_did_not_read(client, organisation, where):
    before = asked.published(organisation, confirms_by_mail=False)
    held = re.search(r'name="version" value="([^"]+)"', client.get(asked.address(before, where)).text)[1]
    now = asked.publish(before.form, at=timezone.now())
    response = client.post(asked.address(now), YES | {"version": held})
    assert response.status_code == 409
    assert "This form was changed meanwhile." in words(response)
    assert "checked" not in response.text
    assert f'value="{ANNA}"' in response.text
    assert not ConsentEvent.objects.exists()
    held = re.search(r'name="version" value="([^"]+)"', response.text)[1]
    client.post(asked.address(now), YES | {"version": held})
    assert ConsentEvent.objects.get().form == now


def test_a_choice_whose_wording_ended_is_offered_no_more_and_confirms_no_more(client, organisation):
    version = asked.published(organisation)
    link = asked_for(client, version)
    wordings.end(version.form.choices.get().wording, by=None, at=timezone.now(), on=timezone.localdate())
    assert client.get(asked.address(version)).status_code == 410
    assert "no longer in use" in words(client.get(link))
    client.post(link)
    assert kinds() == [Happening.ASKED]


def test_under_sixteen_a_parent_is_asked_and_decides(client, organisation):
    version = asked.published(organisation, purpose={"is_online_service": True}, confirms_by_mail=False)
    child = YES | {"age": "from_13"}
    assert "a parent decides with you" in words(client.post(asked.address(version), child))
    assert "This is your own address" in words(client.post(asked.address(version), child | {"parent": ANNA}))
    client.post(asked.address(version), child | {"parent": "mother@example.org"})
    message = OutgoingMail.objects.get()
    assert message.recipient == "mother@example.org"
    assert "as a parent" in words(client.get(link_in(message.body)))
    client.post(link_in(message.body))
    given = ConsentEvent.objects.get(kind=Happening.GIVEN)
    assert (given.given_by, given.age) == ("parent", "from_13")
    assert given.person == recording.person_of(organisation, IdentifierKind.EMAIL, ANNA)


def test_who_is_old_enough_needs_no_parent(client, organisation):
    version = asked.published(organisation, purpose={"is_online_service": True}, confirms_by_mail=False)
    client.post(asked.address(version), YES | {"age": "from_16"})
    assert kinds() == [Happening.GIVEN]


def test_empty_boxes_are_a_no_when_the_form_says_so_but_never_a_withdrawal(client, organisation):
    version = asked.published(organisation, channels=("email", "post"), confirms_by_mail=False, keeps_refused=True)
    client.post(asked.address(version), YES)
    assert kinds() == [Happening.GIVEN, Happening.REFUSED]
    client.post(asked.address(version), {"email": ANNA})
    assert kinds()[2:] == [Happening.REFUSED]


def test_who_never_confirmed_is_forgotten(client, organisation):
    version = asked.published(organisation, asks_name=True)
    asked_for(client, version, name="Anna Verbeek")
    later = timezone.now() + timedelta(days=31)
    assert unconfirmed.forget_unconfirmed(timezone.now() + timedelta(days=29)) == 0
    assert unconfirmed.forget_unconfirmed(later) == 1
    assert unconfirmed.forget_unconfirmed(later) == 0
    for model in (Identifier, EventDetail, AccessLink):
        assert not model.objects.exists()
    assert ANNA not in everything_in_the_database()
    assert not OutgoingMail.objects.filter(recipient=ANNA).exists()
    assert Person.objects.get().key_row.key is None
    assert kinds() == [Happening.ASKED]


def test_who_never_confirmed_is_mailed_a_personal_link_once_a_day(client, organisation):
    asked_for(client, asked.published(organisation))
    for hour in (0, 2, 25):
        personal.ask(organisation, ANNA, at=timezone.now() + timedelta(hours=hour))
    assert DBTaskResult.objects.count() == 3
    Worker().run_once()
    assert AccessLink.objects.filter(purpose=personal.PURPOSE).count() == 1


def test_who_is_erased_before_confirming_gets_no_mail_and_no_link(client, organisation):
    version = asked.published(organisation)
    link = asked_for(client, version)
    leaving.erase(Person.objects.get(), at=timezone.now(), method="desk")
    closed = client.get(link + "?language=en")
    assert closed.status_code == 410
    assert version.organisation.name in closed.text
    assert "fill in the form once more" in words(closed)
    assert not OutgoingMail.objects.filter(thing__startswith="consent_confirm").exclude(recipient="", body="").exists()
    assert not ConfirmationRequest.objects.exists()


def test_who_is_known_otherwise_keeps_what_was_recorded(client, organisation):
    version = asked.published(organisation)
    client.post(asked_for(client, version))
    ConfirmationRequest.objects.update(asked_at=timezone.now() - timedelta(days=40))
    ConfirmationRequest.objects.update(confirmed_at=timezone.now() - timedelta(days=40))
    asked_for(client, version)
    unconfirmed.forget_unconfirmed(timezone.now() + timedelta(days=31))
    assert recording.person_of(organisation, IdentifierKind.EMAIL, ANNA) is not None
    assert ConfirmationRequest.objects.count() == 1


def test_a_form_that_was_taken_away_says_whose_it_was_and_where_people_get_out(client, organisation):
    version = asked.published(organisation)
    consent_forms.end(version.form, by=None, at=timezone.now(), on=timezone.localdate())
    gone = client.get(asked.address(version))
    assert gone.status_code == 410
    assert f'"street-name">{organisation.name}<' in gone.text
    assert reverse("portal:preferences_ask", args=[organisation.slug]) in gone.text


def test_a_network_that_sends_very_many_forms_waits_for_the_next_hour(client, organisation, monkeypatch):
    monkeypatch.setattr("portal.views.consent_forms.PER_HOUR", 1)
    version = asked.published(organisation)
    client.post(asked.address(version), YES)
    refused = client.post(asked.address(version), YES | {"email": "bo@example.org"})
    assert refused.status_code == 429
    assert "within an hour" in words(refused)
    assert ConfirmationRequest.objects.count() == 1


def test_forms_that_are_not_there_are_not_there(client, organisation):
    form = asked.drafted(organisation)
    unpublished = asked.address(type("V", (), {"organisation": organisation, "form": form}))
    assert client.get(unpublished).status_code == 404
    assert client.get(unpublished.replace(form.slug, "other")).status_code == 404


def test_the_page_costs_the_same_for_any_number_of_choices(client, organisation, django_assert_num_queries):
    version = asked.published(organisation, channels=("email", "post", "none"))
    client.get(asked.address(version))
    with django_assert_num_queries(3):
        client.get(asked.address(version))


def test_a_number_that_a_stranger_types_lifts_no_objection_of_its_owner(client, organisation):
    version = asked.published(organisation, channels=("email", "sms"), asks_phone=True, purpose={"kind": "marketing"})
    owner = recording.find_or_add(organisation, IdentifierKind.PHONE, "+31612345678", at=timezone.now())
    leaving.object_to_marketing(owner, at=timezone.now(), method=Method.DESK)
    page = asked_for(client, version, choice_1="on", phone="0612345678")
    assert client.post(page).status_code == 200
    given = ConsentEvent.objects.filter(kind=Happening.GIVEN)
    assert list(given.values_list("channel", flat=True)) == ["email"]
    assert not owner.events.filter(kind=Happening.GIVEN).exists()


def test_an_address_that_a_stranger_types_lifts_no_objection_of_its_owner_who_is_asked_by_mail(client, organisation):
    version = asked.published(organisation, confirms_by_mail=False, purpose={"kind": "marketing"})
    owner = recording.find_or_add(organisation, IdentifierKind.EMAIL, ANNA, at=timezone.now())
    leaving.object_to_marketing(owner, at=timezone.now(), method=Method.DESK)
    known, unknown = (client.post(asked.address(version), YES | {"email": email}) for email in (ANNA, "b@example.org"))
    assert known.url == unknown.url
    assert not owner.events.filter(kind=Happening.GIVEN).exists()
    [message] = OutgoingMail.objects.filter(thing__startswith="consent_confirm")
    assert message.recipient == ANNA
    client.post(link_in(message.body))
    assert owner.events.filter(kind=Happening.GIVEN, method="confirmed").exists()


def test_who_calls_themselves_the_parent_of_somebody_lifts_no_objection_of_theirs(client, organisation):
    purpose = {"kind": "marketing", "is_online_service": True}
    version = asked.published(organisation, purpose=purpose)
    owner = recording.find_or_add(organisation, IdentifierKind.EMAIL, ANNA, at=timezone.now())
    leaving.object_to_marketing(owner, at=timezone.now(), method=Method.DESK)
    assert client.post(asked_for(client, version, age="from_13", parent="stranger@example.org")).status_code == 200
    assert not owner.events.filter(kind=Happening.GIVEN).exists()


def test_a_number_that_nobody_said_no_for_is_taken_with_the_address(client, organisation):
    version = asked.published(organisation, channels=("sms",), asks_phone=True)
    client.post(asked_for(client, version, phone="0612345678"))
    assert kinds()[-1] == Happening.GIVEN
