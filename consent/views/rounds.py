"""Asking people again: starting it, how far it is, and the links for who has no e-mail address."""

import io
from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import events
from accounts.access import requires
from accounts.models import Event
from accounts.permissions import Permission as P
from consent import renewals
from consent.actions import rounds, versions
from consent.forms.rounds import RoundForm
from consent.mailing.results import Writer
from consent.models import RenewalRound
from core import uploads
from core.htmx import page
from core.refusal import Refused

from .wordings import wording_of

USUAL = timedelta(weeks=4)


@requires(P.CONSENT_EDIT)
def start(request, organisation, wording):
    found, at = wording_of(request, wording), timezone.now()
    older = list(found.versions.filter(valid_until__isnull=False).select_related("wording__purpose__organisation"))
    people = renewals.people_on(older, at=at)
    older = [version for version in older if people[version.pk] != 0]
    if versions.in_use(found, at) is None or not older:
        raise Refused(
            _("Nobody's consent rests on an older version of this wording."),
            remedy=_("Publish the wording anew first; then you can ask those people again."),
        )
    initial = {"before": older[0].number, "ends_on": timezone.localdate(at) + USUAL}
    form = RoundForm(request.POST or None, versions=older, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        before = next(one for one in older if one.number == form.cleaned_data["before"])
        try:
            made = rounds.start(before, ends_on=form.cleaned_data["ends_on"], by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("They are being asked. This page shows how far it is."))
            return redirect("consent:round", organisation.slug, made.pk)
    context = {"wording": found, "form": form}
    return page(request, "consent/round_new.html", context, status=422 if form.errors else None)


def round_of(request, key):
    """The round that the address names. One query."""
    rows = RenewalRound.objects.visible_to(request.membership)
    named = rows.select_related("organisation", "before__wording__purpose__organisation", "after", "started_by")
    return get_object_or_404(named, pk=key)


@require_safe
@requires(P.CONSENT_VIEW)
def show(request, organisation, renewal):
    found, at = round_of(request, renewal), timezone.now()
    context = {
        "round": found,
        "wording": found.before.wording,
        "progress": renewals.progress(found),
        "is_stale": rounds.is_stale(found.before, at=at),
        "has_stopped": rounds.has_stopped(found),
        "has_letters": found.ended_at is None and found.asked.filter(is_mailed=False).exists(),
    }
    return page(request, "consent/round.html", context)


@require_POST
@requires(P.CONSENT_EDIT)
def go_on(request, organisation, renewal):
    found = round_of(request, renewal)
    rounds.go_on(found, by=request.user, at=timezone.now())
    messages.success(request, _("The rest are being asked. This page shows how far it is."))
    return redirect("consent:round", organisation.slug, found.pk)


@require_POST
@requires(P.CONSENT_EDIT)
def letters(request, organisation, renewal):
    """A list with a link for each who was not mailed; it is made here and kept nowhere. By POST: links are made."""
    found, at = round_of(request, renewal), timezone.now()
    if found.ended_at is not None:
        raise Refused(_("This round is over."))
    content = io.BytesIO()
    writer = Writer(content, get_language()[:2])
    writer.write([_("language"), _("channel"), _("address or number"), _("link")])
    rows = list(rounds.letters(found, at=at))
    for row in rows:
        writer.write([str(cell) for cell in row])
    writer.finish()
    events.record(Event.Kind.DOWNLOADED, request=request, subject=found.pk, details={"people": len(rows)}, at=at)
    content.seek(0)
    return uploads.attachment(content, f"{organisation.slug}-consent-letters.csv", "text/csv; charset=utf-8")
