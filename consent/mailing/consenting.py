"""Everybody in the ledger who may be written to for a purpose, some thousands at a time.

The one rule: readable addresses are opened here for a file that was asked for, and end up sealed in it.
"""

from django.db.models import Exists, OuterRef

from consent.kinds import GIVING
from consent.models import ConsentEvent, CustomerRelation

from . import lookup
from .checking import ORDER, USUAL_ORDER, of_people

AT_A_TIME = 2_000


def agreed(asked, *, but=frozenset()):
    """Groups of [(person, kind, address)] of those who gave this consent once and may be written to, without the people
    of `but`."""
    return _allowed(asked, _given(asked), but)


def customers(asked):
    """The same of those who never gave it, and of whom something is known as a customer."""
    gave = _given(asked).filter(person=OuterRef("person"))
    return _allowed(asked, CustomerRelation.objects.filter(~Exists(gave), purpose=asked.purpose), ())


def _given(asked):
    return ConsentEvent.objects.filter(purpose=asked.purpose, channel=asked.channel, kind__in=GIVING)


def _groups(rows):
    """Lists of ids of the people of these rows, in the order of their ids. A query each."""
    last = None
    while True:
        rest = rows if last is None else rows.filter(person__gt=last)
        found = list(rest.order_by("person").values_list("person", flat=True).distinct()[:AT_A_TIME])
        if not found:
            return
        yield found
        last = found[-1]


def _allowed(asked, rows, but):
    for persons in _groups(rows):
        verdicts = of_people(asked, persons)
        mine = [person for person in persons if verdicts[person].answer.may and person not in but]
        addresses = lookup.opened(mine) if mine else {}
        yield [(person, *fitting(asked.channel, addresses.get(person, ()))) for person in mine]


def fitting(channel, addresses):
    """(kind, address) that a channel uses, the other kinds after it; empty when no address is known."""
    order = ORDER.get(channel, USUAL_ORDER)
    known = dict(addresses)  # of two of a kind the one that was added last
    return next(((kind, known[kind]) for kind in order if kind in known), ("", ""))
