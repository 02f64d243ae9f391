"""The same answers for many trackers: what the list shows, ticked, and filled in at once."""

from contextlib import nullcontext

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import requires
from accounts.permissions import Permission as P
from consent.actions import trackers as acts
from consent.forms.tracker_together import TogetherForm
from consent.models import Tracker
from core.htmx import page
from core.refusal import Refused

from .trackers import choices, found_in

MOST = 500


@requires(P.CONSENT_EDIT)
def fill(request, organisation):
    """Those that the search and filters of the address leave. Whoever sends it holds them until it is done."""
    with transaction.atomic() if request.method == "POST" else nullcontext():
        return _fill(request, organisation)


def _fill(request, organisation):
    back = reverse("consent:trackers", args=[organisation.slug]) + f"?{request.GET.urlencode()}"
    rows = found_in(request, Tracker.objects.visible_to(request.membership).in_use())
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    if len(shown := list(rows[: MOST + 1])) > MOST:
        raise Refused(
            _("These are more than %(limit)d trackers at once.") % {"limit": MOST},
            remedy=_("Narrow the list with a filter and do it in parts."),
        )
    activities, purposes = choices(request.membership)
    form = TogetherForm(
        request.POST or None, trackers=shown, organisation=organisation, activities=activities, purposes=purposes
    )
    if request.method == "POST" and form.is_valid():
        chosen = Tracker.objects.filter(pk__in=form.cleaned_data["trackers"])
        count = acts.fill(organisation, chosen, form.values, by=request.user, at=timezone.now())
        words = ngettext("%(count)d tracker was changed.", "%(count)d trackers were changed.", count)
        messages.success(request, words % {"count": count})
        return redirect(back)
    context = {"form": form, "back": back, "any": bool(shown)}
    return page(request, "consent/trackers/together.html", context, status=422 if form.errors else None)
