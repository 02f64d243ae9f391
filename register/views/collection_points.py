"""The places where people give their data, the notice that each links to, and when somebody last looked."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from register import extensions
from register.actions import notices as acts
from register.forms.notices import CheckPointForm, PointForm
from register.models import Activity, CollectionPoint
from register.notices import points, reading
from register.notices.writing import short

from .editing import edited

PER_PAGE = 50


def _point(organisation, pk):
    found = CollectionPoint.objects.of(organisation).select_related("organisation", "notice", "activity", "checked_by")
    return get_object_or_404(found, pk=pk)


@require_safe
@requires(Permission.REGISTER_VIEW)
def index(request, organisation):
    found = CollectionPoint.objects.of(organisation).select_related("notice", "checked_by")
    shown = Paginator(found.order_by("retired_on", "name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    months = points.months(organisation, on=today)
    rows = [(point, points.due_on(point, months)) for point in shown]
    context = {"page": shown, "rows": rows, "today": today, "months": months}
    return page(request, "register/notices/points.html", context)


@requires(Permission.REGISTER_ESTABLISH)
def new(request, organisation):
    first = {"notice": request.GET.get("notice")}
    form = _form(request, CollectionPoint(organisation=organisation), request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        row = acts.save_point(form.save(commit=False), by=request.user, at=timezone.now())
        return redirect("register:collection_point", organisation.slug, row.pk)
    context = {"form": form, "row": None}
    return page(request, "register/notices/point_edit.html", context, status=422 if form.errors else None)


@requires(Permission.REGISTER_ESTABLISH)
def edit(request, organisation, point):
    found = _point(organisation, point)
    rows = CollectionPoint.objects.select_for_update(of=("self",)).select_related("organisation")
    return edited(
        request,
        found,
        lock=lambda row: rows.get(pk=row.pk),
        form_of=lambda row, data=None: _form(request, row, data),
        save=lambda form: acts.save_point(form.save(commit=False), by=request.user, at=timezone.now()),
        template="register/notices/point_edit.html",
        context={"row": found},
        back=reverse("register:collection_point", args=[organisation.slug, found.pk]),
    )


def _form(request, row, data, initial=None):
    activities = Activity.objects.visible_to(request.membership).filter(kind="controller", ended_on=None)
    return PointForm(data, instance=row, initial=initial, activities=activities.order_by("number"))


@require_safe
@requires(Permission.REGISTER_VIEW)
def show(request, organisation, point):
    """One point with the short text that belongs on it."""
    return _shown(request, _point(organisation, point), CheckPointForm(initial={"on": timezone.localdate()}))


@requires(Permission.REGISTER_ESTABLISH)
def check(request, organisation, point):
    """Somebody looked, and the notice was there."""
    row = _point(organisation, point)
    form = CheckPointForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        acts.check_point(row, on=form.cleaned_data["on"], by=request.user, at=timezone.now())
        messages.success(request, _("Noted: the notice is there."))
        return redirect("register:collection_point", organisation.slug, row.pk)
    return _shown(request, row, form)


def _shown(request, row, form):
    today = timezone.localdate()
    running = row.notice if row.notice and row.notice.ended_at is None else None
    version = reading.in_force(running, on=today) if running else None
    language = (get_language() or "nl")[:2]
    context = {
        "row": row,
        "form": form,
        "version": version,
        "due_on": points.due_on(row, points.months(row.organisation, on=today)),
        "today": today,
        "short": short(reading.text_of(version), row.activity_id) if version else (),
        "panels": extensions.of_point(row, request.membership),
        "language": language if version is None or language in version.languages else version.languages[0],
    }
    return page(request, "register/notices/point.html", context, status=422 if form.errors else None)


@require_POST
@requires(Permission.REGISTER_ESTABLISH)
def retire(request, organisation, point):
    acts.retire_point(_point(organisation, point), on=timezone.localdate(), by=request.user, at=timezone.now())
    messages.success(request, _("The collection point is no longer in use."))
    return redirect("register:collection_points", organisation.slug)
