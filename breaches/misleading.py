"""Where the severity score misleads, or the facts do not fit together: warnings beside a suggestion. Pure."""

from .judging import AGGRAVATING
from .kinds import Extent, Kind, Recipients
from .law import Role
from .reasons import Remark
from .scales import CONTEXTS, Availability, Category, Confidentiality, Context, Integrity, Level, Malice
from .unknowns import LOSSES, SEEN

SENSITIVE = frozenset(one for one in Context if CONTEXTS[one][0] == Category.SENSITIVE) | {
    Context.SIMPLE_BELIEFS,
    Context.SIMPLE_SAFETY,
    Context.BEHAVIOURAL_SENSITIVE,
}
"""What somebody chooses who had special categories of data in mind."""


def misleading(facts, lowest, highest, terms):
    """The warnings in a fixed order. `lowest`, `highest`: the levels that the answers allow."""
    if facts.severity.missing and not facts.severity.data:
        yield Remark("not_assessed")
    if lowest in (Level.LOW, Level.MEDIUM):
        yield from _too_low(facts, terms)
    if highest != Level.LOW:
        yield from _too_high(facts)
    yield from _not_so_sure(facts)
    yield from _contradictions(facts)
    if facts.role == Role.JOINT_CONTROLLER:
        yield Remark("joint")
    if facts.dutch_financial_undertaking:
        yield Remark("duty_of_care")


def _too_low(facts, terms):
    """The score counts neither whom it concerns, nor how many, nor what stood still."""
    for name in AGGRAVATING:
        if getattr(facts, name):
            yield Remark(f"low_{name}")
    if facts.people_max is None and (facts.people_min or 0) <= terms.many_people:
        yield Remark("low_people_unknown", {"limit": terms.many_people})
    elif max(facts.people_min or 0, facts.people_max or 0) > terms.many_people:
        yield Remark("low_people", {"limit": terms.many_people})
    if not facts.nothing_taken and not readable_by_nobody(facts) and _may_be_seen(facts):
        yield Remark("low_no_proof")
    if facts.care_interrupted:
        yield Remark("low_care_interrupted")


def _may_be_seen(facts):
    """Data were in reach, or an attacker was inside, while the score counts that nobody saw them."""
    uncounted = facts.severity.confidentiality not in SEEN
    return uncounted and (Kind.CONFIDENTIALITY in facts.possible_kinds or facts.severity.malice == Malice.YES)


def readable_by_nobody(facts):
    return facts.unintelligible == Extent.ALL and bool(facts.key_safe)


def _too_high(facts):
    """The score counts none of what was done before or after."""
    if readable_by_nobody(facts):
        yield Remark("high_unintelligible")
    if facts.restored_quickly:
        yield Remark("high_restored_quickly")
    if facts.recipients == Recipients.TRUSTED and facts.deletion_confirmed:
        yield Remark("high_trusted")


def _not_so_sure(facts):
    """What sounds better than it is."""
    if facts.unintelligible == Extent.PART:
        yield Remark("partly_unintelligible")
    if facts.unintelligible == Extent.ALL and not facts.key_safe:
        yield Remark("key_not_safe")
    away = Kind.AVAILABILITY in facts.possible_kinds
    if away and facts.unintelligible in (Extent.ALL, Extent.PART) and facts.severity.malice == Malice.YES:
        yield Remark("encrypted_by_attacker")
    if facts.recipients == Recipients.TRUSTED and not facts.deletion_confirmed:
        yield Remark("deletion_not_confirmed")
    if facts.special and facts.severity.data and not facts.severity.data & SENSITIVE:
        yield Remark("special_not_scored")


def _contradictions(facts):
    if facts.kinds:
        harmless = {Confidentiality.NONE, Integrity.NONE, Availability.NONE}
        unscored = [kind for name, kind in LOSSES.items() if kind in facts.kinds and _said(facts, name) in harmless]
        unnamed = facts.implied - facts.kinds
        if unscored:
            yield Remark("kind_not_scored", {"kinds": [kind.value for kind in unscored]})
        if unnamed:
            yield Remark("kind_not_named", {"kinds": [kind.value for kind in Kind if kind in unnamed]})
    if facts.nothing_taken and facts.severity.confidentiality in SEEN:
        yield Remark("seen_and_not_taken")
    if facts.restored_quickly and (
        facts.severity.availability == Availability.PERMANENT or facts.severity.integrity == Integrity.LOST
    ):
        yield Remark("gone_and_restored")
    if facts.recipients == Recipients.TRUSTED and facts.severity.malice == Malice.YES:
        yield Remark("trusted_and_malice")


def _said(facts, name):
    return getattr(facts.severity, name)
