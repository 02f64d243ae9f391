"""The pages for those who mail: one address, a list for the worker, and what is left of it a day later."""

import logging
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Event, Job, StoredFile
from accounts.workers import Worker
from consent.actions import recording
from consent.actions.recording import Said
from consent.kinds import Channel, Happening, IdentifierKind, Method
from consent.mailing import work
from consent.models import CustomerRelation, ListWork
from core.refusal import Refused
from tests.consent.desk import url, words
from tests.factories.accounts import AT, UserFactory
from tests.factories.consent import ListWorkFactory, WordingVersionFactory

pytestmark = pytest.mark.django_db
ADDRESS = "ans.vindbaar@example.org"


@pytest.fixture
def organisation(member):
    return member("privacy_officer", user=UserFactory(language="en")).organisation


@pytest.fixture
def version(organisation):
    found = WordingVersionFactory(wording__purpose__organisation=organisation, wording__purpose__code="newsletter")
    person = recording.find_or_add(organisation, IdentifierKind.EMAIL, ADDRESS, at=AT)
    given = Said(Happening.GIVEN, found.wording.purpose, Channel.EMAIL, Method.WEB_FORM, AT, wording=found)
    recording.record(person, given, at=AT)
    return found


def message(version, **given):
    """What both forms ask."""
    asked = {"on": timezone.localdate().isoformat(), "country": "NL", "sender": "company"}
    return {"purpose": version.wording.purpose_id, "channel": "email"} | asked | given


def whole(response):
    return b"".join(response.streaming_content).decode("utf-8-sig")


def on_disk():
    storage = storages["private"]
    for folder in storage.listdir("")[0]:
        for name in storage.listdir(folder)[1]:
            with storage.open(f"{folder}/{name}") as file:
                yield file.read()


def test_one_address_is_answered_with_its_rule_and_stands_in_no_log(client, organisation, version, caplog):
    page = url(organisation, "check_address")
    about = {"recipient": "consumer", "address": "personal", "kind": "email"}
    with caplog.at_level(logging.DEBUG):
        response = client.post(page, message(version, value=ADDRESS, **about))
    assert "This person gave consent." in words(response)
    assert url(organisation, "person", response.context["verdict"].person) in response.text
    customer = about | {"since": "2025-01-01", "similar": "yes", "told": "yes", "refused": "no"}
    assert "Existing customer" in words(client.post(page, message(version, value="b@example.org", **customer)))
    assert Event.objects.filter(kind="list_checked").count() == 2
    assert "vindbaar" not in (caplog.text + repr(list(Event.objects.values()))).lower()


def test_what_is_said_of_one_address_counts_a_refusal_without_a_day_and_the_country_of_the_number(
    client, organisation, version
):
    page = url(organisation, "check_address")
    about = {"recipient": "consumer", "address": "personal"}
    purpose = version.wording.purpose
    customer = recording.find_or_add(organisation, IdentifierKind.EMAIL, "b@example.org", at=AT)
    CustomerRelation.objects.create(
        organisation=organisation,
        person=customer,
        purpose=purpose,
        since=AT.date(),
        similar_offer=True,
        told_when_collected=True,
        recorded_at=AT,
    )
    asked = message(version, kind="email", value="b@example.org", refused="yes", **about)
    assert client.post(page, asked).context["verdict"].answer.rule == "customer-refused"
    belgian = recording.find_or_add(organisation, IdentifierKind.PHONE, "+32 470 12 34 56", at=AT)
    asked = message(version, kind="phone", value="0470 12 34 56", country="BE", **about)
    assert client.post(page, asked).context["verdict"].person == belgian.pk


def test_a_list_is_checked_by_the_worker_handed_out_for_a_day_and_then_gone(
    client, organisation, version, caplog, django_capture_on_commit_callbacks
):
    content = f"naam;e-mail\nAns;{ADDRESS}\nBob;bob@example.org\n".encode()
    with caplog.at_level(logging.DEBUG):
        asked = message(version, file=SimpleUploadedFile("list.csv", content))
        response = client.post(url(organisation, "mailings"), asked)
        assert "Waiting" in words(client.get(response.url))
        assert all(b"vindbaar" not in kept for kept in on_disk())
        with django_capture_on_commit_callbacks(execute=True):
            Worker().run_once()
    found = ListWork.objects.get()
    assert found.job.state == "done", found.job.message
    shown = words(client.get(response.url))
    assert "Gave consent 1" in shown
    assert "Nothing shows consent 1" in shown
    lines = whole(client.get(url(organisation, "list_result", found.pk))).splitlines()
    assert lines[1].startswith(f"Ans,{ADDRESS},allowed,consent,")
    assert found.source is None
    assert all(b"vindbaar" not in kept for kept in on_disk())
    noted = repr(list(Event.objects.values())) + repr(list(Job.objects.values())) + caplog.text
    assert "vindbaar" not in noted.lower()
    with django_capture_on_commit_callbacks(execute=True):
        work.forget_old(found.asked_at + timedelta(days=1, minutes=1))
    found.refresh_from_db()
    assert (found.key, found.result, found.name) == (None, None, "")
    assert not StoredFile.objects.exists()
    assert list(on_disk()) == []
    assert "no longer kept" in words(client.get(response.url))
    assert client.get(url(organisation, "list_result", found.pk)).status_code == 404
    with pytest.raises(Refused, match="taken away|weggehaald"):
        work.do(found.job, None)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.csv", b"naam;plaats\nan;Gent\n", "No column with addresses"),
        ("list.csv", b"PK\x03\x04 no text", "no list in plain text"),
        ("list.csv", b"email\n" + b"a@example.org\n" * 20_000 + b"\0", "no list in plain text"),
        ("list.xlsx", b"x", "Save the list as CSV"),
    ],
)
def test_a_wrong_list_is_refused_at_its_field_and_nothing_is_asked(client, organisation, version, name, content, said):
    response = client.post(url(organisation, "mailings"), message(version, file=SimpleUploadedFile(name, content)))
    assert response.status_code == 422
    assert said in words(response)
    assert not ListWork.objects.exists()


def test_a_list_of_customers_that_is_no_csv_is_refused_at_the_door(client, organisation, version):
    file = SimpleUploadedFile("customers.exe", b"email,customer since\na@example.org,2026-01-01\n")
    response = client.post(url(organisation, "customers"), {"purpose": version.wording.purpose.pk, "file": file})
    assert response.status_code == 422
    assert "Save the list as CSV" in words(response)
    assert not ListWork.objects.exists()


def test_work_of_somebody_else_is_not_found(client, organisation, version):
    other = ListWorkFactory(organisation=organisation, purpose=version.wording.purpose)
    assert client.get(url(organisation, "list_work", other.pk)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_lists(
    client, organisation, version, django_assert_num_queries, rows
):
    user = organisation.memberships.get().user
    ListWorkFactory.create_batch(
        rows, organisation=organisation, purpose=version.wording.purpose, asked_by=user, job=None
    )
    page = url(organisation, "mailings")
    client.get(page)
    with django_assert_num_queries(11):
        assert "Check of a mailing list" in words(client.get(page))
