"""Proposals to drafts: one act for the whole file, all or nothing.

Everything is looked up and spelled out before the transaction opens (`prepare`), so that the database is held only to
write (`write`). The one rule: what was looked up still stands when it is written, or it is looked up again.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from uuid import uuid4

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import bulk, events, history
from accounts.models import ChainHead, Change, Controller, Counter, Event
from core.dates import add_months
from core.memory import without_collecting
from core.refusal import Refused
from register import derived, reading
from register.models import Activity, StaleActivity
from register.models.imports import IMPORTED

from .building import ONLY_FOUND, build
from .matching import MADE, Matcher

AT_A_TIME = 500
DERIVED_AT_ONCE = 200
"""More drafts than this are recalculated by the worker, which does not keep the database for itself."""
TRIES = 3
SOONEST = timedelta(days=30)


class Moved(Exception):
    """Something shared was changed after it was looked up."""


@dataclass
class Prepared:
    """What is ready to be written. `alike` gives, per name, the code of an activity that bears it already."""

    organisation: object
    rows: bulk.Rows
    matcher: Matcher
    head: int
    alike: dict
    activities: list = field(default_factory=list)

    @property
    def made(self):
        """The shared rows that are new, per model."""
        return {model: rows for model, rows in self.matcher.made.items() if rows}

    def made_counts(self):
        """How many shared rows are new, by the name of their kind."""
        return {model._meta.model_name: len(rows) for model, rows in self.made.items()}


@without_collecting()
def take(organisation, keyed, *, by, at, filename, reason="", apart=(), each=None, claim=None):
    """Prepare and write what `keyed()` gives, again when something shared changed meanwhile. Gives `Prepared`.

    `claim(act, prepared)` is called inside the transaction; it raises when this run may not write any more.
    """
    for _attempt in range(TRIES):
        prepared = prepare(organisation, keyed(), by=by, at=at, reason=reason, apart=apart, each=each)
        try:
            write(prepared, by=by, at=at, filename=filename, reason=reason, claim=claim)
        except (Moved, IntegrityError):
            continue
        return prepared
    raise Refused(
        _("Parties or the library were changed each time this was about to be written."), remedy=_("Try again.")
    )


@without_collecting()
def look_up(organisation, proposals, *, apart=(), each=None):
    """What would be found and made, without spelling out a row: the matcher. `each(proposal, name)` after each."""
    matcher = Matcher(organisation, organisation.main_language, apart)
    for proposal in proposals:
        activity, _rows = build(organisation, proposal, matcher)
        if each:
            each(proposal, activity.name)
    return matcher


def prepare(organisation, keyed, *, by, at, reason="", apart=(), each=None):
    """Look up and spell out everything, some hundreds at a time. `keyed` gives (id or None, proposal); no write.

    `each(proposal, activity)` is called when it is known what becomes of every cell.
    """
    head = ChainHead.objects.number_of(organisation)
    matcher = Matcher(organisation, organisation.main_language, apart)
    prepared = Prepared(organisation, bulk.Rows(uuid4(), by=by, at=at, reason=reason), matcher, head, {})
    keyed = iter(keyed)
    while chunk := list(islice(keyed, AT_A_TIME)):
        rows = defaultdict(list)
        for key, proposal in chunk:
            activity, of_activity = build(organisation, proposal, matcher, key)
            activity.edited_at, activity.edited_by, activity.revision = at, by, 1
            prepared.activities.append(activity)
            for model, made in of_activity.items():
                rows[model] += made
            if each:
                each(proposal, activity)
        for model, made in rows.items():
            prepared.rows.make(model, made)
    for model in MADE:
        prepared.rows.make(model, map(vars, matcher.made[model]))
    _spread_reviews(organisation, prepared.activities, at)
    prepared.alike = alike(organisation, {activity.name for activity in prepared.activities})
    return prepared


def write(prepared, *, by, at, filename, reason="", claim=None):
    """Write what was prepared, as one act. Moved when it no longer fits; then nothing was written."""
    organisation, activities = prepared.organisation, prepared.activities
    details = {"file": filename[:250], "count": len(activities)}
    with history.act(
        organisation,
        by=by,
        at=at,
        kind=IMPORTED,
        reason=reason,
        details=details,
        change_id=prepared.rows.change_id,
    ) as act:
        if claim:
            claim(act, prepared)
        if _moved(organisation, prepared.head):
            raise Moved
        _number(organisation, activities)
        prepared.rows.make(Activity, map(vars, activities))
        prepared.rows.write(act, order=[*MADE, Activity])
        _derive(activities, at)
        act.touch(*activities, *(row for rows in prepared.made.values() for row in rows))
        events.record(
            Event.Kind.IMPORTED,
            organisation=organisation,
            user=by,
            subject=filename,
            details={"count": len(activities)},
            at=at,
        )


def _moved(organisation, head):
    """Whether anything that an import looks up was written since."""
    looked_up = {model.history.model._meta.label_lower for model in (*MADE, *ONLY_FOUND, Controller)}
    since = Change.objects.filter(organisation=organisation, number__gt=head).values_list("rows", flat=True)
    return any(looked_up & rows.keys() for rows in since)


def _number(organisation, activities):
    """Give the numbers, and what lists show until the rest has been derived."""
    if not activities:
        return
    nothing = dict.fromkeys(reading.LINES, ())
    first = Counter.draw(organisation, "activity", len(activities))
    for number, activity in enumerate(activities, first):
        activity.number = number
        entry = reading.entry(activity, nothing)
        activity.columns, activity.search_text = derived.columns(entry), derived.search_text(entry)


def _derive(activities, at):
    """The other derived facts: of a few at once, of many by the worker."""
    if len(activities) <= DERIVED_AT_ONCE:
        derived.refresh(activities, at=at)
    else:
        marks = [StaleActivity(activity_id=activity.pk, since=at) for activity in activities]
        StaleActivity.objects.bulk_create(marks, batch_size=1000)


def _spread_reviews(organisation, activities, at):
    """The first reviews of what came in together are spread over a year, so that nobody has them all on one day."""
    waiting = [activity for activity in activities if activity.review_on is None]
    today = timezone.localdate(at)
    last = add_months(today, organisation.review_after_months)
    first = max(last - timedelta(days=365), min(today + SOONEST, last))
    for number, activity in enumerate(waiting, 1):
        activity.review_on = first + (last - first) * number // len(waiting)


def alike(organisation, names):
    """Per name (in small letters) the code of an activity that bears it already. One query."""
    named = {name.casefold() for name in names}
    present = Activity.objects.of(organisation).order_by("-number").only("number", "name")
    return {row.name.casefold(): row.code for row in present if row.name.casefold() in named}
