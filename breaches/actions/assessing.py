"""Assessing the risk of a breach: each time a new version with its facts, score, suggestion and reasoning."""

from django.utils.translation import gettext as _

from breaches import facts_format
from breaches.law import Role
from breaches.models import Assessment
from core.refusal import Refused

from .acting import acting
from .facts import ask_open


def assess(breach, *, facts, suggestion, reasoning, by, at):
    """Keep an assessment as the next version. `score` is kept in hundredths, and only when all of it was answered."""
    with acting(breach, by=by, at=at, kind="breach.assessed") as locked:
        ask_open(locked)
        ask_judge(locked)
        last = locked.assessment_rows.first()
        known = suggestion.severity if facts.severity.complete else None
        row = Assessment(
            organisation=locked.organisation,
            breach=locked,
            number=last.number + 1 if last else 1,
            facts=facts_format.to_json(facts),
            score=int(known.score * 100) if known else None,
            suggestion=suggestion.conclusion,
            reasons=suggestion.as_json(),
            reasoning=reasoning,
            by=by,
            at=at,
        )
        row.save()
    return row


def ask_judge(breach):
    if breach.role == Role.PROCESSOR:
        raise Refused(_("A processor makes no test of risk: it tells the controllers, who judge it (Art. 33(2))."))
