"""Asking owners whether the register is still true: whom, what they answered, and what is done with it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from register.actions import attesting
from register.forms.attestations import AskForm, SettleForm
from register.models import Activity, Attestation, AttestationLine

from .bulk import by_reason, chosen, refuse_too_many

PER_PAGE = 50
LIMIT = 500  # activities in one go


def _visible(request):
    """Questions about at least one activity that the member may see."""
    seen = AttestationLine.objects.filter(
        attestation=OuterRef("pk"), activity__in=Activity.objects.visible_to(request.membership)
    )
    return Attestation.objects.of(request.membership.organisation).filter(Exists(seen))


@require_safe
@requires(Permission.REGISTER_EDIT)
def overview(request, organisation):
    """What was asked and what was answered; above it what owners say is wrong and nobody dealt with."""
    activities = Activity.objects.visible_to(request.membership)
    mine = Q(lines__activity__in=activities)
    answers = AttestationLine.Answer
    waiting = Q(lines__answer="", lines__activity__ended_on=None, lines__activity__owner=F("owner"))
    found = (
        _visible(request)
        .select_related("owner", "asked_by")
        .annotate(
            count=Count("lines", filter=mine),
            confirmed=Count("lines", filter=mine & Q(lines__answer=answers.CONFIRMED)),
            corrected=Count("lines", filter=mine & Q(lines__answer=answers.CORRECTED)),
            ended=Count("lines", filter=mine & Q(lines__answer=answers.ENDED)),
            waiting=Count("lines", filter=mine & waiting),
        )
    )
    shown = Paginator(found.order_by("-asked_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    said = AttestationLine.objects.requests().filter(activity__in=activities)
    context = {
        "page": shown,
        "rows": [(row, row.is_open(now)) for row in shown],
        "said": said.select_related("activity", "attestation__owner").order_by("answered_at")[:PER_PAGE],
    }
    return page(request, "register/attestations/overview.html", context)


@requires(Permission.REGISTER_ESTABLISH)
def ask(request, organisation):
    """Who will be mailed about which activities, and who cannot be; the button mails."""
    given = request.POST if request.method == "POST" else request.GET
    now = timezone.now()
    rows = _asked_about(request, given, on=timezone.localdate(now))
    refuse_too_many(rows, LIMIT)
    form = AskForm(request.POST or None)
    found, refused = attesting.askable(rows, at=now)
    if request.method == "POST" and form.is_valid() and found:
        made, _left = attesting.ask(rows, by=request.user, at=now, note=form.cleaned_data["note"])
        words = ngettext("%(count)d owner gets a mail.", "%(count)d owners get a mail.", len(made))
        messages.success(request, words % {"count": len(made)})
        return redirect("register:attestations", organisation.slug)
    context = {
        "form": form,
        "owners": sorted(found.items(), key=lambda pair: str(pair[0])),
        "count": sum(len(owned) for owned in found.values()),
        "refused": by_reason(refused),
        "left_out": len(refused),
        "due": bool(given.get("due")) or not rows,
        "scope": given.get("scope", ""),
        "query": given.get("query", ""),
        "ids": [row.pk for row in rows] if given.get("scope") == "ticked" else [],
    }
    return page(request, "register/attestations/ask.html", context)


def _asked_about(request, given, *, on):
    """The choice made in the list; without one, every activity whose review is due."""
    if given.get("scope") in ("ticked", "all"):
        return chosen(request.membership, given, LIMIT)
    due = Activity.objects.visible_to(request.membership).running().filter(review_on__lte=on)
    return list(due.select_related("organisation", "owner").order_by("number")[: LIMIT + 1])


@require_POST
@requires(Permission.REGISTER_ESTABLISH)
def send_again(request, organisation, pk):
    attesting.send_again(get_object_or_404(_visible(request), pk=pk), by=request.user, at=timezone.now())
    messages.success(request, _("A new link is on its way. The old one no longer works."))
    return redirect("register:attestations", organisation.slug)


@require_POST
@requires(Permission.REGISTER_ESTABLISH)
def withdraw(request, organisation, pk):
    attesting.withdraw(get_object_or_404(_visible(request), pk=pk), by=request.user, at=timezone.now())
    messages.success(request, _("The question is taken back: its link no longer works."))
    return redirect("register:attestations", organisation.slug)


@requires(Permission.REGISTER_EDIT)
def settle(request, organisation, pk):
    """What an owner says is wrong or over: take it over, or leave the register as it is and say why."""
    seen = Activity.objects.visible_to(request.membership)
    lines = AttestationLine.objects.filter(activity__in=seen).exclude(answer="")
    lines = lines.select_related("attestation__owner", "attestation__organisation", "activity", "settled_by")
    line = get_object_or_404(lines, pk=pk)
    is_open = line.answer in AttestationLine.REQUESTS and not line.outcome and line.activity.ended_on is None
    may_end = request.membership.can(Permission.REGISTER_ESTABLISH)
    form = SettleForm(request.POST or None, line=line, may_end=may_end)
    if request.method == "POST" and form.is_valid():
        _settle(line, form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Noted."))
        return redirect("register:activity", organisation.slug, line.activity_id)
    context = {"line": line, "activity": line.activity, "form": form, "is_open": is_open, "may_end": may_end}
    return page(request, "register/attestations/settle.html", context, status=422 if form.errors else None)


def _settle(line, given, *, by, at):
    if given["outcome"] == AttestationLine.Outcome.DECLINED:
        attesting.decline(line, reason=given["reason"], by=by, at=at)
    else:
        attesting.take_over(line, on=given.get("on"), reason=given.get("end_reason", ""), by=by, at=at)
