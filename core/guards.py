"""Rules that the database itself keeps, on SQLite and PostgreSQL alike, whoever writes to it.

An app declares its guards in `AppConfig.ready()`; they are put back after every migrate, because Django remakes a table
on SQLite and drops its triggers without a word. The one rule: nothing goes round a guard except through `open_door`.
"""

import hashlib
import logging
import re
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.backends.utils import truncate_name

log = logging.getLogger("dertig.guards")

_declared = {}
_open = ContextVar("open_door", default=frozenset())  # aliases of the databases whose door stands open

POSTGRES_DOOR = "current_setting('dertig.door', true)"
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION dertig_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {POSTGRES_DOOR} = 'open' THEN
    IF TG_OP = 'UPDATE' THEN RETURN NEW; END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NULL;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


@dataclass(frozen=True)
class Piece:
    """One trigger, constraint, index or table of a guard. The mark tells whether the database has this very one."""

    name: str
    kind: str  # TRIGGER, CONSTRAINT, INDEX or TABLE
    sql: str

    @property
    def mark(self):
        return "dertig:" + hashlib.sha256(self.sql.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class AppendOnly:
    """Rows come and stay as they are: UPDATE, DELETE and TRUNCATE are refused with "<table> is append-only"."""

    table: str

    @property
    def name(self):
        return fitting(f"{self.table}_append_only")

    def on_sqlite(self):
        for verb in ("UPDATE", "DELETE"):
            name = fitting(f"{self.name}_{verb.lower()}")
            yield Piece(
                name,
                "TRIGGER",
                f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{self.table}" WHEN dertig_door() = 0 '
                f"BEGIN SELECT RAISE(ABORT, '{self.table} is append-only'); END",
            )

    def on_postgresql(self):
        for name, when in (
            (self.name, "UPDATE OR DELETE ON {} FOR EACH ROW"),
            (fitting(f"{self.name}_truncate"), "TRUNCATE ON {} FOR EACH STATEMENT"),
        ):
            event = when.format(f'"{self.table}"')
            yield Piece(
                name, "TRIGGER", f'CREATE TRIGGER "{name}" BEFORE {event} EXECUTE FUNCTION dertig_append_only()'
            )


@dataclass(frozen=True)
class NoOverlap:
    """No two rows with the same keys hold on the same day. Periods are half-open dates; no end means open."""

    table: str
    keys: tuple
    start: str
    end: str
    extension = "btree_gist"

    @property
    def name(self):
        return fitting(f"{self.table}_no_overlap")

    def on_sqlite(self):
        """After the row is in, so that its rowid is known and it is not compared with itself."""
        start, end = f'"{self.start}"', f'"{self.end}"'
        same = " AND ".join(f'other."{key}" = NEW."{key}"' for key in self.keys)
        overlaps = " AND ".join(
            f"({early}.{start} IS NULL OR {late}.{end} IS NULL OR {early}.{start} < {late}.{end})"
            for early, late in (("other", "NEW"), ("NEW", "other"), ("NEW", "NEW"), ("other", "other"))
        )
        columns = ", ".join(f'"{column}"' for column in (*self.keys, self.start, self.end))
        for verb, event in (("insert", "INSERT"), ("update", f"UPDATE OF {columns}")):
            name = fitting(f"{self.name}_{verb}")
            yield Piece(
                name,
                "TRIGGER",
                f'CREATE TRIGGER "{name}" AFTER {event} ON "{self.table}" WHEN EXISTS ('
                f'SELECT 1 FROM "{self.table}" other WHERE other.rowid <> NEW.rowid AND {same} AND {overlaps}) '
                f"BEGIN SELECT RAISE(ABORT, '{self.name}: periods overlap'); END",
            )

    def on_postgresql(self):
        keys = ", ".join(f'"{key}" WITH =' for key in self.keys)
        yield Piece(
            self.name,
            "CONSTRAINT",
            f'ALTER TABLE "{self.table}" ADD CONSTRAINT "{self.name}" '
            f'EXCLUDE USING gist ({keys}, daterange("{self.start}", "{self.end}") WITH &&)',
        )


def append_only(table):
    """Declare that rows of this table are never changed or deleted."""
    return declare(AppendOnly(table))


def no_overlap(table, keys, start="valid_from", end="valid_until"):
    """Declare that periods of rows with the same `keys` (column names) never overlap."""
    return declare(NoOverlap(table, tuple(keys), start, end))


def declare(guard):
    """Declare a guard: anything with `table`, `name`, `on_sqlite()` and `on_postgresql()`, both giving `Piece`s.

    It may say `refill(cursor)`, called after a piece was put in place, and `extension`, which PostgreSQL needs for it.
    """
    _declared[guard.name] = guard
    return guard


def declared():
    """All guards, in order of name."""
    return [_declared[name] for name in sorted(_declared)]


def violated(error):
    """The guard that a database error names, or None: so that a form can say what is wrong."""
    text = str(error)
    for guard in declared():
        if re.search(rf"\b({guard.name}\b|{guard.table} is append-only)", text):
            return guard
    return None


def missing(connection):
    """The declared guards that this database lacks, or has in another form than the declared one."""
    present = _present(connection)
    return [guard for guard in declared() if any(present.get(p.name) != p.mark for p in _pieces(guard, connection))]


def put_back(sender, using=DEFAULT_DB_ALIAS, **kwargs):
    """After migrate: put in place what is missing or has changed on the tables of this app. Safe to repeat."""
    connection = connections[using]
    tables = {model._meta.db_table for model in sender.get_models(include_auto_created=True)}
    guards = [guard for guard in declared() if guard.table in tables]
    if not guards:
        return
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
    present = _present(connection)
    with transaction.atomic(using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for guard in guards:
            lacking = [piece for piece in _pieces(guard, connection) if present.get(piece.name) != piece.mark]
            if guard.table not in existing or not lacking:
                continue
            for piece in lacking:
                _put(cursor, guard, piece)
            if hasattr(guard, "refill"):
                guard.refill(cursor)


def fit_the_door(sender, connection, **kwargs):
    """On each new SQLite connection: the function that our triggers ask.

    Any other program that opens the file lacks it and is refused by an error. Recursive triggers make INSERT OR
    REPLACE, which deletes a row without saying so, run into the same guard.
    """
    if connection.vendor == "sqlite":
        alias = connection.alias
        connection.connection.create_function("dertig_door", 0, lambda: int(alias in _open.get()))
        connection.connection.execute("PRAGMA recursive_triggers = ON")


@contextmanager
def open_door(reason, using=DEFAULT_DB_ALIAS):
    """The only way to change what is append-only: for teardown of tests, restore, undo, redaction and destruction.

    Whatever happens inside is one transaction, and no other connection goes through. The caller records what it did;
    here only the reason goes to the log. Periods may not overlap inside either: no lawful act needs that.
    """
    if not reason:
        raise ValueError("Opening the door needs a reason.")
    log.warning("door opened: %s", reason)
    connection = connections[using]
    with transaction.atomic(using):
        before = _swing(connection, "open")
        token = _open.set(_open.get() | {using})
        try:
            yield
        finally:
            _open.reset(token)
        if not connection.needs_rollback:
            _swing(connection, before)


def _swing(connection, state):
    """Set PostgreSQL's side of the door for the rest of the transaction; a rollback sets it back by itself."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {POSTGRES_DOOR}")
        before = cursor.fetchone()[0] or "shut"
        cursor.execute("SELECT set_config('dertig.door', %s, true)", [state])
    return before


def _pieces(guard, connection):
    if connection.vendor == "sqlite":
        return list(guard.on_sqlite())
    if connection.vendor == "postgresql":
        return list(guard.on_postgresql())
    raise ImproperlyConfigured(f"There are no guards for {connection.vendor}; use SQLite or PostgreSQL.")


def _present(connection):
    """What stands in the database: mark by name."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'table')")
            return {name: Piece(name, "TRIGGER", sql).mark for name, sql in cursor.fetchall()}
        cursor.execute(
            "SELECT tgname, obj_description(oid, 'pg_trigger') FROM pg_trigger "
            "WHERE NOT tgisinternal AND tgenabled <> 'D' UNION ALL "
            "SELECT conname, obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE contype = 'x' UNION ALL "
            "SELECT relname, obj_description(oid, 'pg_class') FROM pg_class "
            "WHERE relkind = 'i' AND obj_description(oid, 'pg_class') LIKE 'dertig:%'"
        )
        return dict(cursor.fetchall())


def _put(cursor, guard, piece):
    if cursor.db.vendor == "sqlite":
        cursor.execute(f'DROP {piece.kind} IF EXISTS "{piece.name}"')
        cursor.execute(piece.sql)
        return
    extension = getattr(guard, "extension", "")
    if extension:
        _need(cursor, extension)
    if piece.kind == "CONSTRAINT":
        cursor.execute(f'ALTER TABLE "{guard.table}" DROP CONSTRAINT IF EXISTS "{piece.name}"')
    else:
        where = f' ON "{guard.table}"' if piece.kind == "TRIGGER" else ""
        cursor.execute(f'DROP {piece.kind} IF EXISTS "{piece.name}"{where}')
    cursor.execute(piece.sql)
    where = "" if piece.kind == "INDEX" else f' ON "{guard.table}"'
    cursor.execute(f"COMMENT ON {piece.kind} \"{piece.name}\"{where} IS '{piece.mark}'")


EXTENSIONS = {"btree_gist": "to keep periods from overlapping", "pg_trgm": "to search inside words"}


def _need(cursor, extension):
    try:
        with transaction.atomic(cursor.db.alias):
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    except DatabaseError as error:
        raise ImproperlyConfigured(
            f"PostgreSQL needs the extension {extension} {EXTENSIONS[extension]}. Let an administrator of the database "
            f"run: CREATE EXTENSION {extension}; ({error})"
        ) from error


def fitting(name):
    """No longer than PostgreSQL allows, and the same on both databases."""
    return truncate_name(name, 63)
