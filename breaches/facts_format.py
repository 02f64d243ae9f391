"""The facts of a breach as JSON, `dertig-breach-facts/1`: see docs/assess-breach.md.

Reading is strict: every key and value that does not belong gives one sentence that names its place, and all of them are
told at once. What is left out, or null, is not known.
"""

import json
from difflib import get_close_matches

from django.utils.translation import gettext as _

from .facts import BreachFacts
from .kinds import Extent, Kind, Recipients
from .law import Role
from .scales import Availability, Confidentiality, Context, Identification, Integrity, Malice
from .severity import Answers

SCHEMA = "dertig-breach-facts/1"
MOST_PEOPLE = 10**10  # more than there are
SIMPLE = {
    "special", "criminal", "identity_data", "children", "vulnerable", "key_safe", "deletion_confirmed",
    "nothing_taken", "restored_quickly", "care_interrupted", "later_measures", "disproportionate_effort",
    "dutch_financial_undertaking",
}  # fmt: skip
WORDS = {"role": Role, "unintelligible": Extent, "recipients": Recipients}
LISTS = {"kinds": Kind}
PARTS = {"severity", "people"}
SEVERITY_WORDS = {
    "identification": Identification,
    "confidentiality": Confidentiality,
    "integrity": Integrity,
    "availability": Availability,
}


class Unreadable(Exception):
    """`problems`: sentences, one for each place that is wrong."""

    def __init__(self, problems):
        self.problems = problems
        super().__init__(" ".join(problems))


def read(text):
    """The facts that a text in JSON tells. Raises Unreadable."""
    try:
        given = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno}
        raise Unreadable([_("This is not valid JSON: look at line %(line)s, column %(column)s.") % where]) from None
    except (RecursionError, ValueError):
        raise Unreadable([_("This is not valid JSON: it is too deep, or holds an impossible number.")]) from None
    return from_json(given)


def from_json(given):
    """The facts that a decoded object tells. Raises Unreadable."""
    reading = _Reading()
    values = reading.facts(given)
    if reading.problems:
        raise Unreadable(reading.problems)
    return BreachFacts(**values)


def to_json(facts):
    """The facts as an object that `from_json` reads back; what is not known is left out."""
    told = {"schema": SCHEMA, "role": facts.role.value}
    told["kinds"] = sorted(kind.value for kind in facts.kinds)
    answers = facts.severity
    scored = {"data": sorted(one.value for one in answers.data)}
    scored |= {name: getattr(answers, name) and getattr(answers, name).value for name in SEVERITY_WORDS}
    scored["malice"] = None if answers.malice is None else answers.malice == Malice.YES
    told["severity"] = _known(scored)
    told["people"] = _known({"min": facts.people_min, "max": facts.people_max})
    told |= {name: getattr(facts, name).value for name in ("unintelligible", "recipients")}
    told |= {name: getattr(facts, name) for name in BreachFacts.__dataclass_fields__ if name in SIMPLE}
    return _known(told)


def _known(values):
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _once(pairs):
    found = {}
    for name, value in pairs:
        if name in found:
            raise Unreadable([_("“%(name)s” stands there twice.") % {"name": short(name)}])
        found[name] = value
    return found


def _no_number(name):
    raise ValueError(name)


class _Reading:
    """Collects what is wrong on the way; a value that is wrong is left out."""

    def __init__(self):
        self.problems = []

    def wrong(self, place, message, **parameters):
        self.problems.append(f"{place}: {message % parameters}" if place else message % parameters)

    def facts(self, given):
        if not self.is_object(given, ""):
            return {}
        if given.get("schema") != SCHEMA:
            self.wrong("schema", _("This has to be “%(schema)s”."), schema=SCHEMA)
        self.only(given, "", {"schema"} | SIMPLE | set(WORDS) | set(LISTS) | PARTS)
        values = {name: self.truth(given[name], name) for name in SIMPLE & set(given)}
        values |= {name: self.word(given[name], name, WORDS[name]) for name in WORDS if _said(given, name)}
        values |= {name: self.words(given[name], name, LISTS[name]) for name in LISTS if _said(given, name)}
        if _said(given, "severity"):
            values["severity"] = self.answers(given["severity"])
        if _said(given, "people"):
            values |= self.people(given["people"])
        return {name: value for name, value in values.items() if value is not None}

    def answers(self, given):
        if not self.is_object(given, "severity"):
            return None
        self.only(given, "severity", {"data", "malice"} | set(SEVERITY_WORDS))
        values = {
            name: self.word(given[name], f"severity.{name}", scale)
            for name, scale in SEVERITY_WORDS.items()
            if _said(given, name)
        }
        if _said(given, "data"):
            values["data"] = self.words(given["data"], "severity.data", Context) or frozenset()
        malice = self.truth(given.get("malice"), "severity.malice")
        if malice is not None:
            values["malice"] = Malice.YES if malice else Malice.NO
        return Answers(**values)

    def people(self, given):
        if not self.is_object(given, "people"):
            return {}
        self.only(given, "people", {"min", "max"})
        low, high = (self.number(given.get(name), f"people.{name}") for name in ("min", "max"))
        if low is not None and high is not None and low > high:
            self.wrong("people", _("The least (%(low)s) is more than the most (%(high)s)."), low=low, high=high)
            return {}
        return {"people_min": low, "people_max": high}

    def is_object(self, value, place):
        if not isinstance(value, dict):
            self.wrong(place, _("This has to be an object: {…}."))
        return isinstance(value, dict)

    def only(self, given, place, names):
        for name in sorted(set(given) - names):
            near = get_close_matches(name, names, 1)
            where = f"{place}.{short(name)}" if place else short(name)
            if near:
                self.wrong(where, _("This is not known here. Did you mean “%(name)s”?"), name=near[0])
            else:
                self.wrong(where, _("This is not known here. Take it out."))

    def truth(self, value, place):
        if value is not None and not isinstance(value, bool):
            self.wrong(place, _("Say true or false, or leave it out when nobody knows."))
            return None
        return value

    def number(self, value, place):
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_PEOPLE:
            self.wrong(place, _("Say a whole number from 0 to %(most)s."), most=MOST_PEOPLE)
            return None
        return value

    def word(self, value, place, scale):
        known = [word for word in scale.values if word]
        if not isinstance(value, str) or value not in known:
            self.wrong(place, _("“%(value)s” is not one of: %(words)s."), value=short(value), words=", ".join(known))
            return None
        return scale(value)

    def words(self, value, place, scale):
        if not isinstance(value, list):
            self.wrong(place, _("This has to be a list: […]."))
            return None
        found = [self.word(one, f"{place}[{index}]", scale) for index, one in enumerate(value)]
        return frozenset(one for one in found if one is not None)


def _said(given, name):
    return given.get(name) is not None


def short(value):
    """A value in a sentence, on one line and cut where it is long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = "".join(letter if letter.isprintable() else " " for letter in text).strip()
    return text if len(text) <= 40 else f"{text[:39]}…"
