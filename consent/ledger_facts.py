"""What the rules ask of the whole ledger of an organisation, counted in people: one query for each question.

The one rule: a large ledger is not counted anew after every change, though the rules are asked so often (`counted`).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from core.dates import add_months
from register import reading

from . import counted, standing
from .kinds import GIVING, GivenBy, Method
from .models import ConsentEvent, CustomerRelation, EventDetail, Evidence, ListWork, TakenOver

BY_PERSON = (Method.PAPER, Method.ORAL, Method.EVENT_CARD)
"""What proves these is a scan or a note, since no machine saw it happen."""
GONE = ("withdrawn", "objected", "suppressed")
"""Rules of `consent.deciding` under which a checked address is of somebody who left."""


@dataclass
class Ledger:
    """Numbers of people whose consent stands now: {purpose id: people}, or by the key that is named."""

    unproved: dict = field(default_factory=dict)  # on paper or said, with no note and no scan
    old: dict = field(default_factory=dict)  # given or renewed longer ago than the term for a look
    imported: dict = field(default_factory=dict)  # brought in without proof
    young: dict = field(default_factory=dict)  # {purpose id: {age band: people}}, consented alone
    resting: dict = field(default_factory=dict)  # {wording version id: people}
    customers: dict = field(default_factory=dict)  # customers for whom the exception cannot be used
    listed: dict = field(default_factory=dict)  # {purpose id: lines of the last checked list of who left}


def read(organisation, *, on, terms):
    """Eight queries, or one for a large ledger that was counted lately (`counted`)."""
    about = f"{organisation.pk}:{date.isoformat(on)}:{terms.review_months}"
    return counted.once("ledger", about, lambda: _count(organisation, on, terms))


def _count(organisation, on, terms):
    at = reading.end_of(on)
    given = ConsentEvent.objects.filter(organisation=organisation, kind__in=GIVING, person__erased_at=None)
    stands = standing.deciding(given, at=at).order_by()
    proved = stands.filter(is_provable=True)
    nothing_kept = ~Exists(EventDetail.objects.filter(event=OuterRef("pk"))) & ~Exists(
        Evidence.objects.filter(event=OuterRef("pk"))
    )
    return Ledger(
        unproved=_people(proved.filter(nothing_kept, method__in=BY_PERSON), "purpose"),
        old=_people(proved.filter(happened_at__lt=reading.start_of(add_months(on, -terms.review_months))), "purpose"),
        imported=_people(stands.filter(is_provable=False), "purpose"),
        young=_young(proved),
        resting=_people(proved, "wording"),
        customers=_customers(organisation),
        listed=_listed(organisation),
    )


def _people(events, name):
    return dict(events.values_list(name).annotate(Count("person", distinct=True)))


def _young(stands):
    """Those who said how old they were and consented without a parent; which of them were too young, the law says."""
    alone = stands.filter(given_by=GivenBy.SUBJECT).exclude(age="")
    found = defaultdict(dict)
    for purpose, age, people in alone.values_list("purpose", "age").annotate(Count("person", distinct=True)):
        found[purpose][age] = people
    return dict(found)


def _customers(organisation):
    """By the last that was recorded of a customer: a sale, but not all the rest that the exception asks."""
    latest = CustomerRelation.objects.filter(person=OuterRef("person"), purpose=OuterRef("purpose"))
    rows = CustomerRelation.objects.filter(organisation=organisation, person__erased_at=None)
    rows = rows.filter(pk=Subquery(latest.order_by("-recorded_at", "-pk").values("pk")[:1]))
    lacks = Q(since=None) | ~Q(similar_offer=True) | ~Q(told_when_collected=True)
    return _people(rows.exclude(refused=True).filter(lacks).order_by(), "purpose")


def _listed(organisation):
    """Lines of the last list that was checked for a purpose, of people who had left, until somebody says that they were
    taken off."""
    checks = ListWork.objects.filter(organisation=organisation, kind=ListWork.Kind.CHECK, counts__has_key="rules")
    cleaned = TakenOver.objects.filter(purpose=OuterRef("purpose"), at__gt=OuterRef("asked_at"))
    later = checks.filter(purpose=OuterRef("purpose"), channel=OuterRef("channel"), asked_at__gt=OuterRef("asked_at"))
    found = defaultdict(int)
    for purpose, counts in checks.filter(~Exists(later), ~Exists(cleaned)).values_list("purpose", "counts"):
        found[purpose] += sum(counts["rules"].get(rule, 0) for rule in GONE)
    return {purpose: lines for purpose, lines in found.items() if lines}
