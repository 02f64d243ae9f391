"""A backup holds everything and comes back as it was, whole or not at all."""

import json
import os
import shutil
import subprocess
import sys
import uuid
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection

from accounts import backup, files, restoring, verification
from accounts.models import Event, Job, Organisation, StoredFile, User
from core import guards, search
from core.refusal import Refused
from register import reading
from register.actions import activities
from register.models import Activity, ActivityFacet, Export, StaleActivity
from tests.factories.accounts import AT, MembershipFactory
from tests.register.filled import established

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    """An organisation with people, an activity with a version and an edit, and a file."""
    membership = MembershipFactory(organisation__slug="school", user__name="Ann")
    Authenticator.objects.create(user=membership.user, type="totp", data={"secret": "sealed-secret"})
    activity = established(membership.organisation, name="Loonadministratie 🙂")
    activities.set_upkeep([activity], by=membership.user, at=AT, owner_function="Head of HR")
    files.keep(membership.organisation, "a.txt", b"hello", content_type="text/plain", by=membership.user, at=AT)
    return membership.organisation


@pytest.fixture
def archive(organisation, tmp_path):
    path = tmp_path / "backup.zip"
    backup.write(path, at=AT)
    return path


def contents():
    """Every table as a backup would hold it; events of the backup itself aside."""
    return {model._meta.db_table: b"".join(backup.lines(model)) for model in backup.models() if model is not Event}


def emptied():
    with guards.open_door("a test starts from an empty database"):
        restoring._empty()


def altered(path, change):
    """The archive with some members changed: `change(name, content)` gives the new content, or None to leave it out."""
    with zipfile.ZipFile(path) as file:
        members = {name: change(name, file.read(name)) for name in file.namelist()}
    with zipfile.ZipFile(path, "w") as file:
        for name, content in members.items():
            if content is not None:
                file.writestr(name, content)
    return path


def manifest_with(path, **fields):
    def change(name, content):
        return json.dumps(json.loads(content) | fields) if name == "manifest.json" else content

    return altered(path, change)


def test_everything_comes_back_as_it_was(organisation, archive):
    before, register = contents(), reading.read(organisation, on=AT.date())
    emptied()
    assert not Organisation.objects.exists()
    call_command("restore", archive)
    assert contents() == before
    assert reading.read(Organisation.objects.get(slug="school"), on=AT.date()) == register
    assert list(verification.verify()) == []


def test_what_the_database_fills_in_by_itself_comes_back_as_well(archive):
    joined = User.objects.get(name="Ann").joined_at
    emptied()
    call_command("restore", archive)
    assert User.objects.get(name="Ann").joined_at == joined


def test_people_can_sign_in_afterwards(archive, client):
    emptied()
    call_command("restore", archive)
    user = User.objects.get(name="Ann")
    assert user.check_password("correct-horse-battery")
    assert user.emailaddress_set.get().verified
    assert Authenticator.objects.get(user=user).data == {"secret": "sealed-secret"}


def test_derived_facts_and_the_search_are_there_again(organisation, archive):
    facets = set(ActivityFacet.objects.values_list("activity", "name", "value"))
    emptied()
    call_command("restore", archive)
    assert set(ActivityFacet.objects.values_list("activity", "name", "value")) == facets
    assert search.matching(Activity.objects.all(), "administratie").count() == 1


def test_one_goes_on_working_after_a_restore(archive):
    """Numbers that the database hands out continue where they were."""
    emptied()
    call_command("restore", archive)
    organisation = Organisation.objects.get(slug="school")
    activity = activities.create(organisation, by=None, at=AT, name="Next")
    activities.set_upkeep([activity], by=None, at=AT, owner_function="Somebody")
    assert list(verification.verify()) == []


def test_files_come_back(archive):
    stored = StoredFile.objects.get()
    shutil.rmtree(settings.FILES_ROOT)
    emptied()
    call_command("restore", archive)
    with storages["private"].open(stored.file.name) as file:
        assert file.read() == b"hello"


def test_a_file_that_is_missing_on_disk_is_named_and_does_not_stop_the_backup(organisation, tmp_path):
    stored = StoredFile.objects.get()
    storages["private"].delete(stored.file.name)
    complaints = StringIO()
    call_command("backup", tmp_path / "backup.zip", stderr=complaints)
    assert stored.file.name in complaints.getvalue()
    emptied()
    call_command("restore", tmp_path / "backup.zip")
    assert StoredFile.objects.get() == stored


def test_secrets_are_in_the_backup_as_they_are_in_the_database(archive):
    with zipfile.ZipFile(archive) as file:
        assert b"sealed-secret" in file.read("tables/mfa_authenticator.jsonl")
        assert b"correct-horse" not in file.read("tables/accounts_user.jsonl")


def test_nobody_else_may_read_the_file(archive):
    assert archive.stat().st_mode & 0o077 == 0


