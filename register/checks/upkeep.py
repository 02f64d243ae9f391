"""Whether the record is looked after: dates, reviews, owners, look-alikes, and what nearly everybody has."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from core.dates import add_months
from core.text import normalise

from .conditions import has_ended, is_running, lacking, not_ended, number
from .engine import Severity, fails, rule, unknown
from .recognised import FINANCE, PAYROLL, STAFF, SUPPLIERS, WEBSITE

EVERYBODY_HAS = (
    (_("payroll or personnel"), PAYROLL),
    (_("finance"), FINANCE),
    (_("the website"), WEBSITE),
    (_("contacts at suppliers"), SUPPLIERS),
)


@rule(
    "R015",
    article="5(2)",
    severity=Severity.LOW,
    imported_late=True,
    message=_("It is not recorded when this activity started."),
    remedy=_("Fill in the day on which the processing started; an estimate is fine."),
)
@not_ended
def start_missing(entry, context):
    if entry.started_on is None and is_running(entry, context):
        yield fails("identity")


@rule(
    "R016",
    article="5(2); GBA",
    severity=Severity.MEDIUM,
    message=_("This activity has ended, but the day or the reason is missing."),
    remedy=_("Record on which day it ended and why."),
)
def end_incomplete(entry, context):
    if entry.ended_on is None:
        if entry.end_reason.strip() or entry.successor:
            yield fails("end")
    elif not entry.end_reason.strip():
        yield fails("end")


@rule(
    "R018",
    article="30",
    severity=Severity.LOW,
    scope="register",
    message=_("%(other)s has the same name, purposes and department."),
    question=_("%(other)s has the same name and department; without purposes nobody can say whether it is the same."),
    remedy=_("Make one activity of the two, or give each a name that tells them apart."),
)
def twice_in_the_register(outlines, context):
    alike = defaultdict(list)
    for outline in outlines:
        alike[normalise(outline.name), outline.department, outline.controller, outline.kind].append(outline)
    for first, *others in alike.values():
        for other in others:
            if not (first.purposes and other.purposes):
                yield unknown("identity", activity=other.id, other=first.code)
            elif _purposes(first) == _purposes(other):
                yield fails("identity", activity=other.id, other=first.code)


def _purposes(outline):
    return sorted(normalise(text) for text in outline.purposes)


@rule(
    "R024",
    article="30",
    severity=Severity.MEDIUM,
    scope="register",
    message=_("Nearly every organisation processes data for this, but the register has nothing about it: %(missing)s."),
    question=_("The register names no staff. Does nobody work here?"),
    remedy=_("Add these activities, or accept this finding with the reason why you do not have them."),
)
def everybody_has_this(outlines, context):
    if not outlines:
        return
    words = [" ".join((one.name, *one.purposes, *one.subjects)) for one in outlines]
    staff = any(STAFF.search(text) for text in words)
    asked = EVERYBODY_HAS if staff else EVERYBODY_HAS[1:]
    missing = [name for name, pattern in asked if not any(pattern.search(text) for text in words)]
    if missing:
        yield fails(missing=missing)
    if not staff:
        yield unknown(aspect="staff")


@rule(
    "R025",
    article="24(1)",
    severity=Severity.MEDIUM,
    imported_late=True,
    message=_("The review of this activity is overdue since %(since)s."),
    question=_("No review is planned."),
    remedy=_("Ask the owner whether all of this is still true, and mark the activity as reviewed."),
)
@not_ended
def review_overdue(entry, context):
    facts = context.facts(entry)
    if not is_running(entry, context):
        return
    if facts.review_on is None:
        yield unknown("identity")
    elif facts.review_on < context.on:
        patience = number(context, "review-overdue")
        long_over = patience is not None and add_months(facts.review_on, patience) < context.on
        grave = long_over or entry.assessment in ("needed", "busy", "done")
        yield fails("identity", severity=Severity.HIGH if grave else None, since=facts.review_on)


@rule(
    "R026",
    article="24(1), 5(2)",
    severity=Severity.MEDIUM,
    message=_("Something changed since this activity was last established, on %(day)s."),
    remedy=_("Look at what changed and establish a new version."),
)
@not_ended
def version_outdated(entry, context):
    facts = context.facts(entry)
    if facts.changed and facts.established_on:
        yield fails(day=facts.established_on)


@rule(
    "R027",
    article="24",
    severity=Severity.MEDIUM,
    message=_("Nobody is named as process owner."),
    remedy=_("Name the person or the function that answers for this activity."),
)
@not_ended
def owner_missing(entry, context):
    if not entry.owner and not entry.owner_function.strip():
        yield lacking(entry, context, "identity")


@rule(
    "R028",
    article="24",
    severity=Severity.MEDIUM,
    message=_("The process owner no longer works with this register."),
    remedy=_("Name another process owner."),
)
@not_ended
def owner_left(entry, context):
    if context.facts(entry).owner_active is False:
        yield fails("identity")


@rule(
    "R029",
    article="24",
    severity=Severity.MEDIUM,
    imported_late=True,
    message=_("The processing has started, but the activity was never established."),
    question=_("It is not recorded whether the processing has started; the activity was never established."),
    remedy=_("Have the activity checked and establish it."),
)
def never_established(entry, context):
    if has_ended(entry, context) or context.facts(entry).approved:
        return
    if entry.started_on is None:
        yield unknown("identity")
    elif entry.started_on <= context.on:
        yield fails("identity")
