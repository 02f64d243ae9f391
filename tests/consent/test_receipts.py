"""Consent receipts in two standard forms: every term exists, and what must be said is said."""

import json
from dataclasses import replace
from datetime import timedelta

import jsonschema_rs
import pytest

from accounts.actions import organisations
from accounts.models import Event
from consent import proof
from consent.actions import leaving, recording
from consent.actions.recording import Said
from consent.kinds import Channel, Happening, IdentifierKind, Method
from consent.models import ConsentPurpose, Person
from consent.receipts import about, files, kantara, ts27560
from core.addresses import full_address
from tests.consent import desk
from tests.consent.desk import MORNING, url
from tests.factories.accounts import ControllerFactory, UserFactory
from tests.factories.register import CountryFactory, SystemLineFactory
from tests.register.test_export_jsonld import SHARED, terms_in, vocabulary

pytestmark = pytest.mark.django_db
ADDRESS = "ans.vindbaar@example.org"
LATER = MORNING + timedelta(days=2)
ELSEWHERE = {"dct": {"identifier", "conformsTo", "created", "publisher", "language", "title", "description", "source"}}
ELSEWHERE |= {"rdf": {"value"}, "schema": {"recipient"}}


@pytest.fixture
def organisation(member):
    return member("privacy_officer", user=UserFactory(language="en")).organisation


@pytest.fixture
def person(organisation):
    """Said yes to mail and to text messages, and withdrew the last."""
    return consenting(organisation, desk.published(organisation))


def consenting(organisation, version):
    purpose = version.wording.purpose
    person = recording.find_or_add(organisation, IdentifierKind.EMAIL, ADDRESS, at=LATER, language="en")
    for channel in (Channel.EMAIL, Channel.SMS):
        said = Said(Happening.GIVEN, purpose, channel, Method.WEB_FORM, LATER, wording=version, language="en")
        recording.record(person, said, at=LATER)
    leaving.withdraw(person, purpose, Channel.SMS, at=LATER + timedelta(hours=1), method=Method.ONE_CLICK)
    return Person.objects.select_related("organisation", "key_row").get(pk=person.pk)


def made(person, format):
    at = LATER + timedelta(days=1)
    document = proof.document(person, ConsentPurpose.objects.all(), language="en", at=at)
    return json.loads(files.make(person, document, format, "en", at=at))


def test_a_record_for_each_channel_says_all_that_the_standard_asks(person):
    receipt = made(person, "27560")
    assert receipt["dct:conformsTo"] == {"@id": f"{ts27560.PROFILE}receipt-eu-gdpr"}
    mail, text = receipt["dpv:hasRecordOfActivity"]
    process = mail["dpv:hasProcess"]
    assert process["dpv:hasPurpose"]["@type"] == "dpv:DirectMarketing"
    assert process["dpv:hasLegalBasis"] == {"@id": "eu-gdpr:A6-1-a-non-explicit-consent"}
    kinds = {one["@type"] for one in process["dpv:hasStorageCondition"]}
    assert kinds == {"dpv:StorageDuration", "dpv:StorageLocation"}
    assert process["dpv:hasConsentControl"]["dpv:isExercisedAt"] == about.read(person, at=LATER).withdraw_url
    assert mail["dpv:hasJurisdiction"] == {"@id": "loc:NL"}
    for field in ("dct:identifier", "dct:conformsTo", "dct:language", "dpv:hasDataSubject", "dpv:hasDataController"):
        assert mail[field]
    assert mail["dpv:hasNotice"][0]["dct:description"] == "Yes, mail me the newsletter."
    assert [one["@type"][0] for one in text["dpv:hasConsentStatus"]] == ["dpv:ConsentGiven", "dpv:ConsentWithdrawn"]
    assert text["dpv:hasConsentStatus"][0]["dpv:isIndicatedBy"] == {"@id": "dpv:DataSubject"}


def test_a_day_begins_for_a_receipt_when_it_begins_there(organisation, person):
    """Half past eleven in the evening of Greenwich is tomorrow in the Netherlands."""
    controller, at = ControllerFactory(organisation=organisation), LATER.replace(hour=23, minute=30)
    tomorrow = LATER.date() + timedelta(days=1)
    organisations.establish_controller(controller, valid_from=tomorrow, reason="new", by=None, at=LATER)
    assert str(controller.pk) in about.read(person, at=at).controllers


def test_a_record_names_where_the_systems_stood_and_else_no_place(organisation):
    purpose = desk.purpose(organisation)
    belgium = CountryFactory(organisation=organisation, code="BE")
    SystemLineFactory.create_batch(2, activity=purpose.activity, system__hosting_country=belgium)
    desk.establish_again(purpose.activity)
    person = consenting(organisation, desk.publish(desk.draft(purpose)))
    mail, _text = made(person, "27560")["dpv:hasRecordOfActivity"]
    stored = mail["dpv:hasProcess"]["dpv:hasStorageCondition"]
    places = [one for one in stored if one["@type"] == "dpv:StorageLocation"]
    assert [one["dpv:hasLocation"] for one in places] == [{"@id": "loc:BE"}]


