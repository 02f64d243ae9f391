"""Closing a breach, finding that it is none, taking a report back, and opening it again."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission as P
from breaches import overview, watch
from breaches.actions import closing
from breaches.actions.facts import ask_open
from breaches.forms.deciding import ReasonForm
from core.refusal import Refused

from .found import breach_of, shown


@requires(P.BREACHES_HANDLE)
def close(request, organisation, breach):
    """What is still missing is shown first, each with a link to where it is given."""
    found = breach_of(request, breach)
    ask_open(found)
    if request.method == "POST":
        closing.close(found, by=request.user, at=timezone.now())
        return _said(request, found, _("%(code)s is closed."))
    seen = watch.of_one(found, at=timezone.now())
    return shown(request, found, "breaches/close.html", overview.standing(found, seen), seen=seen)


@requires(P.BREACHES_DECIDE)
def no_breach(request, organisation, breach):
    found = breach_of(request, breach)
    ask_open(found)
    said = _("%(code)s stands in the list of reports that are not a breach.")
    return _asked(request, found, "breaches/no_breach.html", closing.find_no_breach, said)


@requires(P.BREACHES_DECIDE)
def withdraw(request, organisation, breach):
    found = breach_of(request, breach)
    ask_open(found)
    return _asked(request, found, "breaches/withdraw.html", closing.withdraw, _("The report %(code)s is withdrawn."))


@requires(P.BREACHES_HANDLE)
def reopen(request, organisation, breach):
    found = breach_of(request, breach)
    if found.is_open:
        raise Refused(_("This breach is open already."))
    return _asked(request, found, "breaches/reopen.html", closing.reopen, _("%(code)s is open again."))


def _asked(request, breach, template, act, said):
    """Ask for a reason, then do it."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act(breach, by=request.user, at=timezone.now(), **form.cleaned_data)
        return _said(request, breach, said)
    return shown(request, breach, template, {"form": form}, status=422 if form.errors else None)


def _said(request, breach, words):
    messages.success(request, words % {"code": breach.code})
    return redirect("breaches:breach", breach.organisation.slug, breach.pk)
