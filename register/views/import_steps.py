"""The steps of an import before it is taken in: sheets, columns, activities, look-alikes. Each can be left and taken up
again.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.permissions import Permission as P
from core.htmx import page
from register.forms.imports import ColumnsForm, SheetsForm
from register.imports import deciding, showing, staging
from register.models import ImportBatch, ImportRow

from .imports import batch_of, here, steps

PER_PAGE = 10
SHOWN = {
    "doubts": {"doubts__gt": 0},
    "alike": {"alike__gt": ""},
    "left": {"decision": ImportRow.Decision.LEAVE},
}
State = ImportBatch.State


def _choosing(request, batch):
    """The batch while its columns may be changed; None when it is busy or over, or has none."""
    found = batch_of(request, batch)
    return found if found.plan.get("sheets") and found.state in (State.CHOOSING, State.STAGED) else None


@require_http_methods(["GET", "POST"])
@requires(P.REGISTER_IMPORT)
def sheets(request, organisation, batch):
    found = _choosing(request, batch)
    if found is None:
        return redirect("register:import_batch", organisation.slug, batch)
    form = SheetsForm(request.POST if request.method == "POST" else None, plan=found.plan)
    if form.is_valid():
        deciding.keep_plan(found, form.changed_plan())
        return here("import_columns", organisation, found)
    context = {"batch": found, "form": form, "steps": steps(found, organisation, "sheets")}
    return page(request, "register/imports/sheets.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.REGISTER_IMPORT)
def columns(request, organisation, batch):
    found = _choosing(request, batch)
    if found is None:
        return redirect("register:import_batch", organisation.slug, batch)
    given, going = request.POST if request.method == "POST" else None, "go" in request.POST
    form = ColumnsForm(given, plan=found.plan, number=request.GET.get("page"), going=going)
    if form.is_valid():
        plan = form.changed_plan()
        asking = None if "later" in request.POST else form.page_that_asks(plan)
        if going or asking:
            deciding.keep_plan(found, plan)
            if asking and not going:
                messages.warning(request, _("Here are days that can be read in two ways: say which is meant."))
            number = form.page.paginator.get_page(request.POST["go"]).number if going else asking
            return redirect(f"{request.path}?page={number}")
        if "later" in request.POST:
            deciding.keep_plan(found, plan)
            messages.success(request, _("Kept. You can go on whenever you like."))
            return redirect("register:imports", organisation.slug)
        staging.read_by(found, plan, by=request.user, at=timezone.now())
        return here("import_rows", organisation, found)
    kept_on = parse_datetime(found.differs["kept_on"]) if found.differs else None
    context = {"batch": found, "form": form, "steps": steps(found, organisation, "columns"), "kept_on": kept_on}
    return page(request, "register/imports/columns.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.REGISTER_IMPORT)
def rows(request, organisation, batch):
    """Every row as the activity it will become, ten on a page. Costs the same however many there are."""
    found = batch_of(request, batch)
    if found.state != State.STAGED or staging.is_own(found):
        return redirect("register:import_batch", organisation.slug, batch)
    chosen = request.GET.get("show", "")
    if request.method == "POST":
        _decide(found, request.POST)
        return redirect(request.get_full_path())
    queryset = found.rows.filter(**SHOWN.get(chosen, {})).order_by("position")
    shown = Paginator(queryset, PER_PAGE).get_page(request.GET.get("page"))
    on_the_way = steps(found, organisation, "rows")
    context = {
        "batch": found,
        "steps": on_the_way,
        "filters": _filters(found, organisation, chosen),
        "shown": shown,
        "opened": request.GET.get("open") == "all",
        "alikes": any(step["key"] == "look_alikes" for step in on_the_way),
        "rows": [showing.row(row) for row in shown],
        "outside": found.outside if shown.number == 1 and not chosen else [],
    }
    return page(request, "register/imports/rows.html", context, fragment="register/imports/_rows.html")


def _decide(batch, given):
    """The button of a row says what becomes of it, and bears its position."""
    for decision in ImportRow.Decision.values:
        if given.get(decision, "").isdecimal():
            deciding.decide_row(batch, int(given[decision][:9]), decision)


def _filters(batch, organisation, chosen):
    url = reverse("register:import_rows", args=[organisation.slug, batch.pk])
    labels = {
        "": _("All"),
        "doubts": _("To look at"),
        "alike": _("Name known already"),
        "left": _("Left out"),
    }
    return [
        {
            "url": f"{url}?show={key}" if key else url,
            "label": label,
            "active": key == chosen,
            "count": batch.rows.filter(**SHOWN.get(key, {})).count(),
        }
        for key, label in labels.items()
    ]


@require_http_methods(["GET", "POST"])
@requires(P.REGISTER_IMPORT)
def look_alikes(request, organisation, batch):
    """Names that differ from a known one by their legal form only: one and the same, or two."""
    found = batch_of(request, batch)
    if found.state != State.STAGED or staging.is_own(found):
        return redirect("register:import_batch", organisation.slug, batch)
    asked = list(found.look_alikes.order_by("text", "pk"))
    if request.method == "POST":
        answers = {one.pk: request.POST.get(f"look-alike-{one.pk}", "") for one in asked}
        deciding.decide_look_alikes(asked, answers)
        return here("import_batch", organisation, found)
    context = {"batch": found, "steps": steps(found, organisation, "look_alikes"), "asked": asked}
    return page(request, "register/imports/look_alikes.html", context)
