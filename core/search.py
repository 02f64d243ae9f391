"""Search inside words in one text column of a table, on SQLite and PostgreSQL alike.

An app declares its column in `AppConfig.ready()`. SQLite keeps an index of three-letter pieces beside the table, fed by
triggers and made anew whenever they had to be put back; PostgreSQL has an index of its own for that. Both are put in
place by `core.guards`. The one rule: what is stored and what is asked both went through `plain`.
"""

import unicodedata
from dataclasses import dataclass

from django.db import connections
from django.db.models.expressions import RawSQL

from . import guards

_columns = {}
WORDS, LETTERS = 8, 100  # of a question, at most


@dataclass(frozen=True)
class TextSearch:
    """The index of one column. SQLite's rows are numbered apart, since VACUUM renumbers the table's own."""

    table: str
    column: str
    key: str
    extension = "pg_trgm"

    @property
    def name(self):
        return guards.fitting(f"{self.table}_{self.column}_search")

    @property
    def rows(self):
        return guards.fitting(f"{self.name}_rows")

    def on_sqlite(self):
        yield guards.Piece(
            self.rows, "TABLE", f'CREATE TABLE "{self.rows}" (id INTEGER PRIMARY KEY, key NOT NULL UNIQUE)'
        )
        yield guards.Piece(
            self.name,
            "TABLE",
            f"CREATE VIRTUAL TABLE \"{self.name}\" USING fts5(text, content='', tokenize='trigram')",
        )
        take = (
            f'INSERT INTO "{self.name}" ("{self.name}", rowid, text) '
            f'SELECT \'delete\', id, OLD."{self.column}" FROM "{self.rows}" WHERE key = OLD."{self.key}";'
        )
        give = (
            f'INSERT INTO "{self.name}" (rowid, text) '
            f'SELECT id, NEW."{self.column}" FROM "{self.rows}" WHERE key = NEW."{self.key}";'
        )
        number = f'INSERT INTO "{self.rows}" (key) VALUES (NEW."{self.key}");'
        forget = f'DELETE FROM "{self.rows}" WHERE key = OLD."{self.key}";'
        yield self._trigger("insert", "INSERT", f"{number} {give}")
        yield self._trigger("delete", "DELETE", f"{take} {forget}")
        yield self._trigger(
            "update",
            f'UPDATE OF "{self.column}"',
            f"{take} {give}",
            when=f'WHEN OLD."{self.column}" IS NOT NEW."{self.column}" ',
        )

    def _trigger(self, verb, event, statements, when=""):
        name = guards.fitting(f"{self.name}_{verb}")
        sql = f'CREATE TRIGGER "{name}" AFTER {event} ON "{self.table}" {when}BEGIN {statements} END'
        return guards.Piece(name, "TRIGGER", sql)

    def on_postgresql(self):
        yield guards.Piece(
            self.name,
            "INDEX",
            f'CREATE INDEX "{self.name}" ON "{self.table}" USING gin ("{self.column}" gin_trgm_ops)',
        )

    def refill(self, cursor):
        """Index all rows that are there; PostgreSQL has done so by itself."""
        if cursor.db.vendor != "sqlite":
            return
        cursor.execute(f'INSERT INTO "{self.name}" ("{self.name}") VALUES (\'delete-all\')')
        cursor.execute(f'DELETE FROM "{self.rows}"')
        cursor.execute(f'INSERT INTO "{self.rows}" (key) SELECT "{self.key}" FROM "{self.table}"')
        cursor.execute(
            f'INSERT INTO "{self.name}" (rowid, text) SELECT r.id, t."{self.column}" '
            f'FROM "{self.rows}" r JOIN "{self.table}" t ON t."{self.key}" = r.key'
        )

    def holding(self, words):
        """The keys of rows with all these words, for a condition `key IN (...)`. SQLite only."""
        question = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in words)
        return RawSQL(
            f'SELECT key FROM "{self.rows}" WHERE id IN (SELECT rowid FROM "{self.name}" WHERE "{self.name}" MATCH %s)',
            [question],
        )


def declare(table, column, key="id"):
    """Declare that `matching` searches this column of this table."""
    _columns[table] = guards.declare(TextSearch(table, column, key))
    return _columns[table]


def matching(queryset, text):
    """The rows whose text holds every word of `text`, each also as part of a word; all rows without words.

    Words of one or two letters are looked for without the index.
    """
    found = _columns[queryset.model._meta.db_table]
    asked = words(text)
    indexed = [word for word in asked if len(word) > 2] if connections[queryset.db].vendor == "sqlite" else []
    if indexed:
        queryset = queryset.filter(**{f"{found.key}__in": found.holding(indexed)})
    for word in asked:
        if word not in indexed:
            queryset = queryset.filter(**{f"{found.column}__contains": word})
    return queryset


def words(text):
    """The words that are asked for, plain, without doubles."""
    return list(dict.fromkeys(word[:LETTERS] for word in plain(text).split()))[:WORDS]


def plain(text):
    """Lower case without accents, so that "financien" finds "Financiën"; no character that a database refuses."""
    text = text.replace("\0", " ").lower()
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if not unicodedata.combining(sign)))
