"""The desk for what people asked by their personal link: the list by the day the answer is due, and one request."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission as P
from consent import vault
from consent.actions import requests as acts
from consent.forms.requests import AnswerForm
from consent.kinds import Answered
from consent.models import PersonRequest
from core.htmx import page

PER_PAGE = 50


@requires(P.CONSENT_EDIT)
def index(request, organisation):
    """What is open comes first."""
    rows = PersonRequest.objects.of(organisation).order_by("outcome", "due_on", "asked_at")
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "consent/requests.html", {"page": shown, "on": timezone.localdate()})


@requires(P.CONSENT_EDIT)
def show(request, organisation, asked):
    rows = PersonRequest.objects.of(organisation).select_related("person__key_row", "settled_by")
    found = get_object_or_404(rows, pk=asked)
    form = AnswerForm(request.POST or None, asked=found)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        acts.settle(found, outcome=Answered(said["outcome"]), text=said["text"], by=request.user, at=timezone.now())
        messages.success(request, _("The request is answered, and the person is told by e-mail."))
        return redirect("consent:requests", organisation.slug)
    context = {
        "asked": found,
        "form": form,
        "text": vault.opened(found.person, found.sealed) if found.sealed else "",
        "answer": vault.opened(found.person, found.sealed_answer) if found.sealed_answer else "",
        "on": timezone.localdate(),
    }
    return page(request, "consent/request.html", context, status=422 if form.errors else None)
