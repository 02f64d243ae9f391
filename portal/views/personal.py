"""The page behind a personal link: everything that somebody may see, say and ask about their own consents.

The one rule: the link was mailed to an address of this person a few hours ago at most, so its holder is the person.
"""

import io

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import events
from accounts import links as access
from accounts.links import LinkClosed, requires_link
from accounts.models import Event
from consent import preferences, proof
from consent.actions import addresses, choosing, requests
from consent.actions.personal import PURPOSE, holder
from consent.kinds import Asking
from consent.models import ConsentPurpose, PersonRequest
from consent.receipts import files
from core import uploads
from core.htmx import page
from core.refusal import Refused
from portal.closed import closed, whose
from portal.forms import AddressForm, RequestForm
from portal.speaking import speak

from .preferences import chosen, leave

FILES_PER_HOUR = 20  # a PDF takes a second to make


def person_of(request, link, slug):
    person = holder(link, slug)
    if person is None:
        raise LinkClosed
    speak(request, person)
    return person


@requires_link(PURPOSE, nobody=closed, whose=whose)
def personal(request, link, slug):
    now, person = timezone.now(), person_of(request, link, slug)
    act = request.POST.get("act") if request.method == "POST" else ""
    change = AddressForm(request.POST if act == "change" else None)
    change.fields["address"].label = _("Your new e-mail address")
    asks = {
        kind: RequestForm(request.POST if _is_asked(request, act, kind) else None, prefix=kind.value) for kind in Asking
    }
    if request.method == "POST" and _done(request, person, change, asks, at=now):
        return redirect(request.get_full_path())
    shown = preferences.read(person, language=get_language(), at=now, is_masked=False)
    running = {asked.kind: asked for asked in PersonRequest.objects.filter(person=person).open()}
    context = {
        "organisation_shown": person.organisation,
        "shown": shown,
        "link": link,
        "formats": files.FORMATS,
        "change": change,
        "asks": [(kind, form, running.get(kind)) for kind, form in asks.items()],
    }
    wrong = change.errors or any(form.errors for form in asks.values())
    return page(request, "portal/preferences/personal.html", context, status=422 if wrong else None)


def _is_asked(request, act, kind):
    return act == "ask" and request.POST.get("kind") == kind


def _done(request, person, change, asks, *, at):
    """Do what the button says; whether the page can be shown anew."""
    act = request.POST.get("act")
    if act == "change":
        return change.is_valid() and _change(request, person, change, at=at)
    if act == "ask":
        form = asks.get(request.POST.get("kind"))
        return form is None or (form.is_valid() and _ask(request, person, form, at=at))
    if act == "give":
        _give(request, person, at=at)
    else:
        leave(request, person, at=at)
    return True


def _give(request, person, *, at):
    choosing.agree(
        person,
        chosen(request, person, at=at),
        version=request.POST.get("version", ""),
        is_confirmed=request.POST.get("confirmed") == "on",
        address=events.address_of(request),
        at=at,
    )
    messages.success(request, _("It is recorded that you agree."))


def _change(request, person, form, *, at):
    try:
        addresses.ask(person, form.cleaned_data["address"], at=at)
    except Refused as refusal:
        form.add_error("address", str(refusal))
        return False
    messages.success(request, _("A mail went to your new address. It counts once you confirm it there."))
    return True


def _ask(request, person, form, *, at):
    requests.ask(person, Asking(request.POST["kind"]), form.cleaned_data["text"], at=at)
    messages.success(request, _("Your request was received. The answer comes by e-mail."))
    return True


@require_safe
@requires_link(PURPOSE, nobody=closed, whose=whose)
def proof_file(request, link, slug, format):
    """The person's own copy of the proof, in the language of the page."""
    now, person = timezone.now(), person_of(request, link, slug)
    if format not in files.FORMATS:
        raise Http404
    if access.too_many(f"consent-proof:{link.pk}", limit=FILES_PER_HOUR, at=now):
        return access.later(request, person.organisation)
    purposes = ConsentPurpose.objects.of(person.organisation)
    document = proof.document(person, purposes, language=get_language(), at=now)
    content = files.make(person, document, format, get_language(), at=now)
    details = {"format": format, "fingerprint": proof.fingerprint(document)}
    events.record(Event.Kind.DOWNLOADED, organisation=person.organisation, subject=person.pk, details=details, at=now)
    name = files.name(person, format, at=now)
    return uploads.attachment(io.BytesIO(content), name, files.FORMATS[format].content_type)


@requires_link(addresses.PURPOSE, nobody=closed, whose=whose)
def new_address(request, link, slug):
    """Opened from the mail to the new address; only the button makes it count."""
    change = addresses.open_change(link, slug)
    if change is None:
        raise LinkClosed
    speak(request, change.person)
    context = {"organisation_shown": change.person.organisation, "address": addresses.new_address(change)}
    if request.method != "POST":
        return page(request, "portal/preferences/new_address.html", context)
    addresses.confirm(change, at=timezone.now())
    return page(request, "portal/preferences/new_address_kept.html", context)
