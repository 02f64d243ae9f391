from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts import files
from accounts.access import requires
from accounts.models import Job
from accounts.permissions import Permission
from core.htmx import page


@require_safe
@requires(Permission.ORGANISATION_VIEW)
def job(request, organisation, job):
    """How far a job is, for who asked for it. The page asks again by itself until the job is over."""
    context = {"job": _own(request, organisation, job)}
    return page(request, "accounts/job.html", context, fragment="accounts/_job.html")


@require_safe
@requires(Permission.REGISTER_EXPORT)
def job_file(request, organisation, job):
    """What a job made, for who asked for it. Files that others may have are handed out by the room they belong to."""
    job = _own(request, organisation, job)
    if job.result is None:
        raise Http404
    return files.hand_out(request, job.result)


def _own(request, organisation, job):
    return get_object_or_404(
        Job.objects.select_related("result__organisation"), organisation=organisation, asked_by=request.user, pk=job
    )
