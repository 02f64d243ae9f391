"""What was deleted is not left readable in the file beside the database."""

from pathlib import Path

import pytest
from django.db import connection, connections

from core import journal


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has this journal")
def test_what_was_deleted_stays_readable_nowhere(tmp_path):
    path = tmp_path / "people.sqlite3"
    one = type(connections["default"])({**connections["default"].settings_dict, "NAME": path}, "journal")
    with one.cursor() as cursor:
        cursor.execute("CREATE TABLE person (address text)")
        cursor.execute("INSERT INTO person VALUES ('betty.onvergetelijk@example.org')")
        cursor.execute("DELETE FROM person")
        assert b"onvergetelijk" in Path(f"{path}-wal").read_bytes()
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()
        journal.empty(of=one)
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == patience
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"onvergetelijk" not in left
    one.close()
