"""The desk of an approver: what waits, what exactly changed, approve or send back; and the log of each round."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from register import derived
from register.actions import approval
from register.forms.approval import AnswerForm
from register.models import Activity, ApprovalAnswer, ApprovalRound

from .establish import considered

RECENT = 20


def _rounds(request):
    answers = Prefetch("answers", ApprovalAnswer.objects.select_related("approver").order_by("answered_at", "id"))
    mine = ApprovalRound.objects.filter(activity__in=Activity.objects.visible_to(request.membership))
    return mine.select_related("activity__organisation", "asked_by").prefetch_related(answers)


@require_safe
@requires(Permission.REGISTER_APPROVE)
def approvals(request, organisation):
    mine = ApprovalAnswer.objects.filter(approver=request.user)
    rounds = _rounds(request)
    waiting = rounds.filter(state="open", answers__in=mine.filter(answer="")).order_by("asked_at")
    answered = rounds.filter(answers__in=mine.exclude(answer="")).order_by("-asked_at")[:RECENT]
    context = {"waiting": waiting, "answered": answered, "on": timezone.localdate()}
    return page(request, "register/approvals/approvals.html", context)


@require_safe
@requires(Permission.REGISTER_VIEW)
def show(request, organisation, pk):
    return _show(request, get_object_or_404(_rounds(request), pk=pk), AnswerForm())


def _show(request, round, form, status=None):
    context = {"round": round, "form": form, "activity": round.activity}
    if round.state == "open":
        found = considered(round.activity, by=request.user, at=timezone.now())
        context |= found | {"moved_on": derived.digest(found["entry"]) != round.draft_digest}
    mine = [answer for answer in round.answers.all() if answer.approver_id == request.user.pk]
    can = request.membership.can(Permission.REGISTER_APPROVE)
    context["mine"] = mine[0] if mine and not mine[0].answer and round.state == "open" and can else None
    return page(request, "register/approvals/round.html", context, status=status)


@require_POST
@requires(Permission.REGISTER_APPROVE)
def answer(request, organisation, pk):
    round = get_object_or_404(_rounds(request), pk=pk)
    act = request.POST.get("act")
    if act not in ("approve", "send_back"):
        raise Http404
    form = AnswerForm(request.POST)
    form.is_valid()
    comment = form.cleaned_data.get("comment", "")
    if act == "send_back" and not comment:
        form.add_error("comment", _("Say what has to change."))
        return _show(request, round, form, status=422)
    approval.answer(round, by=request.user, at=timezone.now(), approve=act == "approve", comment=comment)
    messages.success(request, _("Approved.") if act == "approve" else _("Sent back."))
    return redirect("register:approvals", organisation.slug)


@require_POST
@requires(Permission.REGISTER_EDIT)
def withdraw(request, organisation, pk):
    round = get_object_or_404(_rounds(request), pk=pk)
    approval.withdraw(round, by=request.user, at=timezone.now())
    messages.success(request, _("The question is taken back. The working copy stays as it is."))
    return redirect("register:activity", organisation.slug, round.activity_id)
