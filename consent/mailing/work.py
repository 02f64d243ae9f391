"""Work on a list that somebody asked for: kept sealed, done by the worker, handed out for a day, then gone.

The one rule: the list goes as soon as the work is done, and a day after it was asked for the key goes too, with the
result; how many lines had which answer stays.
"""

import tempfile
from contextlib import nullcontext
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import events, files, jobs
from accounts.models import Event, Job
from consent.models import ListWork
from core import uploads
from core.refusal import Refused
from core.spreadsheets import BadFile
from register.exports.making import now_and_then

from . import lists, sealed

JOB = "consent.list"
KEPT = timedelta(days=1)
TOGETHER = (ListWork.Kind.CONSENTS, ListWork.Kind.CUSTOMERS)
"""Written in one with its end: of a run that was overtaken nothing stays, and the next one tells what it took."""
_known = {}
NOTED_AS = {
    ListWork.Kind.CHECK: Event.Kind.LIST_CHECKED,
    ListWork.Kind.RECONCILE: Event.Kind.LIST_CHECKED,
    ListWork.Kind.WITHDRAWALS: Event.Kind.EXPORT_REQUESTED,
    ListWork.Kind.LINKS: Event.Kind.EXPORT_REQUESTED,
    ListWork.Kind.CONSENTS: Event.Kind.IMPORTED,
    ListWork.Kind.CUSTOMERS: Event.Kind.IMPORTED,
}


def does(kind):
    """Register `function(work, source, target, progress, at)` for work of this kind; it gives its counts."""

    def remember(function):
        _known[kind] = function
        return function

    return remember


def begin(organisation, kind, *, purpose, channel="", options=None, upload=None, language, by, at):
    """Ask for it. An uploaded list is sealed and looked through first: raises `BadFile` for what cannot be read."""
    work = ListWork(
        organisation=organisation,
        kind=kind,
        purpose=purpose,
        channel=channel,
        options=options or {},
        language=language,
        name=uploads.safe_name(upload.name) if upload else "",
        asked_by=by,
        asked_at=at,
        files_until=at + KEPT,
        key=ListWork.new_key(),
    )
    with tempfile.TemporaryFile() as file, transaction.atomic():
        if upload:
            _take_in(work, upload, file, by=by, at=at)
        work.save()
        work.job = jobs.ask(organisation, JOB, by=by, at=at, parameters={"work": str(work.pk)})
        work.save(update_fields=["job"])
    return work


def _take_in(work, upload, file, *, by, at):
    if upload.size > lists.MAX_BYTES:
        raise BadFile(_("The list is larger than %(size)s MB.") % {"size": lists.MAX_BYTES >> 20}, where=work.name)
    with sealed.Sealing(work.box, file) as target:
        for piece in upload.chunks(sealed.PIECE):
            target.write(piece)
    file.seek(0)
    work.source = files.keep(work.organisation, "sealed", file, content_type="application/octet-stream", by=by, at=at)
    if work.name.lower().endswith(lists.PLAIN_TEXT):
        lists.survey(source_of(work))


@jobs.does(JOB)
def do(job, progress):
    """Do it, as the present attempt of its job."""
    rows = ListWork.objects.select_related("organisation", "purpose__organisation", "source", "asked_by")
    work = rows.get(organisation=job.organisation, pk=job.parameters["work"])
    if work.result_id is not None:
        return
    if work.key is None:
        raise Refused(_("The list was taken away before the work on it was done. Ask for it again."))
    at = timezone.now()
    with tempfile.TemporaryFile() as file, transaction.atomic() if work.kind in TOGETHER else nullcontext():
        with sealed.Sealing(work.box, file) as target:
            counts = _known[work.kind](work, source_of(work), target, now_and_then(progress), at)
        file.seek(0)
        with transaction.atomic():
            _finish(work, job, file, counts, at)


def _finish(work, job, file, counts, at):
    result = files.keep(
        work.organisation, "sealed", file, content_type="application/octet-stream", by=work.asked_by, at=at
    )
    mine = ListWork.objects.filter(
        pk=work.pk, key__isnull=False, job__attempt=job.attempt, job__state=Job.State.RUNNING
    )
    if not mine.update(result=result, source=None, counts=counts):
        raise jobs.Overtaken
    if work.source is not None:
        files.forget(work.source)
    details = {"what": work.kind, "channel": work.channel, **counts}
    code = work.purpose.code if work.purpose else ""
    events.record(
        NOTED_AS[work.kind], organisation=work.organisation, user=work.asked_by, subject=code, details=details, at=at
    )


def source_of(work):
    """The list as it was brought in, or None."""
    if work.source is None:
        return None
    return lists.Source(work.name, lambda: sealed.opened(work.box, work.source.file.open("rb")))


def hand_out(request, work):
    """Answer with the result as a download, and record that."""
    details = {"work": str(work.pk), "what": work.kind}
    events.record(Event.Kind.DOWNLOADED, request=request, subject=work.get_kind_display(), details=details)
    name = f"{work.organisation.slug}-{work.kind}-{timezone.localdate(work.asked_at).isoformat()}.csv"
    return uploads.attachment(sealed.opened(work.box, work.result.file.open("rb")), name, "text/csv; charset=utf-8")


def forget_old(at):
    """A sweep: what was kept longer than a day goes for good."""
    over = ListWork.objects.filter(files_until__lte=at, key__isnull=False).select_related("source", "result")
    for work in over:
        with transaction.atomic():
            ListWork.objects.filter(pk=work.pk).update(source=None, result=None, key=None, destroyed_at=at, name="")
            for stored in (work.source, work.result):
                if stored is not None:
                    files.forget(stored)
