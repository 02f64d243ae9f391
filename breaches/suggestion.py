"""What to do about a breach, as a suggestion: Art. 33 and 34 from the facts, with reasons and warnings. Pure.

It never decides: a person does, with a reason (Art. 5(2), 33(5)). What is not known counts as the worst it may still
be, so that a suggestion can only come down as more becomes known. Reasons and warnings are keys with parameters; their
sentences stand in `reasons.py`.
"""

from dataclasses import dataclass

from .judging import CONCLUSIONS, judge
from .law import Conclusion, Exemption, Risk, Role
from .misleading import misleading
from .reasons import Remark
from .scales import Malice
from .severity import Severity, flags, plain, severity
from .unknowns import EXCEPTIONS, careful, hopeful, settle, unknown


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`conclusion`: as long as nothing more is known; `at_least`: what no answer can take away any more.

    `risk` and the severities are None for a processor, who makes no test of risk. `exemptions`: why people need not be
    told, or not one by one. `unknown`: names of facts; `ask_first`: the same while they can change the conclusion,
    those that do so by themselves in front.
    """

    conclusion: Conclusion
    at_least: Conclusion
    risk: Risk | None = None
    lowest: Severity | None = None
    highest: Severity | None = None
    flags: tuple[str, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    reasons: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    unknown: tuple[str, ...] = ()
    ask_first: tuple[str, ...] = ()

    @property
    def settled(self):
        return self.conclusion == self.at_least

    @property
    def severity(self):
        """The one severity of a complete assessment, else None."""
        return self.lowest if self.lowest == self.highest else None

    def as_json(self):
        """Codes, numbers and keys: what is kept with a version of an assessment."""
        return {
            "conclusion": self.conclusion.value,
            "at_least": self.at_least.value,
            "settled": self.settled,
            "risk": self.risk and self.risk.value,
            "severity": self.lowest and {"lowest": _scored(self.lowest), "highest": _scored(self.highest)},
            "flags": list(self.flags),
            "exemptions": [one.value for one in self.exemptions],
            "reasons": [one.as_json() for one in self.reasons],
            "warnings": [one.as_json() for one in self.warnings],
            "unknown": list(self.unknown),
            "ask_first": list(self.ask_first),
        }


def suggest(facts, terms):
    """The suggestion for facts, measured by the dated `terms.Terms` of their day."""
    if facts.role == Role.PROCESSOR:
        return Suggestion(Conclusion.CONTROLLERS, Conclusion.CONTROLLERS, reasons=(Remark("processor"),))
    worst, best = careful(facts), hopeful(facts)
    verdict = judge(worst, terms)
    least = min((judge(one, terms).conclusion for one in best), key=CONCLUSIONS.index)
    missing = unknown(facts, terms.many_people)
    if verdict.risk != Risk.HIGH:
        missing = tuple(name for name in missing if name not in EXCEPTIONS)
    lowest = min((severity(one.severity) for one in best), key=lambda one: one.score)
    highest = severity(worst.severity)
    settled = verdict.conclusion == least
    ask = () if settled else _by_weight(facts, verdict.conclusion, missing, terms)
    return Suggestion(
        conclusion=verdict.conclusion,
        at_least=least,
        risk=verdict.risk,
        lowest=lowest,
        highest=highest,
        flags=flags(
            people=facts.people_min if facts.people_max is None else facts.people_max,
            unintelligible=facts.unintelligible,
            key_safe=facts.key_safe,
            many=terms.many_people,
        ),
        exemptions=verdict.exemptions,
        reasons=tuple(_reasons(facts, verdict, lowest, highest, missing, settled)),
        warnings=tuple(misleading(facts, lowest.level, highest.level, terms)),
        unknown=missing,
        ask_first=ask,
    )


def _by_weight(facts, conclusion, missing, terms):
    """First what would by itself bring the conclusion down; what only spares telling people stays last."""

    def rank(name):
        eased = all(judge(careful(one), terms).conclusion != conclusion for one in settle(facts, name))
        return name in EXCEPTIONS, not eased

    return tuple(sorted(missing, key=rank))


def _reasons(facts, verdict, lowest, highest, missing, settled):
    yield _score(lowest, highest)
    known = [name for name in verdict.aggravating if name not in missing]
    if known and verdict.alone == Risk.UNLIKELY:
        yield Remark("raised", {"facts": known})
    if verdict.attack and facts.severity.malice == Malice.YES:
        yield Remark("attack")
    yield from _lowering(facts, verdict, known)
    if facts.care_interrupted:
        yield Remark("care_restored" if facts.restored_quickly else "care_interrupted")
    if not settled:
        yield Remark("not_known")
    yield from _outcome(verdict, settled)
    yield Remark("register")


def _score(lowest, highest):
    if lowest == highest:
        return Remark("score", {"score": plain(lowest.score), "level": lowest.level.value})
    return Remark(
        "score_range",
        {
            "lowest": plain(lowest.score),
            "lowest_level": lowest.level.value,
            "highest": plain(highest.score),
            "highest_level": highest.level.value,
        },
    )


def _lowering(facts, verdict, known):
    """What takes the risk away for a kind of breach, and the kinds for which nothing does."""
    found = {one.because for one in verdict.lowered.values()} - {""}
    for key in ("nothing_taken", "unintelligible", "trusted", "restored_quickly"):
        if key in found:
            yield Remark(key)
    if "trusted_partly" in found:
        yield Remark("trusted_partly", {"facts": known}) if known else Remark("trusted_perhaps")
    remaining = [kind.value for kind, one in verdict.lowered.items() if not one.because]
    if found and remaining and facts.kinds:
        yield Remark("remains", {"kinds": remaining})


def _outcome(verdict, settled):
    for exemption in verdict.exemptions:
        if exemption != Exemption.NO_HIGH_RISK:
            yield Remark(f"exemption_{exemption.value}")
    if verdict.conclusion == Conclusion.REGISTER:
        yield Remark("below_threshold" if verdict.risk == Risk.RISK else "burden")
    elif not settled:
        yield Remark("phases")


def _scored(one):
    return {
        "context": one.context,
        "ease": plain(one.ease),
        "circumstances": plain(one.circumstances),
        "score": plain(one.score),
        "level": one.level.value,
    }
