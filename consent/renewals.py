"""A round in figures, and who in it is silent. Never a figure for fewer than ten people.

The one rule: what somebody answered is their last deciding event since they were asked, however they gave it.
"""

from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Subquery

from . import counted, figures, standing
from .kinds import DECIDING, GIVING, Happening
from .models import ConsentEvent

GAVE, REFUSED, SILENT = "gave", "refused", "silent"


@dataclass(frozen=True, slots=True)
class Progress:
    """Numbers of people, None where they are fewer than ten or could be worked out."""

    asked: int | None = None
    gave: int | None = None
    refused: int | None = None
    silent: int | None = None


def progress(found):
    """Two queries."""
    asked = found.asked.order_by()
    total = asked.aggregate(people=Count("person", distinct=True))["people"]
    if total < figures.FEWEST:
        return Progress()
    counts = dict.fromkeys((GAVE, REFUSED, SILENT), 0)
    rows = with_answer(asked).values_list("answer").annotate(people=Count("person", distinct=True))
    for kind, people in rows:
        counts[_meaning(kind)] += people
    return Progress(asked=total, **figures.hide(counts))


def with_answer(asked):
    """Rows of who was asked, with the kind of their answer (`answer`), or None."""
    since = ConsentEvent.objects.filter(
        person=OuterRef("person"),
        purpose=OuterRef("round__before__wording__purpose"),
        channel=OuterRef("channel"),
        kind__gte=DECIDING,
        happened_at__gte=OuterRef("at"),
    ).order_by(F("happened_at").desc(), F("kind").desc())
    return asked.annotate(answer=Subquery(since.values("kind")[:1]))


def silent(asked):
    """Those who did not answer yet."""
    return with_answer(asked).filter(answer=None)


def resting(version, *, at):
    """The events in which consents rest on a version now: one per person and channel."""
    given = ConsentEvent.objects.filter(wording=version, kind__in=GIVING, is_provable=True)
    return standing.deciding(given.filter(person__erased_at=None), at=at)


def people_on(versions, *, at):
    """{version id: people whose consent rests on it now, None when fewer than ten}; nobody is 0. One query."""
    return counted.each("people", [version.pk for version in versions], lambda ids: _people_on(ids, at))


def _people_on(ids, at):
    given = ConsentEvent.objects.filter(wording__in=ids, kind__in=GIVING, is_provable=True)
    rows = standing.deciding(given, at=at).order_by().values_list("wording").annotate(Count("person", distinct=True))
    people = dict(rows)
    return {key: number if (number := people.get(key, 0)) == 0 or number >= figures.FEWEST else None for key in ids}


def _meaning(kind):
    if kind in GIVING:
        return GAVE
    return SILENT if kind is None or kind == Happening.EXPIRED else REFUSED
