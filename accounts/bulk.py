"""Very many tracked rows in one act: spelled out for the database before its transaction opens, then only written.

The one rule: what ends up in the tables, in the history and in the change is what `history.create_many` and a delete of
each row would have left there. Memory holds values, not rows: a few hundred bytes each.
"""

import datetime
import uuid
from functools import cache

from django.db import connection, models

from core import canonical

from . import history

NATIVE = (
    (models.UUIDField, uuid.UUID),
    (models.DateTimeField, datetime.datetime),
    (models.DateField, datetime.date),
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.CharField, str),
    (models.TextField, str),
)
AS_THEY_ARE = (str, int, bool)
AT_A_TIME = 2_000


class Rows:
    """Rows of any number of models, to be made or taken away by the act with this `change_id`."""

    def __init__(self, change_id, *, by, at, reason=""):
        self.change_id, self.by, self.at = change_id, by, at
        self.reason = (reason or "")[:100] or None
        self.tables = {}

    def make(self, rows):
        """Take in new rows of one model; they may be forgotten afterwards. No query."""
        if rows:
            table = self._table(type(rows[0]), "+")
            for row in rows:
                table.take(row)

    def take_away(self, rows):
        """Take in rows of one model that go. What points at them must be gone, or go in the same transaction."""
        if rows:
            table = self._table(type(rows[0]), "-")
            for row in rows:
                table.take(row)

    def write(self, going_on, order=()):
        """Write everything inside the act; what others point at first, as `order` (models) says."""
        ranks = {model: rank for rank, model in enumerate(order)}
        tables = sorted(self.tables.values(), key=lambda table: ranks.get(table.model, len(ranks)))
        for table in tables:
            table.write(going_on)

    def _table(self, model, sign):
        if (model, sign) not in self.tables:
            self.tables[model, sign] = _Table(model, sign, self)
        return self.tables[model, sign]


class _Table:
    """The rows of one model with their history: parameters of INSERT, and the digest that the change will list."""

    def __init__(self, model, sign, act):
        self.model, self.sign = model, sign
        past = model.history.model
        own = {"history_date", "history_change_reason", "history_type", "history_user_id", "change_id"}
        about = {
            "history_date": act.at,
            "history_change_reason": act.reason,
            "history_type": sign,
            "history_user_id": act.by.pk if act.by else None,
            "change_id": act.change_id,
        }
        fields = {field.attname: field for field in past._meta.concrete_fields}
        self.fields = history.hashed_fields(past)
        self.kept = [(name, *_readers(fields[name])) for name in self.fields if name not in own]
        self.digested = {name: _readers(fields[name])[0](about[name]) for name in own}
        self.fixed = tuple(_readers(fields[name])[1](about[name]) for name in sorted(own))
        self.columns = [fields[name].column for name, *_ in self.kept] + [fields[name].column for name in sorted(own)]
        self.more = [
            (field.attname, _readers(field)[1])
            for field in model._meta.concrete_fields
            if field.attname not in {name for name, *_ in self.kept}
        ]
        self.live_columns = [model._meta.get_field(name).column for name, *_ in self.kept]
        self.live_columns += [model._meta.get_field(name).column for name, _write in self.more]
        self.past, self.live, self.digests = past, [], []

    def take(self, row):
        values, digested = [], dict(self.digested)
        for name, plain, write in self.kept:
            value = plain(getattr(row, name))
            digested[name] = value
            values.append(write(value))
        self.digests.append((row.pk, canonical.digest(digested)))
        self.live.append((tuple(values), tuple(write(getattr(row, name)) for name, write in self.more)))

    def write(self, going_on):
        if self.sign == "+":
            _insert(self.model, self.live_columns, (values + more for values, more in self.live))
        _insert(self.past, self.columns, (values + self.fixed for values, _more in self.live))
        if self.sign == "-":
            _delete(self.model, [key for key, _digest in self.digests])
        written = self.past.objects.filter(change_id=going_on.change_id, history_type=self.sign)
        numbers = dict(written.values_list(self.model._meta.pk.attname, "history_id"))
        label = self.past._meta.label_lower
        before = going_on.listed.get(label, (None, []))[1]
        listed = [[str(numbers[key]), digest] for key, digest in self.digests]
        going_on.wrote_listed(label, self.fields, before + listed)


@cache
def _readers(field):
    """How a value of this field is spelled in a digest, and how for the database."""
    target = field.target_field if field.is_relation else field
    native = next((kind for of, kind in NATIVE if isinstance(target, of)), None)

    def plain(value):
        if value is None or type(value) is native:
            return value
        value = target.to_python(value)
        return str(value) if isinstance(value, str) else value

    if native is uuid.UUID and not connection.features.has_native_uuid_field:
        return (
            plain,
            lambda value: value.hex if type(value) is uuid.UUID else target.get_db_prep_save(value, connection),
        )
    if native in AS_THEY_ARE or native is uuid.UUID:
        return plain, lambda value: value
    return plain, lambda value: target.get_db_prep_save(value, connection)


def _insert(model, columns, values):
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})", values)


def _delete(model, keys):
    for start in range(0, len(keys), AT_A_TIME):
        model._base_manager.filter(pk__in=keys[start : start + AT_A_TIME])._raw_delete(connection.alias)
