"""What is left of somebody: nothing readable after the term for claims, and hashes with the newest key before it."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from accounts import mail
from consent import identifiers, rotation, suppressions
from consent.actions import evidence, forgetting, leaving, newcomers, recording, requests
from consent.actions.recording import Said
from consent.kinds import Answered, Asking, Channel, Happening, IdentifierKind, Method, Suppressing
from consent.models import Evidence, Identifier, Person, PersonKey, Suppression
from core import fields
from tests.factories.accounts import AT, UserFactory
from tests.factories.consent import PupilFactory, WordingVersionFactory

pytestmark = pytest.mark.django_db
NAME = "betty.onvergetelijk"
ADDRESS = f"{NAME}@example.org"
WITHIN, AFTER = AT + timedelta(days=364 * 5), AT + timedelta(days=366 * 5 + 40)


@pytest.fixture(autouse=True)
def one_key(settings):
    settings.CONSENT_KEYS = ["1:first"]


@pytest.fixture
def wording():
    return WordingVersionFactory()


@pytest.fixture
def person(wording):
    """Somebody who left their address wherever one can be left: on a form, in a note, and on a scan."""
    found = recording.find_or_add(wording.organisation, IdentifierKind.EMAIL, ADDRESS, at=AT)
    event = say(found, wording, Happening.GIVEN, AT, facts={"note": f"Mail her at {ADDRESS}"}, reference="form-1")
    evidence.attach(event, SimpleUploadedFile(f"{NAME}.pdf", f"%PDF-1.7 {ADDRESS}".encode()), by=None, at=AT)
    return Person.objects.select_related("organisation", "key_row").get(pk=found.pk)


def say(person, wording, kind, at, **more):
    purpose = wording.wording.purpose
    return recording.record(
        person, Said(kind, purpose, Channel.EMAIL, Method.PAPER, at, wording=wording, **more), at=at
    )


def whole_database():
    """Every byte that the database holds, also in pages that were freed; on PostgreSQL the text of every row."""
    if connection.vendor == "sqlite":
        return connection.connection.serialize()
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += [row for (row,) in cursor]
        return "\n".join(rows).encode()


def test_after_the_term_nothing_readable_is_left_of_somebody_who_was_erased(
    wording, person, settings, caplog, django_capture_on_commit_callbacks
):
    caplog.set_level(logging.DEBUG)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM consent_personkey WHERE person_id = %s", [_raw(person.pk)])
        [key] = cursor.fetchone()
    assert key.encode() in whole_database()
    leaving.erase(person, at=AT, method=Method.DESK)
    scan = Path(Evidence.objects.get().file.file.path)
    assert forgetting.destroy_old_proof(WITHIN) == 0
    assert scan.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert forgetting.destroy_old_proof(AFTER) == 1
    assert not scan.exists()
    mail.forget_given_up(AFTER)  # the last mail to them was never sent here
    left = whole_database()
    files = [path for path in Path(storages["private"].location).rglob("*") if path.is_file()]
    left += b"".join(path.read_bytes() for path in files)
    left += settings.ERASURE_LOG.read_bytes() + caplog.text.encode()
    for readable in (ADDRESS, NAME):
        assert readable.encode() not in left
        assert readable.encode("utf-16-le") not in left
    assert key.encode() not in left
    assert suppressions.of_address(wording.organisation, IdentifierKind.EMAIL, ADDRESS)


def _raw(key):
    return key.hex if connection.vendor == "sqlite" else key


@pytest.mark.parametrize("no", [Happening.WITHDRAWN, Happening.REFUSED])
def test_who_said_no_to_everything_is_reduced_to_a_mark_when_the_term_is_over(wording, person, no):
    say(person, wording, no, AT + timedelta(days=30))
    assert forgetting.reduce_who_left(WITHIN) == 0
    assert forgetting.reduce_who_left(AFTER) == 1
    assert not Identifier.objects.exists()
    assert PersonKey.objects.get().key is None
    [mark] = suppressions.of_address(wording.organisation, IdentifierKind.EMAIL, ADDRESS)
    assert (mark.reason, mark.purpose, mark.channel) == (Suppressing.WITHDRAWN, wording.wording.purpose_id, "email")
    assert forgetting.reduce_who_left(AFTER) == 0


def test_who_is_on_a_class_list_or_waits_for_an_answer_is_not_reduced(wording, person):
    say(person, wording, Happening.WITHDRAWN, AT + timedelta(days=30))
    pupil = PupilFactory(person=person, organisation=person.organisation)
    assert forgetting.reduce_who_left(AFTER) == 0
    pupil.delete()
    asked = requests.ask(person, Asking.ACCESS, "", at=AT)
    assert forgetting.reduce_who_left(AFTER) == 0
    requests.settle(asked, outcome=Answered.DONE, text="Here they are.", by=UserFactory(), at=AT)
    assert forgetting.reduce_who_left(AFTER) == 1


@pytest.mark.parametrize("said", [[], [Happening.WITHDRAWN, Happening.RENEWED]])
def test_who_still_consents_is_kept_however_long_ago_it_was(wording, person, said):
    for days, kind in enumerate(said, start=1):
        say(person, wording, kind, AT + timedelta(days=days))
    assert forgetting.reduce_who_left(AFTER) == 0


def test_a_new_key_takes_over_addresses_and_marks_in_pieces_and_leaves_those_of_erased_people(
    wording, person, settings, monkeypatch, capsys
):
    gone = recording.find_or_add(wording.organisation, IdentifierKind.EMAIL, "gone@example.org", at=AT)
    leaving.erase(gone, at=AT, method=Method.DESK)
    leaving.object_to_marketing(person, at=AT, method=Method.DESK)
    recording.find_or_add(wording.organisation, IdentifierKind.EMAIL, "other@example.org", at=AT)
    settings.CONSENT_KEYS, settings.FIELD_KEYS = ["2:second", "1:first"], ["newer", *settings.FIELD_KEYS]
    monkeypatch.setattr(rotation, "AT_A_TIME", 1)

    def killed(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotation.rehash(killed)
    assert sorted(Identifier.objects.values_list("key_version", flat=True)) == [1, 2]
    call_command("rotate_consent_keys", dry_run=True)
    said = capsys.readouterr().out
    assert "Nothing was changed." in said
    assert not any(words in said for words in ("Keep the older", "Erase one"))
    call_command("rotate_consent_keys")
    call_command("rotate_consent_keys")
    said = capsys.readouterr().out
    assert "1 addresses were hashed anew." in said
    assert "Key 2 of CONSENT_KEYS: 2 addresses and 1 marks." in said
    assert "Key 1 of CONSENT_KEYS: 0 addresses and 1 marks." in said
    assert "0 keys of people were locked anew." in said
    assert "Keep the older keys" in said
    settings.CONSENT_KEYS = ["2:second"]
    settings.FIELD_KEYS = ["newer"]
    found = recording.person_of(wording.organisation, IdentifierKind.EMAIL, ADDRESS)
    assert found == person
    assert suppressions.of_person(found)
    assert not suppressions.of_address(wording.organisation, IdentifierKind.EMAIL, "gone@example.org")
    assert fields.is_newest(fields.seal("x"))


def test_marks_on_an_older_key_are_found_for_somebody_who_comes_back(wording, person, settings):
    leaving.erase(person, at=AT, method=Method.DESK)
    settings.CONSENT_KEYS = ["2:second", "1:first"]
    again = recording.find_or_add(wording.organisation, IdentifierKind.EMAIL, ADDRESS, at=AT)
    [mark] = suppressions.of_person(again)
    assert mark.reason == Suppressing.ERASED
    assert Suppression.objects.get().key_version == next(iter(identifiers.keys()))


def test_marks_on_an_older_key_are_found_for_who_comes_in_with_a_list(wording, person, settings):
    leaving.object_to_marketing(person, at=AT, method=Method.DESK)
    leaving.erase(person, at=AT, method=Method.DESK)
    settings.CONSENT_KEYS = ["2:second", "1:first"]
    [again] = newcomers.find_or_add(wording.organisation, [(IdentifierKind.EMAIL, ADDRESS)], at=AT).values()
    assert {mark.reason for mark in suppressions.of_person(again)} == {Suppressing.OBJECTED, Suppressing.ERASED}
