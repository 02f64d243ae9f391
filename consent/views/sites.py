"""The sites whose trackers are kept, and what their consent layer looks like."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from consent.actions import trackers as acts
from consent.forms.trackers import LookForm, SiteForm
from consent.models import ConsentPurpose, KnownTracker, Site, Tracker, WordingVersion
from consent.trackers import needs
from consent.trackers.kinds import LAYER
from core.htmx import page
from register.law import YesNo
from register.views.editing import edited

PER_PAGE = 50
TONES = {YesNo.YES: "good", YesNo.NO: "bad", YesNo.UNKNOWN: "neutral"}


def site_of(request, key):
    seen = Site.objects.visible_to(request.membership).select_related("organisation", "notice", "looked_by")
    return get_object_or_404(seen, pk=key)


@require_safe
@requires(P.CONSENT_VIEW)
def index(request, organisation):
    """Every site with how many trackers it has, how many need consent, and how its layer was found."""
    sites = Site.objects.visible_to(request.membership).order_by("retired_on", "name", "pk")
    shown = Paginator(sites, PER_PAGE).get_page(request.GET.get("page"))
    keys = [site.pk for site in shown]
    seen = Tracker.objects.visible_to(request.membership).filter(site__in=keys, retired_on=None).order_by()
    counts = dict(seen.values_list("site").annotate(count=Count("pk")))
    asking = dict(seen.needing_consent().values_list("site").annotate(count=Count("pk")))
    rows = [(site, counts.get(site.pk, 0), asking.get(site.pk, 0), _layer(site)) for site in shown]
    return page(request, "consent/trackers/sites.html", {"page": shown, "rows": rows})


def _layer(site):
    """(words, tone) of the consent layer of a site."""
    said = [getattr(site, name) for name in LAYER]
    if YesNo.NO in said:
        return _("Refusing is harder than accepting"), "bad"
    if YesNo.UNKNOWN in said:
        return _("Not looked at fully"), "neutral"
    return _("Refusing is as easy as accepting"), "good"


@requires(P.CONSENT_EDIT)
def new(request, organisation):
    rule = "be" if organisation.country == "BE" else "nl"
    form = SiteForm(request.POST or None, instance=Site(organisation=organisation, rule=rule))
    if request.method == "POST" and form.is_valid():
        site = acts.save_site(form.save(commit=False), by=request.user, at=timezone.now())
        return redirect("consent:site", organisation.slug, site.pk)
    context = {"form": form, "site": None}
    return page(request, "consent/trackers/site_edit.html", context, status=422 if form.errors else None)


@requires(P.CONSENT_EDIT)
def edit(request, organisation, site):
    found = site_of(request, site)
    rows = Site.objects.select_for_update(of=("self",)).select_related("organisation")
    return edited(
        request,
        found,
        lock=lambda row: rows.get(pk=row.pk),
        form_of=lambda row, data=None: SiteForm(data, instance=row),
        save=lambda form: acts.save_site(form.save(commit=False), by=request.user, at=timezone.now()),
        template="consent/trackers/site_edit.html",
        context={"site": found},
        back=reverse("consent:site", args=[organisation.slug, found.pk]),
    )


@require_safe
@requires(P.CONSENT_VIEW)
def show(request, organisation, site):
    site = site_of(request, site)
    rows = Tracker.objects.visible_to(request.membership).filter(site=site, retired_on=None)
    exempt = Count("pk", filter=Q(pk__in=rows.exempt().values("pk")))
    suggested, gone = Count("pk", filter=Q(is_suggested=True)), Count("pk", filter=Q(gone_on__isnull=False))
    counts = rows.order_by().aggregate(all=Count("pk"), exempt=exempt, suggested=suggested, gone=gone)
    context = {
        "site": site,
        "key": str(site.pk),
        "counts": counts | {"asking": counts["all"] - counts["exempt"]},
        "law": needs.LAYER[site.rule],
        "layer": _layer(site),
        "attested": [
            (capfirst(site._meta.get_field(name).verbose_name), YesNo(said).label, TONES[said])
            for name in LAYER
            for said in [getattr(site, name)]
        ],
        "scans": list(site.scans.select_related("by").defer("found")[:5]),
        "speechless": _speechless(rows),
        "knows": KnownTracker.objects.filter(Q(organisation=organisation) | Q(organisation=None)).exists(),
    }
    return page(request, "consent/trackers/site.html", context)


def _speechless(rows):
    """Purposes that the banner asks for, of which no wording is in use. One query."""
    asked = rows.needing_consent().filter(is_suggested=False, gone_on=None).values("purpose")
    spoken = WordingVersion.objects.filter(valid_until=None).values("wording__purpose")
    return ConsentPurpose.objects.filter(pk__in=asked).exclude(pk__in=spoken)


@requires(P.CONSENT_EDIT)
def look(request, organisation, site):
    """What somebody saw on the layer that asks for consent."""
    site = site_of(request, site)
    form = LookForm(request.POST or None, site=site, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        acts.look(site, form.answers, on=form.cleaned_data["on"], by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("consent:site", organisation.slug, site.pk)
    context = {"form": form, "site": site}
    return page(request, "consent/trackers/site_look.html", context, status=422 if form.errors else None)


@require_POST
@requires(P.CONSENT_EDIT)
def retire(request, organisation, site):
    site = site_of(request, site)
    acts.retire_site(site, on=timezone.localdate(), by=request.user, at=timezone.now())
    messages.success(request, _("The site and its trackers are out of use."))
    return redirect("consent:sites", organisation.slug)


@require_POST
@requires(P.CONSENT_EDIT)
def bring_back(request, organisation, site):
    site = site_of(request, site)
    acts.bring_site_back(site, by=request.user, at=timezone.now())
    messages.success(request, _("The site is in use again."))
    return redirect("consent:site", organisation.slug, site.pk)


@require_POST
@requires(P.CONSENT_EDIT)
def agree(request, organisation, site):
    site = site_of(request, site)
    seen = Tracker.objects.visible_to(request.membership)
    count = acts.agree(site, seen, by=request.user, at=timezone.now())
    said = ngettext(
        "You agreed with what was suggested about %(count)s tracker.",
        "You agreed with what was suggested about %(count)s trackers.",
        count,
    )
    messages.success(request, said % {"count": count})
    return redirect("consent:site", organisation.slug, site.pk)


@require_POST
@requires(P.CONSENT_EDIT)
def recognise(request, organisation, site):
    site = site_of(request, site)
    seen = Tracker.objects.visible_to(request.membership)
    count = acts.recognise(site, seen, by=request.user, at=timezone.now())
    said = ngettext("%(count)s tracker was recognised.", "%(count)s trackers were recognised.", count)
    messages.success(request, said % {"count": count})
    return redirect("consent:site", organisation.slug, site.pk)
