"""The advice of the DPO: all of it, logging one in half a minute, and what was done with it (Art. 38(1), 39(1)(a))."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from register.actions import activities as actions
from register.forms.advice import AdviceForm, AnswerAdviceForm
from register.models import Activity, Advice

PER_PAGE = 50


def _visible(request):
    """Advice in general, and advice on activities that the member may see."""
    seen = Activity.objects.visible_to(request.membership)
    return (
        Advice.objects.of(request.membership.organisation)
        .filter(Q(activity=None) | Q(activity__in=seen))
        .select_related("activity", "given_by", "answered_by")
    )


@require_safe
@requires(Permission.REGISTER_VIEW)
def advice(request, organisation):
    found = _visible(request)
    only_open = request.GET.get("answer") == "open"
    shown = found.filter(answer="") if only_open else found
    pages = Paginator(shown.order_by("-given_on", "-pk"), PER_PAGE)
    context = {"page": pages.get_page(request.GET.get("page")), "only_open": only_open}
    context["waiting"] = found.filter(answer="").count()
    return page(request, "register/advice/advice.html", context)


@requires(Permission.ADVICE_GIVE)
def new(request, organisation):
    about = _about(request)
    on = timezone.localdate()
    form = AdviceForm(request.POST or None, membership=request.membership, on=on, activity=about)
    if request.method == "POST" and form.is_valid():
        row = actions.give_advice(organisation, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The advice is kept."))
        if row.activity:
            return redirect("register:activity", organisation.slug, row.activity_id)
        return redirect("register:advice", organisation.slug)
    context = {"form": form, "about": about}
    return page(request, "register/advice/new.html", context, status=422 if form.errors else None)


def _about(request):
    try:
        key = uuid.UUID(request.GET.get("activity", ""))
    except ValueError:
        return None
    return Activity.objects.visible_to(request.membership).filter(pk=key).first()


@requires(Permission.ADVICE_ANSWER)
def answer(request, organisation, pk):
    row = get_object_or_404(_visible(request), pk=pk)
    first = {"answer": row.answer, "answer_reason": row.answer_reason}
    form = AnswerAdviceForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        actions.answer_advice(row, by=request.user, at=now, on=timezone.localdate(now), **form.cleaned_data)
        messages.success(request, _("The answer is kept."))
        if row.activity:
            return redirect("register:activity", organisation.slug, row.activity_id)
        return redirect("register:advice", organisation.slug)
    return page(
        request, "register/advice/answer.html", {"advice": row, "form": form}, status=422 if form.errors else None
    )
