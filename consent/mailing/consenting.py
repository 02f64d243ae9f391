"""Everybody in the ledger who may be written to for a purpose, some thousands at a time.

The one rule: readable addresses are opened here for a file that was asked for, and end up sealed in it.
"""

from consent.kinds import GIVING
from consent.models import ConsentEvent

from . import lookup
from .checking import ORDER, USUAL_ORDER, of_people

AT_A_TIME = 2_000


def groups(asked):
    """Lists of ids of people who ever gave this consent, in the order of their ids. A query each."""
    given = ConsentEvent.objects.filter(purpose=asked.purpose, channel=asked.channel, kind__in=GIVING)
    last = None
    while True:
        rest = given if last is None else given.filter(person__gt=last)
        found = list(rest.order_by("person").values_list("person", flat=True).distinct()[:AT_A_TIME])
        if not found:
            return
        yield found
        last = found[-1]


def allowed(asked, *, but=frozenset()):
    """Groups of [(person, kind, address)] of those who may be written to, without the people of `but`."""
    for persons in groups(asked):
        verdicts = of_people(asked, persons)
        mine = [person for person in persons if verdicts[person].answer.may and person not in but]
        addresses = lookup.readable(mine) if mine else {}
        yield [(person, *fitting(asked.channel, addresses.get(person, ()))) for person in mine]


def fitting(channel, addresses):
    """(kind, address) that a channel uses, the other kinds after it; empty when no address is known."""
    order = ORDER.get(channel, USUAL_ORDER)
    known = dict(addresses)  # of two of a kind the one that was added last
    return next(((kind, known[kind]) for kind in order if kind in known), ("", ""))
