"""The stored findings as pages show them: beside a section, in a list, counted, and over time.

Lists and counts start from `shown(membership, on)`: what the member may see, present and not accepted. Every function
costs a constant number of queries.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Min, Q
from django.utils import timezone

from . import models, reading
from .checks import storing
from .checks.engine import RULES, Outcome, Scope, Severity
from .models import Activity, Finding, FindingCount

PLACES = {Scope.PARTY: "recipients", Scope.AGREEMENT: "recipients", Scope.SYSTEM: "systems", Scope.RETENTION: "data"}
"""The section in which an activity names a shared row."""
CAUSES = {
    "party": models.Party,
    "agreement": models.Agreement,
    "system": models.System,
    "retention": models.RetentionRule,
}
FILTERS = ("severity", "outcome", "group", "rule", "article", "department", "owner", "activity", "accepted")


def shown(membership, on, *, accepted=False):
    """The findings that stand on the day, or those that somebody accepted, as a queryset."""
    seen = Finding.objects.visible_to(membership)
    return seen.present().accepted(on) if accepted else seen.standing(on)


def filtered(findings, chosen):
    """Narrowed by {name of `FILTERS`: values}; the names of an article's rules are looked up."""
    condition = Q()
    for name, values in chosen.items():
        if name in ("severity", "outcome", "group", "rule"):
            condition &= Q(**{f"{name}__in": values})
        elif name == "article":
            condition &= Q(rule__in=[rule.id for rule in RULES.values() if rule.article in values])
        elif name in ("department", "owner"):
            condition &= Q(**{f"activity__{name}__in": values})
        elif name == "activity":
            condition &= Q(activity__in=values)
    return findings.filter(condition)


def counts(findings, by):
    """{value: number} by "severity", "outcome", "group", "rule", "article", "department" or "owner". One query."""
    path = {"department": "activity__department", "owner": "activity__owner", "article": "rule"}.get(by, by)
    rows = findings.order_by().values_list(path).annotate(count=Count("pk"))
    found = defaultdict(int)
    for value, count in rows:
        found[RULES[value].article if by == "article" and value in RULES else value] += count
    return dict(found)


def counts_of(findings, activities):
    """{activity id: {severity: number}} of what fails in each of these activities. One query."""
    rows = findings.failing().filter(activity__in=activities).order_by()
    found = defaultdict(dict)
    for activity, severity, count in rows.values_list("activity", "severity").annotate(count=Count("pk")):
        found[activity][severity] = count
    return dict(found)


@dataclass
class Bundle:
    """Findings with one rule and one cause, shown once; `findings` are the first few, `count` says of how many."""

    finding: Finding
    count: int
    findings: list = field(default_factory=list)
    cause: str = ""


def bundles(findings):
    """A queryset of {bundle, count, worst} by severity, for a paginator; `open_bundles` reads those of one page."""
    grouped = findings.order_by().values("bundle")
    return grouped.annotate(count=Count("pk"), worst=Min("rank"), first_rule=Min("rule")).order_by(
        "worst", "first_rule", "bundle"
    )


def open_bundles(findings, page, *, most=20):
    """The bundles of a page (of `bundles`) with at most so many of their findings each. Two queries, and one per kind
    of cause.
    """
    found = {row["bundle"]: Bundle(None, row["count"]) for row in page}
    rows = findings.filter(bundle__in=list(found)).select_related("activity", "acceptance__by")
    for row in rows.order_by("rank", "activity__number", "pk"):
        bundle = found[row.bundle]
        bundle.finding = bundle.finding or row
        if len(bundle.findings) < most:
            bundle.findings.append(row)
    names = cause_names(bundle.finding for bundle in found.values() if bundle.finding)
    for bundle in found.values():
        if bundle.finding:
            bundle.cause = names.get((bundle.finding.cause_kind, bundle.finding.cause_id), "")
    return [bundle for bundle in found.values() if bundle.finding]


def cause_names(findings):
    """{(kind, id): name} of the shared rows to blame. One query per kind."""
    ids = defaultdict(set)
    for finding in findings:
        ids[finding.cause_kind].add(finding.cause_id)
    return {
        (kind, row.pk): str(row)
        for kind, model in CAUSES.items()
        if kind in ids
        for row in model.objects.filter(pk__in=ids[kind]).select_related(*(["party"] if kind == "agreement" else []))
    }


def of_entry(entry):
    """{section key: [Finding]} of what is present in one activity and in what it shares, worst first. One query.

    Accepted ones are there too: ask `is_accepted(on)`. What belongs to no section is under "".
    """
    named = Q(subject_kind=Scope.ENTRY, subject_id=entry.id) | Q(activity=entry.id)
    for kind, ids in _shared_in(entry).items():
        named |= Q(subject_kind=kind, subject_id__in=ids)
    found = defaultdict(list)
    for finding in Finding.objects.present().filter(named).select_related("acceptance__by"):
        found[finding.place or PLACES.get(finding.subject_kind, "")].append(finding)
    return dict(found)


def still_failing(entry, on):
    """What establishing this entry leaves open: findings that fail and nobody accepted, worst first. One query."""
    found = [
        finding
        for findings in of_entry(entry).values()
        for finding in findings
        if finding.outcome == Outcome.FAILS and not finding.is_accepted(on)
    ]
    return sorted(found, key=lambda finding: (finding.rank, finding.rule))


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


def _shared_in(entry):
    lines = (*entry.recipients, *entry.joint_controllers, *entry.clients)
    return {
        Scope.PARTY: {line.party.id for line in (*lines, *entry.transfers) if line.party}
        | {line.source_party.id for line in entry.data if line.source_party},
        Scope.AGREEMENT: {line.agreement.id for line in lines if line.agreement},
        Scope.SYSTEM: {line.system.id for line in entry.systems},
        Scope.RETENTION: {line.retention.id for line in entry.data if line.retention},
    }
