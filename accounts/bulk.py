"""Very many tracked rows in one act: spelled out for the database before its transaction opens, then only written.

The one rule: what ends up in the tables, in the history and in the change is what `history.create_many` and a delete of
each row would have left there. Memory holds values, not rows: a few hundred bytes each.
"""

import datetime
import uuid
from dataclasses import dataclass
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

    def make(self, model, rows):
        """Take in new rows: {column: value}, or `vars` of an instance; they may be forgotten afterwards. No query.

        The id must be among them. What a row does not say is the default of its field.
        """
        table = self._table(model, "+")
        for row in rows:
            table.take(row)

    def take_away(self, model, rows):
        """Take in rows that go, as `values()` gives them. What points at them must be gone, or go in the same
        transaction.
        """
        table = self._table(model, "-")
        for row in rows:
            table.take(row)

    def write(self, going_on, order=()):
        """Write everything inside the act; what others point at first, as `order` (models) says."""
        ranks = {model: rank for rank, model in enumerate(order)}
        tables = [table for table in self.tables.values() if table.live]
        for table in sorted(tables, key=lambda table: ranks.get(table.model, len(ranks))):
            table.write(going_on)

    def _table(self, model, sign):
        if (model, sign) not in self.tables:
            self.tables[model, sign] = _Table(model, sign, self)
        return self.tables[model, sign]


class _Table:
    """The rows of one model with their history: parameters of INSERT, and the digest that the change will list."""

    def __init__(self, model, sign, act):
        self.model, self.sign, self.past = model, sign, model.history.model
        self.live, self.digests = [], []
        about = {
            "history_date": act.at,
            "history_change_reason": act.reason,
            "history_type": sign,
            "history_user_id": act.by.pk if act.by else None,
            "change_id": act.change_id,
        }
        past = {field.attname: field for field in self.past._meta.concrete_fields}
        live = {field.attname: field for field in model._meta.concrete_fields}
        self.fields = history.hashed_fields(self.past)
        kept = [name for name in self.fields if name not in about]
        self.key, self.kept = model._meta.pk.attname, len(kept)
        names = kept + [name for name in live if name not in kept]
        self.columns = {name: (place, place < self.kept, _spelling(live[name])) for place, name in enumerate(names)}
        usual = {name: _spelling(live[name]).plain(live[name].get_default()) for name in names}
        self.usual = [_spelling(live[name]).written(usual[name]) for name in names]
        about = {name: _spelling(past[name]).plain(value) for name, value in about.items()}
        self.about = tuple(_spelling(past[name]).written(value) for name, value in about.items())
        self.form = canonical.Form({name: usual[name] for name in kept} | about)
        self.live_columns = [live[name].column for name in names]
        self.past_columns = [past[name].column for name in (*kept, *about)]

    def take(self, row):
        values, different = self.usual.copy(), {}
        for name, value in row.items():
            if name not in self.columns:
                continue
            place, digested, spelling = self.columns[name]
            if value is not None and type(value) is not spelling.native:
                value = spelling.plain(value)
            values[place] = value if value is None or spelling.write is None else spelling.write(value)
            if digested:
                different[name] = value
        self.live.append(tuple(values))
        self.digests.append((row[self.key], self.form.digest(different)))

    def write(self, going_on):
        if self.sign == "+":
            _insert(self.model, self.live_columns, self.live)
        _insert(self.past, self.past_columns, (values[: self.kept] + self.about for values in self.live))
        if self.sign == "-":
            _delete(self.model, [key for key, _digest in self.digests])
        written = self.past.objects.filter(change_id=going_on.change_id, history_type=self.sign)
        numbers = dict(written.values_list(self.key, "history_id"))
        label = self.past._meta.label_lower
        before = going_on.listed.get(label, (None, []))[1]
        listed = [[str(numbers[key]), digest] for key, digest in self.digests]
        going_on.wrote_listed(label, self.fields, before + listed)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a value of a field is spelled: `plain` for a digest, `write` for the database where that is not the same."""

    plain: object
    native: type | None
    write: object

    def written(self, value):
        return self.write(value) if self.write else value


@cache
def _spelling(field):
    target = field.target_field if field.is_relation else field
    native = next((kind for of, kind in NATIVE if isinstance(target, of)), None)

    def plain(value):
        if value is None or type(value) is native:
            return value
        value = target.to_python(value)
        return str(value) if isinstance(value, str) else value

    def write(value):
        return target.get_db_prep_save(value, connection)

    if native is uuid.UUID and not connection.features.has_native_uuid_field:
        return Spelling(plain, native, lambda value: value.hex if type(value) is uuid.UUID else write(value))
    return Spelling(plain, native, None if native in AS_THEY_ARE or native is uuid.UUID else write)


def _insert(model, columns, values):
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})", values)


def _delete(model, keys):
    for start in range(0, len(keys), AT_A_TIME):
        model._base_manager.filter(pk__in=keys[start : start + AT_A_TIME])._raw_delete(connection.alias)
