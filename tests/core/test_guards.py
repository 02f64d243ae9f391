import sqlite3
from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core import guards

JANUARY, MARCH, MAY = date(2026, 1, 1), date(2026, 3, 1), date(2026, 5, 1)


def app_of(*tables):
    """What post_migrate hands over: an app whose models have these tables."""
    models = [SimpleNamespace(_meta=SimpleNamespace(db_table=table)) for table in tables]
    return SimpleNamespace(get_models=lambda **kwargs: models)


@pytest.fixture
def run(db):
    def execute(sql, *parameters):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else None

    return execute


@pytest.fixture
def declare(monkeypatch):
    """Declare guards for this test only."""
    monkeypatch.setattr(guards, "_declared", {})

    def put(guard):
        guards.put_back(app_of(guard.table))
        return guard

    return put


@pytest.fixture
def ledger(run, declare):
    run("CREATE TABLE scratch_ledger (id integer PRIMARY KEY, text varchar(20))")
    guard = declare(guards.append_only("scratch_ledger"))
    run("INSERT INTO scratch_ledger VALUES (1, 'first')")
    return guard


@pytest.fixture
def stays(run, declare):
    run("CREATE TABLE scratch_stay (id char(2) PRIMARY KEY, guest integer, valid_from date, valid_until date)")
    guard = declare(guards.no_overlap("scratch_stay", keys=["guest"]))

    def stay(key, guest, start, end):
        run("INSERT INTO scratch_stay VALUES (%s, %s, %s, %s)", key, guest, start, end)

    return SimpleNamespace(guard=guard, add=stay)


@pytest.mark.parametrize(
    "sql", ["UPDATE scratch_ledger SET text = 'other'", "DELETE FROM scratch_ledger", "TRUNCATE scratch_ledger"]
)
def test_what_is_append_only_cannot_be_changed(run, ledger, sql):
    if sql.startswith("TRUNCATE") and connection.vendor == "sqlite":
        sql = "INSERT OR REPLACE INTO scratch_ledger VALUES (1, 'other')"
    with pytest.raises(IntegrityError, match="scratch_ledger is append-only") as caught:
        run(sql)
    assert guards.violated(caught.value) == ledger
    assert run("SELECT text FROM scratch_ledger") == [("first",)]


def test_what_is_append_only_can_grow(run, ledger):
    run("INSERT INTO scratch_ledger VALUES (2, 'second')")
    assert run("SELECT count(*) FROM scratch_ledger") == [(2,)]


def test_a_change_that_touches_no_row_is_no_change(run, ledger):
    run("DELETE FROM scratch_ledger WHERE id = 7")


def test_the_door_lets_through_and_shuts_again(run, ledger):
    with guards.open_door("a test of the door"):
        run("UPDATE scratch_ledger SET text = 'corrected'")
    assert run("SELECT text FROM scratch_ledger") == [("corrected",)]
    with pytest.raises(IntegrityError, match="append-only"):
        run("DELETE FROM scratch_ledger")


def test_the_door_shuts_after_an_error_too(run, ledger):
    def stumble():
        with guards.open_door("a test of the door"):
            run("UPDATE scratch_ledger SET text = 'corrected'")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble()
    assert run("SELECT text FROM scratch_ledger") == [("first",)]
    with pytest.raises(IntegrityError, match="append-only"):
        run("DELETE FROM scratch_ledger")


def test_a_door_within_a_door_stays_open(run, ledger):
    with guards.open_door("outer"):
        with guards.open_door("inner"):
            run("UPDATE scratch_ledger SET text = 'once'")
        run("UPDATE scratch_ledger SET text = 'twice'")
    assert run("SELECT text FROM scratch_ledger") == [("twice",)]


def test_the_door_wants_a_reason(db):
    with pytest.raises(ValueError, match="reason"), guards.open_door(""):
        pass


def test_another_program_that_opens_the_file_is_refused(tmp_path):
    with sqlite3.connect(tmp_path / "copy.sqlite3") as file:
        file.execute("CREATE TABLE scratch_ledger (id integer PRIMARY KEY)")
        for piece in guards.AppendOnly("scratch_ledger").on_sqlite():
            file.execute(piece.sql)
        file.execute("INSERT INTO scratch_ledger VALUES (1)")
        with pytest.raises(sqlite3.OperationalError, match="dertig_door"):
            file.execute("DELETE FROM scratch_ledger")
    file.close()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((JANUARY, MARCH), (MARCH, MAY)),
        ((MARCH, MAY), (JANUARY, MARCH)),
        ((JANUARY, MARCH), (MARCH, None)),
        ((JANUARY, MARCH), (MAY, None)),
        ((JANUARY, None), (MARCH, MARCH)),
    ],
)
def test_periods_may_follow_one_another(stays, first, second):
    stays.add("a", 1, *first)
    stays.add("b", 1, *second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((JANUARY, MAY), (MARCH, None)),
        ((MARCH, None), (JANUARY, MAY)),
        ((JANUARY, None), (MAY, None)),
        ((JANUARY, MARCH), (JANUARY, MARCH)),
        ((JANUARY, None), (MARCH, MAY)),
        ((MARCH, MAY), (JANUARY, None)),
        ((None, MARCH), (JANUARY, MAY)),
    ],
)
def test_periods_of_one_guest_may_not_overlap(stays, first, second):
    stays.add("a", 1, *first)
    stays.add("b", 2, *second)
    with pytest.raises(IntegrityError, match="scratch_stay_no_overlap") as caught:
        stays.add("c", 1, *second)
    assert guards.violated(caught.value) == stays.guard


