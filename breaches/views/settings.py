"""How the organisation deals with breaches: who stands in for the DPO, and how long details are kept."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission as P
from breaches.actions import settings as actions
from breaches.actions import warning
from breaches.forms.settings import SettingsForm
from breaches.models import BreachSettings
from core.htmx import page
from core.refusal import Refused
from register import row_history


@requires(P.BREACHES_HANDLE)
def settings(request, organisation):
    """The form reads the row as it stands now, locked until it was saved. Whoever stands in changes nothing here: they
    would lend the room to others, or to themselves for longer.
    """
    if P.BREACHES_HANDLE not in request.membership.own_permissions:
        words = _("Whoever stands in does not change these settings.")
        raise Refused(words, remedy=_("Ask the DPO or a privacy officer."))
    kept = False
    with transaction.atomic():
        row = BreachSettings.objects.select_for_update(of=("self",)).filter(organisation=organisation).first()
        form = SettingsForm(request.POST or None, instance=row or BreachSettings(organisation=organisation))
        if request.method == "POST" and form.is_valid():
            actions.change(form.instance, by=request.user, at=timezone.now())
            kept = True
    if kept:
        messages.success(request, _("Saved."))
        return redirect("breaches:breaches", organisation.slug)
    receivers = warning.receivers(organisation, timezone.localdate())
    context = {"form": form, "receivers": receivers, "last": row_history.last_change(row) if form.clashes else None}
    status = 409 if form.clashes else 422 if form.errors else None
    return page(request, "breaches/settings.html", context, status=status)
