"""Errors as a database really gives them, from a file of its own."""

from django.db import DatabaseError
from django.db.utils import ConnectionHandler


def of_database(tmp_path):
    """{what happened: the error}: "busy" while another writes, "double" and "empty" for a row that may not be."""
    at = {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "one.sqlite3", "OPTIONS": {"timeout": 0}}
    both = ConnectionHandler({"default": at, "other": at})
    with both["default"].cursor() as one, both["other"].cursor() as other:
        one.execute("create table class (name text unique not null)")
        one.execute("insert into class values ('1a')")
        found = {"double": _error(one, "insert into class values ('1a')")}
        found["empty"] = _error(one, "insert into class values (null)")
        one.execute("begin immediate")
        found["busy"] = _error(other, "insert into class values ('1b')")
    both.close_all()
    return found


def _error(cursor, statement):
    try:
        cursor.execute(statement)
    except DatabaseError as error:
        return error
    raise AssertionError("the database took it")
