"""From a breach and somebody's answers to the facts that a suggestion is made of, and back from a version to words.

The one rule: what stands among the facts of the breach is read there and never asked a second time.
"""

from dataclasses import dataclass

from django.utils import formats

from . import facts_format, severity
from .facts import BreachFacts, hints
from .kinds import Extent, Intent, Kind, Lasting, Recipients
from .law import Conclusion, Known, Role
from .reasons import ASKED, SENTENCES, Remark
from .scales import MEANING, Availability, Level, Malice

ASKED_HERE = (
    "key_safe",
    "nothing_taken",
    "restored_quickly",
    "care_interrupted",
    "later_measures",
    "disproportionate_effort",
)
"""Facts that belong to the assessment alone."""
TRUTH = {Known.YES: True, Known.NO: False}
TONES = {Level.LOW: "good", Level.MEDIUM: "changed", Level.HIGH: "warning", Level.VERY_HIGH: "bad"}
WEIGHT = {
    Conclusion.REGISTER: "good",
    Conclusion.AUTHORITY: "warning",
    Conclusion.PEOPLE: "bad",
    Conclusion.CONTROLLERS: "changed",
}


def facts_of(breach, answers, *, is_financial, **asked):
    """`answers`: `severity.Answers`; `asked`: True, False or None for each of ASKED_HERE."""
    return BreachFacts(
        role=Role(breach.role),
        kinds=frozenset(_known(Kind, breach.kinds)),
        severity=answers,
        people_min=breach.people_min,
        people_max=breach.people_max,
        unintelligible=Extent(breach.unintelligible),
        recipients=Recipients(breach.recipients),
        deletion_confirmed=TRUTH.get(breach.is_deletion_confirmed),
        dutch_financial_undertaking=is_financial,
        **hints(breach.data_kinds, breach.groups),
        **asked,
    )


def first_guess(breach):
    """Severity answers that the facts suggest, for whoever assesses for the first time."""
    lasting = {Lasting.TEMPORARY: Availability.TEMPORARY, Lasting.PERMANENT: Availability.PERMANENT}
    malice = {Intent.ACCIDENT: Malice.NO, Intent.DELIBERATE: Malice.YES}
    return severity.Answers(availability=lasting.get(breach.lasting), malice=malice.get(breach.intent))


def answered(version):
    """The facts that a version was made from; None when they cannot be read any more."""
    try:
        return facts_format.from_json(version.facts)
    except facts_format.Unreadable:
        return None


def is_outdated(breach, version, *, is_financial):
    """Whether the facts of the breach changed since this version."""
    then = answered(version)
    if then is None:
        return True
    asked = {name: getattr(then, name) for name in ASKED_HERE}
    return facts_of(breach, then.severity, is_financial=is_financial, **asked) != then


@dataclass(frozen=True)
class Told:
    """A suggestion in words. `score`: its arithmetic, "" while not everything is answered."""

    conclusion: Conclusion
    at_least: Conclusion
    level: Level | None
    score: str
    reasons: list
    warnings: list
    ask: list

    @property
    def tone(self):
        return WEIGHT[self.conclusion]

    @property
    def level_tone(self):
        return TONES[self.level]

    @property
    def meaning(self):
        return MEANING[self.level]

    @property
    def settled(self):
        return self.conclusion == self.at_least


def told(suggestion):
    """A suggestion as it was just made."""
    known = suggestion.severity
    return Told(
        suggestion.conclusion,
        suggestion.at_least,
        known and known.level,
        _sum(known.arithmetic) if known else "",
        [one.sentence for one in suggestion.reasons],
        [one.sentence for one in suggestion.warnings],
        [str(ASKED[name]) for name in suggestion.ask_first],
    )


def retold(version):
    """What a version suggested when it was made, in the reader's language; None for one without reasons."""
    kept = version.reasons
    if not isinstance(kept, dict) or "conclusion" not in kept:
        return None
    scored = kept.get("severity") or {}
    known = scored.get("lowest") if scored.get("lowest") == scored.get("highest") else None
    return Told(
        Conclusion(kept["conclusion"]),
        Conclusion(kept["at_least"]),
        Level(known["level"]) if known else None,
        _sum("{context} × {ease} + {circumstances} = {score}".format(**known)) if known else "",
        _sentences(kept["reasons"]),
        _sentences(kept["warnings"]),
        [str(ASKED[name]) for name in kept["ask_first"] if name in ASKED],
    )


def _sum(arithmetic):
    """With the decimal sign of the reader's language."""
    return arithmetic.replace(".", str(formats.get_format("DECIMAL_SEPARATOR")))


def _sentences(remarks):
    """Of an old version some keys may be gone by now."""
    return [Remark(one["key"], one["parameters"]).sentence for one in remarks if one["key"] in SENTENCES]


def _known(codes, values):
    return [codes(value) for value in values if value in codes.values]
