"""Where a consent stands: the last deciding event by its own time; of one moment the more protective one.

The one rule: the order in which events arrive never matters. `last` says it for values in hand, `current` asks the
database, and both mean the same. Of two that say the same at one moment the one with proof counts, since it proves
both.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Subquery

from .kinds import DECIDING, GIVING, Happening
from .models import ConsentEvent


@dataclass(frozen=True, slots=True)
class Standing:
    """`kind` is None for somebody who was never asked. `holds`: given, and it can be proved."""

    kind: Happening | None = None
    happened_at: datetime | None = None
    is_provable: bool = True
    given_by: str = ""
    age: str = ""
    event: int | None = None

    @property
    def is_given(self):
        return self.kind in GIVING

    @property
    def is_open(self):
        """Asked, and not answered yet."""
        return self.kind is not None and self.kind < DECIDING

    @property
    def holds(self):
        return self.is_given and self.is_provable


NEVER = Standing()
LATEST = (F("happened_at").desc(), F("kind").desc(), "-is_provable", "-given_by", "-age", "-pk")
"""As `_weight` says it to the database: the first is what stands. What follows on the kind only keeps two of one moment
apart, the same way each time."""


def last(events):
    """The deciding event among those of one person, purpose and channel, or the last asking one, or None."""
    return max(events, key=_weight, default=None)


def _weight(event):
    about = event.is_provable, event.given_by, event.age, event.pk
    return event.kind >= DECIDING, event.happened_at, event.kind, *about


def of(event):
    if event is None:
        return NEVER
    kind = Happening(event.kind)
    return Standing(kind, event.happened_at, event.is_provable, event.given_by, event.age, event.pk)


def current(person, purpose, channel, *, at):
    """One query, two for somebody who has not decided. What is later than `at` is not looked at."""
    events = ConsentEvent.objects.filter(person=person, purpose=purpose, channel=channel, happened_at__lte=at)
    events = events.order_by(*LATEST)
    return of(events.filter(kind__gte=DECIDING).first() or events.first())


def all_of(person, *, at):
    """{(purpose id, channel): Standing} of one person. One query."""
    found = {}
    for event in person.events.filter(happened_at__lte=at):
        found.setdefault((event.purpose_id, event.channel), []).append(event)
    return {key: of(last(events)) for key, events in found.items()}


def deciding(events, *, at):
    """Of a queryset of events, those that are the state of their person, purpose and channel. One query."""
    latest = (
        ConsentEvent.objects.filter(
            person=OuterRef("person"), purpose=OuterRef("purpose"), channel=OuterRef("channel"), happened_at__lte=at
        )
        .filter(kind__gte=DECIDING)
        .order_by(*LATEST)
    )
    return events.filter(pk=Subquery(latest.values("pk")[:1]))
