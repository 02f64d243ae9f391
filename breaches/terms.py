"""The dated facts of law that a breach is measured by, as one value. Ask with the day of awareness.

`of` gives them as an organisation has them, `shipped` as they came with Dertig and without touching a database.
"""

import datetime
from dataclasses import dataclass

from register import adequacy, legal

GDPR_APPLIES = datetime.date(2018, 5, 25)  # what is older is measured by the same
WARNINGS = ("breach-warning-1", "breach-warning-2", "breach-warning-3", "breach-warning-4")


@dataclass(frozen=True, slots=True)
class Terms:
    """Hours, unless the name says otherwise. `threshold`: from which risk on the authority is notified."""

    deadline: int
    threshold: str
    warnings: tuple[int, ...]
    assessment: int
    gap: int
    gap_long: int
    many_people: int
    retention_years: int
    same_cause: int
    same_cause_months: int


def of(organisation, on):
    """Two queries."""
    day = max(on, GDPR_APPLIES)
    return terms({code: said.value for code, said in legal.in_force(organisation, day).items()})


def of_days(organisation, days):
    """{day: Terms}, for breaches that somebody became aware of on different days. Two queries, however many days."""
    facts = legal.facts(organisation) if days else ()
    return {
        day: terms({fact.code: said.value for fact in facts if (said := fact.on(max(day, GDPR_APPLIES)))})
        for day in days
    }


def shipped(on):
    day = max(on, GDPR_APPLIES)
    return terms({one.parameter: one.value for one in adequacy.all_parameters() if one.holds_on(day)})


def terms(values):
    """From {code of a fact: value as text}."""
    return Terms(
        deadline=int(values["breach-deadline"]),
        threshold=values["breach-threshold"],
        warnings=tuple(int(values[code]) for code in WARNINGS),
        assessment=int(values["breach-assessment"]),
        gap=int(values["breach-signal-gap"]),
        gap_long=int(values["breach-signal-gap-long"]),
        many_people=int(values["breach-many-people"]),
        retention_years=int(values["breach-retention"]),
        same_cause=int(values["breach-same-cause"]),
        same_cause_months=int(values["breach-same-cause-period"]),
    )
