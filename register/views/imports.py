"""Bringing in a file: the list, the upload, how far it is, what came of it, and the way back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import files
from accounts.access import requires
from accounts.models import Job
from accounts.permissions import Permission as P
from core.htmx import asks_for_part, page
from core.spreadsheets import BadFile
from register.forms.imports import UploadForm
from register.imports import deciding, forgetting, showing, staging, taking, undoing
from register.models import ImportBatch, SubjectCategory

PER_PAGE = 20
State = ImportBatch.State
TONES = {
    State.CHOOSING: "draft",
    State.READING: "waiting",
    State.STAGED: "draft",
    State.TAKING: "waiting",
    State.TAKEN: "good",
    State.UNDOING: "waiting",
    State.UNDONE: "ended",
}


def batch_of(request, pk):
    found = ImportBatch.objects.visible_to(request.membership).select_related(
        "organisation", "file", "job", "taken", "undone", "by"
    )
    return get_object_or_404(found, pk=pk)


def here(name, organisation, batch, **query):
    return redirect(reverse(f"register:{name}", args=[organisation.slug, batch.pk], query=query))


@require_http_methods(["GET", "POST"])
@requires(P.REGISTER_IMPORT)
def imports(request, organisation):
    """All imports, and the form that begins one. A file that cannot be read says so at the field."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            batch = staging.bring(organisation, form.cleaned_data["file"], by=request.user, at=timezone.now())
        except BadFile as bad:
            form.add_error("file", str(bad))
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return here("import_batch", organisation, batch)
    found = ImportBatch.objects.visible_to(request.membership).select_related("by", "job")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "shown": shown,
        "batches": [presented(batch) for batch in shown],
        "has_controller": organisation.controllers.filter(retired_on=None).exists(),
        "has_library": SubjectCategory.objects.of(organisation).exclude(key="").exists(),
    }
    return page(request, "register/imports/imports.html", context)


def presented(batch):
    return {
        "batch": batch,
        "tone": TONES[batch.state],
        "failed": batch.is_busy and batch.job is not None and batch.job.state == Job.State.FAILED,
        "count": batch.counts.get("activities"),
    }


@require_safe
@requires(P.REGISTER_IMPORT)
def show(request, organisation, batch):
    """Where an import is: the next thing to decide, how far the work is, or what came of it."""
    batch = batch_of(request, batch)
    if batch.state == State.CHOOSING:
        return here(first_step(batch), organisation, batch)
    context = {"batch": batch, "steps": steps(batch, organisation, "take"), **presented(batch)}
    if batch.is_busy:
        context["view_name"] = "register:import_rows" if batch.state == State.READING else "register:import_batch"
        return page(request, "register/imports/busy.html", context, fragment="register/imports/_progress.html")
    if batch.state == State.STAGED:
        response = page(request, "register/imports/take.html", context | showing.before_taking(batch))
    else:
        response = page(request, "register/imports/result.html", context | showing.result(batch))
    if asks_for_part(request):
        if batch.state == State.STAGED:
            response["HX-Redirect"] = reverse("register:import_rows", args=[organisation.slug, batch.pk])
        else:
            response["HX-Refresh"] = "true"
    return response


def first_step(batch):
    many = sum(sheet.get("proposed", sheet["layout"]) != "nothing" for sheet in batch.plan["sheets"]) > 1
    return "import_sheets" if many else "import_columns"


def steps(batch, organisation, active):
    """The steps as tabs; those that a file does not have are left out."""
    if batch.is_in or batch.is_busy:
        return []
    found = []
    if batch.plan.get("sheets"):
        if len(batch.plan["sheets"]) > 1:
            found.append(("sheets", "import_sheets", _("Sheets")))
        found.append(("columns", "import_columns", _("Columns")))
    if batch.state == State.STAGED:
        if not staging.is_own(batch):
            found.append(("rows", "import_rows", _("Activities")))
            if active == "look_alikes" or batch.look_alikes.exists():
                found.append(("look_alikes", "import_look_alikes", _("Look-alikes")))
        found.append(("take", "import_batch", _("Take in")))
    return [
        {
            "url": reverse(f"register:{name}", args=[organisation.slug, batch.pk]),
            "label": label,
            "key": key,
            "active": key == active,
        }
        for key, name, label in found
    ]


@require_POST
@requires(P.REGISTER_IMPORT)
def take(request, organisation, batch):
    batch = batch_of(request, batch)
    taking.ask(batch, by=request.user, at=timezone.now(), reason=request.POST.get("reason", "").strip()[:1000])
    return here("import_batch", organisation, batch)


@require_POST
@requires(P.REGISTER_IMPORT)
def back(request, organisation, batch):
    """After work that failed: to the step before it."""
    batch = batch_of(request, batch)
    deciding.back(batch)
    return here("import_batch", organisation, batch)


@require_http_methods(["GET", "POST"])
@requires(P.REGISTER_IMPORT)
def undo(request, organisation, batch):
    """What would go and what would stay, before it is done."""
    batch = batch_of(request, batch)
    if not undoing.can_undo(batch):
        return here("import_batch", organisation, batch)
    if request.method == "POST":
        undoing.ask(batch, by=request.user, at=timezone.now())
        return here("import_batch", organisation, batch)
    found = undoing.look(batch)
    losses = [f"{undoing.title_of(model)}: {count}" for model, count in found.counts().items()]
    kept = [
        f"{undoing.title_of(model)}: {count} ({undoing.REASONS[why]})"
        for (model, why), count in found.why_it_stays().items()
    ]
    context = {
        "batch": batch,
        "title": _("Undo the import"),
        "question": _("Take away what %(file)s brought in?") % {"file": batch.name},
        "losses": losses,
        "kept": [*kept, _("The change log keeps what was brought in and that it was taken away.")],
        "action_label": _("Undo the import"),
        "cancel_url": reverse("register:import_batch", args=[organisation.slug, batch.pk]),
        "nothing": not losses,
    }
    return page(request, "register/imports/undo.html", context)


@require_POST
@requires(P.REGISTER_IMPORT)
def again(request, organisation, batch):
    other = staging.again(batch_of(request, batch), by=request.user, at=timezone.now())
    return here("import_batch", organisation, other)


@require_POST
@requires(P.REGISTER_IMPORT)
def forget(request, organisation, batch):
    forgetting.forget(batch_of(request, batch))
    messages.success(request, _("The file and all that was read from it have been thrown away."))
    return redirect("register:imports", organisation.slug)


@require_safe
@requires(P.REGISTER_IMPORT)
def original(request, organisation, batch):
    """The file as it was uploaded, as long as it is kept."""
    batch = batch_of(request, batch)
    if batch.file is None:
        messages.info(request, _("The file has been thrown away."))
        return here("import_batch", organisation, batch)
    return files.hand_out(request, batch.file)