def test_a_backup_and_a_restore_are_events_that_the_members_see(archive):
    assert Event.objects.filter(kind="backed_up", organisation__slug="school").exists()
    emptied()
    call_command("restore", archive)
    assert Event.objects.filter(kind="restored", organisation__slug="school", subject="backup.zip").exists()


def test_every_table_is_in_a_backup_or_left_out_on_purpose():
    ours = {model._meta.label for app in backup.OURS for model in apps.get_app_config(app).get_models()}
    missing = ours - {model._meta.label for model in backup.models()}
    assert missing == {
        "accounts.SweepSlot",
        "accounts.WorkerBeat",
        "register.ActivityFacet",
        "register.JudgedActivity",
        "register.JudgedRegister",
        "register.StaleActivity",
    }


def test_a_database_with_something_in_it_is_left_alone(archive):
    before = contents()
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", archive)
    assert contents() == before


def test_replacing_asks_for_a_word_first(archive, monkeypatch):
    Organisation.objects.filter(slug="school").update(name="Changed")
    monkeypatch.setattr("builtins.input", lambda question: "yes")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", archive, "--replace")
    assert Organisation.objects.get().name == "Changed"
    monkeypatch.setattr("builtins.input", lambda question: "replace")
    call_command("restore", archive, "--replace")
    assert Organisation.objects.get().name != "Changed"


def test_replacing_ends_all_sessions(archive, client):
    client.force_login(User.objects.get(name="Ann"))
    call_command("restore", archive, "--replace", "--no-input")
    assert not Session.objects.exists()


def test_a_job_that_was_waiting_has_failed_after_a_restore(organisation, tmp_path):
    Job.objects.create(organisation=organisation, kind="export", asked_at=AT)
    backup.write(tmp_path / "backup.zip")
    emptied()
    call_command("restore", tmp_path / "backup.zip")
    assert (Job.objects.get().state, bool(Job.objects.get().message)) == ("failed", True)


def flipped(content):
    return content[:-3] + bytes([content[-3] ^ 1]) + content[-2:]


def overwritten(path, name):
    """Some bytes in the middle of one member are others."""
    with zipfile.ZipFile(path) as file:
        place = file.getinfo(name).header_offset + 40 + len(name) + file.getinfo(name).compress_size // 2
    content = path.read_bytes()
    path.write_bytes(content[:place] + bytes(byte ^ 255 for byte in content[place : place + 3]) + content[place + 3 :])


DAMAGE = {
    "a row was changed": lambda path: altered(
        path, lambda name, content: flipped(content) if name == "tables/register_purpose.jsonl" else content
    ),
    "a table is missing": lambda path: altered(
        path, lambda name, content: None if name == "tables/register_purpose.jsonl" else content
    ),
    "a file was changed": lambda path: altered(
        path, lambda name, content: b"HELLO" if name.startswith("files/") else content
    ),
    "no manifest": lambda path: altered(path, lambda name, content: None if name == "manifest.json" else content),
    "manifest is no JSON": lambda path: altered(
        path, lambda name, content: b"{" if name == "manifest.json" else content
    ),
    "manifest of something else": lambda path: manifest_with(path, format="other"),
    "manifest without tables": lambda path: manifest_with(path, tables={}),
    "manifest with a list for tables": lambda path: manifest_with(path, tables=[]),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-500]),
    "a bit fell over": lambda path: overwritten(path, "tables/register_historicalactivity.jsonl"),
    "empty": lambda path: path.write_bytes(b""),
    "no zip": lambda path: path.write_text("hello"),
    "gone": lambda path: path.unlink(),
    "newer schema": lambda path: manifest_with(path, schema=99),
    "newer migrations": lambda path: manifest_with(path, migrations=backup.migrations() | {"register": "9999_later"}),
    "older migrations": lambda path: manifest_with(path, migrations=backup.migrations() | {"register": "0001_initial"}),
    "nothing known of migrations": lambda path: manifest_with(path, migrations={}),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_damaged_foreign_or_of_another_version_is_refused_with_a_sentence(archive, damage):
    DAMAGE[damage](archive)
    before = contents()
    with pytest.raises(CommandError) as refusal:
        call_command("restore", archive, "--replace", "--no-input")
    assert str(refusal.value).endswith(".")
    assert contents() == before


def test_a_folder_is_no_backup(tmp_path):
    with pytest.raises(CommandError, match="no backup"):
        call_command("restore", tmp_path)


