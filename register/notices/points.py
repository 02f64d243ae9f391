"""When the places where people give their data are due for a look: the term is a dated parameter. Pure but for it."""

from core.dates import add_months
from register import legal

TERM = "notice-check"


def months(organisation, *, on):
    """After how many months a point is looked at again; None when the parameter says nothing. One query."""
    return term(legal.values_in_force(organisation, on))


def term(values):
    said = values.get(TERM, "")
    return int(said) if said.isdecimal() and len(said) < 5 else None


def due_on(point, months):
    """The day by which somebody looks again; None for one that was never checked, or without a term."""
    return add_months(point.checked_on, months) if point.checked_on and months else None
