"""What hangs on a breach: what it hit, measures, other notifications, and the log to which is only added."""

import uuid

from breaches import sealing
from breaches.models import BreachActivity, BreachParty, BreachSystem, LogEntry, Measure, OtherNotice

from .acting import acting
from .facts import ask_open

KINDS = {
    BreachActivity: "breach.hits",
    BreachSystem: "breach.hits",
    BreachParty: "breach.hits",
    Measure: "breach.measure",
    OtherNotice: "breach.other_notice",
}
AFTERWARDS = (Measure, OtherNotice)
"""What goes on after closing: measures are carried out, and others may still be told."""


def save(row, *, by, at):
    """Keep a line, new or changed. What the breach hit cannot change once it is closed."""
    with acting(row.breach, by=by, at=at, kind=KINDS[type(row)]) as locked:
        _ask_open(locked, type(row))
        row.full_clean(exclude=["breach", "organisation"])
        row.save()
    return row


def hit(breach, model, *, by, at, **named):
    """Say that a breach hit an activity or a system; a second time changes nothing."""
    with acting(breach, by=by, at=at, kind=KINDS[model]) as locked:
        _ask_open(locked, model)
        found = model.objects.filter(breach=locked, **named).first()
        if found is None:
            found = model(organisation=locked.organisation, breach=locked, **named)
            found.save()
    return found


def take_away(row, *, by, at):
    """Take a line away; the history keeps it."""
    with acting(row.breach, by=by, at=at, kind=KINDS[type(row)]) as locked:
        _ask_open(locked, type(row))
        row.delete()


def log(breach, *, text, happened_at, by, at, is_hidden=False):
    """Add to the log, also afterwards. The words are sealed; the entry itself is never changed."""
    with acting(breach, by=by, at=at, kind="breach.logged") as locked:
        row = LogEntry(
            id=uuid.uuid4(),
            organisation=locked.organisation,
            breach=locked,
            happened_at=happened_at,
            is_hidden=is_hidden,
            by=by,
            at=at,
        )
        row.save()
        sealing.seal(locked, {str(row.pk): text})
    return row


def _ask_open(breach, model):
    if model not in AFTERWARDS:
        ask_open(breach)
