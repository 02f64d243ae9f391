"""Pages to tell a friend: which there are, and setting one up."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from consent.actions import telling as acts
from consent.forms.telling import GOOD, TellForm
from consent.models import TellAFriend
from core.htmx import page
from register.views.editing import edited


def tell_of(request, key):
    seen = TellAFriend.objects.of(request.membership.organisation).select_related("organisation")
    return get_object_or_404(seen, pk=key)


@require_safe
@requires(P.CONSENT_VIEW)
def index(request, organisation):
    rows = TellAFriend.objects.of(organisation)
    return page(request, "consent/tells.html", {"rows": rows, "is_allowed": organisation.country == acts.NETHERLANDS})


@requires(P.CONSENT_EDIT)
def make(request, organisation):
    acts.check_country(organisation)
    form = TellForm(request.POST or None, instance=TellAFriend(organisation=organisation))
    if request.method == "POST" and form.is_valid():
        acts.save(form.instance, by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("consent:tells", organisation.slug)
    return page(request, "consent/tell_form.html", {"form": form}, status=422 if form.errors else None)


@requires(P.CONSENT_EDIT)
def edit(request, organisation, tell):
    rows = TellAFriend.objects.select_for_update(of=("self",)).select_related("organisation")
    return edited(
        request,
        tell_of(request, tell),
        lock=lambda row: rows.get(pk=row.pk),
        form_of=lambda row, data=None: TellForm(data, instance=row, initial=GOOD),
        save=lambda form: acts.save(form.instance, by=request.user, at=timezone.now()),
        template="consent/tell_form.html",
        context={},
        back=reverse("consent:tells", args=[organisation.slug]),
    )


@require_POST
@requires(P.CONSENT_EDIT)
def close(request, organisation, tell):
    at = timezone.now()
    acts.close(tell_of(request, tell), by=request.user, at=at, on=timezone.localdate(at))
    messages.success(request, _("The page is closed."))
    return redirect("consent:tells", organisation.slug)
