"""Files: on disk before the row commits, handed out with a mark in the log, swept when no row came."""

import hashlib
import os
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import files
from accounts.models import Event, Job, StoredFile
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db


def keep(organisation, content=b"%PDF-1.7 ...", name="register.pdf"):
    return files.keep(organisation, name, content, content_type="application/pdf", by=None, at=timezone.now())


def test_bytes_and_uploads_are_kept_with_their_digest():
    organisation = OrganisationFactory()
    for content in (b"hello", SimpleUploadedFile("x.txt", b"hello")):
        stored = keep(organisation, content)
        assert stored.sha256 == hashlib.sha256(b"hello").hexdigest()
        assert stored.size == 5
        with stored.file.open() as file:
            assert file.read() == b"hello"


def test_the_name_on_disk_says_nothing():
    stored = keep(OrganisationFactory(), name="../../salaries of Ann.pdf")
    assert stored.file.name == f"{stored.organisation_id}/{stored.pk}"


def test_what_no_row_names_is_swept_once_it_is_old():
    organisation = OrganisationFactory()
    kept = keep(organisation)
    with transaction.atomic():
        lost = keep(organisation)
        transaction.set_rollback(True)
    storage = storages["private"]
    assert storage.exists(lost.file.name)
    assert files.remove_orphans(timezone.now()) == 0
    old = (timezone.now() - timedelta(days=2)).timestamp()
    for stored in (kept, lost):
        os.utime(storage.path(stored.file.name), (old, old))
    assert files.remove_orphans(timezone.now()) == 1
    assert storage.exists(kept.file.name)
    assert not storage.exists(lost.file.name)


def test_the_asker_of_a_job_gets_its_file_and_the_log_tells(client, member):
    membership = member("auditor")
    stored = keep(membership.organisation)
    job = Job.objects.create(
        organisation=membership.organisation,
        kind="x",
        asked_by=membership.user,
        asked_at=timezone.now(),
        state="done",
        result=stored,
    )
    response = client.get(reverse("accounts:job_file", args=[membership.organisation.slug, job.pk]))
    assert b"".join(response.streaming_content) == b"%PDF-1.7 ..."
    assert response["Content-Disposition"] == 'attachment; filename="register.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    event = Event.objects.get(kind="downloaded")
    assert (event.user, event.subject, event.details["sha256"]) == (membership.user, "register.pdf", stored.sha256)
    assert StoredFile.objects.count() == 1


def test_the_page_of_a_job_asks_again_until_it_is_over(client, member):
    membership = member("auditor")
    job = Job.objects.create(
        organisation=membership.organisation, kind="x", asked_by=membership.user, asked_at=timezone.now()
    )
    url = reverse("accounts:job", args=[membership.organisation.slug, job.pk])
    assert "hx-get" in client.get(url, headers={"HX-Request": "true"}).text
    Job.objects.update(state="failed", message="The file is empty.")
    text = client.get(url).text
    assert "The file is empty." in text
    assert f'hx-get="{url}"' not in text
