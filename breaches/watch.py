"""The clock of each breach as somebody looking at it sees it: whether it runs, how much is left, and what stopped it.

The one rule: only a notification that stands, or a reasoned decision not to notify, stops it; a decision to notify does
not. A processor has no clock: it tells the controllers (Art. 33(2)). Neither has a breach that was taken over from an
earlier register, until somebody here says since when you were aware.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import clock, terms
from .clock import Clock, Gap
from .law import NotificationKind, Role
from .models import Decision, Notification


class Hand(StrEnum):
    """Where the clock stands."""

    RUNNING = "running"
    LATE = "late"
    UNAWARE = "unaware"
    NOTIFIED = "notified"
    NOTIFIED_LATE = "notified_late"
    NOT_NEEDED = "not_needed"
    STOPPED = "stopped"
    PROCESSOR = "processor"
    TAKEN_OVER = "taken_over"


TONES = {
    Hand.RUNNING: "neutral",
    Hand.LATE: "bad",
    Hand.UNAWARE: "waiting",
    Hand.NOTIFIED: "good",
    Hand.NOTIFIED_LATE: "warning",
    Hand.NOT_NEEDED: "ended",
    Hand.STOPPED: "ended",
    Hand.PROCESSOR: "neutral",
    Hand.TAKEN_OVER: "neutral",
}
SOON, NOW = 48, 12  # hours left from which it is shown as pressing, and as urgent


def watched(breaches):
    """The breaches with what their clock asks about, and whether it runs (`is_running`). No query of its own."""
    withdrawals = Notification.objects.filter(kind=NotificationKind.WITHDRAWAL)
    withdrawn = withdrawals.filter(
        breach=OuterRef("breach"), authority=OuterRef("authority"), sent_at__gte=OuterRef("sent_at")
    )
    notices = Notification.objects.filter(~Exists(withdrawn), breach=OuterRef("pk"))
    decided = Decision.objects.filter(breach=OuterRef("pk"), about=Decision.About.AUTHORITY).order_by("-at")
    stated = Q(imported=None) | Q(aware_by__isnull=False)
    runs = Q(closed_at=None, aware_at__isnull=False, first_sent_at=None) & ~Q(role=Role.PROCESSOR) & stated
    return breaches.annotate(
        first_sent_at=Subquery(notices.order_by("sent_at").values("sent_at")[:1]),
        authority_told=Subquery(decided.values("tell")[:1]),
        is_running=Case(
            When(runs & (Q(authority_told=None) | Q(authority_told=True)), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        ),
    )


def by_urgency(breaches):
    """Running clocks first, the one with least time left on top; then what is open, then the rest, latest first."""
    is_open = Case(When(closed_at=None, then=Value(0)), default=Value(1))
    running_since = Case(When(is_running=True, then=F("aware_at")))
    return breaches.order_by(running_since.asc(nulls_last=True), is_open, "-reported_at", "-number")


@dataclass(frozen=True)
class Watch:
    """`clock` is None as long as nobody is aware, and for a processor; `at` is the moment of looking."""

    breach: object
    hand: Hand
    at: datetime
    terms: terms.Terms
    clock: Clock | None = None
    notified_at: datetime | None = None

    @property
    def runs(self):
        return self.hand in (Hand.RUNNING, Hand.LATE)

    @property
    def left(self):
        return self.clock.left(self.at) if self.clock else None

    @property
    def deadline(self):
        return self.clock.deadline if self.clock else None

    @property
    def tone(self):
        if self.hand == Hand.RUNNING and self.left.hours < SOON:
            return "bad" if self.left.hours < NOW else "warning"
        return TONES[self.hand]

    @property
    def spent(self):
        """Hours gone by since awareness, for the meter; never more than the length."""
        return min((clock.utc(self.at) - self.clock.aware_at) // clock.HOUR, self.clock.hours)

    @property
    def gap(self):
        """The time between first signal and awareness, and what it asks for."""
        first = self.breach.first_signal_at
        if first is None:
            return None
        length = clock.gap(first, self.breach.aware_at or self.at)
        flag = clock.gap_flag(length, explain=self.terms.gap, long=self.terms.gap_long)
        return {"hours": length // clock.HOUR, "flag": flag, "long": flag == Gap.LONG, "asks": flag != Gap.NONE}

    @property
    def time(self):
        """Hours and minutes, for beside "left" or "late"."""
        return _("%(hours)s h %(minutes)s min") % {"hours": self.left.hours, "minutes": self.left.minutes}

    @property
    def words(self):
        """The state of the clock in a few words, for lists."""
        match self.hand:
            case Hand.RUNNING if self.left.hours == 0:
                minutes = self.left.minutes
                return ngettext("%(count)s minute left", "%(count)s minutes left", minutes) % {"count": minutes}
            case Hand.RUNNING:
                hours = self.left.hours
                return ngettext("%(count)s hour left", "%(count)s hours left", hours) % {"count": hours}
            case Hand.LATE:
                hours = self.left.hours
                return ngettext("%(count)s hour late", "%(count)s hours late", hours) % {"count": hours}
            case Hand.UNAWARE:
                return _("Not aware yet")
            case Hand.NOTIFIED:
                return _("Notified in time")
            case Hand.NOTIFIED_LATE:
                return _("Notified late")
            case Hand.NOT_NEEDED:
                return _("Not notified, for a reason")
            case Hand.PROCESSOR:
                return _("No clock: we are the processor")
            case Hand.TAKEN_OVER:
                return _("From an earlier register")
        return _("Stopped")


def of(breaches, *, at):
    """{id: Watch} of breaches of one organisation, read with `watched`. Two queries, however many."""
    breaches = list(breaches)
    days = {_day(breach, at) for breach in breaches}
    known = terms.of_days(breaches[0].organisation, days) if breaches else {}
    return {breach.pk: _watch(breach, known[_day(breach, at)], at) for breach in breaches}


def of_one(breach, *, at):
    return of([breach], at=at)[breach.pk]


def deadline_of(breach):
    """When the authority must have been notified; None for a processor, and while nobody is aware. Two queries."""
    if breach.role == Role.PROCESSOR or breach.aware_at is None:
        return None
    return clock.after(breach.aware_at, terms.of(breach.organisation, _day(breach, None)).deadline)


def _day(breach, at):
    """The law of the day on which somebody became aware counts."""
    return timezone.localdate(breach.aware_at or at)


def _watch(breach, known, at):
    if breach.role == Role.PROCESSOR:
        return Watch(breach, Hand.PROCESSOR, at, known)
    if breach.imported_id and breach.aware_by_id is None and breach.first_sent_at is None:
        return Watch(breach, Hand.TAKEN_OVER, at, known)
    if breach.aware_at is None:
        hand = Hand.UNAWARE if breach.closed_at is None else Hand.STOPPED
        return Watch(breach, hand, at, known)
    ticking = Clock(clock.utc(breach.aware_at), known.deadline, known.warnings)
    return Watch(breach, _hand(breach, ticking, at), at, known, ticking, breach.first_sent_at)


def _hand(breach, ticking, at):
    if breach.first_sent_at:
        return Hand.NOTIFIED_LATE if ticking.late(breach.first_sent_at) else Hand.NOTIFIED
    if breach.is_running:
        return Hand.LATE if ticking.late(at) else Hand.RUNNING
    return Hand.NOT_NEEDED if breach.authority_told is False else Hand.STOPPED
