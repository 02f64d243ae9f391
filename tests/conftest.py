"""What every test gets: no network, no files outside its own folder, quick passwords, a door for the cleaning up."""

import socket

import pytest
from django.core.cache import caches
from django.core.management.commands import flush
from django.db import connection
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from tests import emptying, snapshot

hypothesis_settings.register_profile("dertig", deadline=None, max_examples=50)  # slow machines are no fault of ours
hypothesis_settings.load_profile("dertig")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Let `-m database` choose what can differ from one database to another; the rest proves the same on each."""
    for item in items:
        if item.get_closest_marker("any_database"):
            continue
        if item.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & set(item.fixturenames):
            item.add_marker("database")


class NetworkBlocked(RuntimeError):
    pass


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    """Only this machine may be reached: a test that asks the internet proves nothing about us."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise NetworkBlocked(f"A test tried to reach {address[0]}.")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def _nobody_has_read_yet():
    """What a worker counts in its own memory, such as who reads how much, begins anew with each test."""
    caches["worker"].clear()


@pytest.fixture(autouse=True, scope="session")
def _flush_through_the_door():
    """After a test with real transactions Django empties all tables: through the door, since some are append-only, and
    only those that hold something. TRUNCATE would make each of our many tables anew.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", lambda self, **options: emptying.empty(options["database"]))
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Before the test database is made: let it start from the copy that an earlier run left."""
    with pytest.MonkeyPatch.context() as patch:
        snapshot.install(patch)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """After the last test: PostgreSQL drops no database while a thread of the live server still holds a session."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture(autouse=True)
def _quick_and_tidy(settings, tmp_path):
    translation.deactivate()  # a request of an earlier test leaves its reader's language behind
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.FILES_ROOT = settings.MEDIA_ROOT = tmp_path / "files"
    settings.ERASURE_LOG = tmp_path / "erasures.log"


@pytest.fixture
def member(db, client):
    """`member(role)`: sign somebody with that role in, and return the membership."""

    def signed_in(role="dpo", **fields):
        from tests.factories.accounts import MembershipFactory

        membership = MembershipFactory(role=role, **fields)
        client.force_login(membership.user)
        return membership

    return signed_in
