"""Webhooks: who hears what changes, whether that still works, and the secret that proves that it comes from here."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from consent import delivering
from consent.actions import webhooks as acts
from consent.forms.webhooks import WebhookForm
from consent.models import Webhook
from core.htmx import page


def _webhook_of(request, key):
    seen = Webhook.objects.of(request.membership.organisation).in_use().select_related("organisation", "state")
    return get_object_or_404(seen, pk=key)


@require_safe
@requires(P.CONNECT)
def index(request, organisation):
    rows = Webhook.objects.of(organisation).in_use().select_related("state")
    return page(request, "consent/webhooks.html", {"rows": rows})


@requires(P.CONNECT)
def new(request, organisation):
    form = WebhookForm(request.POST or None, instance=Webhook(organisation=organisation))
    if request.method == "POST" and form.is_valid():
        secret = acts.make(form.instance, by=request.user, at=timezone.now())
        return _secret(request, form.instance, secret)
    return page(request, "consent/webhook_new.html", {"form": form}, status=422 if form.errors else None)


@require_POST
@requires(P.CONNECT)
def change_secret(request, organisation, webhook):
    found = _webhook_of(request, webhook)
    return _secret(request, found, acts.change_secret(found, by=request.user, at=timezone.now()))


def _secret(request, webhook, secret):
    response = page(request, "consent/webhook_secret.html", {"webhook": webhook, "secret": secret})
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
@requires(P.CONNECT)
def test(request, organisation, webhook):
    state = delivering.test(_webhook_of(request, webhook), timezone.now())
    if delivering.is_good(state.last_answer):
        messages.success(request, _("The test arrived: %(answer)s.") % {"answer": state.last_answer_words})
    else:
        messages.warning(request, _("The test did not arrive: %(answer)s.") % {"answer": state.last_answer_words})
    return redirect("consent:webhooks", organisation.slug)


@require_POST
@requires(P.CONNECT)
def try_again(request, organisation, webhook):
    acts.try_again(_webhook_of(request, webhook), by=request.user, at=timezone.now())
    messages.success(request, _("It goes on where it stopped."))
    return redirect("consent:webhooks", organisation.slug)


@requires(P.CONNECT)
def end(request, organisation, webhook):
    """Asked first: it cannot be taken back."""
    found = _webhook_of(request, webhook)
    if request.method == "POST":
        acts.end(found, by=request.user, at=timezone.now())
        messages.success(request, _("The webhook hears nothing any more."))
        return redirect("consent:webhooks", organisation.slug)
    context = {
        "title": _("End the webhook"),
        "question": _("End the webhook to %(url)s?") % {"url": found.url},
        "losses": [_("From now on this system hears nothing, also not of who withdraws.")],
        "kept": [_("What it was told before, and all events here.")],
        "action_label": _("End it"),
        "cancel_url": reverse("consent:webhooks", args=[organisation.slug]),
    }
    return page(request, "confirm.html", context)