def test_every_term_of_a_record_exists_in_its_vocabulary(person):
    receipt = made(person, "27560")
    prefixes = receipt["@context"]
    spelled = {
        ts27560.UNPROVED,
        *ts27560.STATUS.values(),
        *ts27560.BY.values(),
        *ts27560.AUTHORITY.values(),
        *ts27560.PURPOSES.values(),
    }
    unknown = []
    for term in {*terms_in(receipt), *spelled}:
        prefix, _colon, name = term.partition(":")
        if prefix in ("urn", "https", "loc") or name in ELSEWHERE.get(prefix, ()):
            continue
        if prefixes[prefix] + name not in vocabulary():
            unknown.append(term)
    assert unknown == []
    profiles = (SHARED / "dpv" / "dpv-27560.ttl").read_text()
    assert all(f"dpv-27560:{name} " in profiles for name in ("receipt-eu-gdpr", "record-eu-gdpr"))


def test_a_kantara_receipt_for_each_consent_that_stands(person):
    (receipt,) = made(person, "kantara")
    assert receipt["version"] == "KI-CR-v1.1.0"
    assert receipt["consentTimestamp"] == int(LATER.timestamp())
    assert receipt["piiPrincipalId"] == ADDRESS
    ((purpose,),) = [service["purposes"] for service in receipt["services"]]
    assert purpose["purpose"] == "Our newsletter"
    assert (receipt["sensitive"], receipt["spiCat"], purpose["thirdPartyDisclosure"]) == (False, [], False)
    document = proof.document(person, ConsentPurpose.objects.all(), language="en", at=LATER + timedelta(hours=2))
    document["wordings"][0]["content"] |= {
        "data": [{"nl": "Naam", "en": "Name"}, {"nl": "Dieet", "en": "Diet", "sensitivity": "special"}],
        "recipients": [{"nl": "Partner BV", "en": "Partner BV"}],
    }
    (receipt,) = kantara.make(document, about.read(person, at=LATER), "en")
    ((purpose,),) = [service["purposes"] for service in receipt["services"]]
    assert (receipt["sensitive"], receipt["spiCat"]) == (True, ["Diet"])
    assert purpose["piiCategory"] == ["Name", "Diet"]
    assert (purpose["thirdPartyDisclosure"], purpose["thirdPartyName"]) == (True, "Partner BV")
    document["wordings"][0]["content"]["purpose"]["is_explicit"] = True
    mail, _text = ts27560.make(document, about.read(person, at=LATER), "en")["dpv:hasRecordOfActivity"]
    assert {"@type": "dpv:ThirdParty", "dpv:hasName": "Partner BV"} in mail["dpv:hasProcess"]["dpv:hasRecipient"]
    assert mail["dpv:hasConsentStatus"][0]["@type"] == ["dpv:ConsentGiven", "dpv:ExplicitlyExpressedConsent"]


def test_a_kantara_receipt_is_valid_by_the_schema_of_its_specification(person):
    """The schema is JSON but for the lines of remarks on top."""
    lines = given("en-kantara-receipt", "kantara-consent-receipt-v1_1-schema.json").splitlines()
    schema = json.loads("\n".join(line for line in lines if not line.lstrip().startswith("//")))
    valid = jsonschema_rs.validator_for(schema).is_valid
    (receipt,) = made(person, "kantara")
    example = json.loads(given("en-kantara-receipt", "kantara-consent-receipt-v1_1-example.json"))
    assert (valid(receipt), valid(example), valid(receipt | {"piiControllers": [{}]})) == (True, True, False)
    assert set(receipt) <= set(example)


def test_a_receipt_says_what_the_valid_examples_of_the_guide_say(person):
    receipt = made(person, "27560")
    example = json.loads(given("dpv", "guide-example-07-receipt-valid.jsonld"))
    record, shown = (one["dpv:hasRecordOfActivity"][1] for one in (receipt, example))
    assert set(example) <= set(receipt)
    assert set(shown) - {"dpv:hasPurpose"} <= set(record)
    assert set(shown["dpv:hasConsentStatus"]) <= set(record["dpv:hasConsentStatus"][0])
    process = json.loads(given("dpv", "guide-example-01-record-valid.jsonld"))["dpv:hasProcess"][0]
    assert set(process) <= set(record["dpv:hasProcess"])


def given(*path):
    found = SHARED.joinpath(*path)
    if not found.exists():
        pytest.skip("the real data are not here: " + "/".join(path))
    return found.read_text()


def test_a_consent_without_proof_is_no_consent_in_a_standard_form(organisation):
    version = desk.published(organisation)
    person = recording.find_or_add(organisation, IdentifierKind.EMAIL, ADDRESS, at=LATER)
    said = Said(Happening.GIVEN, version.wording.purpose, Channel.EMAIL, Method.IMPORT, LATER, wording=version)
    recording.record(person, replace(said, is_provable=False), at=LATER)
    person = Person.objects.select_related("organisation", "key_row").get()
    assert made(person, "kantara") == []
    [record] = made(person, "27560")["dpv:hasRecordOfActivity"]
    assert record["dpv:hasConsentStatus"][0]["@type"] == ["dpv:ConsentUnknown"]


def test_the_desk_takes_them_along_too_and_of_the_erased_as_well(client, organisation, person):
    for format, ending in (("27560", ".jsonld"), ("kantara", ".kantara.json")):
        response = client.get(url(organisation, "proof", person.pk, format))
        json.loads(b"".join(response.streaming_content))
        assert ending in response["Content-Disposition"]
    leaving.erase(person, at=LATER + timedelta(hours=2), method=Method.DESK)
    response = client.get(url(organisation, "proof", person.pk, "27560"))
    assert "ConsentWithdrawn" in b"".join(response.streaming_content).decode()
    assert Event.objects.filter(kind="downloaded").count() == 3
    erased = Person.objects.select_related("organisation").get(pk=person.pk)
    assert about.read(erased, at=LATER).withdraw_url == full_address("portal:preferences_ask", organisation.slug)