def test_rows_without_a_key_are_nobodys(stays):
    stays.add("a", None, JANUARY, None)
    stays.add("b", None, JANUARY, None)


def test_an_update_may_not_make_an_overlap_but_may_touch_its_own_row(run, stays):
    stays.add("a", 1, JANUARY, MARCH)
    stays.add("b", 1, MARCH, None)
    run("UPDATE scratch_stay SET valid_until = %s WHERE id = 'b'", MAY)
    with pytest.raises(IntegrityError, match="scratch_stay_no_overlap"):
        run("UPDATE scratch_stay SET valid_until = NULL WHERE id = 'a'")


def test_what_is_gone_or_changed_is_missing_and_put_back(run, ledger, monkeypatch):
    assert guards.missing(connection) == []
    run(
        'DROP TRIGGER "scratch_ledger_append_only_update"'
        if connection.vendor == "sqlite"
        else 'DROP TRIGGER "scratch_ledger_append_only" ON scratch_ledger'
    )
    assert guards.missing(connection) == [ledger]
    guards.put_back(app_of("another_table"))
    assert guards.missing(connection) == [ledger]
    guards.put_back(app_of("scratch_ledger"))
    assert guards.missing(connection) == []
    with pytest.raises(IntegrityError, match="append-only"):
        run("UPDATE scratch_ledger SET text = 'other'")


def test_a_guard_that_is_declared_otherwise_is_renewed(run, stays):
    run("ALTER TABLE scratch_stay ADD COLUMN room integer")
    guard = guards.no_overlap("scratch_stay", keys=["guest", "room"])
    assert guards.missing(connection) == [guard]
    guards.put_back(app_of("scratch_stay"))
    assert guards.missing(connection) == []
    run("INSERT INTO scratch_stay VALUES ('a', 1, '2026-01-01', NULL, 1), ('b', 1, '2026-01-01', NULL, 2)")


def test_putting_back_twice_changes_nothing(ledger, stays, django_assert_num_queries):
    with django_assert_num_queries(5 if connection.vendor == "postgresql" else 4):  # tables, marks, function, savepoint
        guards.put_back(app_of("scratch_ledger", "scratch_stay"))


def test_a_table_that_is_not_there_yet_is_left_alone(db, declare):
    guard = declare(guards.append_only("scratch_later"))
    assert guards.missing(connection) == [guard]


def test_names_fit_in_postgresql():
    guard = guards.AppendOnly("register_historical" + "x" * 60)
    pieces = [*guard.on_sqlite(), *guard.on_postgresql()]
    assert len({piece.name for piece in pieces}) == 4
    assert all(len(piece.name) <= 63 for piece in pieces)


def test_other_databases_are_refused():
    with pytest.raises(ImproperlyConfigured, match="oracle"):
        guards._pieces(guards.AppendOnly("x"), SimpleNamespace(vendor="oracle"))


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_a_missing_extension_is_said_in_so_many_words(db):
    class Cursor:
        db = connection

        def execute(self, sql):
            with connection.cursor() as cursor:
                cursor.execute(sql.replace("btree_gist", "no_such_extension"))

    with pytest.raises(ImproperlyConfigured, match="CREATE EXTENSION btree_gist"):
        guards._need(Cursor(), "btree_gist")


@pytest.fixture(scope="module")
def without_guard_afterwards(django_db_setup, django_db_blocker):
    """Of the module, so that it comes after the emptying of the tables."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for piece in guards._pieces(guards.AppendOnly("django_session"), connection):
            table = "" if connection.vendor == "sqlite" else "ON django_session"
            cursor.execute(f'DROP TRIGGER "{piece.name}" {table}')


@pytest.mark.django_db(transaction=True)
def test_a_guarded_table_can_be_emptied_after_the_test(without_guard_afterwards, monkeypatch):
    """Fails in its teardown when the tables are not emptied through the door."""
    monkeypatch.setattr(guards, "_declared", {})
    guards.append_only("django_session")
    guards.put_back(app_of("django_session"))
    Session.objects.create(session_key="one", expire_date=timezone.now())
    with pytest.raises(IntegrityError, match="append-only"):
        Session.objects.all().delete()


def test_every_declared_guard_stands_in_the_database(db):
    assert len(guards.declared()) > 5
    assert guards.missing(connection) == []
