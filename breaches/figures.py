"""Figures over the register of breaches in a period: per cause, kind and month, and how long each step took.

The one rule: drills, withdrawn reports and what was no breach are never among them; they are counted apart. A breach
counts on the day that somebody became aware of it, or as long as nobody is, on the day of its report.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import terms, watch
from .clock import HOUR
from .kinds import Cause, Kind
from .models import Assessment, Breach, Communication, Decision
from .states import State

MONTHS = 36
"""A longer period is counted per year."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Days, both included; None is open."""

    start: date | None = None
    end: date | None = None

    def holds(self):
        """The condition for breaches with `counted_at`."""
        found = Q()
        if self.start:
            found &= Q(counted_at__gte=_midnight(self.start))
        if self.end:
            found &= Q(counted_at__lt=_midnight(self.end + DAY))
        return found


@dataclass(frozen=True, slots=True)
class Row:
    """What is counted of one breach: the day on which it counts, and when each step was first done."""

    day: date
    imported: object
    cause: str
    kinds: list
    aware_at: datetime | None
    first_signal_at: datetime | None
    assessed_at: datetime | None
    decided_at: datetime | None
    authority_told: bool | None
    notified_at: datetime | None
    people_told_at: datetime | None
    closed_at: datetime | None


MADE = ("day", "notified_at", "people_told_at")
ROW = tuple(name for name in Row.__slots__ if name not in MADE)


@dataclass(frozen=True)
class Bar:
    """One line of a chart; `share` is the length of its bar in hundredths of the longest."""

    label: str
    count: int
    share: int


@dataclass(frozen=True)
class Step:
    """How long it took until something was done, over the breaches where it was. None when it never was.

    `within` is None for closing, which no law asks for within any time.
    """

    label: str
    since: str
    count: int
    middle: timedelta | None
    longest: timedelta | None
    within: int | None
    share: int

    @property
    def middle_words(self):
        return words(self.middle)

    @property
    def longest_words(self):
        return words(self.longest)


@dataclass(frozen=True)
class Figures:
    period: Period
    total: int
    is_per_year: bool
    causes: tuple
    kinds: tuple
    months: tuple
    steps: tuple
    notified: int
    in_time: int
    not_notified: int
    told: int
    left_out: dict
    taken_over: int


def of(organisation, period):
    """Four queries, however many breaches there are; two less when there are none."""
    every = Breach.objects.of(organisation).annotate(counted_at=Coalesce("aware_at", "reported_at"))
    rows = list(_read(every.on_register().filter(period.holds())))
    lengths = terms.of_days(organisation, {row.day for row in rows})
    months, is_per_year = _months(rows)
    return Figures(
        period=period,
        total=len(rows),
        is_per_year=is_per_year,
        causes=_bars(Counter(row.cause or Cause.UNKNOWN for row in rows), Cause.choices),
        kinds=_kinds(rows),
        months=months,
        steps=tuple(_step(*step, rows, lengths) for step in STEPS),
        notified=sum(row.notified_at is not None for row in rows),
        in_time=_within(_times(rows, "notified_at", "aware_at"), lengths),
        not_notified=sum(row.notified_at is None and row.authority_told is False for row in rows),
        told=sum(row.people_told_at is not None for row in rows),
        left_out=_left_out(every.filter(period.holds())),
        taken_over=sum(row.imported is not None for row in rows),
    )


def years(organisation):
    """The years of the first up to the last breach, latest first. One query."""
    found = Breach.objects.of(organisation).on_register().annotate(counted_at=Coalesce("aware_at", "reported_at"))
    ends = found.aggregate(first=Min("counted_at"), last=Max("counted_at"))
    if ends["first"] is None:
        return []
    return list(range(timezone.localdate(ends["last"]).year, timezone.localdate(ends["first"]).year - 1, -1))