def test_when_something_fails_on_the_way_all_is_as_before(organisation, archive, monkeypatch):
    before = contents()
    stored = StoredFile.objects.get()
    monkeypatch.setattr(backup, "rebuild", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("restore", archive, "--replace", "--no-input")
    assert contents() == before
    assert storages["private"].exists(stored.file.name)


def test_files_that_were_put_back_go_again_when_the_restore_fails(archive, monkeypatch):
    stored = StoredFile.objects.get()
    storages["private"].delete(stored.file.name)
    monkeypatch.setattr(backup, "rebuild", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("restore", archive, "--replace", "--no-input")
    assert not storages["private"].exists(stored.file.name)


def test_what_does_not_come_back_the_same_is_not_kept(archive, monkeypatch):
    before, value = contents(), restoring._value
    monkeypatch.setattr(restoring, "_value", lambda field, told: value(field, "x" if told == "Head of HR" else told))
    with pytest.raises(CommandError, match="did not come back as it was"):
        call_command("restore", archive, "--replace", "--no-input")
    assert contents() == before


def test_another_file_in_the_place_of_a_kept_one_is_not_overwritten(archive):
    path = Path(storages["private"].path(StoredFile.objects.get().file.name))
    path.write_bytes(b"something else")
    with pytest.raises(CommandError, match="Another file stands"):
        call_command("restore", archive, "--replace", "--no-input")
    assert path.read_bytes() == b"something else"


def test_a_record_that_did_not_fit_when_it_was_backed_up_is_restored_and_named(organisation, tmp_path):
    with guards.open_door("a test tampers"):
        Activity.history.update(name="Tampered")
    backup.write(tmp_path / "backup.zip")
    complaints = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("restore", tmp_path / "backup.zip", "--replace", "--no-input", stderr=complaints)
    assert end.value.code == 1
    assert "register_historicalactivity" in complaints.getvalue()
    assert Activity.history.filter(name="Tampered").exists()


def test_a_backup_that_breaks_off_leaves_the_older_one_and_nothing_else(archive, monkeypatch):
    old = archive.read_bytes()
    monkeypatch.setattr(backup, "_add_file", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        backup.write(archive)
    assert archive.read_bytes() == old
    assert [path.name for path in archive.parent.glob("*backup*")] == ["backup.zip"]


def test_a_folder_that_does_not_exist_is_said_so(tmp_path):
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("backup", tmp_path / "nowhere" / "backup.zip")


def test_the_same_register_gives_the_same_tables(archive, tmp_path):
    with zipfile.ZipFile(archive) as file:
        first = json.loads(file.read("manifest.json"))["tables"]
    again = backup.write(tmp_path / "again.zip")["tables"]
    assert {name for name in first if first[name] != again[name]} == {"accounts_event"}


def test_rows_that_point_at_a_stored_file_of_an_export_come_back(organisation, tmp_path):
    kept = StoredFile.objects.get()
    export = Export.objects.create(organisation=organisation, on=AT.date(), asked_at=AT, file=kept)
    StaleActivity.objects.create(activity=Activity.objects.get(), since=AT)
    backup.write(tmp_path / "backup.zip")
    emptied()
    call_command("restore", tmp_path / "backup.zip")
    assert Export.objects.get().pk == export.pk
    assert not StaleActivity.objects.exists()


def test_a_backup_is_refused_as_a_whole_before_the_door_opens(archive, monkeypatch):
    monkeypatch.setattr(guards, "open_door", lambda *args: pytest.fail("the door was opened"))
    with pytest.raises(Refused):
        restoring.restore(restoring.opened(archive))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a test database in memory has no second reader")
def test_a_backup_sees_one_moment_while_others_go_on_writing():
    with ThreadPoolExecutor(1) as somebody, backup.one_moment():
        before = User.objects.count()
        somebody.submit(_write_elsewhere).result()
        assert User.objects.count() == before
    assert User.objects.count() == before + 1


def _write_elsewhere():
    User.objects.create_user("elsewhere@example.org", name="Elsewhere")
    connection.close()


def manage(database, *words):
    environment = os.environ | {"DATABASE_URL": database, "DEBUG": "0"}
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, words)],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def postgres():
    """The address of an empty database on the server of TEST_POSTGRES_URL."""
    server = os.environ.get("TEST_POSTGRES_URL")
    if not server:
        pytest.skip("TEST_POSTGRES_URL names no PostgreSQL server to carry a register to")
    import psycopg

    name = f"carried_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as there:
        there.execute(f"CREATE DATABASE {name}")
        yield f"{server.rpartition('/')[0]}/{name}"
        there.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the way there and back starts on SQLite; once is enough")
def test_a_register_goes_from_sqlite_to_postgresql_and_back_and_is_equal(postgres, tmp_path, organisation):
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    before = backup.write(first)
    manage(postgres, "migrate", "-v0")
    manage(postgres, "restore", first)
    manage(postgres, "backup", second)
    manage(postgres, "verify_history")
    register = reading.read(organisation, on=AT.date())
    emptied()
    call_command("restore", second)
    with zipfile.ZipFile(second) as file:
        after = json.loads(file.read("manifest.json"))
    tables = set(before["tables"]) - {"accounts_event"}
    assert {name: after["tables"][name] for name in tables} == {name: before["tables"][name] for name in tables}
    assert after["heads"] == before["heads"]
    assert reading.read(Organisation.objects.get(slug="school"), on=AT.date()) == register
