"""What activities share, each kind with a sheet of its own: its table, its title, and the words a line names it by.

The one rule: a name in a line leads to one row of that sheet, or the line bears the id too (`several_called`).
"""

from collections import defaultdict
from dataclasses import dataclass, fields
from functools import cache

from django.utils.translation import gettext_lazy as _

from register import models, record, words


@dataclass(frozen=True, slots=True)
class Kind:
    """`value` is its class within an entry; only what is of just that class belongs to it."""

    value: type
    model: type
    title: object


KINDS = (
    Kind(record.PartyValue, models.Party, _("Parties")),
    Kind(record.AgreementValue, models.Agreement, _("Agreements")),
    Kind(record.RetentionItem, models.RetentionRule, _("Retention rules")),
    Kind(record.SystemValue, models.System, _("Systems in detail")),
    Kind(record.SubjectItem, models.SubjectCategory, _("Kinds of data subjects")),
    Kind(record.DataItem, models.DataCategory, _("Kinds of personal data")),
    Kind(record.MeasureItem, models.Measure, _("Measures in detail")),
    Kind(record.Item, models.InternalRole, _("Functions")),
    Kind(record.LawItem, models.Law, _("Laws")),
    Kind(record.CountryItem, models.Country, _("Countries")),
)
OF_MODEL = {kind.model: kind for kind in KINDS}
OF_VALUE = {kind.value: kind for kind in KINDS}


class Things:
    """All shared things that these standings name, each as the latest standing says it."""

    def __init__(self, standings, language):
        self.language = language
        self.named = defaultdict(dict)
        for standing in sorted(standings, key=_moment):
            self._note(standing.entry)
        self.several = {kind for kind in self.named if self._has_namesakes(kind)}

    def _note(self, value):
        for name in parts(type(value)):
            part = getattr(value, name)
            for one in part if isinstance(part, tuple) else (part,):
                if type(one) in OF_VALUE:
                    self.named[type(one)][one.id] = one
                if parts(type(one)):
                    self._note(one)

    def _has_namesakes(self, kind):
        called = [called_by(value, self.language) for value in self.named[kind].values()]
        return len(set(called)) < len(called)

    def of(self, kind):
        """By name."""
        found = self.named[kind.value].values()
        return sorted(found, key=lambda one: (called_by(one, self.language).casefold(), str(one.id)))

    def several_called(self, model):
        """Whether two things of this kind bear one name in this language, so that the name alone does not tell."""
        return model in OF_MODEL and OF_MODEL[model].value in self.several


@cache
def parts(kind):
    """The fields of a value of this class that may hold others; none for what is no value of the record."""
    if getattr(kind, "__module__", "") != record.__name__:
        return ()
    return tuple(field.name for field in fields(kind) if field.type not in (str, int, bool))


def called_by(value, language):
    """The words by which a cell names a shared thing."""
    if isinstance(value, record.RetentionItem):
        return words.retention_words(value)
    if isinstance(value, record.Item):
        return value.named(language)
    if isinstance(value, record.AgreementValue):
        return value.title or words.agreement_words(value)
    return value.name


def own_fields(kind):
    """The names of a thing in both languages, as far as it has these, and its other fields."""
    names = [field.name for field in fields(kind.value) if field.name != "id"]
    both = [name for name in names if name in ("nl", "en")]
    return both, [name for name in names if name not in both]


def _moment(standing):
    return standing.is_draft, standing.established_at.timestamp() if standing.established_at else 0
