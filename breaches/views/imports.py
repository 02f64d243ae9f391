"""Taking over a register of breaches: the file, what its columns mean, a look at each row, and the way back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission as P
from breaches import showing
from breaches.actions import importing
from breaches.forms.imports import ColumnsForm, UploadForm
from breaches.imports import claims
from breaches.models import Breach, BreachImport
from breaches.states import State
from core.htmx import page
from core.spreadsheets import BadFile

PER_PAGE = 20
ROWS = 25
TONES = {BreachImport.State.BROUGHT: "draft", BreachImport.State.TAKEN: "good", BreachImport.State.UNDONE: "ended"}


@requires(P.BREACHES_HANDLE)
def index(request, organisation):
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            batch = importing.bring(organisation, given, given.name, by=request.user, at=timezone.now())
        except BadFile as bad:
            form.add_error("file", str(bad))
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("breaches:import", organisation.slug, batch.pk)
    found = BreachImport.objects.of(organisation).select_related("by")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": shown, "rows": [(row, TONES[row.state]) for row in shown.object_list]}
    return page(request, "breaches/imports/list.html", context, status=422 if form.errors else None)


@requires(P.BREACHES_HANDLE)
def look(request, organisation, batch):
    """What the columns mean and what each row becomes; after taking in, what came of it."""
    batch = _found(organisation, batch)
    if batch.state != BreachImport.State.BROUGHT:
        return _result(request, batch)
    at = timezone.now()
    read = importing.look(batch, at=at)
    form = ColumnsForm(request.POST or None, table=read.table)
    if request.method == "POST" and form.is_valid():
        importing.choose(batch, form.plan())
        return redirect("breaches:import", organisation.slug, batch.pk)
    shown = Paginator(read.taken, ROWS).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "form": form,
        "read": read,
        "columns": [(column, field) for column, field in form.columns],
        "page": shown,
        "rows": [_row(taken) for taken in shown.object_list],
        "problems": len(read.problems),
        "with_problems": sum(bool(taken.problems) for taken in read.taken),
    }
    return page(request, "breaches/imports/look.html", context, status=422 if form.errors else None)


@require_POST
@requires(P.BREACHES_HANDLE)
def take(request, organisation, batch):
    batch = importing.take(_found(organisation, batch), by=request.user, at=timezone.now())
    said = ngettext("%(count)s breach was taken over.", "%(count)s breaches were taken over.", batch.count)
    messages.success(request, said % {"count": batch.count})
    return redirect("breaches:import", organisation.slug, batch.pk)


@require_POST
@requires(P.BREACHES_HANDLE)
def throw_away(request, organisation, batch):
    importing.throw_away(_found(organisation, batch))
    messages.success(request, _("The file was thrown away; nothing of it was kept."))
    return redirect("breaches:imports", organisation.slug)


@requires(P.BREACHES_HANDLE)
def undo(request, organisation, batch):
    batch = _found(organisation, batch)
    if request.method == "POST":
        stay = importing.undo(batch, by=request.user, at=timezone.now())
        messages.success(request, _said_of_undoing(stay))
        return redirect("breaches:import", organisation.slug, batch.pk)
    count, going = batch.breach_rows.count(), importing.untouched(batch).count()
    context = {"batch": batch, "going": going, "stay": count - going}
    return page(request, "breaches/imports/undo.html", context)


def _said_of_undoing(stay):
    if not stay:
        return _("All of it was undone.")
    said = ngettext(
        "Undone, but for %(count)s breach that somebody worked on.",
        "Undone, but for %(count)s breaches that somebody worked on.",
        stay,
    )
    return said % {"count": stay}


def _found(organisation, key):
    found = BreachImport.objects.of(organisation).select_related("organisation", "file", "by")
    return get_object_or_404(found, pk=key)


def _result(request, batch):
    breaches = Breach.objects.visible_to(request.membership).filter(imported=batch)
    shown = Paginator(breaches.order_by("number"), ROWS).get_page(request.GET.get("page"))
    context = {"batch": batch, "tone": TONES[batch.state], "page": shown, "breaches": shown.object_list}
    return page(request, "breaches/imports/result.html", context)


def _row(taken):
    """A row as the breach that it becomes: its state, its fields in words, what is claimed, what is kept."""
    given = taken.fields
    fields = [
        (showing.label(name), _words(name, given)) for name in given if name != "title" and not name.endswith("_max")
    ]
    return {
        "taken": taken,
        "number": taken.row + 1,
        "state": State(taken.state),
        "fields": fields,
        "claims": claims.told(taken.claims),
    }


def _words(name, given):
    if name in showing.TOGETHER:
        return showing.number(given[name], given[showing.TOGETHER[name]])
    return showing.words(name, given[name], {})
