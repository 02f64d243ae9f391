"""What is not known yet, read once with care and once with hope. Pure.

The one rule: `careful` takes the worst answer that is still possible for whatever is not known, `hopeful` the best. A
suggestion rests on the careful reading; the distance between the two says what to ask first.
"""

from dataclasses import replace

from .kinds import Extent, Kind, Recipients
from .scales import Confidentiality, Malice
from .severity import BEST, WORST

ENDLESS = 10**12  # more people than any limit
ORDER = {
    "special": (False, True),
    "criminal": (False, True),
    "identity_data": (False, True),
    "children": (False, True),
    "vulnerable": (False, True),
    "unintelligible": (Extent.ALL, Extent.PART, Extent.NONE),
    "key_safe": (True, False),
    "recipients": (Recipients.TRUSTED, Recipients.KNOWN, Recipients.STRANGERS),
    "deletion_confirmed": (True, False),
    "nothing_taken": (True, False),
    "restored_quickly": (True, False),
    "care_interrupted": (False, True),
    "later_measures": (True, False),
    "disproportionate_effort": (True, False),
    "dutch_financial_undertaking": (True, False),
}
"""The known answers of each fact, from the best to the worst for the people whose data they are."""

EXCEPTIONS = ("later_measures", "disproportionate_effort", "dutch_financial_undertaking")
"""What spares telling people, and changes no risk."""
LOSSES = {
    "confidentiality": Kind.CONFIDENTIALITY,
    "integrity": Kind.INTEGRITY,
    "availability": Kind.AVAILABILITY,
}
SEEN = (Confidentiality.KNOWN, Confidentiality.STRANGERS)
FIRST = (
    "kinds", "data", "identification", "special", "malice", "confidentiality", "recipients", "unintelligible",
    "key_safe", "nothing_taken", "deletion_confirmed", "availability", "restored_quickly", "care_interrupted",
    "integrity", "people", "children", "vulnerable", "identity_data", "criminal", *EXCEPTIONS,
)  # fmt: skip
"""What to find out, in the order in which it usually comes to light and matters."""


def unknown(facts, many):
    """The names of what is not known and could matter, in that order."""
    return tuple(name for name in FIRST if not _is_known(facts, name, many) and _matters(facts, name))


def careful(facts):
    """Everything known: the worst that the facts still allow."""
    return _filled(replace(facts, kinds=facts.possible_kinds), WORST, -1, facts.people_max, ENDLESS)


def hopeful(facts):
    """Everything known: the best that the facts still allow, once for each kind of breach that it may be."""
    kinds = [facts.kinds | facts.implied] if facts.kinds or facts.implied else [frozenset({kind}) for kind in Kind]
    return [_filled(replace(facts, kinds=some), BEST, 0, facts.people_min, 0) for some in kinds]


def settle(facts, name):
    """The same facts with one of the unknown answered in the best way, one for each way there is."""
    if name == "kinds":
        return [replace(facts, kinds=frozenset({kind})) for kind in Kind]
    if name == "people":
        least = facts.people_min or 0
        return [replace(facts, people_min=least, people_max=least)]
    if name in BEST:
        return [replace(facts, severity=replace(facts.severity, **{name: BEST[name]}))]
    return [replace(facts, **{name: ORDER[name][0]})]


def _filled(facts, answers, end, people, otherwise):
    """`end`: 0 for the best of each fact, -1 for the worst."""
    count = otherwise if people is None else people
    known = {name: values[end] for name, values in ORDER.items() if getattr(facts, name) in (None, "")}
    if Kind.AVAILABILITY not in facts.kinds and "care_interrupted" in known:
        known["care_interrupted"] = False
    return replace(facts, severity=_answered(facts, answers), people_min=count, people_max=count, **known)


def _answered(facts, answers):
    """The answers completed; a kind of breach that it is not has taken nothing away."""
    given = facts.severity
    missing = {name: answers[name] for name in given.missing}
    missing |= {name: BEST[name] for name, kind in LOSSES.items() if name in missing and kind not in facts.kinds}
    return replace(given, **missing)


def _is_known(facts, name, many):
    if name == "kinds":
        return bool(facts.kinds)
    if name == "people":
        low, high = facts.people_min or 0, facts.people_max
        return low > many or (high is not None and high <= many)
    if name in BEST:
        return bool(getattr(facts.severity, name))
    return getattr(facts, name) not in (None, "")


def _matters(facts, name):
    """Whether an answer could change anything at all, such as a safe key of data that were never encrypted."""
    seen = Kind.CONFIDENTIALITY in facts.possible_kinds
    away = bool({Kind.INTEGRITY, Kind.AVAILABILITY} & facts.possible_kinds)
    malice, confidentiality = facts.severity.malice, facts.severity.confidentiality
    if name in LOSSES:
        return LOSSES[name] in facts.possible_kinds
    return {
        "recipients": seen,
        "unintelligible": seen,
        "nothing_taken": (seen or malice != Malice.NO) and confidentiality not in SEEN,
        "key_safe": seen and facts.unintelligible in (Extent.UNKNOWN, Extent.ALL),
        "deletion_confirmed": seen and facts.recipients in (Recipients.UNKNOWN, Recipients.TRUSTED),
        "restored_quickly": away,
        "care_interrupted": Kind.AVAILABILITY in facts.possible_kinds,
    }.get(name, True)
