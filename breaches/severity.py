"""The severity of a breach by ENISA's method: SE = DPC x EI + CB, in exact quarters. Pure.

A score is no legal test: it knows nothing of Art. 33 and 34, of how many people it concerns or of what was done
afterwards. `suggestion.py` says where it misleads. An answer that is not given yet makes the score a range.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from .kinds import Extent
from .scales import (
    AVAILABILITY,
    BASE,
    CONFIDENTIALITY,
    CONTEXTS,
    EASE,
    FLOORS,
    HIGHEST,
    INTEGRITY,
    LOWEST,
    MALICE,
    Availability,
    Confidentiality,
    Context,
    Identification,
    Integrity,
    Malice,
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody answered; None, or no data at all, is not answered yet. `data`: what leaked, per kind of data."""

    data: frozenset[Context] = frozenset()
    identification: Identification | None = None
    confidentiality: Confidentiality | None = None
    integrity: Integrity | None = None
    availability: Availability | None = None
    malice: Malice | None = None

    @property
    def missing(self):
        """The names of what is not answered, in the order of the method."""
        return tuple(name for name in QUESTIONS if not getattr(self, name))

    @property
    def complete(self):
        return not self.missing


QUESTIONS = tuple(Answers.__dataclass_fields__)
BEST = {
    "data": frozenset({Context.SIMPLE}),
    "identification": Identification.NEGLIGIBLE,
    "confidentiality": Confidentiality.NONE,
    "integrity": Integrity.NONE,
    "availability": Availability.NONE,
    "malice": Malice.NO,
}
WORST = {
    "data": frozenset({Context.SENSITIVE}),
    "identification": Identification.MAXIMUM,
    "confidentiality": Confidentiality.STRANGERS,
    "integrity": Integrity.LOST,
    "availability": Availability.PERMANENT,
    "malice": Malice.YES,
}


@dataclass(frozen=True, slots=True)
class Severity:
    """A score with its parts. `context` is the highest of the data that leaked."""

    context: int
    ease: Decimal
    circumstances: Decimal

    @property
    def score(self):
        return self.context * self.ease + self.circumstances

    @property
    def level(self):
        return next(level for level, floor in FLOORS.items() if self.score >= floor)

    @property
    def arithmetic(self):
        """ "2 x 1 + 0.5 = 2.5", in signs that need no language but the decimal point."""
        return f"{self.context} × {plain(self.ease)} + {plain(self.circumstances)} = {plain(self.score)}"


def severity(answers):
    """The severity of complete answers."""
    return Severity(
        context=max(context_score(one) for one in answers.data),
        ease=EASE[answers.identification],
        circumstances=sum(circumstances(answers).values()),
    )


def bounds(answers):
    """The lowest and the highest severity that the answers still allow; the same twice when nothing is missing."""
    missing = answers.missing
    return (
        severity(replace(answers, **{name: BEST[name] for name in missing})),
        severity(replace(answers, **{name: WORST[name] for name in missing})),
    )


def context_score(context):
    """DPC of one kind of data: its base, adjusted, and never outside 1 to 4."""
    category, adjustment = CONTEXTS[context]
    return min(max(BASE[category] + adjustment, LOWEST), HIGHEST)


def circumstances(answers):
    """CB: what each of the four circumstances adds."""
    return {
        "confidentiality": CONFIDENTIALITY[answers.confidentiality],
        "integrity": INTEGRITY[answers.integrity],
        "availability": AVAILABILITY[answers.availability],
        "malice": MALICE[answers.malice],
    }


def flags(*, people, unintelligible, key_safe, many):
    """What stands beside the score and never changes it. `people`: the largest number it may be, None when unknown."""
    found = []
    if people is not None and people > many:
        found.append("many_people")
    if unintelligible == Extent.ALL and key_safe:
        found.append("unintelligible")
    return tuple(found)


def plain(number):
    """0.25, 2.5, 3: without idle zeros."""
    return f"{number.normalize():f}"
