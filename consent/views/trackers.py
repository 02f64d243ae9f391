"""The inventory of trackers: the list, one of them, and all as a file."""

import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import events
from accounts.access import requires
from accounts.models import Event
from accounts.permissions import Permission as P
from consent.actions import trackers as acts
from consent.forms.trackers import TrackerForm
from consent.models import ConsentPurpose, Site, Tracker
from consent.trackers import exports, lifetimes, listing
from core import uploads
from core.htmx import page
from register.models import Activity
from register.views.editing import edited

from .sites import site_of

PER_PAGE = 50
RELATED = ("site", "purpose", "activity", "recipient", "country")


def listed(request):
    """Those in use, or out of use when that is asked for."""
    rows = Tracker.objects.visible_to(request.membership)
    return rows.filter(retired_on__isnull=False) if "retired" in request.GET else rows.in_use()


def found_in(request, rows):
    """Of these rows what the search and filters of the address leave."""
    found = listing.narrowed(rows, listing.query_of(request.GET), request.GET)
    return found.select_related(*RELATED).order_by("site__name", "name", "domain", "pk")


@require_safe
@requires(P.CONSENT_VIEW)
def index(request, organisation):
    rows = listed(request)
    shown = Paginator(found_in(request, rows), PER_PAGE).get_page(request.GET.get("page"))
    asked = [one.param for one in listing.FILTERS]
    context = {
        "page": shown,
        "rows": [(row, row.answer, lifetimes.words(row.lifetime)) for row in shown],
        "facets": [{"filter": one, "options": one.options(rows)} for one in listing.FILTERS],
        "query": listing.query_of(request.GET),
        "hidden": [(name, value) for name in (*asked, "retired") for value in request.GET.getlist(name)],
        "narrowed": bool(listing.query_of(request.GET)) or any(request.GET.get(name) for name in asked),
        "retired": "retired" in request.GET,
        "any_site": Site.objects.visible_to(request.membership).in_use().exists(),
        "file_query": request.GET.urlencode(),
    }
    return page(request, "consent/trackers/list.html", context, fragment="consent/trackers/_results.html")


@require_safe
@requires(P.CONSENT_VIEW)
def as_file(request, organisation):
    """What the list shows, as CSV. Each download is recorded."""
    language = organisation.main_language
    rows = list(found_in(request, listed(request)))
    name = f"{organisation.slug}-trackers-{timezone.localdate().isoformat()}.csv"
    details = {"format": "csv", "trackers": len(rows)}
    events.record(Event.Kind.DOWNLOADED, request=request, subject=name, details=details, at=timezone.now())
    return uploads.attachment(io.BytesIO(exports.to_csv(rows, language)), name, "text/csv; charset=utf-8")


def tracker_of(request, key):
    seen = Tracker.objects.visible_to(request.membership).select_related("organisation", *RELATED)
    return get_object_or_404(seen, pk=key)


def choices(membership):
    """(activities, purposes) that this member can link a tracker to."""
    activities = Activity.objects.visible_to(membership).filter(ended_on=None).order_by("number")
    return activities, ConsentPurpose.objects.visible_to(membership).in_use()


def _form(request, tracker, data=None, **kwargs):
    activities, purposes = choices(request.membership)
    if tracker.activity_id:
        activities = activities | Activity.objects.filter(pk=tracker.activity_id)
    if tracker.purpose_id:
        purposes = purposes | ConsentPurpose.objects.filter(pk=tracker.purpose_id)
    return TrackerForm(data, instance=tracker, activities=activities, purposes=purposes, **kwargs)


@requires(P.CONSENT_EDIT)
def new(request, organisation, site):
    """A tracker that somebody knows of by themselves."""
    site = site_of(request, site)
    row = Tracker(organisation=organisation, site=site)
    form = _form(request, row, request.POST or None, initial={"domain": site.domain})
    if request.method == "POST" and form.is_valid():
        acts.save(form.save(commit=False), by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("consent:tracker", organisation.slug, row.pk)
    context = {"site": site, "form": form}
    return page(request, "consent/trackers/tracker_edit.html", context, status=422 if form.errors else None)


@require_safe
@requires(P.CONSENT_VIEW)
def show(request, organisation, tracker):
    row = tracker_of(request, tracker)
    context = {"row": row, "answer": row.answer, "lifetime": lifetimes.words(row.lifetime)}
    return page(request, "consent/trackers/tracker.html", context)


@requires(P.CONSENT_EDIT)
def edit(request, organisation, tracker):
    found = tracker_of(request, tracker)
    rows = Tracker.objects.select_for_update(of=("self",)).select_related("site", "organisation")
    return edited(
        request,
        found,
        lock=lambda row: rows.get(pk=row.pk),
        form_of=lambda row, data=None: _form(request, row, data),
        save=lambda form: acts.save(form.save(commit=False), by=request.user, at=timezone.now()),
        template="consent/trackers/tracker_edit.html",
        context={"site": found.site, "row": found},
        back=reverse("consent:tracker", args=[organisation.slug, found.pk]),
    )


@require_POST
@requires(P.CONSENT_EDIT)
def agree(request, organisation, tracker):
    row = tracker_of(request, tracker)
    acts.agree(row.site, Tracker.objects.filter(pk=row.pk), by=request.user, at=timezone.now())
    messages.success(request, _("You agreed with what was suggested about it."))
    return redirect("consent:tracker", organisation.slug, row.pk)


@require_POST
@requires(P.CONSENT_EDIT)
def retire(request, organisation, tracker):
    row = tracker_of(request, tracker)
    acts.retire(row, on=timezone.localdate(), by=request.user, at=timezone.now())
    messages.success(request, _("It is out of use; its history stays."))
    return redirect("consent:tracker", organisation.slug, row.pk)


@require_POST
@requires(P.CONSENT_EDIT)
def bring_back(request, organisation, tracker):
    row = tracker_of(request, tracker)
    acts.bring_back(row, by=request.user, at=timezone.now())
    messages.success(request, _("It is in use again."))
    return redirect("consent:tracker", organisation.slug, row.pk)
