"""What else is done with lists: compared with the ledger, cleaned of who left, and brought in."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission as P
from consent import terms
from consent.forms.mailings import (
    CheckListForm,
    ConsentsForm,
    CustomersForm,
    MessageForm,
    TakenOverForm,
    WithdrawalsForm,
)
from consent.forms.people import now_on_the_wall
from consent.mailing import withdrawals as leaving
from consent.models import ListWork, TakenOver
from core.htmx import page
from core.moments import on_the_wall

from .mailings import asked, message_of, purposes_of

KINDS = ListWork.Kind


@requires(P.CONSENT_RECORD)
def reconcile(request, organisation):
    form = CheckListForm(
        request.POST or None, request.FILES or None, organisation=organisation, purposes=purposes_of(request)
    )
    return asked(request, form, KINDS.RECONCILE, "consent/mailing/reconcile.html", message_of)


@requires(P.CONSENT_RECORD)
def links(request, organisation):
    form = MessageForm(request.POST or None, organisation=organisation, purposes=purposes_of(request))
    return asked(request, form, KINDS.LINKS, "consent/mailing/links.html", message_of)


@requires(P.CONSENT_RECORD)
def bring_in(request, organisation):
    initial = {"dry_run": "store" not in request.GET}
    form = ConsentsForm(request.POST or None, request.FILES or None, initial=initial)

    def options(form):
        """With the purposes that this member may see: a file names them by their codes."""
        seen = purposes_of(request).values_list("pk", flat=True)
        return {"dry_run": form.cleaned_data["dry_run"], "purposes": [str(key) for key in seen]}

    return asked(request, form, KINDS.CONSENTS, "consent/mailing/consents.html", options)


@requires(P.CONSENT_RECORD)
def customers(request, organisation):
    form = CustomersForm(request.POST or None, request.FILES or None, purposes=purposes_of(request))
    return asked(request, form, KINDS.CUSTOMERS, "consent/mailing/customers.html", lambda form: {})


@requires(P.CONSENT_RECORD)
def withdrawals(request, organisation):
    """Who left since a moment, and how quickly each list follows."""
    at = timezone.now()
    last = TakenOver.objects.filter(purpose__in=purposes_of(request)).order_by("-up_to").first()
    since = on_the_wall(last.up_to if last else at - timedelta(days=30))
    initial = {"since": since} | ({"purpose": last.purpose_id} if last else {})
    form = WithdrawalsForm(request.POST or None, purposes=purposes_of(request), initial=initial)
    hours = terms.of(organisation, timezone.localdate(at)).effect_hours
    effects = leaving.effects(purposes_of(request), since=at - leaving.LOOKED_BACK, hours=hours, at=at)
    return asked(
        request,
        form,
        KINDS.WITHDRAWALS,
        "consent/mailing/withdrawals.html",
        lambda form: {"since": form.cleaned_data["since"].isoformat()},
        effects=effects,
        hours=hours,
    )


@requires(P.CONSENT_RECORD)
def take_over(request, organisation):
    """Somebody says that a list was cleaned."""
    form = TakenOverForm(request.POST or None, purposes=purposes_of(request), initial={"up_to": now_on_the_wall()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        leaving.take_over(
            said["purpose"], list_name=said["list_name"], up_to=said["up_to"], by=request.user, at=timezone.now()
        )
        messages.success(request, _("It is recorded that this list was cleaned."))
        return redirect("consent:withdrawals", organisation.slug)
    context = {"form": form, "has_purposes": purposes_of(request).exists()}
    return page(request, "consent/mailing/take_over.html", context, status=422 if form.errors else None)
