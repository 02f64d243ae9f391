"""The time to notify a breach: Art. 33(1), counted in elapsed hours from awareness, never from occurrence. Pure.

The one rule: hours are counted in UTC. A change to or from summer time makes 72 elapsed hours another moment on the
wall, and weekends and holidays count like any other day (Regulation 1182/71, Art. 3(3)). Every moment comes in with its
zone, and lengths come in as values of that day (`terms.py`).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

HOUR = timedelta(hours=1)
LATE = "late"


class Gap(StrEnum):
    """What the time between the first signal and awareness asks for."""

    NONE = "none"
    EXPLAIN = "explain"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Left:
    """The time up to a deadline, or since it passed; whole hours and minutes, cut off."""

    time: timedelta

    @property
    def late(self):
        """The deadline itself is still in time: "not later than 72 hours"."""
        return self.time < timedelta()

    @property
    def hours(self):
        return abs(self.time) // HOUR

    @property
    def minutes(self):
        return abs(self.time) % HOUR // timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reminder:
    """`stage` is a word that stays the same, "24" or "late": together with the breach it makes a mail unique."""

    stage: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of one breach. `hours`: the length; `stages`: after how many hours a warning goes out."""

    aware_at: datetime
    hours: int
    stages: tuple[int, ...] = ()

    @property
    def deadline(self):
        return after(self.aware_at, self.hours)

    @property
    def latest(self):
        """The last moment as Regulation 1182/71, Art. 3(1), is read: the hour of the event itself is not counted.

        Nothing makes it later: Art. 3(4), on weekends and holidays, is not for periods expressed in hours.
        """
        return after(full_hour_after(self.aware_at), self.hours)

    def left(self, at):
        return Left(self.deadline - utc(at))

    def late(self, at):
        return utc(at) > self.deadline

    @property
    def warnings(self):
        """All of them, first to last. A stage that is no earlier than the deadline says nothing new."""
        stages = sorted({stage for stage in self.stages if 0 <= stage < self.hours})
        return (*(Reminder(str(stage), after(self.aware_at, stage)) for stage in stages), Reminder(LATE, self.deadline))

    def due(self, at):
        """The warnings whose moment has come. That of lateness comes after the deadline, not at it."""
        moment = utc(at)
        return tuple(one for one in self.warnings if (moment > one.at if one.stage == LATE else moment >= one.at))

    def following(self, at):
        """The next warning, or None when all are due."""
        return next((one for one in self.warnings if one not in self.due(at)), None)


def after(moment, hours):
    """So many elapsed hours later."""
    return utc(moment) + hours * HOUR


def full_hour_after(moment):
    """The next full hour, strictly later: at 12:00 exactly that is 13:00, since 12 to 13 is the hour of the event."""
    return utc(moment).replace(minute=0, second=0, microsecond=0) + HOUR


def gap(signal_at, aware_at):
    """The time between the first signal and awareness (or now, as long as nobody is aware); never less than none."""
    return max(utc(aware_at) - utc(signal_at), timedelta())


def gap_flag(length, *, explain, long):
    """Longer than so many hours asks for the reason, longer still is hard to defend (EDPB 9/2022)."""
    if length > long * HOUR:
        return Gap.LONG
    return Gap.EXPLAIN if length > explain * HOUR else Gap.NONE


def utc(moment):
    if moment.tzinfo is None:
        raise ValueError("A moment without a zone cannot be counted from.")
    return moment.astimezone(UTC)
