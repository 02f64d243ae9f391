"""Files about trackers: what one says of a site, looked at and taken over; and the list by which cookies are known."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.access import requires
from accounts.permissions import Permission as P
from consent.actions import scans as acts
from consent.forms.trackers import FileForm, KnownForm, TakeForm
from consent.models import KnownTracker, Site, TrackerScan
from consent.trackers import lifetimes
from consent.trackers.kinds import Category
from core.htmx import page
from core.refusal import Refused
from core.spreadsheets import BadFile

from .sites import site_of

SHOWN = 100  # rows of a preview


@requires(P.CONSENT_EDIT)
def bring(request, organisation, site):
    """Bring in a list or the record of a browser; a file that cannot be read says so at the field."""
    site = site_of(request, site)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            scan = acts.bring(site, form.cleaned_data["file"], by=request.user, at=timezone.now())
        except (BadFile, ValidationError) as bad:
            form.add_error("file", _said(bad))
        else:
            return redirect("consent:scan", organisation.slug, scan.pk)
    context = {"form": form, "site": site}
    return page(request, "consent/trackers/bring.html", context, status=422 if form.errors else None)


def _said(bad):
    return str(bad) if isinstance(bad, Refused) else bad


def scan_of(request, key):
    seen = TrackerScan.objects.filter(site__in=Site.objects.visible_to(request.membership))
    return get_object_or_404(seen.select_related("site__organisation", "by"), pk=key)


@requires(P.CONSENT_EDIT)
def show(request, organisation, scan):
    """What a file says beside what is known; taken over by the button, after which nothing of it is kept to show."""
    scan = scan_of(request, scan)
    if request.method != "POST" and scan.taken_at is not None:
        return redirect("consent:site", organisation.slug, scan.site_id)
    form = TakeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        result = acts.take(scan, **form.cleaned_data, by=request.user, at=timezone.now())
        said = ngettext(
            "%(count)s new tracker was taken over, as a suggestion.",
            "%(count)s new trackers were taken over, as suggestions.",
            len(result.new),
        )
        messages.success(request, said % {"count": len(result.new)})
        return redirect("consent:site", organisation.slug, scan.site_id)
    result = acts.compared(scan)
    context = {
        "scan": scan,
        "site": scan.site,
        "form": form,
        "new": [(row, _category(row), lifetimes.words(row.lifetime)) for row in result.new[:SHOWN]],
        "again": result.again[:SHOWN],
        "gone": result.gone[:SHOWN],
        "counts": {"new": len(result.new), "again": len(result.again), "gone": len(result.gone)},
        "shown": SHOWN,
    }
    return page(request, "consent/trackers/scan.html", context)


def _category(row):
    return Category(row.category).label if row.category else ""


@requires(P.CONSENT_EDIT)
def known(request, organisation):
    """The list of known cookies by which trackers are recognised: of the organisation, or of the installation."""
    form = KnownForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            said = acts.load_known(file, file.name, organisation=organisation)
        except BadFile as bad:
            form.add_error("file", str(bad))
        else:
            messages.success(request, said)
            return redirect("consent:known_trackers", organisation.slug)
    rows = KnownTracker.objects.filter(Q(organisation=organisation) | Q(organisation=None))
    counts = dict(rows.order_by().values_list("organisation").annotate(count=Count("pk")))
    context = {"form": form, "own": counts.get(organisation.pk, 0), "common": counts.get(None, 0)}
    return page(request, "consent/trackers/known.html", context, status=422 if form.errors else None)
