"""Dated facts of law that come with Dertig: adequacy decisions (Art. 45(3)) and other legal parameters.

The one rule: ask with a day. What a decision or parameter says depends on the day it is asked about; periods are
half-open. `confirmed` tells whether somebody checked the fact against its source.
"""

import datetime
from dataclasses import dataclass
from functools import cache

from core.languages import in_language

from .starter import starter_items

DECISION = "adequacy-"
"""What stands before the key of a decision in the code of the fact of law that tells whether it is in force."""


@dataclass(frozen=True, slots=True)
class Dated:
    key: str
    name_nl: str
    name_en: str
    valid_from: datetime.date
    valid_until: datetime.date | None
    confirmed: bool
    note_nl: str
    note_en: str

    def holds_on(self, on):
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)

    def named(self, language):
        return in_language(self.name_nl, self.name_en, language)

    def note(self, language):
        return self.note_nl if language.startswith("nl") else self.note_en


@dataclass(frozen=True, slots=True)
class Decision(Dated):
    """An adequacy decision for a country or international organisation (`country`: its code in the library)."""

    country: str
    reference: str
    decided_on: datetime.date
    scope_nl: str
    scope_en: str
    scope_check: bool

    def scope(self, language):
        return self.scope_nl if language.startswith("nl") else self.scope_en


@dataclass(frozen=True, slots=True)
class Parameter(Dated):
    """A number or rule of law; `value` is text, `unit` says how to read it."""

    parameter: str
    value: str
    unit: str
    source: str


def decisions(country_code, on):
    """The adequacy decisions that hold for a country on a day: none or one, in practice."""
    return [decision for decision in decisions_ever(country_code) if decision.holds_on(on)]


def decisions_ever(country_code):
    """All decisions for a country, latest first, also those that no longer hold."""
    return [decision for decision in all_decisions() if decision.country == country_code]


def parameter(key, on):
    """The legal parameter `key` as it holds on a day, or None."""
    return next((one for one in all_parameters() if one.parameter == key and one.holds_on(on)), None)


@cache
def all_decisions():
    return _read("adequacy", Decision)


@cache
def all_parameters():
    return _read("parameters", Parameter)


def _read(name, kind):
    fields = kind.__dataclass_fields__
    found = [kind(**{field: _value(item, field) for field in fields}) for item in starter_items(name)]
    return sorted(found, key=lambda one: (one.valid_from, one.key), reverse=True)


DATES = {"valid_from", "valid_until", "decided_on"}


def _value(item, field):
    value = item.get(field, "")
    if field in DATES:
        return datetime.date.fromisoformat(value) if value else None
    return value
