"""Keeping the stored findings as the rules now say, so that lists filter and count by them.

A finding that is found again stays the row it was, with the day on which it was first seen; one that no longer holds
is marked as gone. Activities that change are judged in the same transaction, all else by the worker, a few at a time.
"""

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import ChainHead, Change, Organisation
from register import models, reading
from register.models import Activity, Finding, FindingCount, JudgedActivity, JudgedRegister

from . import judging
from .engine import RULES, Group, Outcome, Scope, Severity
from .speaking import stored as stored_parameters

ALL_DEPEND = ("organisation.", "controller.", "department.", "membership.", "rules.", "law.")
"""Kinds of changes after which every activity is judged again."""
BATCHES_A_TURN = 20
SAME = ("outcome", "severity", "parameters", "gone_at")
"""What may differ when a finding is found again: all else is in its key, or stays with its row, as an acceptance."""


def judge(organisation, entries, *, at):
    """Store what the rules say about these working copies. Some eleven queries. Inside a transaction."""
    _keep(organisation, [entry.id for entry in entries], _found(organisation, entries, at), at=at, judged_at=at)


def _found(organisation, entries, at):
    """What the rules say, by key. Ended activities have no findings."""
    running = [entry for entry in entries if entry.ended_on is None]
    return judging.said_of_entries(organisation, running, on=timezone.localdate(at)) if running else {}


def _keep(organisation, ids, found, *, at, judged_at):
    about = Finding.objects.of(organisation).filter(subject_kind=Scope.ENTRY, subject_id__in=ids)
    _store(organisation, found, about, at=at)
    JudgedActivity.objects.bulk_create(
        [JudgedActivity(activity_id=key, at=judged_at) for key in ids],
        update_conflicts=True,
        unique_fields=["activity"],
        update_fields=["at"],
    )


def wait(ids):
    """Leave these activities to the worker."""
    JudgedActivity.objects.filter(activity__in=ids).delete()


def catch_up_all(at):
    """What the worker does every so often, for every organisation; a large one takes several turns."""
    for organisation in Organisation.objects.order_by("pk"):
        catch_up(organisation, at, batches=BATCHES_A_TURN)


def catch_up(organisation, at, *, batches=None):
    """Judge whatever waits: activities not judged today or since all depended on a change, and what is shared.

    Each step is a short transaction of its own, and the note of how far we are comes last: what is cut off is done
    again. Returns whether nothing waits any more; with `batches`, it stops after so many.
    """
    head = ChainHead.objects.number_of(organisation)
    state = JudgedRegister.objects.get_or_create(organisation=organisation)[0]
    today = timezone.localdate(at)
    if state.number != head:
        _note_what_changed(state, organisation, head, at)
    since = max(filter(None, (reading.start_of(today), state.entries_since)))
    judged = 0
    while _judge_waiting(organisation, since, at):
        judged += 1
        if judged == batches:
            return False
    if state.day != today or judged:
        found = judging.said_of_shared(organisation, on=today)
        with transaction.atomic():
            shared = Finding.objects.filter(organisation=organisation).exclude(subject_kind=Scope.ENTRY)
            _store(organisation, found, shared, at=at)
            _count(organisation, today)
        JudgedRegister.objects.filter(pk=state.pk, number=head).update(day=today)
    return True


def is_waiting(organisation):
    """Whether something changed that the findings about shared things do not know of yet. One query."""
    known = JudgedRegister.objects.filter(organisation=OuterRef("organisation"), day__isnull=False)
    number = known.values("number")
    heads = ChainHead.objects.filter(organisation=organisation).annotate(judged=Subquery(number))
    return heads.filter(~Q(number=F("judged")) | Q(judged=None)).exists()


@transaction.atomic
def _note_what_changed(state, organisation, head, at):
    """Which activities depend on what changed since, beside those that were judged as they changed themselves."""
    changes = Change.objects.filter(organisation=organisation, number__gt=state.number, number__lte=head)
    of_all = Q()
    for beginning in ALL_DEPEND:
        of_all |= Q(kind__startswith=beginning)
    if changes.filter(of_all).exists():
        state.entries_since = at
    state.number, state.day = head, None
    agreements = changes.filter(kind__startswith="shared.", details__model="agreement")
    ids = [details["id"] for details in agreements.values_list("details", flat=True) if "id" in details]
    parties = models.Agreement.objects.filter(pk__in=ids).values("party")
    with_party = models.RecipientLine.objects.filter(party__in=parties).values("activity")
    as_client = models.ClientLine.objects.filter(party__in=parties).values("activity")
    if ids:
        judged = JudgedActivity.objects.filter(Q(activity__in=with_party) | Q(activity__in=as_client), at__lt=at)
        judged.delete()
    state.save()


def _judge_waiting(organisation, since, at):
    """How many were judged: the first hundred that wait.

    The rules are asked before the transaction opens, so that nobody waits for them. Whatever changed meanwhile is left
    for the next time.
    """
    running = Activity.objects.of(organisation).running()
    waiting = running.filter(Q(judged=None) | Q(judged__at__lt=since)).order_by("number")
    ids = list(waiting.values_list("pk", flat=True)[: judging.AT_A_TIME])
    before = _marks(Activity.objects.filter(pk__in=ids))
    found = _found(organisation, reading.drafts(Activity.objects.filter(pk__in=ids)), at) if ids else {}
    with transaction.atomic():
        locked = Activity.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
        same = _marks(locked).items() & before.items()
        kept = {key for key, _mark in same}
        if kept:
            mine = {key: one for key, one in found.items() if one.subject in kept}
            _keep(organisation, kept, mine, at=at, judged_at=max(at, since))
    return len(ids)


def _marks(activities):
    """By which one can tell that an activity changed, or was judged by another."""
    rows = activities.values_list("pk", "judged__at", "revision", "draft_digest", "established_number")
    return {key: tuple(mark) for key, *mark in rows}


def _store(organisation, found, before, *, at):
    """Make the stored findings within `before` those that were found; a row is made only of what is new or differs."""
    stored = {key: tuple(said) for key, *said in before.order_by().values_list("key", *SAME)}
    changed = [
        judging.row(organisation, key, one, at) for key, one in found.items() if stored.pop(key, None) != _said(one)
    ]
    Finding.objects.bulk_create(
        changed,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["organisation", "key"],
        update_fields=[*SAME, "rank"],
    )
    gone = [key for key, (*_said, gone_at) in stored.items() if gone_at is None]
    if gone:
        Finding.objects.of(organisation).filter(key__in=gone).update(gone_at=at)


def _said(found):
    severity = RULES[found.rule].severity_of(found.verdict)
    return found.verdict.outcome.value, severity.value, stored_parameters(found.verdict.parameters), None


def _count(organisation, day):
    """The counts of a day, for the trend; those of today are made again each time. Nothing found is counted too."""
    present = Finding.objects.of(organisation).present()
    accepted = present.accepted(day).order_by().values("group", "severity", "outcome").annotate(count=Count("pk"))
    standing = present.standing(day).order_by().values("group", "severity", "outcome").annotate(count=Count("pk"))
    counts = [(True, row) for row in accepted] + [(False, row) for row in standing]
    if not any(row["outcome"] == Outcome.FAILS for row in standing):
        nothing = {"group": Group.RECORD, "severity": Severity.CRITICAL, "outcome": Outcome.FAILS, "count": 0}
        counts.append((False, nothing))
    FindingCount.objects.filter(organisation=organisation, day=day).delete()
    FindingCount.objects.bulk_create(
        FindingCount(organisation=organisation, day=day, accepted=is_accepted, **row) for is_accepted, row in counts
    )
