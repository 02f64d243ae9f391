"""Words to shared rows: the organisation's own when there is one of that name in either language, otherwise a new one.

The one rule: what exists is never changed by an import. New rows are made in memory; `apply` stores them.
"""

import re
from collections import defaultdict
from functools import lru_cache

from accounts.models import Controller, Department
from core.text import LEGAL_FORMS, normalise
from register import models
from register.models.library import LibraryItem

from .values import plain

MADE = (
    Department,
    models.Label,
    models.SubjectCategory,
    models.DataCategory,
    models.RetentionRule,
    models.Party,
    models.System,
    models.Document,
)
"""What an import may make, in the order in which it can be stored."""
ASKED = (models.Party, models.System)
"""Of these it is asked whether two names that are nearly the same name one thing."""
NAMES = ("name_nl", "name_en", "short_nl", "short_en", "code", "name", "title")


class Matcher:
    """Looks rows up by their words; reads each table once, when it is first asked for."""

    def __init__(self, organisation, language, apart=()):
        """`apart`: (kind, name as `folded` gives it) of what is nothing that is called nearly so."""
        self.organisation, self.language, self.apart = organisation, language, frozenset(apart)
        self.known = {}
        self.made = defaultdict(list)
        self.look_alikes = {}

    def find(self, model, text):
        """The row of that name, or None. A name in use goes before a retired one; a merged row leads to its other."""
        rows = self._known(model).get(_key(model, text), ())
        return self._nearly(model, rows, text) if model in ASKED else next(iter(rows), None)

    def _nearly(self, model, rows, text):
        """The row of just that name; otherwise one that only a sign or its legal form tells apart, which is noted."""
        named = folded(text)
        for row in rows:
            if folded(row.name) == named:
                return row
        row = next((row for row in rows if not _contradict(row.name, text)), None)
        if row is None or normalise(row.name) != normalise(text):
            return row  # nobody, or whom somebody of this name was merged into
        self.look_alikes.setdefault((model, text), [row, 0])[1] += 1
        return None if (model._meta.model_name, named) in self.apart else row

    def find_or_make(self, model, text, language=None, **fields):
        row = self.find(model, text)
        return row if row is not None else self.make(model, text, language, **fields)

    def make(self, model, text, language=None, **fields):
        """A new row; its name is in the language of the file, unless the fields give another one too."""
        name = "title" if model is models.Document else "name"
        if issubclass(model, LibraryItem):
            name = f"name_{language or self.language}"
        row = model(organisation=self.organisation, **{name: text}, **fields)
        self.made[model].append(row)
        for key in _keys(model, row):
            self._known(model).setdefault(key, []).append(row)
        return row

    def with_key(self, model, key):
        """The starter item with this key, when the organisation has it."""
        self._known(model)
        return self.known[model, "keys"].get(key) if key else None

    def is_new(self, row):
        return row._state.adding

    def only_controller(self):
        """The controller of the organisation, when there is just one."""
        rows = {row.pk: row for found in self._known(Controller).values() for row in found if row.retired_on is None}
        return next(iter(rows.values())) if len(rows) == 1 else None

    def _known(self, model):
        if model not in self.known:
            index, keys = defaultdict(list), {}
            rows = model.objects.filter(organisation=self.organisation)
            for row in sorted(rows, key=lambda row: row.retired_on is not None):
                for key in _keys(model, row):
                    index[key].append(_current(row, rows))
                if getattr(row, "key", ""):
                    keys[row.key] = row
            self.known[model], self.known[model, "keys"] = index, keys
        return self.known[model]


def _current(row, rows):
    """The row that this one was merged into, at the end."""
    by_key = {other.pk: other for other in rows} if getattr(row, "merged_into_id", None) else {}
    while getattr(row, "merged_into_id", None) in by_key:
        row = by_key[row.merged_into_id]
    return row


def _keys(model, row):
    """The words by which a row is found: its names, without what is between brackets, and an abbreviation there."""
    found = []
    for name in NAMES:
        text = getattr(row, name, "")
        if not text or (name == "code" and model is not models.Country):
            continue
        found.append(_key(model, text))
        bracketed = re.fullmatch(r"(.+?)\s*\(([^()]*)\)", text)
        if bracketed and issubclass(model, LibraryItem) and model is not models.RetentionRule:
            found.append(_key(model, bracketed[1]))
            if bracketed[2].isupper():
                found.append(_key(model, bracketed[2]))
    return list(dict.fromkeys(key for key in found if key))


@lru_cache(maxsize=20_000)
def _key(model, text):
    return normalise(text) if model in ASKED else plain(text) or text.strip().casefold()


@lru_cache(maxsize=20_000)
def folded(text):
    """A name without what only a typist sees: capitals and double spaces."""
    return " ".join(text.split()).casefold()


def _contradict(one, other):
    """Whether two names say of different legal forms: "Zon B.V." is not "Stichting Zon"."""
    forms = [_forms(text) for text in (one, other)]
    return all(forms) and forms[0].isdisjoint(forms[1])


def _forms(text):
    return {word for word in plain(re.sub(r"(?<=\w)\.\s?(?=\w\b)", "", text)).split() if word in LEGAL_FORMS}
