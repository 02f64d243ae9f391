"""For those who mail: one address, a whole list, and how far the work on a list is."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts import events
from accounts.access import requires
from accounts.models import Event
from accounts.permissions import Permission as P
from consent.forms.mailings import CheckAddressForm, CheckListForm
from consent.mailing import checking, counting
from consent.mailing import work as works
from consent.models import ConsentPurpose, ListWork
from core.htmx import page
from core.spreadsheets import BadFile

PER_PAGE = 20
TABS = {
    ListWork.Kind.CHECK: "consent:mailings",
    ListWork.Kind.RECONCILE: "consent:reconcile",
    ListWork.Kind.WITHDRAWALS: "consent:withdrawals",
    ListWork.Kind.LINKS: "consent:mailing_links",
    ListWork.Kind.CUSTOMERS: "consent:customers",
    ListWork.Kind.CONSENTS: "consent:consents_import",
}
"""On which page each kind of work is asked for."""


def purposes_of(request):
    return ConsentPurpose.objects.visible_to(request.membership).select_related("organisation")


def works_of(request):
    """What this member asked for; of others nothing, since a list is theirs."""
    mine = ListWork.objects.filter(organisation=request.membership.organisation_id, asked_by=request.user)
    seen = mine.filter(Q(purpose=None) | Q(purpose__in=purposes_of(request).values("pk")))
    return seen.select_related("job", "purpose", "result", "organisation")


@requires(P.CONSENT_RECORD)
def check_list(request, organisation):
    """A list goes to the worker; below it stands what was asked before."""
    form = CheckListForm(
        request.POST or None, request.FILES or None, organisation=organisation, purposes=purposes_of(request)
    )
    return asked(request, form, ListWork.Kind.CHECK, "consent/mailing/check_list.html", message_of)


def message_of(form):
    """What the worker must know of the message, as it can be kept."""
    return form.said() | {"on": form.cleaned_data["on"].isoformat()}


def asked(request, form, kind, template, options, **context):
    """The page of a form that gives the worker something to do; `options(form)` is what is kept of it."""
    if request.method == "POST" and form.is_valid():
        begun = begin(request, form, kind, options(form))
        if begun:
            return redirect("consent:list_work", request.membership.organisation.slug, begun.pk)
    context |= {
        "form": form,
        "shown": Paginator(works_of(request), PER_PAGE).get_page(request.GET.get("page")),
        "has_purposes": purposes_of(request).exists(),
    }
    return page(request, template, context, status=422 if form.errors else None)


def begin(request, form, kind, options):
    """The work that a form asks for, or None when its list cannot be read, which the form then says."""
    values = form.cleaned_data
    try:
        return works.begin(
            request.membership.organisation,
            kind,
            purpose=values.get("purpose"),
            channel=values.get("channel", ""),
            options=options,
            upload=values.get("file"),
            language=get_language(),
            by=request.user,
            at=timezone.now(),
        )
    except BadFile as refusal:
        form.add_error("file", str(refusal))
        return None


@requires(P.CONSENT_RECORD)
def check_address(request, organisation):
    """One address; by POST, so that it stands in no log and no history."""
    form = CheckAddressForm(request.POST or None, organisation=organisation, purposes=purposes_of(request))
    context = {"form": form, "has_purposes": form.fields["purpose"].queryset.exists()}
    if request.method == "POST" and form.is_valid():
        values, at = form.cleaned_data, timezone.now()
        message = checking.ask(values["purpose"], values["channel"], on=values["on"], at=at, **form.said())
        line = checking.Line(
            values["kind"], values["value"], values["country"], values["recipient"], values["address"], form.relation()
        )
        verdict = checking.one(message, line)
        context |= {
            "verdict": verdict,
            "rule": counting.RULES.get(verdict.answer.rule, verdict.answer.rule),
            "article": verdict.answer.article,
            "tone": counting.TONES[verdict.answer.outcome],
        }
        code = message.purpose.code
        details = {"purpose": code, "channel": message.channel, "lines": 1, "rule": verdict.answer.rule}
        events.record(Event.Kind.LIST_CHECKED, request=request, subject=code, details=details, at=at)
    return page(request, "consent/mailing/check_address.html", context, status=422 if form.errors else None)


@require_safe
@requires(P.CONSENT_RECORD)
def show(request, organisation, work):
    """How far it is; the page looks again by itself."""
    found = get_object_or_404(works_of(request), pk=work)
    context = {"work": found, "figures": counting.figures(found), "outside": counting.outside(found)}
    context["tab"] = reverse(TABS[found.kind], args=[organisation.slug])
    return page(request, "consent/mailing/work.html", context, fragment="consent/mailing/_work.html")


@require_safe
@requires(P.CONSENT_RECORD)
def result(request, organisation, work):
    found = get_object_or_404(works_of(request), pk=work)
    if found.result is None:
        raise Http404
    return works.hand_out(request, found)
