"""Advice of the DPO, and the decisions about the authority and the people."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission as P
from breaches.actions import deciding
from breaches.actions.facts import ask_open
from breaches.forms.deciding import AdviceForm, AuthorityForm, PeopleForm
from breaches.models import Decision

from .found import breach_of, shown

About = Decision.About


@requires(P.ADVICE_GIVE)
def advise(request, organisation, breach):
    found = breach_of(request, breach)
    form = AdviceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        deciding.advise(found, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The advice is kept."))
        return _back(found, "advice")
    context = {"form": form, "advices": found.advice_rows.select_related("by")}
    return shown(request, found, "breaches/advise.html", context, status=422 if form.errors else None)


@requires(P.BREACHES_DECIDE)
def decide(request, organisation, breach, about):
    """A decision that somebody else took meanwhile is shown, and nothing is kept until this person saw it."""
    found = breach_of(request, breach)
    if about not in About.values:
        raise Http404
    ask_open(found)
    last = found.decision_rows.filter(about=about).select_related("by").first()
    form = _form(request, found, about, last)
    overtaken = False
    if request.method == "POST" and form.is_valid():
        try:
            _decided(request, found, about, form)
        except deciding.Overtaken:
            overtaken, last = True, found.decision_rows.filter(about=about).select_related("by").first()
            form.data = form.data.copy()
            form.data["seen"] = last.pk
        else:
            messages.success(request, _("The decision is kept."))
            return _back(found, "decisions")
    context = {
        "form": form,
        "about": about,
        "last": last,
        "overtaken": overtaken,
        "assessment": found.assessment_rows.select_related("by").first(),
        "advice": found.advice_rows.select_related("by").first(),
        "other": found.decision_rows.exclude(about=about).first(),
    }
    status = 409 if overtaken else 422 if form.errors else None
    return shown(request, found, "breaches/decide.html", context, status=status)


def _form(request, breach, about, last):
    initial = {"seen": last.pk if last else None}
    if about == About.AUTHORITY:
        return AuthorityForm(request.POST or None, initial=initial)
    return PeopleForm(request.POST or None, initial=initial, organisation=breach.organisation)


def _decided(request, breach, about, form):
    seen = form.cleaned_data["seen"]
    seen = breach.decision_rows.filter(about=about, pk=seen).first() if seen else None
    deciding.decide(breach, about=about, by=request.user, at=timezone.now(), seen=seen, **form.decision())


def _back(breach, place):
    return redirect(reverse("breaches:breach", args=[breach.organisation.slug, breach.pk]) + f"#{place}")
