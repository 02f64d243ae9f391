"""Where a keeper says what of the register is public: the settings, and activity by activity."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, Subquery
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from portal import actions, public
from portal.forms import PublicRegisterForm, ReasonForm
from portal.models import Publication
from register import extensions, reading
from register.listing.facets import uuids
from register.models import Activity, ActivityVersion

PER_PAGE = 50
LIMIT = 200  # activities made public in one act


@requires(Permission.REGISTER_ESTABLISH)
def overview(request, organisation):
    """Every activity that was established or was public, and the button that makes ticked ones public."""
    seen = Activity.objects.visible_to(request.membership)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ticked = _ticked(seen, request.POST.getlist("id"))
        if ticked:
            _publish(request, ticked, form.cleaned_data["reason"])
            return redirect("portal:desk", organisation.slug)
        form.add_error(None, _("Tick at least one activity first."))
    mine = Publication.objects.filter(activity=OuterRef("pk"))
    found = seen.annotate(
        is_public=Exists(mine.running()),
        was_public=Exists(mine),
        public_since=Subquery(mine.running().values("published_at")[:1]),
    ).filter(Q(was_public=True) | Q(established_number__isnull=False, ended_on=None))
    context = {
        "register": actions.settings_of(organisation),
        "page": Paginator(found.order_by("-is_public", "number"), PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
    }
    return page(request, "portal/desk/overview.html", context, status=422 if form.errors else None)


def _ticked(seen, ids):
    return list(seen.filter(pk__in=uuids(ids)).select_related("organisation").order_by("number")[:LIMIT])


def _publish(request, activities, reason):
    made, refused = actions.publish(activities, reason=reason, by=request.user, at=timezone.now())
    words = ngettext("%(count)d activity is public now.", "%(count)d activities are public now.", len(made))
    messages.success(request, words % {"count": len(made)})
    for activity, why_not in refused:
        messages.warning(request, f"{activity.code}: {why_not}")


@requires(Permission.ORGANISATION_EDIT)
def settings(request, organisation):
    register = actions.settings_of(organisation)
    form = PublicRegisterForm(request.POST or None, instance=register)
    if request.method == "POST" and form.is_valid():
        actions.change_settings(form.save(), by=request.user, at=timezone.now(), request=request)
        messages.success(request, _("The settings have been saved."))
        back = "portal:desk" if request.membership.can(Permission.REGISTER_ESTABLISH) else "accounts:organisation"
        return redirect(back, organisation.slug)
    context = {"form": form, "told": public.FIELDS}
    return page(request, "portal/desk/settings.html", context, status=422 if form.errors else None)


@requires(Permission.REGISTER_ESTABLISH)
def publication(request, organisation, pk):
    """One activity: what of it is public or would be, and the button that makes it so or takes it back."""
    activity = get_object_or_404(Activity.objects.visible_to(request.membership).select_related("organisation"), pk=pk)
    periods = list(activity.publications.all())
    running = next((period for period in periods if period.withdrawn_at is None), None)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _change(request, activity, form.cleaned_data["reason"])
        return redirect("portal:publication", organisation.slug, activity.pk)
    register = actions.settings_of(organisation)
    version = _in_force(activity)
    context = {
        "activity": activity,
        "register": register,
        "running": running,
        "periods": periods,
        "form": form,
        "version": version,
        "entry": public.filtered(reading.standing(version).entry, register.fields) if version else None,
        "hindrance": actions.hindrance(activity, extensions.blockers([activity.pk]).get(activity.pk, ())),
    }
    return page(request, "portal/desk/publication.html", context, status=422 if form.errors else None)


def _in_force(activity):
    """The version that holds today; else the one that is to hold."""
    versions = ActivityVersion.objects.defer("columns")
    activities = Activity.objects.filter(pk=activity.pk)
    found = versions.in_force(activities, timezone.localdate()).first()
    return found or versions.filter(activity=activity).order_by("number").first()


def _change(request, activity, reason):
    """The page says which of the two it offered: pressing an old button twice does not undo the first time."""
    if request.POST.get("act") == "withdraw":
        actions.withdraw(activity, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, _("The public page is gone."))
    else:
        _publish(request, [activity], reason)
