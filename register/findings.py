"""The stored findings as pages show them: beside a section, in a list, counted, and over time.

Counts in lists start from `shown(membership, on)`: what the member may see, present and not accepted. Every function
costs a constant number of queries.
"""

from collections import defaultdict

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Controller

from . import models, reading
from .checks import storing, uses
from .checks.engine import Outcome, Scope, Severity
from .models import Activity, Finding, FindingCount

PLACES = {Scope.PARTY: "recipients", Scope.AGREEMENT: "recipients", Scope.SYSTEM: "systems", Scope.RETENTION: "data"}
"""The section in which an activity names a shared row."""
CAUSES = {
    "party": models.Party,
    "agreement": models.Agreement,
    "system": models.System,
    "retention": models.RetentionRule,
    "controller": Controller,
    "notice": models.Notice,
    "point": models.CollectionPoint,
}
"""The models of what a finding can be blamed on, or be about, by their kind."""
PAGES = {}
"""{kind of a cause: (name of its page, permission it asks)}, of causes that belong to a room above, which puts them
here. A finding of such a cause leads to that page and shows nothing of it: more people read findings.
"""


def page_of(finding, membership):
    """Where a finding about the organisation is put right in a room above, for who may go there; or ""."""
    name, permission = PAGES.get(finding.cause_kind, ("", None))
    if finding.activity_id or not name or not membership.can(permission):
        return ""
    return reverse(name, args=[membership.organisation.slug, finding.cause_id])


def shown(membership, on):
    """The findings that stand on the day, as a queryset."""
    return Finding.objects.visible_to(membership).standing(on)


def counts_of(findings, activities):
    """{activity id: {severity: number}} of what fails in each of these activities. One query."""
    rows = findings.failing().filter(activity__in=activities).order_by()
    found = defaultdict(dict)
    for activity, severity, count in rows.values_list("activity", "severity").annotate(count=Count("pk")):
        found[activity][severity] = count
    return dict(found)


def of_entry(organisation, entry):
    """{section key: [Finding]} of what is present in one activity and in what it shares, worst first. One query.

    Accepted ones are there too: ask `is_accepted(on)`. What belongs to no section is under "".
    """
    named = Q(subject_kind=Scope.ENTRY, subject_id=entry.id) | Q(activity=entry.id)
    used = uses.of_entries([entry])
    for kind in PLACES:
        named |= Q(subject_kind=kind, subject_id__in=used.ids(kind))
    with_party = models.Agreement.objects.filter(party__in=used.ids("party"), retired_on=None)
    named |= Q(subject_kind=Scope.AGREEMENT, subject_id__in=with_party.values("pk"))
    present = Finding.objects.of(organisation).present()
    found = defaultdict(list)
    for finding in present.filter(named).select_related("acceptance__by"):
        found[finding.place or PLACES.get(finding.subject_kind, "")].append(finding)
    return dict(found)


def trend(organisation, since=None):
    """[(day, {severity: number that fails and is not accepted})], by day. One query."""
    rows = FindingCount.objects.filter(organisation=organisation, outcome=Outcome.FAILS, accepted=False)
    if since is not None:
        rows = rows.filter(day__gte=since)
    days = defaultdict(lambda: dict.fromkeys(Severity.values, 0))
    for row in rows.order_by("day"):
        days[row.day][row.severity] += row.count
    return list(days.items())


def baseline(organisation):
    """The first day with counts and how many failed then per severity, as `trend` gives it; None before that."""
    first = FindingCount.objects.filter(organisation=organisation).order_by("day").values_list("day", flat=True).first()
    if first is None:
        return None
    counted = FindingCount.objects.filter(organisation=organisation, day=first, outcome=Outcome.FAILS, accepted=False)
    found = dict.fromkeys(Severity.values, 0)
    for row in counted:
        found[row.severity] += row.count
    return first, found


def being_recalculated(organisation, *, at):
    """Whether the worker still has something to judge: shared things, or activities. Two queries."""
    today = reading.start_of(timezone.localdate(at))
    waiting = Activity.objects.of(organisation).running().filter(Q(judged=None) | Q(judged__at__lt=today))
    return storing.is_waiting(organisation) or waiting.exists()
