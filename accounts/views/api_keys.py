"""Keys of the API: which systems may come in, and with what. A secret is shown once, in the answer that makes it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.actions import api_keys
from accounts.forms import ApiKeyForm
from accounts.models import ApiKey
from accounts.permissions import Permission
from core.htmx import page


@require_safe
@requires(Permission.ORGANISATION_EDIT)
def overview(request, organisation):
    today = timezone.localdate()
    keys = list(ApiKey.objects.of(organisation).select_related("created_by"))
    context = {
        "working": [key for key in keys if key.works(today)],
        "ended": [key for key in keys if not key.works(today)],
    }
    return page(request, "accounts/api_keys.html", context)


@requires(Permission.CONNECT)
def new(request, organisation):
    at = timezone.now()
    form = ApiKeyForm(request.POST or None, instance=ApiKey(organisation=organisation), on=timezone.localdate(at))
    if request.method == "POST" and form.is_valid():
        secret = api_keys.make(form.instance, by=request.user, at=at)
        response = page(request, "accounts/api_key_made.html", {"key": form.instance, "secret": secret})
        response["Cache-Control"] = "no-store, private"
        return response
    return page(request, "accounts/api_key_new.html", {"form": form}, status=422 if form.errors else None)


@require_POST
@requires(Permission.ORGANISATION_EDIT)
def revoke(request, organisation, api_key):
    key = get_object_or_404(ApiKey.objects.of(organisation).select_related("organisation"), pk=api_key)
    api_keys.revoke(key, by=request.user, at=timezone.now())
    messages.success(request, _("The key has been revoked. The system that used it gets in no more."))
    return redirect("accounts:api_keys", organisation.slug)
