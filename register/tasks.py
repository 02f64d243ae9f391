"""What the background worker does for the register; each job calls one function that can also be called at once."""

from accounts import jobs

from .exports import making
from .models import Export


@jobs.does(making.KIND)
def make_export(job, progress):
    export = Export.objects.select_related("organisation", "made_by", "file").get(job=job)
    return making.make(export, job.attempt, progress)
