"""How many people gave, refused and withdrew, per wording, by how it was collected, and over time.

The one rule: never a figure for fewer than ten people, nor figures from which such a one can be worked out.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import CharField, Count, F, OuterRef, Subquery, UUIDField
from django.db.models.functions import TruncMonth

from . import counted
from .kinds import DECIDING, GIVING, Happening, Method
from .models import ConsentEvent

FEWEST = 10
LEAVING = (Happening.WITHDRAWN, Happening.OBJECTED)
COLUMNS = ("given", "refused", "withdrawn")


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of people, None where they are fewer than ten. `months`: [(moment in it, given, refused, withdrawn)]."""

    given: int | None = None
    refused: int | None = None
    withdrawn: int | None = None
    months: tuple = ()


def of_wordings(wordings):
    """{wording id: Figures}, without months. Three queries."""
    return counted.each("wording", [wording.pk for wording in wordings], _of_wordings)


def _of_wordings(ids):
    found = {key: {} for key in ids}
    for column, events in _columns(ids).items():
        for key, people in events.values_list("asked").annotate(people=Count("person", distinct=True)):
            found[key][column] = _many(people)
    return {key: Figures(**numbers) for key, numbers in found.items()}


def of_wording(wording):
    """Figures of one wording, with its months, latest first. Six queries."""
    totals = of_wordings([wording])[wording.pk]
    months = counted.once("months", wording.pk, lambda: per_month(_columns([wording.pk])))
    return Figures(totals.given, totals.refused, totals.withdrawn, tuple(months))


def of_methods(wording):
    """[(Method, given, refused, withdrawn)] of one wording: on a page, on paper, said, over the API and so on; who
    withdraws counts for how they had given. Three queries.
    """
    return counted.once("methods", wording.pk, lambda: _of_methods(wording))


def _of_methods(wording):
    columns = _columns([wording.pk])
    columns["withdrawn"] = columns["withdrawn"].annotate(how=given_before("method", CharField()))
    found = defaultdict(dict)
    for column, events in columns.items():
        how = "how" if column == "withdrawn" else "method"
        rows = dict(events.order_by().values_list(how).annotate(people=Count("person", distinct=True)))
        for method, people in hide(rows).items():
            found[Method(method)][column] = people
    order = list(Method)
    return [(how, *(found[how].get(name) for name in COLUMNS)) for how in sorted(found, key=order.index)]


def per_month(columns):
    """[(a moment in it, given, refused, withdrawn)], latest first, None for what may not be told; `columns`: {column:
    events}. Three queries.
    """
    months = defaultdict(dict)
    for column, events in columns.items():
        counted = events.annotate(month=TruncMonth("happened_at")).order_by()
        rows = dict(counted.values_list("month").annotate(people=Count("person", distinct=True)))
        for month, people in hide(rows).items():
            months[month][column] = people
    return [(month, *(months[month].get(name) for name in COLUMNS)) for month in sorted(months, reverse=True)]


def hide(numbers, also=()):
    """{key: number}, None for what may not be told: fewer than ten, the keys `also`, and as many of the smallest others
    as it takes that those hidden together are ten or more, since who knows the total can subtract."""
    hidden = {key for key, number in numbers.items() if number < FEWEST or key in also}
    for key in sorted(numbers, key=lambda key: numbers[key]):
        if not hidden or sum(numbers[one] for one in hidden) >= FEWEST:
            break
        hidden.add(key)
    return {key: None if key in hidden else number for key, number in numbers.items()}


def _many(number):
    return number if number >= FEWEST else None


def _columns(ids):
    """{column: events with `asked`, the wording that they count for}; who withdraws counts for what they had given."""
    named = ConsentEvent.objects.filter(wording__wording__in=ids).annotate(asked=F("wording__wording"))
    left = ConsentEvent.objects.filter(kind__in=LEAVING, purpose__wordings__in=ids)
    left = left.annotate(asked=given_before("wording__wording")).filter(asked__in=ids)
    return {
        "given": named.filter(kind__in=GIVING),
        "refused": named.filter(kind=Happening.REFUSED),
        "withdrawn": left,
    }


def given_before(column, kind=None):
    """This column (an id, or of the field `kind`) of the last consent that an event can have ended: for `annotate` on
    events.
    """
    earlier = ConsentEvent.objects.filter(
        person=OuterRef("person"),
        purpose=OuterRef("purpose"),
        channel=OuterRef("channel"),
        happened_at__lte=OuterRef("happened_at"),
        kind__gte=DECIDING,  # what the index asks for
        kind__in=GIVING,
    ).order_by(F("happened_at").desc(), F("kind").desc())
    return Subquery(earlier.values(column)[:1], output_field=kind or UUIDField())
