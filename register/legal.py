"""Facts of law with a date, as they hold for one organisation: what came with Dertig, and what it added or checked.

The one rule: ask with a day. Of the values of a fact the one with the latest first day holds; on the same day the
organisation's own goes before the one that came with Dertig.
"""

import datetime
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from . import adequacy
from .adequacy import DECISION
from .models import LegalConfirmation, LegalValue

UNITS = {
    "days": ngettext_lazy("%(count)d day", "%(count)d days", "count"),
    "hours": ngettext_lazy("%(count)d hour", "%(count)d hours", "count"),
    "years": ngettext_lazy("%(count)d year", "%(count)d years", "count"),
    "people": ngettext_lazy("%(count)d person", "%(count)d people", "count"),
    "kinds": ngettext_lazy("%(count)d kind", "%(count)d kinds", "count"),
    "weeks": ngettext_lazy("%(count)d week", "%(count)d weeks", "count"),
    "months": ngettext_lazy("%(count)d month", "%(count)d months", "count"),
    "characters": ngettext_lazy("%(count)d character", "%(count)d characters", "count"),
    "criteria": ngettext_lazy("%(count)d criterion", "%(count)d criteria", "count"),
    "breaches": ngettext_lazy("%(count)d breach", "%(count)d breaches", "count"),
}
_STATUS = {"in_force": _("In force"), "not_in_force": _("Not in force")}
CHOICES = {
    "record-exemption-test": {
        "risk_or_regular_or_special": _("A risk, regular processing, or special data"),
        "high_risk": _("A high risk"),
    },
    "breach-threshold": {"risk": _("A risk"), "high_risk": _("A high risk")},
    "breach-form": {"national": _("The form of the national authority"), "european": _("One European form")},
    "nl-phone-marketing": {
        "opt_in": _("Only with consent"),
        "opt_in_except_customers": _("Only with consent, but for own customers"),
    },
    "uavg-23a": _STATUS,
    "nl-nis2": _STATUS,
    "be-nis2": _STATUS,
}
"""Facts whose value is a word of a short list, with the words that people read."""


@dataclass(frozen=True, slots=True)
class Said:
    """One dated value. `vouched`: whoever made Dertig checked it; `confirmation`: somebody here did."""

    key: str
    value: str
    valid_from: datetime.date
    valid_until: datetime.date | None
    source: str
    note_nl: str = ""
    note_en: str = ""
    vouched: bool = False
    row: LegalValue | None = None
    confirmation: LegalConfirmation | None = None

    @property
    def confirmed(self):
        return self.vouched or self.confirmation is not None

    def holds_on(self, on):
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)

    def note(self, language):
        return self.note_nl if language.startswith("nl") else self.note_en


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of law and every value it had, has or will have, latest first."""

    code: str
    name_nl: str
    name_en: str
    unit: str
    values: tuple
    scope_nl: str = ""
    scope_en: str = ""

    @property
    def is_decision(self):
        return self.code.startswith(DECISION)

    @property
    def choices(self):
        return _STATUS if self.is_decision else CHOICES.get(self.code, {})

    def on(self, day):
        """What holds on a day, or None."""
        return next((said for said in self.values if said.holds_on(day)), None)

    def named(self, language):
        return self.name_nl if language.startswith("nl") else self.name_en

    def scope(self, language):
        return self.scope_nl if language.startswith("nl") else self.scope_en

    def words(self, value):
        """A value as people read it."""
        if value in self.choices:
            return str(self.choices[value])
        if self.unit in UNITS and value.isdecimal():
            return str(UNITS[self.unit] % {"count": int(value)})
        if self.unit == "date":
            with suppress(ValueError):
                return date_format(datetime.date.fromisoformat(value), "SHORT_DATE_FORMAT")
        return value


def facts(organisation):
    """Every fact of law, as this organisation has it. Two queries."""
    own = _own(organisation)
    checked = LegalConfirmation.objects.of(organisation).select_related("confirmed_by")
    checked = {row.value_key: row for row in checked}
    return [_with_own(fact, own.get(fact.code, ()), checked) for fact in shipped()]


def _own(organisation):
    found = {}
    for row in LegalValue.objects.of(organisation):
        found.setdefault(row.fact, []).append(row)
    return found


def shipped():
    """The facts with the values that came with Dertig: numbers and rules first, then the adequacy decisions."""
    found = {}
    for one in adequacy.all_parameters():
        said = Said(
            one.key, one.value, one.valid_from, one.valid_until, one.source, one.note_nl, one.note_en, one.confirmed
        )
        fact = found.setdefault(one.parameter, Fact(one.parameter, one.name_nl, one.name_en, one.unit, ()))
        found[one.parameter] = replace(fact, values=(*fact.values, said))
    for one in sorted(adequacy.all_decisions(), key=lambda one: one.name_nl):
        said = Said(
            one.key, "in_force", one.valid_from, one.valid_until, one.reference, one.note_nl, one.note_en, one.confirmed
        )
        code = DECISION + one.key
        found[code] = Fact(code, one.name_nl, one.name_en, "status", (said,), one.scope_nl, one.scope_en)
    return list(found.values())


def in_force(organisation, on):
    """What each fact says on a day: {code: Said}; a fact that says nothing on that day is left out. Two queries."""
    return {fact.code: said for fact in facts(organisation) if (said := fact.on(on))}


def values_in_force(organisation, on):
    """{code: value} of what each fact says on a day. One query."""
    own = _own(organisation)
    changed = [_with_own(fact, own[fact.code], {}) for fact in shipped() if fact.code in own]
    same = {code: value for code, value in _shipped_values(on).items() if code not in own}
    return same | _values(changed, on)


@lru_cache(maxsize=16)
def _shipped_values(on):
    return _values([_with_own(fact, (), {}) for fact in shipped()], on)


def _values(facts, on):
    return {fact.code: said.value for fact in facts if (said := fact.on(on))}


def unconfirmed(organisation, language):
    """The organisation's own values that nobody has checked yet, told in a language. At most three queries."""
    if not LegalValue.objects.of(organisation).exists():
        return []
    return [
        {"fact": fact, "said": said, "name": fact.named(language), "words": fact.words(said.value)}
        for fact in facts(organisation)
        for said in fact.values
        if said.row is not None and not said.confirmed
    ]


def _with_own(fact, rows, checked):
    """The values in the order in which they hold; each ends where the next one begins."""
    own = [Said(str(row.pk), row.value, row.valid_from, None, row.source, row.note, row.note, row=row) for row in rows]
    ordered = sorted([*fact.values, *own], key=lambda said: (said.valid_from, said.row is not None))
    values, following = [], None
    for said in reversed(ordered):
        ends = [day for day in (said.valid_until, following) if day is not None]
        until = min(ends, default=None)
        values.append(replace(said, valid_until=until, confirmation=checked.get(said.key)))
        following = said.valid_from
    return replace(fact, values=tuple(values))
