"""The worker counts a large ledger each hour, in the queue and not among the sweeps, which others wait for."""

from django.utils import timezone
from django_tasks import task

from . import counted, figures, form_figures, point_figures, renewals
from .models import ConsentForm, Wording, WordingVersion


def ask(at):
    """A sweep."""
    if counted.is_large():
        count.enqueue()


@task
def count():
    """Done twice after a kill, it counts the same twice."""
    with counted.anew():
        renewals.people_on(WordingVersion.objects.all(), at=timezone.now())
        for wording in Wording.objects.select_related("purpose"):
            figures.of_wording(wording)
            figures.of_methods(wording)
        at_points = {}
        for form in ConsentForm.objects.all():
            at_points.setdefault(form.point_id, []).append(form)
            for version, _numbers in form_figures.of_versions(form):
                form_figures.by_month(version)
        for point, forms in at_points.items():
            if point is not None:
                point_figures.of_forms(forms)
