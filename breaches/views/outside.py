"""Reporting by the organisation's secret link, without an account; and the desk's page of that link."""

from datetime import datetime, time, timedelta

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import events, links
from accounts.access import requires
from accounts.links import requires_link
from accounts.permissions import Permission
from breaches.actions import report_link
from breaches.authority_forms.reading import LANGUAGES
from breaches.authors import Author
from breaches.models import Breach, BreachSettings
from core import qr
from core.forms import HouseForm
from core.htmx import page

from .report import answer, go, sent_context

PER_LINK, PER_VISITOR = 60, 10  # reports in an hour


@requires_link(report_link.PURPOSE)
def report(request, link):
    token = request.resolver_match.kwargs["token"]
    if request.method == "POST" and _is_too_much(request, link):
        return links.later(request, link.organisation)
    places = {
        "here": reverse("breaches:report_outside", args=[token]),
        "go": lambda request, breach: go(request, reverse("breaches:report_outside_sent", args=[token, breach.pk])),
        "base": "base_plain.html",
        "note": _note(link.organisation),
    }
    return answer(request, Author(link.organisation, link=link), places)


@requires_link(report_link.PURPOSE)
def report_sent(request, link, breach):
    """For whoever knows the id, which only the browser of the reporter was told."""
    found = Breach.objects.of(link.organisation).filter(pk=breach, reported_by=None, is_drill=False).first()
    if found is None:
        raise Http404
    return page(request, "breaches/outside/sent.html", sent_context(found) | {"holder": link.organisation})


def _is_too_much(request, link):
    """Sending is bounded per visitor and per link; other acts per link, by the gate."""
    if request.POST.get("act") != "send":
        return False
    at, visitor = timezone.now(), events.trace(events.address_of(request))
    of_link = links.too_many(f"report:{link.pk}", limit=PER_LINK, at=at)
    return links.too_many(f"report:{link.pk}:{visitor}", limit=PER_VISITOR, at=at) or of_link


def _note(organisation):
    chosen = BreachSettings.objects.filter(organisation=organisation).first()
    return chosen.link_note if chosen else ""


class LinkForm(HouseForm, forms.Form):
    until = forms.DateField(
        label=gettext_lazy("Works up to and including"),
        help_text=gettext_lazy("At most five years from now. Renew it when it came into the wrong hands."),
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self):
        until = self.cleaned_data["until"]
        if not 0 < (until - self.today).days <= 5 * 366:
            raise forms.ValidationError(_("Choose a day after today, at most five years from now."))
        return until


class NoteForm(HouseForm, forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Words above the form"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For example whom to call when it cannot wait. Everybody with the link reads it."),
    )


@requires(Permission.BREACHES_HANDLE)
def link(request, organisation):
    """The link with its QR code, to make, renew or take away, and the words that its visitors read."""
    at, act = timezone.now(), request.POST.get("act", "make") if request.method == "POST" else ""
    today = timezone.localdate(at)
    lasts = {"until": today + report_link.LASTS}
    form = LinkForm(request.POST if act == "make" else None, today=today, initial=lasts)
    note_form = NoteForm(request.POST if act == "note" else None, initial={"note": _note(organisation)})
    if act and _changes(request, organisation, act, form, note_form, at=at):
        return redirect("breaches:report_link", organisation.slug)
    found, address = report_link.of(organisation, at=at)
    context = {"form": form, "note_form": note_form, "link": found, "address": address}
    if found:
        context["last_day"] = timezone.localdate(found.expires_at - timedelta(seconds=1))
        context["code"] = qr.svg(address, _("QR code of the link to report a data breach"))
    status = 422 if form.errors or note_form.errors else None
    return page(request, "breaches/outside/link.html", context, status=status)


@require_safe
@requires(Permission.BREACHES_HANDLE)
def poster(request, organisation):
    """The link on a sheet of paper, in one language or the other; to be printed by the browser."""
    found, address = report_link.of(organisation, at=timezone.now())
    if found is None:
        return redirect("breaches:report_link", organisation.slug)
    asked = request.GET.get("language", "")
    context = {
        "address": address,
        "note": _note(organisation),
        "code": qr.svg(address, _("QR code of the link to report a data breach")),
        "last_day": timezone.localdate(found.expires_at - timedelta(seconds=1)),
        "language": asked if asked in LANGUAGES else (get_language() or "nl")[:2],
    }
    return page(request, "breaches/outside/poster.html", context)


def _changes(request, organisation, act, form, note_form, *, at):
    """Do what was asked; False when an answer must be mended first."""
    if act == "close":
        report_link.close(organisation, by=request.user, at=at)
        messages.success(request, _("The link no longer works."))
    elif act == "note" and note_form.is_valid():
        report_link.say(organisation, note_form.cleaned_data["note"], by=request.user, at=at)
        messages.success(request, _("The words are saved."))
    elif act == "make" and form.is_valid():
        until = timezone.make_aware(datetime.combine(form.cleaned_data["until"] + timedelta(days=1), time()))
        report_link.make(organisation, until=until, by=request.user, at=at)
        messages.success(request, _("The link works. Earlier ones do not any more."))
    else:
        return False
    return True
