"""The 72 hours: elapsed hours in UTC, whatever the clock on the wall, the calendar or the zone says."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breaches.clock import LATE, Clock, Gap, after, full_hour_after, gap, gap_flag

AMSTERDAM, BRUSSELS = ZoneInfo("Europe/Amsterdam"), ZoneInfo("Europe/Brussels")
HOUR = timedelta(hours=1)
STAGES = (24, 48, 60, 71)
zones = st.sampled_from([AMSTERDAM, BRUSSELS, UTC, timezone(timedelta(hours=5, minutes=30))])
moments = st.datetimes(min_value=datetime(2018, 5, 25), max_value=datetime(2099, 12, 1), timezones=zones)  # noqa: DTZ001
lengths = st.integers(1, 200)


def last_sunday(year, month):
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


@st.composite
def around_a_change(draw):
    """A moment within four days of a change to or from summer time, in both places, also in the doubled hour."""
    day = last_sunday(draw(st.integers(2018, 2060)), draw(st.sampled_from([3, 10])))
    change = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    seconds = draw(st.integers(-4 * 86400, 4 * 86400))
    return (change + timedelta(seconds=seconds)).astimezone(draw(st.sampled_from([AMSTERDAM, BRUSSELS])))


def at(*parts, zone=AMSTERDAM, fold=0):
    return datetime(*parts, tzinfo=zone, fold=fold)


def wall(moment, zone=AMSTERDAM):
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


@given(moments | around_a_change(), lengths)
def test_the_deadline_is_that_many_elapsed_hours_away_in_every_zone(aware_at, hours):
    deadline = Clock(aware_at, hours).deadline
    assert deadline.timestamp() - aware_at.timestamp() == pytest.approx(hours * 3600, abs=0.001)
    assert Clock(aware_at.astimezone(UTC), hours).deadline == deadline
    assert deadline.utcoffset() == timedelta()


@pytest.mark.parametrize("zone", [AMSTERDAM, BRUSSELS])
@pytest.mark.parametrize(
    ("aware_at", "deadline"),
    [
        ((2026, 3, 27, 12, 17), "2026-03-30 13:17"),  # the night with an hour less
        ((2026, 10, 23, 12, 17), "2026-10-26 11:17"),  # the night with an hour more
        ((2026, 12, 22, 12, 17), "2026-12-25 12:17"),  # ends on Christmas Day
        ((2026, 11, 20, 17, 0), "2026-11-23 17:00"),  # over a weekend
        ((2028, 2, 27, 9, 30), "2028-03-01 09:30"),  # over a leap day
        ((2027, 2, 27, 9, 30), "2027-03-02 09:30"),  # the same days in another year
        ((2026, 12, 30, 23, 59), "2027-01-02 23:59"),
    ],
)
def test_the_deadline_on_the_wall(zone, aware_at, deadline):
    assert wall(Clock(at(*aware_at, zone=zone), 72).deadline, zone) == deadline


def test_the_two_half_past_twos_of_october_are_an_hour_apart():
    first, second = (Clock(at(2026, 10, 25, 2, 30, fold=fold), 72).deadline for fold in (0, 1))
    assert second - first == HOUR


@pytest.mark.parametrize(
    ("aware_at", "latest"),
    [
        ((2026, 12, 22, 12, 17), "2026-12-25 13:00"),
        ((2026, 12, 22, 12, 0), "2026-12-25 13:00"),  # the hour of the event is not counted, even on the hour
        ((2026, 12, 22, 12, 59, 59), "2026-12-25 13:00"),
        ((2026, 11, 20, 23, 30), "2026-11-24 00:00"),  # a Friday evening: no working day is waited for
    ],
)
def test_the_reading_under_the_regulation_starts_at_the_next_full_hour(aware_at, latest):
    assert wall(Clock(at(*aware_at), 72).latest) == latest


@given(moments | around_a_change(), lengths)
def test_that_reading_gives_at_most_an_hour_more_and_never_a_weekend(aware_at, hours):
    clock = Clock(aware_at, hours)
    assert timedelta() < clock.latest - clock.deadline <= HOUR
    assert (clock.latest.minute, clock.latest.second, clock.latest.microsecond) == (0, 0, 0)
    assert full_hour_after(aware_at) == after(clock.latest, -hours)


@given(moments | around_a_change(), lengths, st.integers(-300 * 60, 300 * 60))
def test_what_is_left_and_what_has_passed_add_up(aware_at, hours, minutes):
    clock, moment = Clock(aware_at, hours), aware_at.astimezone(UTC) + timedelta(minutes=minutes)
    left = clock.left(moment)
    told = timedelta(hours=left.hours, minutes=left.minutes)
    assert told == abs(clock.deadline - moment)
    assert left.late == clock.late(moment) == (minutes > hours * 60)
    assert 0 <= left.minutes < 60


def test_at_the_deadline_itself_it_is_not_too_late():
    clock = Clock(at(2026, 11, 20, 17), 72)
    assert not clock.late(clock.deadline)
    assert clock.late(clock.deadline + timedelta(microseconds=1))
    left = clock.left(clock.deadline - timedelta(minutes=61, seconds=1))
    assert (left.hours, left.minutes, left.late) == (1, 1, False)


def stages(reminders):
    return [one.stage for one in reminders]


@pytest.mark.parametrize(
    ("minutes", "due", "following"),
    [
        (0, [], "24"),
        (24 * 60 - 1, [], "24"),
        (24 * 60, ["24"], "48"),
        (60 * 60, ["24", "48", "60"], "71"),
        (72 * 60, ["24", "48", "60", "71"], LATE),
        (72 * 60 + 1, ["24", "48", "60", "71", LATE], None),
    ],
)
def test_each_warning_is_due_from_its_hour_on(minutes, due, following):
    clock = Clock(at(2026, 10, 23, 12, 17), 72, STAGES)
    moment = after(clock.aware_at, 0) + timedelta(minutes=minutes)
    assert stages(clock.due(moment)) == due
    assert (clock.following(moment) and clock.following(moment).stage) == following


@given(moments | around_a_change(), lengths, st.lists(st.integers(-5, 250), max_size=6), st.integers(0, 300))
def test_warnings_only_grow_and_keep_their_order(aware_at, hours, asked, later):
    clock = Clock(aware_at, hours, tuple(asked))
    assert sorted(one.at for one in clock.warnings) == [one.at for one in clock.warnings]
    assert clock.warnings[-1].stage == LATE
    assert all(one.at < clock.deadline for one in clock.warnings[:-1])
    before, then = clock.due(aware_at), clock.due(after(aware_at, later))
    assert then[: len(before)] == before
    assert (LATE in stages(then)) == (later > hours)


@pytest.mark.parametrize(
    ("hours", "flag"), [(0, Gap.NONE), (24, Gap.NONE), (24.01, Gap.EXPLAIN), (48, Gap.EXPLAIN), (48.01, Gap.LONG)]
)
def test_a_growing_gap_between_signal_and_awareness_is_pointed_out(hours, flag):
    signal = at(2026, 3, 28, 12)
    length = gap(signal, signal.astimezone(UTC) + timedelta(hours=hours))
    assert gap_flag(length, explain=24, long=48) == flag


def test_a_gap_is_counted_in_elapsed_hours_and_is_never_less_than_none():
    assert gap(at(2026, 3, 28, 12), at(2026, 3, 29, 12)) == 23 * HOUR
    assert gap(at(2026, 3, 29, 12), at(2026, 3, 28, 12)) == timedelta()


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        Clock(datetime(2026, 1, 1), 72).deadline  # noqa: B018, DTZ001
