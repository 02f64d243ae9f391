"""Finding a person, their page, recording for them, and letting them out again."""

import json
import logging
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Event
from consent import proof
from consent.actions import forgetting, leaving, recording
from consent.actions.recording import Said
from consent.kinds import Channel, Happening, IdentifierKind, Method
from consent.models import ConsentEvent, ConsentPurpose, EventDetail, Evidence, Person, PersonKey
from core import canonical
from core.moments import on_the_wall
from tests.consent import asked, desk
from tests.consent.desk import MORNING, url, words
from tests.factories.accounts import UserFactory
from tests.factories.consent import PersonFactory

pytestmark = pytest.mark.django_db
ADDRESS = "ans.vindbaar@example.org"
LATER = MORNING + timedelta(days=2)
PAPER = b"%PDF-1.7 signed"


@pytest.fixture
def organisation(member):
    return member("privacy_officer", user=UserFactory(language="en")).organisation


@pytest.fixture
def version(organisation):
    return desk.published(organisation)


def known(version, **said):
    """Somebody who said yes by mail."""
    person = recording.find_or_add(version.organisation, IdentifierKind.EMAIL, ADDRESS, at=LATER, language="nl")
    values = {"wording": version, "language": "nl", "facts": {"note": "At the counter"}} | said
    purpose = version.wording.purpose
    recording.record(person, Said(Happening.GIVEN, purpose, Channel.EMAIL, Method.WEB_FORM, LATER, **values), at=LATER)
    return person


def filled(**given):
    """What the form of the desk sends."""
    usual = {"kind": "email", "value": ADDRESS, "answer": "10", "channel": "email", "how": "oral", "language": "nl"}
    asked = {"happened_at": on_the_wall(LATER), "given_by": "subject", "note": "By telephone, by Kim"}
    return usual | asked | given


def test_a_person_is_found_by_post_and_the_address_is_in_no_url_log_or_event(client, organisation, version, caplog):
    person = known(version)
    with caplog.at_level(logging.DEBUG):
        response = client.post(url(organisation, "find"), {"kind": "email", "value": " Ans.Vindbaar@Example.org"})
        shown = words(client.get(response.url))
    assert response.url == url(organisation, "person", person.pk)
    assert ADDRESS in shown
    event = Event.objects.get(kind="person_seen")
    assert event.subject == str(person.pk)
    assert "vindbaar" not in (caplog.text + repr(list(Event.objects.values()))).lower()


def test_nobody_known_is_an_answer_and_a_mark_is_said(client, organisation, version):
    asked = {"kind": "email", "value": ADDRESS}
    assert "Nobody is known" in words(client.post(url(organisation, "find"), asked))
    leaving.erase(known(version), at=LATER, method=Method.DESK)
    said = words(client.post(url(organisation, "find"), asked))
    assert "Nobody is known" in said
    assert "Was erased, Art. 17" in said


@pytest.mark.parametrize("given", [{"kind": "email", "value": "no address"}, {"kind": "x", "value": "1"}, {}])
def test_what_is_no_address_is_said_at_its_field(client, organisation, given):
    response = client.post(url(organisation, "find"), given)
    assert response.status_code == (422 if given else 200)
    assert not Event.objects.filter(kind="person_seen").exists()


def test_what_was_said_by_telephone_is_recorded_with_the_version_of_that_moment(client, organisation, version):
    later = desk.publish(version.wording, at=LATER + timedelta(days=1))
    page = url(organisation, "record", version.wording_id)
    assert "What is asked (version 2)" in words(client.get(page))
    assert client.post(page, filled()).status_code == 302
    event = ConsentEvent.objects.get()
    assert (event.wording, event.method, event.kind, event.language) == (version, "oral", 10, "nl")
    assert event.wording != later
    assert "Kim" not in EventDetail.objects.get().sealed
    assert "By telephone, by Kim" in words(client.get(url(organisation, "person", event.person_id)))


def test_a_yes_of_the_minute_of_a_no_is_refused_since_it_would_do_nothing(client, organisation, version):
    page = url(organisation, "record", version.wording_id)
    client.post(page, filled(answer="30"))
    assert "of one moment the no counts" in words(client.post(page, filled()))
    later = on_the_wall(LATER + timedelta(minutes=1))
    assert client.post(page, filled(happened_at=later)).status_code == 302
    assert list(ConsentEvent.objects.order_by("pk").values_list("kind", flat=True)) == [30, 10]


def test_what_is_published_is_asked_without_a_channel(client, organisation):
    version = desk.published(organisation, kind="publication")
    page = url(organisation, "record", version.wording_id)
    assert "For which channel?" not in words(client.get(page))
    client.post(page, filled(channel="email"))
    assert ConsentEvent.objects.get().channel == "none"


def test_nobody_consents_by_telephone_to_a_text_without_words_to_say_aloud(client, organisation):
    silent = {"nl": desk.TEXTS["nl"] | {"script": ""}}
    version = desk.publish(desk.draft(desk.purpose(organisation), texts=silent))
    page = url(organisation, "record", version.wording_id)
    assert "no words to be said aloud" in words(client.post(page, filled()))
    assert not ConsentEvent.objects.exists()
    assert client.post(page, filled(answer="30")).status_code == 302


