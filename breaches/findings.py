"""What the rules B001-B012 say of a breach on a day, pure: a breach with its clock and what was recorded of it.

The one rule: a message names a breach by its number and a term, nothing else. Findings are read by more people than
breaches are.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from core.dates import add_months
from register.checks.engine import fails, unknown

from .clock import after
from .kinds import Cause, Reporter
from .law import PUBLIC_INSTEAD, Conclusion, Exemption, Known, Role
from .models import Breach
from .states import Recorded
from .terms import Terms

NO_CAUSE = ("", Cause.UNKNOWN, Cause.OTHER)
CAUSE = "breach"
"""The kind of cause of these findings: each is to blame on a breach."""
DOCUMENTED = ("facts", "effects", "remedy")


@dataclass(frozen=True)
class Seen:
    """A breach as the rules look at it on a day. What is late is so at its beginning, so that it is so all day.

    `deadline` is None where no clock runs: for a processor, while nobody is aware, and for what was taken over.
    """

    breach: Breach
    on: date
    at: datetime
    recorded: Recorded
    terms: Terms
    deadline: datetime | None = None

    @property
    def is_ours(self):
        """Whether the duties of a controller are its duties (Art. 33(1) and 34)."""
        return self.breach.role != Role.PROCESSOR

    @property
    def is_overdue(self):
        return self.deadline is not None and self.at > self.deadline

    @property
    def is_high_risk(self):
        """What the last assessment suggests; whoever decides may say otherwise."""
        last = next(iter(self.recorded.assessments), None)
        return last is not None and last.suggestion == Conclusion.PEOPLE


def not_documented(one):
    names = [name for name in DOCUMENTED if not getattr(one.breach, name).strip()]
    lacking = [Breach._meta.get_field(name).verbose_name for name in names]
    if lacking and (one.is_overdue or not one.breach.is_open):
        yield fails(lacking=lacking)
    elif lacking:
        yield unknown(lacking=lacking)


def not_assessed_in_time(one):
    if one.deadline is None or one.recorded.assessments:
        return
    if one.at > after(one.breach.aware_at, one.terms.assessment):
        yield fails(hours=one.terms.assessment)


def not_notified_in_time(one):
    decision = one.recorded.decision("authority")
    if not one.is_ours or not one.is_overdue or (decision and not decision.tell):
        return
    if not one.recorded.notified or one.recorded.unnotified:
        yield fails(hours=one.terms.deadline)


def late_without_reasons(one):
    if one.is_ours and one.recorded.is_late(one.deadline) and not one.breach.late_reason.strip():
        yield fails(hours=one.terms.deadline)


def people_not_told(one):
    told, decision = one.recorded.communications, one.recorded.decision("people")
    if not one.is_ours or any(row.is_public for row in told):
        return
    if decision is None:
        lacking = one.is_high_risk and not told
    elif decision.tell or _is_unexplained(one, decision):
        lacking = not told
    else:
        lacking = decision.exemption in PUBLIC_INSTEAD
    if lacking:
        yield fails()


def _is_unexplained(one, decision):
    """Whether a high risk was suggested, and the ground for silence is none that the law knows."""
    return one.is_high_risk and decision.exemption in ("", Exemption.OTHER)


def follow_up_overdue(one):
    for row in one.recorded.to_follow_up:
        if row.follow_up_on is None:
            yield unknown(aspect=row.authority)
        elif row.follow_up_on < one.on:
            yield fails(aspect=row.authority, day=row.follow_up_on)


def notice_by_the_processor(one):
    if one.is_ours and one.breach.reporter == Reporter.PROCESSOR and one.breach.processor_told_at is None:
        yield fails()


def lead_authority(one):
    if one.is_ours and one.breach.is_cross_border == Known.YES and not one.breach.lead_authority.strip():
        yield fails()


def no_review_since(breach, activity):
    """Of an activity that it hit, once the breach is closed: while it is open, people are at it."""
    since = localdate(breach.aware_at or breach.reported_at)
    if breach.closed_at and (activity.reviewed_on is None or activity.reviewed_on < since):
        yield fails(day=localdate(breach.closed_at))


def same_cause_again(seen, terms, on):
    """(the last breach, verdict) for each cause that came back too often in the months up to a day."""
    since = add_months(on, -terms.same_cause_months)
    by_cause = defaultdict(list)
    for one in seen:
        breach = one.breach
        if breach.cause not in NO_CAUSE and since < localdate(breach.aware_at or breach.reported_at) <= on:
            by_cause[breach.cause].append(breach)
    for found in by_cause.values():
        if len(found) >= terms.same_cause:
            codes = [breach.code for breach in found]
            last = max(found, key=lambda breach: (breach.aware_at or breach.reported_at, breach.number))
            yield last, fails(codes=codes, count=len(codes), months=terms.same_cause_months)


def financial_undertaking(one):
    decision = one.recorded.decision("people")
    if one.is_ours and decision and decision.exemption == Exemption.FINANCIAL:
        yield fails()


OF_A_BREACH = {
    "B001": not_documented,
    "B002": not_assessed_in_time,
    "B003": not_notified_in_time,
    "B004": late_without_reasons,
    "B006": people_not_told,
    "B007": follow_up_overdue,
    "B008": notice_by_the_processor,
    "B009": lead_authority,
    "B012": financial_undertaking,
}
OTHERS = {"B010": no_review_since, "B011": same_cause_again}
