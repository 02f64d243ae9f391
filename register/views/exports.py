"""The record as a file: ask for one, see how far it is, hand it out."""

from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts import files
from accounts.access import requires
from accounts.models import Job
from accounts.permissions import Permission
from core.htmx import page
from register.exports import making
from register.exports.selection import Internal, Selection
from register.forms.exports import LANGUAGES, ExportForm
from register.listing import Asked
from register.listing.facets import uuids
from register.models import Activity, Export
from register.today import nameless_controllers

PER_PAGE = 20


@require_http_methods(["GET", "POST"])
@requires(Permission.REGISTER_EXPORT)
def exports(request, organisation):
    at = timezone.now()
    form = ExportForm(request.POST or None, membership=request.membership, initial=_asked(request, at))
    if form.is_valid():
        making.ask(
            organisation,
            form.selection(),
            format=form.cleaned_data["format"],
            on=form.cleaned_data["on"],
            known=form.cleaned_data["known"],
            language=form.cleaned_data["language"],
            by=request.user,
            at=at,
            request=request,
        )
        return redirect("register:exports", organisation.slug)
    shown = Paginator(making.visible_to(request.membership), PER_PAGE).get_page(request.GET.get("page"))
    made = [_presented(export, organisation) for export in shown]
    return page(
        request,
        "register/exports/exports.html",
        {
            "form": form,
            "of_list": form.of_list,
            "made": made,
            "shown": shown,
            "busy": any(one["busy"] for one in made),
            "nameless": nameless_controllers(organisation),
        },
        fragment="register/exports/_made.html",
    )


@require_GET
@requires(Permission.REGISTER_EXPORT)
def download(request, organisation, pk):
    export = get_object_or_404(making.visible_to(request.membership), pk=pk)
    if export.file is None:
        raise Http404
    return files.hand_out(request, export.file)


def _asked(request, at):
    """What the form starts with: today, or what the link of a fact sheet or of a list names."""
    listed = request.GET.get("list", "")
    asked = Asked.of(QueryDict(listed))
    return {
        "on": asked.on or timezone.localdate(at),
        "known": making.NOW if asked.known_now else making.THEN,
        "listed": listed,
        "language": request.membership.organisation.main_language,
        "format": request.GET.get("format", Export.Format.PDF),
        "activities": ", ".join(_codes(request)),
        "version": request.GET.get("version"),
        "status": request.GET.get("status", ""),
    }


def _codes(request):
    """The numbers of the activities that a link names by id; what cannot be an id is left out."""
    named = uuids(request.GET.getlist("activity")[:50])
    rows = Activity.objects.visible_to(request.membership).filter(pk__in=named) if named else ()
    return [row.code for row in rows]


def _presented(export, organisation):
    """A line of the list."""
    selection = Selection.from_json(export.selection)
    unfinished = export.job is not None and export.job.state in (Job.State.WAITING, Job.State.RUNNING)
    return {
        "export": export,
        "job": export.job,
        "busy": export.file is None and unfinished,
        "language": dict(LANGUAGES)[export.language],
        "url": reverse("register:export_file", args=[organisation.slug, export.pk]),
        "selection": selection.words(organisation),
        "internal": [Internal(key).label for key in selection.internal],
        "drafts": selection.drafts,
        "afterwards": export.known_at is not None and making.is_afterwards(export.on, export.known_at),
    }