def test_a_signed_paper_is_kept_sealed_and_handed_out_on_record(client, organisation, version):
    page = url(organisation, "record", version.wording_id)
    assert "Add a scan or photo" in words(client.post(page, filled(how="paper")))
    assert not Person.objects.exists()
    scan = SimpleUploadedFile("signed by ans.pdf", PAPER)
    client.post(page, filled(how="paper", scan=scan, note=""))
    row = Evidence.objects.select_related("file").get()
    with row.file.file.open("rb") as sealed:
        assert b"signed" not in sealed.read()
    person = Person.objects.get()
    assert "signed by ans.pdf" in words(client.get(url(organisation, "person", person.pk)))
    response = client.get(url(organisation, "evidence", person.pk, row.pk))
    assert b"".join(response.streaming_content) == PAPER
    assert Event.objects.get(kind="downloaded").details["sha256"] == row.sha256


def test_a_signed_paper_names_the_form_that_was_printed(client, organisation):
    form = asked.published(organisation)
    page = url(organisation, "record", form.form.choices.get().wording_id) + f"?form={form.pk}"
    assert form.title("en") in words(client.get(page))
    client.post(page, filled(how="paper", scan=SimpleUploadedFile("signed.pdf", PAPER)))
    assert ConsentEvent.objects.get().form == form


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"how": "business_card"}, "A business card is no consent"),
        ({"how": "oral", "note": ""}, "Write down who asked"),
        ({"how": "event_card", "note": ""}, "Add a photo of the card"),
        ({"happened_at": on_the_wall(MORNING - timedelta(days=1))}, "This wording was not in use at that moment"),
        ({"happened_at": "2199-01-01T10:00"}, "still to come"),
        ({"happened_at": "0001-01-01T00:00"}, "Choose a year"),
        ({"channel": "smoke"}, "Select a valid choice"),
        ({"value": "nobody"}, "is not an e-mail address"),
        ({"answer": "31"}, "Select a valid choice"),
    ],
)
def test_what_proves_no_consent_is_refused_in_words_and_keeps_nothing(client, organisation, version, given, said):
    response = client.post(url(organisation, "record", version.wording_id), filled(**given))
    assert response.status_code == 422
    assert said in words(response)
    assert not Person.objects.exists()


def test_for_a_known_person_no_address_is_asked(client, organisation, version):
    person = known(version)
    listed = client.get(url(organisation, "person_wordings", person.pk))
    page = f"{url(organisation, 'record', version.wording_id)}?person={person.pk}"
    assert page in listed.text
    assert 'name="value"' not in client.get(page).text
    given = {key: value for key, value in filled(answer="30", channel="sms").items() if key not in ("kind", "value")}
    assert client.post(page, given).status_code == 302
    assert person.events.filter(kind=Happening.REFUSED, channel="sms", wording=version).exists()


@pytest.mark.parametrize("key", ["x", "00000000-0000-0000-0000-000000000000"])
def test_a_person_who_is_not_there_is_not_found(client, organisation, version, key):
    assert client.get(f"{url(organisation, 'record', version.wording_id)}?person={key}").status_code == 404


def test_withdrawing_objecting_and_erasing_ask_first_and_then_do_it(client, organisation, version):
    person = known(version)
    purpose = version.wording.purpose
    withdraw = url(organisation, "withdraw", person.pk, purpose.pk, "email")
    assert "Withdraw the consent for “Our newsletter” (E-mail)?" in words(client.get(withdraw))
    assert person.events.count() == 1
    given = {"given_by": "parent", "happened_at": on_the_wall(timezone.now()), "note": "By letter"}
    assert client.post(withdraw, given).status_code == 302
    assert person.events.latest("pk").given_by == "parent"
    assert "There is no consent for this now" in words(client.get(withdraw))
    client.post(url(organisation, "object", person.pk), {"given_by": "subject"})
    assert person.events.latest("pk").kind == Happening.OBJECTED
    page = url(organisation, "person", person.pk)
    assert "There is a mark against an address" in words(client.get(page))
    erase = url(organisation, "erase", person.pk)
    assert "cannot be undone" in words(client.get(erase))
    client.post(erase)
    person.refresh_from_db()
    assert person.erased_at
    assert "This person was erased" in words(client.get(page))
    assert client.post(erase).status_code == 409


def test_either_parent_takes_back_what_a_parent_gave(client, organisation, version):
    person = known(version)
    purpose = version.wording.purpose
    withdraw = url(organisation, "withdraw", person.pk, purpose.pk, "email")
    assert "Parent 2" not in words(client.get(withdraw))
    now = timezone.now()
    said = Said(Happening.RENEWED, purpose, Channel.EMAIL, Method.PAPER, now, wording=version, given_by="parent")
    recording.record(person, said, at=now)
    assert "Parent 2" in words(client.get(withdraw))
    client.post(withdraw, {"given_by": "parent-2", "happened_at": on_the_wall(timezone.now()), "note": ""})
    left = person.events.latest("pk")
    assert (left.kind, left.given_by, left.parent_voice.parent) == (Happening.WITHDRAWN, "parent", 2)
    assert "Parent 2" in words(client.get(url(organisation, "person", person.pk)))


