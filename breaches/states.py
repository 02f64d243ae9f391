"""How far a breach is. The state follows from what was recorded, so that no address and no race can jump ahead.

The one rule: acts record facts, `of` says which state they make, and closing demands what the law demands. Telling the
authority or the people may be recorded at any moment (Art. 33(4)).
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .law import PUBLIC_INSTEAD, Authority, NotificationKind, Role


class State(TextChoices):
    REPORTED = "reported", pgettext_lazy("state of a breach", "Reported")
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
LEFT_OUT = (State.NOT_A_BREACH, State.WITHDRAWN)
"""What ended without a place on the register of Art. 33(5)."""
NEEDS = {
    "facts": _("Say what happened (Art. 33(5))."),
    "effects": _("Say what the consequences are (Art. 33(5))."),
    "remedy": _("Say what was done about it (Art. 33(5))."),
    "aware": _("Say since when you were aware, and why from then."),
    "assessment": _("Assess the risk (Art. 33(1))."),
    "authority_decision": _("Let somebody decide whether the authority is notified (Art. 33(1))."),
    "people_decision": _("Let somebody decide whether the people are told (Art. 34)."),
    "notification": _("Record the notification to the authority (Art. 33(1))."),
    "every_authority": _(
        "Record the notification to each authority, or say which controller is responsible (Art. 55)."
    ),
    "follow_up": _("Record the follow-up that makes the notification complete (Art. 33(4))."),
    "late_reason": _("Say why it was notified later than the deadline (Art. 33(1))."),
    "communication": _("Record how the people were told (Art. 34)."),
    "controllers_told": _("Record when each controller for whom you process was told (Art. 33(2))."),
    "controllers": _("Name the controllers for whom you process these data (Art. 33(2))."),
}
"""What closing can lack, by the key that `missing` gives."""


@dataclass(frozen=True)
class Recorded:
    """What was recorded of a breach, latest first: rows of `models.frozen`, and the controllers it is processor for.

    `authorities`: those competent for the controllers whose activities it hit, when nobody said whose breach it is.
    """

    assessments: tuple = ()
    decisions: tuple = ()
    notifications: tuple = ()
    communications: tuple = ()
    clients: tuple = ()
    authorities: frozenset = frozenset()

    def decision(self, about):
        """The last word about the authority or the people; None while nobody decided."""
        return next((row for row in self.decisions if row.about == about), None)

    @property
    def standing(self):
        """{authority: its notifications that stand, latest first}. A withdrawal takes back all before it there."""
        withdrawn, found = set(), {}
        for row in self.notifications:
            if row.kind == NotificationKind.WITHDRAWAL:
                withdrawn.add(row.authority)
            elif row.authority not in withdrawn:
                found.setdefault(row.authority, []).append(row)
        return found

    @property
    def notified(self):
        """Whether any authority was notified and that was not withdrawn."""
        return bool(self.standing)

    @property
    def to_follow_up(self):
        """The last notification to each authority after which something must follow (Art. 33(4))."""
        return [rows[0] for rows in self.standing.values() if not rows[0].is_complete]

    @property
    def unnotified(self):
        """The authorities that still have to be told when several are competent (Art. 55)."""
        return self.authorities - self.standing.keys() if len(self.authorities) > 1 else frozenset()

    @property
    def first_notified_at(self):
        """When an authority first heard of it; None when none did, or when that was withdrawn."""
        return min((rows[-1].sent_at for rows in self.standing.values()), default=None)

    def is_late(self, deadline):
        """Whether any authority first heard of it after the deadline."""
        return deadline is not None and any(rows[-1].sent_at > deadline for rows in self.standing.values())

    @property
    def last_at(self):
        """When something was last recorded."""
        rows = (*self.assessments, *self.decisions, *self.notifications, *self.communications)
        return max((row.at for row in rows), default=None)


def authorities(breach, controllers):
    """The authorities of these controllers whose activities were hit, unless somebody said whose breach it is.

    One of which there is no form to record cannot be asked for. One query when `controllers` is a queryset.
    """
    if breach.role == Role.PROCESSOR or breach.controller_id:
        return frozenset()
    return frozenset(row.authority.lower() for row in controllers) & {Authority.AP.value, Authority.GBA.value}


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
        is_complete = not recorded.to_follow_up and not recorded.unnotified
        return State.NOTIFIED if is_complete else State.NOTIFIED_FIRST
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
    decision = recorded.decision("authority")
    if decision is None:
        return ["authority_decision"]
    lacking = []
    if decision.tell and not recorded.notified:
        lacking.append("notification")
    elif decision.tell and recorded.unnotified:
        lacking.append("every_authority")
    if recorded.to_follow_up:
        lacking.append("follow_up")
    if recorded.is_late(deadline) and not breach.late_reason.strip():
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
