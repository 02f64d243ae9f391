"""What somebody agreed to, seen and changed by themselves: by the link in a mailing, or by a personal one.

The one rule: the link of a mailing only shows and lets out; to say yes, and for all else, a personal link is mailed.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import events
from accounts import links as access
from consent import links, preferences
from consent.actions import choosing, personal
from consent.receipts import mailing
from core.htmx import page
from portal.closed import asking, closed
from portal.forms import AddressForm
from portal.mailed import requires_mailed
from portal.pages import rendered
from portal.speaking import chosen_language, speak
from portal.throttle import bounded

PER_HOUR = 60  # acts by one link of a mailing
ASKS_PER_HOUR = 30  # of one network: an office behind one address asks no more often


@login_not_required
@bounded
def ask(request, slug):
    """Mail me my link. The answer is the same for every address, and so is the work that is done for it here."""
    chosen_language(request)
    organisation = get_object_or_404(asking(), slug=slug)
    form = AddressForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"organisation_shown": organisation, "form": form}
        return _private(page(request, "portal/preferences/ask.html", context, status=422 if form.errors else None))
    now = timezone.now()
    network = events.trace(events.network_of(request))
    if access.too_many(f"consent-ask:{network}", limit=ASKS_PER_HOUR, at=now):
        return _private(access.later(request, organisation))
    personal.ask(organisation, form.cleaned_data["address"], at=now)
    context = {"organisation_shown": organisation}
    return _private(rendered(request, "portal/preferences/asked.html", context, get_language()))


@requires_mailed(links.PREFERENCES, nobody=closed)
def mailed(request, person, holder):
    now = timezone.now()
    speak(request, person)
    if request.method == "POST":
        if access.too_many(f"consent-mailed:{person.pk}", limit=PER_HOUR, at=now):
            return access.later(request, person.organisation)
        if request.POST.get("act") == "link":
            _mail_link(request, person, at=now)
        else:
            leave(request, person, at=now)
        return redirect(request.get_full_path())
    shown = preferences.read(person, language=get_language(), at=now, is_masked=True)
    return page(request, "portal/preferences/mailed.html", {"organisation_shown": person.organisation, "shown": shown})


def _mail_link(request, person, *, at):
    to = mailing.address_of(person)
    if to:
        personal.ask(person.organisation, to, at=at)
        messages.success(request, _("A personal link is on its way to your e-mail address."))


def leave(request, person, *, at):
    """Withdraw one, withdraw all, or object, as the button says."""
    act = request.POST.get("act", "")
    if act == "withdraw":
        choice = chosen(request, person, at=at)
        choosing.withdraw(person, choice, as_parent=request.POST.get("given_by") == "parent", at=at)
        messages.success(request, _("It is withdrawn."))
    elif act == "withdraw_all":
        choosing.withdraw_all(person, at=at)
        messages.success(request, _("Everything is withdrawn."))
    elif act == "object":
        choosing.object_to_marketing(person, at=at)
        messages.success(request, _("No direct marketing will be sent to you any more."))


def chosen(request, person, *, at):
    shown = preferences.read(person, language=get_language(), at=at, is_masked=True)
    choice = shown.choice(request.POST.get("choice", ""))
    if choice is None:
        raise Http404
    return choice


def _private(response):
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response