def test_who_may_not_erase_does_not_see_who_was_erased(client, member, version, organisation):
    person = known(version)
    member("editor", organisation=organisation)
    assert client.get(url(organisation, "erase", person.pk)).status_code == 403
    leaving.erase(person, at=LATER, method=Method.DESK)
    assert client.get(url(organisation, "person", person.pk)).status_code == 403


def test_the_proof_holds_what_was_shown_and_its_fingerprint_can_be_checked(client, organisation, version):
    person = known(version)
    answer = client.get(url(organisation, "proof", person.pk, "json"))
    told = json.loads(b"".join(answer.streaming_content))
    assert told["fingerprint"] == canonical.digest(told["document"])
    assert told["document"]["wordings"][0]["content"] == version.content
    assert told["document"]["wordings"][0]["digest"] == version.digest
    assert told["document"]["person"]["addresses"] == [ADDRESS]
    [event] = told["document"]["events"]
    assert (event["kind"], event["facts"]) == ("given", {"note": "At the counter"})
    downloaded = Event.objects.get(kind="downloaded")
    assert downloaded.details["fingerprint"] == told["fingerprint"]
    assert ADDRESS not in repr(downloaded.details) + downloaded.subject


def test_the_proof_on_paper_is_in_the_language_of_the_person(client, organisation, version):
    person = known(version)
    purposes = ConsentPurpose.objects.all()
    person = Person.objects.select_related("organisation", "key_row").get(pk=person.pk)
    told = proof.document(person, purposes, language="nl", at=LATER)
    page = proof.html(told, "x", "nl", LATER)
    for expected in (ADDRESS, "Ja, mail mij de nieuwsbrief.", "Onze nieuwsbrief", proof.fingerprint(told)):
        assert expected in page
    answer = client.get(url(organisation, "proof", person.pk, "pdf"))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert Event.objects.get(kind="downloaded").details["language"] == "nl"


def test_what_was_filled_in_and_what_a_list_said_is_shown_under_its_name(client, organisation, version):
    person = known(version, facts={"name": "Ans de Boer", "evidence": "Drawer 4"})
    shown = words(client.get(url(organisation, "person", person.pk)))
    person = Person.objects.select_related("organisation", "key_row").get(pk=person.pk)
    told = proof.document(person, ConsentPurpose.objects.all(), language="nl", at=LATER)
    page = proof.html(told, "x", "nl", LATER)
    for label, text in (("Name", "Ans de Boer"), ("Where the evidence can be found", "Drawer 4")):
        assert f"{label}: {text}" in shown
        assert text in page
    assert ">evidence<" not in page


def test_the_proof_shows_the_text_that_the_person_saw_whatever_language_it_is_made_in(organisation, version):
    person = known(version, language="en")
    person = Person.objects.select_related("organisation", "key_row").get(pk=person.pk)
    told = proof.document(person, ConsentPurpose.objects.all(), language="nl", at=LATER)
    page = proof.html(told, "x", "nl", LATER)
    assert "Yes, mail me the newsletter." in page
    assert "Ja, mail mij de nieuwsbrief." not in page


def test_the_proof_of_an_erased_person_still_says_who_it_was_until_the_key_goes(organisation, version):
    person = known(version)
    leaving.erase(person, at=LATER, method=Method.DESK)
    purposes = ConsentPurpose.objects.all()

    def told():
        found = Person.objects.select_related("organisation", "key_row").get(pk=person.pk)
        return proof.document(found, purposes, language="nl", at=LATER)

    assert told()["person"]["addresses"] == [ADDRESS]
    leaving.destroy_proof(person, at=LATER)
    assert told()["person"]["addresses"] == []
    assert PersonKey.objects.get().key is None


def test_after_the_term_the_sweep_destroys_what_was_kept_of_the_erased(version):
    person = known(version)
    leaving.erase(person, at=LATER, method=Method.DESK)
    assert forgetting.destroy_old_proof(LATER.replace(year=2030)) == 0
    assert forgetting.destroy_old_proof(LATER.replace(year=2031)) == 1
    assert PersonKey.objects.get().key is None
    assert forgetting.destroy_old_proof(LATER.replace(year=2032)) == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_person_costs_the_same_for_any_number_of_events(
    client, organisation, version, django_assert_num_queries, rows
):
    person = PersonFactory(organisation=organisation)
    purpose = version.wording.purpose
    for number in range(rows):
        recording.identify(person, IdentifierKind.NUMBER, f"K{number}", at=LATER)
        said = Said(
            Happening.GIVEN,
            purpose,
            list(Channel)[number],
            Method.ORAL,
            LATER,
            wording=version,
            facts={"note": "x"},
        )
        recording.record(person, said, at=LATER, by=UserFactory())
    page = url(organisation, "person", person.pk)
    client.get(page)
    with django_assert_num_queries(14):
        client.get(page)
