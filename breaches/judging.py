"""What follows from facts of which everything is known: the risk, and the outcome of Art. 33(1) and 34. Pure.

First the score, as it is commonly read; then what the score leaves out raises it; then, per kind of breach, what took
the risk away lowers it. The risk is lowered only as far as it is for every kind of breach that happened.
"""

from dataclasses import dataclass

from .kinds import Extent, Kind, Recipients
from .law import Conclusion, Exemption, Risk
from .scales import Availability, Integrity, Level, Malice
from .severity import severity
from .unknowns import SEEN

RISKS = (Risk.UNLIKELY, Risk.RISK, Risk.HIGH)
CONCLUSIONS = (Conclusion.REGISTER, Conclusion.AUTHORITY, Conclusion.PEOPLE)
BY_LEVEL = {Level.LOW: Risk.UNLIKELY, Level.MEDIUM: Risk.RISK, Level.HIGH: Risk.HIGH, Level.VERY_HIGH: Risk.HIGH}
"""How a score is commonly read; ENISA itself says nothing of Art. 33 and 34."""
AGGRAVATING = ("special", "criminal", "identity_data", "children", "vulnerable")
"""What makes "a risk is unlikely" hard to say, however low the score: recitals 75 and 76."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """How high the risk of one kind of breach is at most, and what brings it there ("" when nothing does)."""

    most: Risk
    because: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`alone`: the risk by the score alone; `raised`: with what the score leaves out, before anything lowers it."""

    conclusion: Conclusion
    risk: Risk
    alone: Risk
    raised: Risk
    aggravating: tuple[str, ...]
    attack: bool
    lowered: dict[Kind, Lowered]
    exemptions: tuple[Exemption, ...]


def judge(facts, terms):
    """`facts` as `unknowns.careful` or `hopeful` fill them; `terms`: the dated facts of law."""
    aggravating = tuple(name for name in AGGRAVATING if getattr(facts, name))
    if facts.people_max > terms.many_people:
        aggravating += ("people",)
    attack = facts.severity.malice == Malice.YES and not _proven(facts)
    alone = BY_LEVEL[severity(facts.severity).level]
    raised = higher(alone, Risk.RISK) if aggravating or attack else alone
    lowered = _lowered(facts, attack, aggravating)
    risk = lower(raised, higher(*(one.most for one in lowered.values())))
    if facts.care_interrupted:
        risk = higher(risk, Risk.RISK if facts.restored_quickly else Risk.HIGH)
    exemptions = _exemptions(facts, risk, raised, lowered)
    conclusion = _conclusion(risk, exemptions, terms.threshold)
    return Verdict(conclusion, risk, alone, raised, aggravating, attack, lowered, exemptions)


def higher(*risks):
    return max(risks, key=RISKS.index)


def lower(*risks):
    return min(risks, key=RISKS.index)


def _lowered(facts, attack, aggravating):
    """An attacker who may have taken data makes it a breach of confidentiality too, whatever was said."""
    kinds = facts.kinds | {Kind.CONFIDENTIALITY} if attack else facts.kinds
    by_kind = {
        Kind.CONFIDENTIALITY: lambda: _confidentiality(facts, aggravating),
        Kind.INTEGRITY: lambda: _restored(facts, facts.severity.integrity == Integrity.LOST),
        Kind.AVAILABILITY: lambda: _restored(facts, facts.severity.availability == Availability.PERMANENT),
    }
    return {kind: by_kind[kind]() for kind in Kind if kind in kinds}


def _confidentiality(facts, aggravating):
    if _proven(facts):
        return Lowered(Risk.UNLIKELY, "nothing_taken")
    if facts.unintelligible == Extent.ALL and facts.key_safe:
        return Lowered(Risk.UNLIKELY, "unintelligible")
    if facts.recipients == Recipients.TRUSTED and facts.deletion_confirmed and facts.severity.malice == Malice.NO:
        return Lowered(Risk.RISK, "trusted_partly") if aggravating else Lowered(Risk.UNLIKELY, "trusted")
    return Lowered(Risk.HIGH)


def _proven(facts):
    """Proof that nothing was taken counts for nothing once somebody has the data."""
    return facts.nothing_taken and facts.severity.confidentiality not in SEEN


def _restored(facts, for_good):
    if facts.restored_quickly and not for_good:
        return Lowered(Risk.UNLIKELY, "restored_quickly")
    return Lowered(Risk.HIGH)


def _exemptions(facts, risk, raised, lowered):
    """Why people need not be told, or not one by one: Art. 34(3), and Art. 42 UAVG."""
    if risk != Risk.HIGH:
        unreadable = any(one.because == "unintelligible" for one in lowered.values())
        first = (Exemption.UNINTELLIGIBLE,) if unreadable and raised == Risk.HIGH else ()
        return (*first, Exemption.NO_HIGH_RISK)
    found = ()
    if facts.later_measures:
        found += (Exemption.LATER_MEASURES,)
    if facts.dutch_financial_undertaking:
        found += (Exemption.FINANCIAL,)
    return found or ((Exemption.EFFORT,) if facts.disproportionate_effort else ())


def _conclusion(risk, exemptions, threshold):
    """`threshold`: the risk from which the authority is notified, a dated fact of law."""
    if risk == Risk.HIGH:
        told = set(exemptions) <= {Exemption.EFFORT}
        return Conclusion.PEOPLE if told else Conclusion.AUTHORITY
    return Conclusion.AUTHORITY if RISKS.index(risk) >= RISKS.index(Risk(threshold)) else Conclusion.REGISTER
