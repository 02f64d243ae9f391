"""Entries of our own file to rows: ids are kept where they are free, what exists is found and left as it is.

Shared things (a party, a category, a rule) are the organisation's own when one bears the same id, says just the same,
or has the same name; otherwise they are made.
"""

import uuid
from collections import defaultdict
from functools import cached_property

from django.db.models import CharField, TextField

from accounts.models import Controller, Department
from register import models, reading, record
from register import sections as layout
from register.interchange import MODELS

from .matching import Matcher

AT_A_TIME = 500
ORDER = (
    Department,
    Controller,
    models.Country,
    models.Law,
    models.SubjectCategory,
    models.DataCategory,
    models.Measure,
    models.RetentionRule,
    models.InternalRole,
    models.Party,
    models.Document,
    models.Agreement,
    models.System,
)
"""Shared rows, in the order in which they can be stored."""
READ = {
    models.Country: reading.country_item,
    models.Law: reading.law_item,
    models.SubjectCategory: reading.subject_item,
    models.DataCategory: reading.data_item,
    models.Measure: reading.measure_item,
    models.RetentionRule: reading.retention_item,
}
NAMED_BY_WORDS = {models.Party, models.System, models.Document, models.Country, Department, Controller}
NAMES = {"nl": "name_nl", "en": "name_en"}


def free(model, ids):
    """Those of `ids` that no row of any organisation bears."""
    ids = list(dict.fromkeys(ids))
    taken = set()
    for start in range(0, len(ids), AT_A_TIME):
        taken |= set(model.objects.filter(pk__in=ids[start : start + AT_A_TIME]).values_list("pk", flat=True))
    return set(ids) - taken


def _current(row, rows):
    """The row that this one was merged into, at the end."""
    while getattr(row, "merged_into_id", None) in rows:
        row = rows[row.merged_into_id]
    return row


def _fits(field, text):
    """Whether a text can stand in this column."""
    if not isinstance(field, CharField | TextField) or "\0" in text:
        return False
    return not (field.max_length and len(text) > field.max_length) and (
        not field.choices or text in dict(field.flatchoices)
    )


class Shared:
    """The shared rows that a file names, found or made; `made` holds the new ones per model."""

    def __init__(self, organisation, entries, controllers):
        self.organisation = organisation
        self.matcher = Matcher(organisation, organisation.main_language)
        self.details = {one.id: one.details for one in controllers}
        self.made = defaultdict(list)
        self.rows = {}
        self.owners = {}
        self.values = defaultdict(dict)
        for entry in entries:
            self._gather(entry)
        for model in ORDER:
            self._resolve(model, self.values[model])

    def row(self, model, value):
        """The row for a value of an entry; None for none."""
        return value and self.rows.get((model, value.id))

    def _gather(self, entry):
        """What the entry names, the first mention of each."""
        self._note(Controller, entry.controller)
        self._note(Department, entry.department)
        for lines in layout.LINE_SETS:
            for line in getattr(entry, lines.name):
                self._of_line(line)

    def _of_line(self, line):
        for name in type(line).__dataclass_fields__:
            value = getattr(line, name)
            if isinstance(value, record.Named):
                self._note(models.Document, value)
            elif type(value) is record.Item:
                self._note(models.InternalRole, value)
            elif type(value) in MODELS:
                self._note(MODELS[type(value)], value)
        agreement = getattr(line, "agreement", None)
        if agreement and line.party:
            self.owners.setdefault(agreement.id, line.party)

    def _note(self, model, value):
        if value is None:
            return
        self.values[model].setdefault(value.id, value)
        for name in ("country", "hosting_country"):
            country = getattr(value, name, None)
            if isinstance(country, record.CountryItem):
                self._note(models.Country, country)

    def _resolve(self, model, values):
        if not values:
            return
        own = {row.pk: row for row in model.objects.filter(organisation=self.organisation)}
        alike = self._by_content(model, own.values())
        free_ids = free(model, values)
        for key, value in values.items():
            if model is models.Agreement and key not in self.owners:
                continue
            row = _current(own.get(key), own) or self._found(model, value, alike)
            if row is None:
                row = self._new(model, value, key if key in free_ids else uuid.uuid4())
                self.made[model].append(row)
                alike.setdefault(self._content(model, value), row)
            self.rows[model, key] = row

    def _by_content(self, model, rows):
        """The rows of the organisation by what they say; those in use before those that are retired."""
        found = {}
        for row in sorted(rows, key=lambda row: (getattr(row, "retired_on", None) is not None, str(row.pk))):
            found.setdefault(self._content(model, self._value(model, row)), row)
        return found

    def _value(self, model, row):
        if model in READ:
            return READ[model](row)
        if model is models.Agreement:
            return reading.agreement_value(row)
        if model is models.InternalRole:
            return reading.item(row)
        return record.Named(row.pk, getattr(row, "title", None) or row.name)

    def _content(self, model, value):
        """By which words or facts two of a kind are the same thing."""
        if model is models.Country:
            return value.code
        if model in (models.RetentionRule, models.Agreement):
            return tuple(getattr(value, name) for name in type(value).__dataclass_fields__ if name != "id")
        if model in NAMED_BY_WORDS:
            return value.name
        kind = (value.sensitivity, value.special_kind) if model is models.DataCategory else ()
        return value.nl.casefold(), value.en.casefold(), *kind

    def _found(self, model, value, alike):
        row = alike.get(self._content(model, value))
        if model is models.Agreement and row is not None:
            return row if row.party_id == self._owner(value).pk else None
        if row is None and model in (models.Party, models.System, Department, Controller):
            return self.matcher.find(model, value.name)
        return row

    def _owner(self, agreement):
        return self.row(models.Party, self.owners[agreement.id])

    def _new(self, model, value, key):
        return model(id=key, organisation=self.organisation, **self._fields(model, value))

    def _fields(self, model, value):
        if model is Controller:
            return self._details(value)
        if model is models.Document:
            return {"title": value.name}
        if isinstance(value, record.Named):
            return {"name": value.name}
        fields = {
            NAMES.get(name, name): getattr(value, name) for name in type(value).__dataclass_fields__ if name != "id"
        }
        for name in ("country", "hosting_country"):
            if isinstance(fields.get(name), record.CountryItem):
                fields[name] = self.row(models.Country, fields[name])
        if model is models.Agreement:
            fields["party"] = self._owner(value)
        if model is models.System:
            fields["supplier"] = self._supplier(value.supplier)
        return fields

    def _details(self, value):
        """The details of a controller that fit; its name comes from the entry."""
        fields = {field.name: field for field in Controller._meta.concrete_fields}
        given = self.details.get(value.id, {})
        return {name: text for name, text in given.items() if _fits(fields.get(name), text)} | {"name": value.name}

    def _supplier(self, name):
        """An entry knows the supplier of a system by name only."""
        if not name:
            return None
        row = self._parties_by_name.get(name) or self.matcher.find(models.Party, name)
        if row is None:
            row = models.Party(organisation=self.organisation, name=name)
            self.made[models.Party].append(row)
            self._parties_by_name[name] = row
        return row

    @cached_property
    def _parties_by_name(self):
        return {row.name: row for (model, _key), row in self.rows.items() if model is models.Party}
