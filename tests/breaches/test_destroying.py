"""Destroying the details of a breach: by whom, when, what is gone afterwards, and what a kill half-way leaves."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from accounts import files
from accounts.models import Change
from breaches import sealing
from breaches.actions import attaching, destroying
from breaches.models import Attachment, Breach, BreachKey, SealedText
from core.refusal import Refused
from tests.breaches.desk import url, words
from tests.breaches.test_sealing import everything_stored
from tests.factories import breaches as make
from tests.factories.accounts import AT, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
SECRET = "Anna Kuiper of Elm Street 3"


@pytest.fixture
def breach(member):
    organisation = member("privacy_officer", user=UserFactory(language="en", name="Pat")).organisation
    closed = make.BreachFactory(organisation=organisation, closed=True, complete=True)
    sealing.seal(closed, {"report.happened": SECRET})
    make.AttachmentFactory(breach=closed, content=SECRET.encode())
    entry = make.LogEntryFactory(breach=closed)
    sealing.seal(closed, {str(entry.pk): f"Rang {SECRET}"})
    return closed


def paths(breach):
    return [row.file.file.name for row in Attachment.objects.filter(breach=breach) if row.file]


def asked_twice(client, breach, **given):
    data = {"reason": "Kept long enough.", "sure": "yes", "code": breach.code}
    return client.post(url(breach, "destroy"), data | given)


def test_it_is_asked_twice_and_nothing_goes_before(client, breach):
    page = words(client.get(url(breach, "destroy")))
    assert "2 encrypted texts" in page
    assert "1 file with its name" in page
    assert "the breach in the register" in page
    assert client.post(url(breach, "destroy"), {"reason": ""}).status_code == 422
    second = client.post(url(breach, "destroy"), {"reason": "Kept long enough."})
    assert "for good?" in words(second)
    assert "Kept long enough." in second.text
    assert asked_twice(client, breach, code="B-999999").status_code == 422
    assert sealing.opened(breach)["report.happened"] == SECRET


def test_afterwards_nothing_of_it_can_be_read_and_the_file_is_gone(client, breach, django_capture_on_commit_callbacks):
    key, kept = BreachKey.objects.get(breach=breach).key, paths(breach)
    sealed = list(SealedText.objects.values_list("sealed", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        assert asked_twice(client, breach).status_code == 302
    assert [storages["private"].exists(path) for path in kept] == [False]
    assert not SealedText.objects.exists()
    stored = list(everything_stored())
    assert not [value for value in stored if value == key or value in sealed or SECRET in value]
    fresh = Breach.objects.get(pk=breach.pk)
    assert sealing.opened(fresh) == {}
    attachment = Attachment.objects.get(breach=breach)
    assert (attachment.file, attachment.sealed_name, len(attachment.sha256)) == (None, "", 64)
    with pytest.raises(Refused):
        attaching.opened(attachment)
    assert client.get(url(breach, "file", attachment.pk)).status_code == 409
    assert (fresh.facts, fresh.state) == (breach.facts, breach.state)


def test_the_page_says_what_was_destroyed_when_and_by_whom(client, breach):
    asked_twice(client, breach, reason="Five years went by.")
    change = Change.objects.get(kind=destroying.KIND)
    assert (change.reason, change.details) == ("Five years went by.", {"texts": 2, "files": 1, "code": breach.code})
    said = words(client.get(url(breach)))
    for part in ("The details were destroyed", "Pat destroyed them on", "2 encrypted texts, 1 file", "Five years"):
        assert part in said
    assert client.get(url(breach, "destroy")).status_code == 409
    assert asked_twice(client, breach).status_code == 409
    assert Change.objects.filter(kind=destroying.KIND).count() == 1


def test_an_open_breach_keeps_its_details(client, breach):
    still_open = make.BreachFactory(organisation=breach.organisation)
    sealing.seal(still_open, {"report.happened": SECRET})
    assert client.get(url(still_open, "destroy")).status_code == 409
    assert asked_twice(client, still_open).status_code == 409
    assert sealing.opened(still_open) == {"report.happened": SECRET}


@pytest.mark.parametrize("role", ["dpo", "auditor", "editor"])
def test_only_who_decides_about_breaches_destroys(client, breach, role):
    client.force_login(MembershipFactory(organisation=breach.organisation, role=role).user)
    assert asked_twice(client, breach).status_code == 403
    assert sealing.opened(breach)


def test_whoever_decides_destroys_without_seeing_what(client, breach):
    user = UserFactory(language="en")
    MembershipFactory(organisation=breach.organisation, role="approver", user=user)
    client.force_login(user)
    assert SECRET not in client.get(url(breach, "destroy")).text
    assert asked_twice(client, breach).status_code == 302
    assert not sealing.opened(Breach.objects.get(pk=breach.pk))


def test_a_kill_before_the_end_leaves_all_of_it(breach, monkeypatch):
    def killed(stored):
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "forget", killed)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        destroying.destroy(breach, reason="Old", by=None, at=AT)
    assert sealing.opened(Breach.objects.get(pk=breach.pk))["report.happened"] == SECRET
    attachment = Attachment.objects.select_related("breach__key_row", "file").get(breach=breach)
    assert attaching.opened(attachment)[1] == SECRET.encode()


def test_a_kill_after_the_act_leaves_bytes_that_the_sweep_takes_away(breach):
    (path,) = paths(breach)
    destroying.destroy(breach, reason="Old", by=None, at=AT)  # what runs on commit never ran
    assert storages["private"].exists(path)
    files.remove_orphans(timezone.now() + timedelta(days=2))
    assert not storages["private"].exists(path)


def test_due_are_closed_breaches_whose_day_has_come(breach):
    later = make.BreachFactory(
        organisation=breach.organisation, closed=True, details_until=AT.date() + timedelta(days=9)
    )
    make.BreachFactory(organisation=breach.organisation)
    breaches = Breach.objects.of(breach.organisation)
    assert list(destroying.due(breaches, AT.date())) == [breach]
    assert set(destroying.due(breaches, later.details_until)) == {breach, later}
    destroying.destroy(breach, reason="Old", by=None, at=AT)
    assert list(destroying.due(breaches, later.details_until)) == [later]
