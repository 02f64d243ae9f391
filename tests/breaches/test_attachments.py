"""Files of a breach: sealed, for those who handle it, downloads only, each recorded."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Event
from breaches import sealing
from breaches.models import Attachment
from tests.factories.accounts import UserFactory
from tests.factories.breaches import AttachmentFactory, BreachFactory

from .desk import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def breach(member):
    return BreachFactory(organisation=member("dpo", user=UserFactory(language="en")).organisation)


def note(name="letter to Jan.txt", content=b"Dear Jan"):
    return SimpleUploadedFile(name, content, content_type="text/plain")


def test_a_file_comes_in_sealed_and_goes_out_as_it_was(client, breach):
    page = client.post(url(breach, "files"), {"files": [note(), note()]}, follow=True)
    row = Attachment.objects.get()
    assert "letter to Jan.txt" in page.text
    assert row.sha256 in page.text
    assert "Jan" not in row.sealed_name + row.file.name
    response = client.get(url(breach, "file", row.pk))
    assert b"".join(response.streaming_content) == b"Dear Jan"
    assert response["Content-Disposition"] == 'attachment; filename="letter to Jan.txt"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_each_download_is_recorded_without_the_name(client, breach):
    row = AttachmentFactory(breach=breach)
    b"".join(client.get(url(breach, "file", row.pk)).streaming_content)
    event = Event.objects.get(kind=Event.Kind.DOWNLOADED)
    assert event.subject == breach.code
    assert event.details["sha256"] == row.sha256
    assert "note" not in str(event.details)


@pytest.mark.parametrize("role", ["auditor", "approver", "editor", "reporter", "administrator"])
def test_who_does_not_handle_breaches_gets_no_file(client, member, breach, role):
    row = AttachmentFactory(breach=breach)
    member(role, organisation=breach.organisation)
    assert client.get(url(breach, "files")).status_code == 403
    assert client.get(url(breach, "file", row.pk)).status_code == 403


def test_a_file_of_another_breach_is_not_found_here(client, breach):
    row = AttachmentFactory(breach__organisation=breach.organisation)
    assert client.get(url(breach, "file", row.pk)).status_code == 404


def test_after_its_key_is_gone_a_file_stays_named_by_its_hash_only(client, breach):
    row = AttachmentFactory(breach=breach)
    sealing.destroy(breach, by=None, at=timezone.now())
    page = client.get(url(breach, "files")).text
    assert row.sha256 in page
    assert "note.txt" not in page
    assert client.get(url(breach, "file", row.pk)).status_code == 409
    assert client.post(url(breach, "files"), {"files": note()}).status_code == 409


@pytest.mark.parametrize("given", [{}, {"files": note("macro.exe")}])
def test_what_is_no_file_or_no_good_one_is_refused(client, breach, given):
    response = client.post(url(breach, "files"), given)
    assert response.status_code == 422
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_files(client, breach, rows, django_assert_num_queries):
    for number in range(rows):
        AttachmentFactory(breach=breach, content=b"%d" % number, by=UserFactory())
    client.get(url(breach, "files"))
    with django_assert_num_queries(9):
        client.get(url(breach, "files"))