def words(length):
    """Hours and minutes up to two days, then days and hours."""
    if length is None:
        return ""
    if length < 2 * DAY:
        minutes = length % HOUR // timedelta(minutes=1)
        return _("%(hours)s h %(minutes)s min") % {"hours": length // HOUR, "minutes": minutes}
    return _("%(days)s d %(hours)s h") % {"days": length // DAY, "hours": length % DAY // HOUR}


def _read(breaches):
    """Light rows: what is counted, and when each step was first done."""
    first = {
        "assessed_at": _first(Assessment.objects.all(), "at"),
        "decided_at": _first(Decision.objects.filter(about=Decision.About.AUTHORITY), "at"),
        "told_recorded_at": _first(Communication.objects.all(), "at"),
        "told_on": _first(Communication.objects.all(), "sent_on"),
    }
    wanted = ("imported", "cause", "kinds", "aware_at", "first_signal_at", "closed_at", "counted_at")
    read = watch.watched(breaches).annotate(**first).order_by()
    for row in read.values(*wanted, *first, "first_sent_at", "authority_told").iterator():
        yield Row(
            day=timezone.localdate(row["counted_at"]),
            notified_at=row["first_sent_at"],
            people_told_at=_told_at(row["told_on"], row["told_recorded_at"]),
            **{name: row[name] for name in ROW},
        )


def _first(rows, name):
    return Subquery(rows.filter(breach=OuterRef("pk")).order_by(name).values(name)[:1])


def _told_at(told_on, recorded_at):
    """People are told on a day: its end, unless it was written down before."""
    return None if told_on is None else min(recorded_at, _midnight(told_on + DAY))


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time()))


STEPS = (
    (gettext_lazy("Aware"), "first_signal_at", "aware_at"),
    (gettext_lazy("Risk assessed"), "aware_at", "assessed_at"),
    (gettext_lazy("Decided about the authority"), "aware_at", "decided_at"),
    (gettext_lazy("Authority notified"), "aware_at", "notified_at"),
    (gettext_lazy("People told"), "aware_at", "people_told_at"),
    (gettext_lazy("Closed"), "aware_at", "closed_at"),
)
SINCE = {"first_signal_at": gettext_lazy("the first signal"), "aware_at": gettext_lazy("awareness")}


def _times(rows, name, since):
    """[(day of awareness, time it took)] of the breaches that have both moments; never less than nothing.

    Not of what was taken over from an earlier register: that knows days, no hours.
    """
    found = []
    for row in (row for row in rows if row.imported is None):
        began, done = getattr(row, since), getattr(row, name)
        if began and done:
            found.append((row.day, max(done - began, timedelta())))
    return found


def _within(times, lengths):
    """How many took no longer than the time to notify that the law gave on their day."""
    return sum(length <= lengths[day].deadline * HOUR for day, length in times)


def _step(label, since, name, rows, lengths):
    times = _times(rows, name, since)
    within = None if name == "closed_at" else _within(times, lengths)
    return Step(
        label=str(label),
        since=str(SINCE[since]),
        count=len(times),
        middle=median(length for _day, length in times) if times else None,
        longest=max((length for _day, length in times), default=None),
        within=within,
        share=100 * within // len(times) if times and within else 0,
    )


def _kinds(rows):
    """One breach may be of several kinds."""
    counts = Counter(kind for row in rows for kind in set(row.kinds))
    counts[""] = sum(not row.kinds for row in rows)
    names = [(kind.value, kind.label.partition(":")[0]) for kind in Kind]
    return _bars(counts, [*names, ("", _("Not filled in"))])


def _bars(counts, choices):
    """The choices that occur, the most frequent first."""
    longest = max(counts.values(), default=0)
    found = [Bar(str(label), counts[code], _share(counts[code], longest)) for code, label in choices if counts[code]]
    return tuple(sorted(found, key=lambda bar: -bar.count))


def _share(count, longest):
    return 100 * count // longest if longest else 0


def _months(rows):
    """(bars in the order of time, with those in which nothing happened; whether they are years)"""
    days = [row.day for row in rows]
    if not days:
        return (), False
    first, last = min(days), max(days)
    is_per_year = 12 * (last.year - first.year) + last.month - first.month >= MONTHS
    if is_per_year:
        starts = [date(year, 1, 1) for year in range(first.year, last.year + 1)]
        counts = Counter(day.replace(month=1, day=1) for day in days)
    else:
        count = 12 * (last.year - first.year) + last.month - first.month + 1
        starts = [_month(first, number) for number in range(count)]
        counts = Counter(day.replace(day=1) for day in days)
    longest = max(counts.values())
    return tuple(Bar(start, counts[start], _share(counts[start], longest)) for start in starts), is_per_year


def _month(first, number):
    years, month = divmod(first.month - 1 + number, 12)
    return date(first.year + years, month + 1, 1)


def _left_out(breaches):
    """How many there were of what does not count. One query."""
    return breaches.aggregate(
        drills=Count("pk", filter=Q(is_drill=True)),
        withdrawn=Count("pk", filter=Q(is_drill=False, state=State.WITHDRAWN)),
        not_breaches=Count("pk", filter=Q(is_drill=False, state=State.NOT_A_BREACH)),
    )
