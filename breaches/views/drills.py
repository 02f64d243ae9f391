"""Drills: starting one, what it took, ending it, and what was learned."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from breaches import measured
from breaches.actions import drills as acts
from breaches.models import Breach, Drill
from core.forms import RecordForm
from core.htmx import page


class DrillForm(RecordForm):
    class Meta:
        model = Drill
        fields = ("title", "scenario")
        widgets = {"scenario": forms.Textarea(attrs={"rows": 6})}


class LessonsForm(RecordForm):
    class Meta:
        model = Drill
        fields = ("lessons",)
        widgets = {"lessons": forms.Textarea(attrs={"rows": 5})}


@requires(Permission.BREACHES_HANDLE)
def index(request, organisation):
    """All drills, and the form that starts the next one when none is on."""
    rows = list(Drill.objects.of(organisation).select_related("started_by"))
    running = next((row for row in rows if row.ended_at is None), None)
    form = DrillForm(request.POST or None, instance=Drill(organisation=organisation))
    if request.method == "POST" and form.is_valid():
        drill = acts.start(form.instance, by=request.user, at=timezone.now())
        messages.success(request, _("The drill has begun. Tell people the scenario, and let them report it."))
        return redirect("breaches:drill", organisation.slug, drill.pk)
    context = {"drills": rows, "running": running, "form": form}
    return page(request, "breaches/drills/list.html", context, status=422 if form.errors else None)


@requires(Permission.BREACHES_HANDLE)
def show(request, organisation, drill):
    """The report of one drill: how long each step took, per report."""
    found = _found(organisation, drill)
    form = LessonsForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        acts.learn(found, form.cleaned_data["lessons"], by=request.user, at=timezone.now())
        messages.success(request, _("What was learned has been written down."))
        return redirect("breaches:drill", organisation.slug, found.pk)
    breaches = Breach.objects.of(organisation).filter(drill=found).order_by("number")
    rows = [
        (breach, measured.steps(found, breach, measured.recorded_of(breach)))
        for breach in breaches.prefetch_related(*measured.READ_ALONG)[:50]
    ]
    return page(request, "breaches/drills/drill.html", {"drill": found, "rows": rows, "form": form})


@require_POST
@requires(Permission.BREACHES_HANDLE)
def end(request, organisation, drill):
    found = _found(organisation, drill)
    acts.end(found, by=request.user, at=timezone.now())
    messages.success(request, _("The drill has ended."))
    return redirect("breaches:drill", organisation.slug, found.pk)


def _found(organisation, key):
    return get_object_or_404(Drill.objects.of(organisation).select_related("organisation", "started_by"), pk=key)
