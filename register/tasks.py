"""What the background worker does for the register; each job calls one function that can also be called at once."""

from django.utils import timezone

from accounts import jobs

from .exports import making
from .imports import staging, taking, undoing
from .models import Export, ImportBatch


@jobs.does(making.KIND)
def make_export(job, progress):
    export = Export.objects.select_related("organisation", "made_by", "file").get(job=job)
    return making.make(export, job.attempt, progress)


@jobs.does(staging.KIND)
def read_import(job, progress):
    staging.stage(_batch(job), job, progress)


@jobs.does(taking.KIND)
def take_import(job, progress):
    taking.take(_batch(job), job, progress, at=timezone.now())


@jobs.does(undoing.KIND)
def undo_import(job, progress):
    undoing.undo(_batch(job), job, progress, at=timezone.now())


def _batch(job):
    found = ImportBatch.objects.select_related("organisation", "file", "taken")
    return found.get(organisation=job.organisation, pk=job.parameters["batch"])
