"""A staged batch to drafts, in the background.

The one rule: it happens once or not at all, whoever asks twice or is killed half-way.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import jobs
from accounts.models import Job
from core.refusal import Refused
from register.exports.making import now_and_then
from register.models import ImportBatch, ImportLookAlike, ImportRow

from . import apply, own_store, packing, staging
from .matching import folded

KIND = "register.import_take"
CHUNK = 200
State = ImportBatch.State


@transaction.atomic
def ask(batch, *, by, at, reason=""):
    """Put the taking in in the queue. Refused while something is undecided, or when there is nothing to take in."""
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=State.STAGED)
    if not waiting.exists():
        raise Refused(_("This import is busy or over."))
    undecided = batch.look_alikes.filter(decision=ImportLookAlike.Decision.OPEN).count()
    if undecided:
        text = ngettext("%(count)s look-alike is undecided.", "%(count)s look-alikes are undecided.", undecided)
        raise Refused(text % {"count": undecided}, remedy=_("Say of each whether it is the same one."))
    if not staging.is_own(batch) and not _rows(batch).exists():
        raise Refused(_("Every row has been left out."), remedy=_("Take in one row at least."))
    parameters = {"batch": str(batch.pk), "reason": reason}
    job = Job(organisation=batch.organisation, kind=KIND, asked_by=by, asked_at=at, parameters=parameters)
    jobs.enqueue(job)
    if not waiting.update(state=State.TAKING, job=job):
        raise Refused(_("This import is busy or over."))


def take(batch, job, progress, *, at):
    """Make drafts of the rows that are to be taken in, as this attempt of the job."""
    if batch.state != State.TAKING:
        return
    if staging.is_own(batch):
        _take_own(batch, job, at)
        return
    progress = now_and_then(progress)
    total = _rows(batch).count()
    done = iter(range(1, 2**31))
    apart = batch.look_alikes.filter(decision=ImportLookAlike.Decision.APART).values_list("model", "text")
    apply.take(
        batch.organisation,
        lambda: _proposals(batch),
        by=job.asked_by,
        at=at,
        filename=batch.name,
        reason=job.parameters.get("reason", ""),
        apart=[(kind, folded(text)) for kind, text in apart],
        each=lambda proposal, activity: progress(min(next(done), total), total),
        claim=lambda act, prepared: _claim(batch, job, act.change_id, prepared.made_counts()),
    )


def _rows(batch):
    return batch.rows.filter(decision=ImportRow.Decision.TAKE)


def _proposals(batch):
    """(id, proposal) of each row, a few hundred in memory at a time."""
    last = -1
    while True:
        rows = _rows(batch).filter(position__gt=last).order_by("position")
        chunk = list(rows.values_list("position", "pk", "record")[:CHUNK])
        if not chunk:
            return
        for last, key, record in chunk:  # noqa: B007  the last one is where the next chunk begins
            yield key, packing.unpack(record)


def _claim(batch, job, change_id, made):
    """Say that the batch is in, if this attempt is still the one to do so."""
    mine = ImportBatch.objects.worked_on(batch, job, State.TAKING)
    if not mine.update(state=State.TAKEN, taken=change_id, counts=batch.counts | {"made": made}):
        raise jobs.Overtaken


def _take_own(batch, job, at):
    with transaction.atomic(), batch.file.file.open("rb") as file:
        claimed = []

        def claim(act, count, made):
            _claim(batch, job, act.change_id, made)
            claimed.append(count)

        report = own_store.bring_in(batch.organisation, file.read(), batch.name, by=job.asked_by, at=at, claim=claim)
        if not claimed:
            raise Refused(_("Everything in this file is in your register already, and says the same."))
        ImportBatch.objects.filter(pk=batch.pk).update(outside=report["left_out"][: staging.MOST_OUTSIDE])
