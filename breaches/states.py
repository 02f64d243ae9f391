"""How far a breach is. The state follows from what was recorded, so that no address and no race can jump ahead.

The one rule: acts record facts, `of` says which state they make, and closing demands what the law demands. Telling the
authority or the people may be recorded at any moment (Art. 33(4)).
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .law import PUBLIC_INSTEAD, NotificationKind, Role


class State(TextChoices):
    REPORTED = "reported", _("Reported")
    EXAMINED = "examined", _("Being examined")
    ASSESSED = "assessed", _("Assessed")
    DECIDED = "decided", _("Decided")
    NOTIFIED_FIRST = "notified_first", _("Notified, not complete")
    NOTIFIED = "notified", _("Notified")
    INFORMED = "informed", _("People informed")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")
    NOT_A_BREACH = "not_a_breach", _("Not a breach")
    WITHDRAWN = "withdrawn", _("Report withdrawn")


OPEN = (
    State.REPORTED,
    State.EXAMINED,
    State.ASSESSED,
    State.DECIDED,
    State.NOTIFIED_FIRST,
    State.NOTIFIED,
    State.INFORMED,
    State.REOPENED,
)
NEEDS = {
    "facts": _("Say what happened (Art. 33(5))."),
    "effects": _("Say what the consequences are (Art. 33(5))."),
    "remedy": _("Say what was done about it (Art. 33(5))."),
    "aware": _("Say since when you were aware, and why from then."),
    "assessment": _("Assess the risk (Art. 33(1))."),
    "authority_decision": _("Let somebody decide whether the authority is notified (Art. 33(1))."),
    "people_decision": _("Let somebody decide whether the people are told (Art. 34)."),
    "notification": _("Record the notification to the authority (Art. 33(1))."),
    "follow_up": _("Record the follow-up that makes the notification complete (Art. 33(4))."),
    "late_reason": _("Say why it was notified later than the deadline (Art. 33(1))."),
    "communication": _("Record how the people were told (Art. 34)."),
    "controllers_told": _("Record when each controller for whom you process was told (Art. 33(2))."),
    "controllers": _("Name the controllers for whom you process these data (Art. 33(2))."),
}
"""What closing can lack, by the key that `missing` gives."""


@dataclass(frozen=True)
class Recorded:
    """What was recorded of a breach, latest first: rows of `models.frozen`, and the controllers it is processor for."""

    assessments: tuple = ()
    decisions: tuple = ()
    notifications: tuple = ()
    communications: tuple = ()
    clients: tuple = ()

    def decision(self, about):
        """The last word about the authority or the people; None while nobody decided."""
        return next((row for row in self.decisions if row.about == about), None)

    @property
    def notified(self):
        """The last notification to the authority that was not withdrawn, or None."""
        last = next(iter(self.notifications), None)
        return None if last is None or last.kind == NotificationKind.WITHDRAWAL else last

    @property
    def first_notified_at(self):
        """When the authority first heard of it; None when never, or when that was withdrawn."""
        return min(row.sent_at for row in self.notifications) if self.notified else None

    @property
    def last_at(self):
        """When something was last recorded."""
        rows = (*self.assessments, *self.decisions, *self.notifications, *self.communications)
        return max((row.at for row in rows), default=None)


def of(breach, recorded):
    """The state that the breach and what was recorded of it make. A closed one stays what it is."""
    if breach.closed_at is not None:
        return breach.state
    if breach.reopened_at and (recorded.last_at is None or recorded.last_at <= breach.reopened_at):
        return State.REOPENED
    return _furthest(breach, recorded)


def _furthest(breach, recorded):
    if recorded.communications and (recorded.notified or recorded.decision("authority")):
        return State.INFORMED
    if recorded.notified:
        return State.NOTIFIED if recorded.notified.is_complete else State.NOTIFIED_FIRST
    if recorded.decision("authority") and recorded.decision("people"):
        return State.DECIDED
    if recorded.assessments:
        return State.ASSESSED
    return State.EXAMINED if breach.examined_from else State.REPORTED


def missing(breach, recorded, *, deadline):
    """Keys of `NEEDS`: what the law still asks before this breach may be closed. `deadline`: aware plus 72 hours."""
    lacking = [name for name in ("facts", "effects", "remedy") if not getattr(breach, name).strip()]
    if breach.role == Role.PROCESSOR:
        return lacking + _missing_of_processor(recorded)
    if breach.aware_at is None or not breach.aware_reason.strip():
        lacking.append("aware")
    if not recorded.assessments:
        lacking.append("assessment")
    return lacking + _missing_to_authority(breach, recorded, deadline) + _missing_to_people(recorded)


def _missing_of_processor(recorded):
    """A processor has no deadline and no test of risk of its own: it tells the controllers."""
    if not recorded.clients:
        return ["controllers"]
    return ["controllers_told"] if any(row.told_at is None for row in recorded.clients) else []


def _missing_to_authority(breach, recorded, deadline):
    decision, notified = recorded.decision("authority"), recorded.notified
    if decision is None:
        return ["authority_decision"]
    lacking = []
    if decision.tell and notified is None:
        lacking.append("notification")
    if notified and not notified.is_complete:
        lacking.append("follow_up")
    first = recorded.first_notified_at
    if first and deadline and first > deadline and not breach.late_reason.strip():
        lacking.append("late_reason")
    return lacking


def _missing_to_people(recorded):
    decision = recorded.decision("people")
    if decision is None:
        return ["people_decision"]
    if decision.tell:
        return [] if recorded.communications else ["communication"]
    in_public = any(row.is_public for row in recorded.communications)
    return ["communication"] if decision.exemption in PUBLIC_INSTEAD and not in_public else []
