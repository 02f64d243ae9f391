"""Who has to go from the lists of those who mail, and how long it took before they were gone.

The one rule: the time counts from when the person said it until somebody says that a list was cleaned up to then.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from statistics import median

from django.db.models import Q
from django.utils.translation import gettext as _

from consent.kinds import Happening, Purpose
from consent.models import ConsentEvent, TakenOver
from core.refusal import Refused

from . import lookup, results

ENDING = Happening.EXPIRED  # from here on a consent is over, whoever ended it
LEAVING = Happening.REFUSED  # from here on the person said so
OVERLAP = timedelta(minutes=5)  # an event may appear a moment after a later one
AT_A_TIME = 1_000
LOOKED_BACK = timedelta(days=365)
"""How long ago somebody left counts for how quickly lists follow."""
HEADING = ("purpose", "channel", "address", "what", "happened_at", "recorded_at", "stands_now")


def of(purpose, *, since):
    """The events that end a consent for a purpose; of direct marketing also objections that were made elsewhere."""
    ending = Q(purpose=purpose, kind__gte=ENDING)
    if purpose.kind == Purpose.MARKETING:
        everywhere = Q(kind__in=(Happening.OBJECTED, Happening.ERASED), organisation=purpose.organisation_id)
        ending |= everywhere & Q(purpose__kind=Purpose.MARKETING)
    return ConsentEvent.objects.filter(ending, recorded_at__gte=since - OVERLAP)


def run(purpose, target, *, since, at, language, progress):
    """Write a line for each address of each event since a moment; gives {"lines", "people"}."""
    writer, people, lines = results.Writer(target, language), set(), 0
    writer.write(HEADING)
    events = of(purpose, since=since).filter(recorded_at__lte=at).order_by("recorded_at", "pk")
    total, everything = events.count(), events.iterator(chunk_size=AT_A_TIME)
    done = 0
    while group := list(islice(everything, AT_A_TIME)):
        addresses = lookup.readable({event.person_id for event in group})
        given = _given_again(purpose, group, at)
        for event in group:
            people.add(event.person_id)
            for _kind, address in addresses.get(event.person_id, ()):
                writer.write(_cells(purpose, event, address, (event.person_id, event.channel) in given))
                lines += 1
        done += len(group)
        progress(done, total)
    writer.finish()
    return {"lines": lines, "people": len(people)}


def _given_again(purpose, events, at):
    """{(person, channel)} of those whose consent stands all the same, since they gave it again later."""
    found = set()
    for channel in {event.channel for event in events}:
        persons = {event.person_id for event in events if event.channel == channel}
        standings = lookup.standings(persons, purpose, channel, at=at)
        found |= {(person, channel) for person, standing in standings.items() if standing.holds}
    return found


def _cells(purpose, event, address, stands):
    moments = (results.moment(event.happened_at), results.moment(event.recorded_at))
    return [purpose.code, event.channel, address, Happening(event.kind).code, *moments, "given" if stands else "ended"]


def take_over(purpose, *, list_name, up_to, by, at):
    """Say that a list was cleaned of everybody who left up to a moment."""
    if up_to > at:
        raise Refused(_("A list cannot have been cleaned of who is still to leave."))
    return TakenOver.objects.create(
        organisation_id=purpose.organisation_id,
        purpose=purpose,
        list_name=" ".join(list_name.split()),
        up_to=up_to,
        at=at,
        by=by,
    )


@dataclass(frozen=True, slots=True)
class Effect:
    """How quickly a list follows who leaves. Hours; `usual` (the median) and `longest` are None when nobody left."""

    purpose: object
    list_name: str
    up_to: datetime
    taken: int
    usual: float | None
    longest: float | None
    late: int
    waiting: int
    overdue: int


def effects(purposes, *, since, hours, at):
    """An `Effect` for each list of these purposes, of who left since a moment. Two queries."""
    purposes = {purpose.pk: purpose for purpose in purposes}
    marks, left = {}, {}
    for row in TakenOver.objects.filter(purpose__in=purposes).order_by("at"):
        marks.setdefault((row.purpose_id, row.list_name), []).append(row)
    told = ConsentEvent.objects.filter(purpose__in=purposes, kind__gte=LEAVING, recorded_at__gte=since)
    if marks:
        for key, happened_at, recorded_at in told.values_list("purpose", "happened_at", "recorded_at"):
            left.setdefault(key, []).append((happened_at, recorded_at))
    limit = timedelta(hours=hours)
    return [
        _effect(purposes[key], name, rows, left.get(key, ()), limit, at)
        for (key, name), rows in sorted(marks.items(), key=lambda pair: (purposes[pair[0][0]].code, pair[0][1]))
    ]


def _effect(purpose, name, rows, left, limit, at):
    reached = []  # the marks that reach further than all before them
    for row in rows:
        if not reached or row.up_to > reached[-1].up_to:
            reached.append(row)
    reach = [row.up_to for row in reached]
    times, waiting = [], []
    for happened_at, recorded_at in left:
        place = bisect_left(reach, recorded_at)
        if place < len(reached):
            times.append(reached[place].at - happened_at)
        else:
            waiting.append(at - happened_at)
    return Effect(
        purpose,
        name,
        reach[-1],
        len(times),
        _hours(median(times)) if times else None,
        _hours(max(times)) if times else None,
        sum(time > limit for time in times),
        len(waiting),
        sum(time > limit for time in waiting),
    )


def _hours(time):
    return round(time.total_seconds() / 3600, 1)
