"""Long work that somebody asked for: a `Job` row shows how far it is, the worker does it.

An app names what it can do with `@jobs.does("register.pdf")`, in a module that its `AppConfig.ready()` imports. The one
rule: such a function may run twice (after a kill), so it makes its result anew and leaves the rest alone; only the run
that bears the job's present attempt number writes the end.
"""

import logging

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from core.refusal import Refused

from .models import Job

log = logging.getLogger("dertig.jobs")

MAX_ATTEMPTS = 3
_known = {}


def does(kind):
    """Register `function(job, progress)` for jobs of this kind; it returns a `StoredFile`, a message, or nothing."""

    def remember(function):
        _known[kind] = function
        return function

    return remember


def ask(organisation, kind, *, by, at, parameters=None, total=0):
    """Make a job and put it in the queue, in one transaction with whatever the caller does."""
    job = Job(organisation=organisation, kind=kind, asked_by=by, asked_at=at, parameters=parameters or {}, total=total)
    return enqueue(job)


def enqueue(job):
    """Save the job and queue it. The queue is a table of the same database, so both come or neither does."""
    with transaction.atomic():
        job.save()
        run.enqueue(str(job.pk))
    return job


class Progress:
    """How far a run is. A run that was overtaken hears so here and stops."""

    def __init__(self, job):
        self.job = job

    def __call__(self, done, total=None):
        fields = {"done": done} if total is None else {"done": done, "total": total}
        if not _mine(self.job).update(**fields):
            raise Overtaken


class Overtaken(Exception):
    """Another worker has taken the job over; this run no longer counts."""


@task
def run(job_id):
    """Do the job once. A failure that may pass is raised, so that the worker tries again."""
    job = _begin(job_id)
    if job is None:
        return
    try:
        with translation.override(job.asked_by.language if job.asked_by else "nl"):
            result = _known[job.kind](job, Progress(job))
    except Overtaken:
        return
    except Refused as refusal:
        _finish(job, Job.State.FAILED, message=str(refusal))
    except Exception:
        if job.attempt < MAX_ATTEMPTS:
            _mine(job).update(state=Job.State.WAITING)
        else:
            give_up(job_id)
        raise
    else:
        message = result if isinstance(result, str) else ""
        _finish(job, Job.State.DONE, message=message, result=None if isinstance(result, str) else result)


def give_up(job_id):
    """Nobody tries any more: say so to whoever waits."""
    job = Job.objects.select_related("asked_by").get(pk=job_id)
    with translation.override(job.asked_by.language if job.asked_by else "nl"):
        message = _("This failed several times. The administrator finds the reason in the log.")
    Job.objects.filter(pk=job_id, state__in=[Job.State.WAITING, Job.State.RUNNING]).update(
        state=Job.State.FAILED, finished_at=timezone.now(), message=message
    )


def _begin(job_id):
    """Count a new attempt, which takes the job away from any earlier run; None when it is already over."""
    open_states = [Job.State.WAITING, Job.State.RUNNING]
    started = Job.objects.filter(pk=job_id, state__in=open_states).update(
        state=Job.State.RUNNING, attempt=F("attempt") + 1, started_at=timezone.now()
    )
    return Job.objects.select_related("organisation", "asked_by").get(pk=job_id) if started else None


def _mine(job):
    return Job.objects.filter(pk=job.pk, attempt=job.attempt, state=Job.State.RUNNING)


def _finish(job, state, *, message="", result=None):
    ended = _mine(job).update(state=state, finished_at=timezone.now(), message=message, result=result)
    if not ended:
        log.warning("an overtaken run of a job ended too late", extra={"job": str(job.pk)})
