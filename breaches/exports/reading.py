"""Breaches with all that the register of Art. 33(5) says of them, in a fixed number of queries.

The one rule: nothing that is sealed is read here, so that no export can name a victim or a reporter.
"""

from dataclasses import dataclass

from django.db.models import Prefetch

from breaches import showing, watch
from breaches.measured import READ_ALONG, recorded_of
from breaches.models import (
    Advice,
    Assessment,
    BreachActivity,
    BreachParty,
    BreachSystem,
    Decision,
    Measure,
)
from breaches.states import Recorded
from breaches.watch import Watch

ONES = ("organisation", "controller", "department", "processor")
BY = {"assessment_rows": Assessment, "decision_rows": Decision, "advice_rows": Advice}
NAMED = {
    "breachactivity_rows": (BreachActivity, "activity", "activity__number"),
    "breachsystem_rows": (BreachSystem, "system", "system__name"),
    "breachparty_rows": (BreachParty, "party", "party__name"),
}


@dataclass(frozen=True)
class Entry:
    """One breach. Rows of a kind stand latest first, as their models order them."""

    breach: object
    watch: Watch
    recorded: Recorded
    advice: tuple
    measures: tuple
    other_notices: tuple
    activities: tuple
    systems: tuple
    parties: tuple

    @property
    def deadline(self):
        return self.watch.deadline


@dataclass(frozen=True)
class Found:
    """What an export is made of. `countries`: {code: name}; `at` is the moment of reading."""

    organisation: object
    entries: tuple
    countries: dict
    at: object


def read(organisation, breaches, *, at):
    """These breaches of one organisation, by number. Some fifteen queries, however many there are."""
    rows = watch.watched(breaches).select_related(*ONES).prefetch_related(*_along()).order_by("number")
    rows = list(rows)
    clocks = watch.of(rows, at=at)
    entries = tuple(_entry(row, clocks[row.pk]) for row in rows)
    return Found(organisation, entries, showing.country_names(organisation), at)


def _along():
    yield from (name for name in READ_ALONG if name not in BY)
    for name, model in BY.items():
        yield Prefetch(name, model.objects.select_related("by"))
    for name, (model, shared, order) in NAMED.items():
        yield Prefetch(name, model.objects.select_related(shared).order_by(order, "pk"))
    yield Prefetch("measure_rows", Measure.objects.select_related("owner"))
    yield "othernotice_rows"


def _entry(breach, clock):
    return Entry(
        breach=breach,
        watch=clock,
        recorded=recorded_of(breach),
        advice=tuple(breach.advice_rows.all()),
        measures=tuple(breach.measure_rows.all()),
        other_notices=tuple(breach.othernotice_rows.all()),
        activities=tuple(row.activity for row in breach.breachactivity_rows.all()),
        systems=tuple(row.system for row in breach.breachsystem_rows.all()),
        parties=tuple(breach.breachparty_rows.all()),
    )
