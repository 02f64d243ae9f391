"""Out of a mailing with one click, by a mail program (RFC 8058) or by hand: no account, no cookies, no script.

The one rule: the answer is 200 whoever asks, and the same for each link of nobody; GET changes nothing, since mail
scanners open links.
"""

from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consent import links, preferences, vault
from consent.actions import choosing
from consent.kinds import Channel
from consent.models import ConsentPurpose
from consent.unsubscribing import ONE_CLICK
from portal.mailed import requires_mailed
from portal.pages import language_of, rendered

FIELD, _equals, CLICKED = ONE_CLICK.partition("=")


def _nobody(request):
    return _answer(request, {})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@requires_mailed(links.UNSUBSCRIBE, nobody=_nobody)
def unsubscribe(request, person, holder):
    """Not counted against the network it comes from: mail programs send all of theirs from a few."""
    found = ConsentPurpose.objects.filter(pk=holder.purpose, organisation=person.organisation_id).first()
    if found is None:
        return _nobody(request)
    if _is_clicked(request):
        choosing.unsubscribe(person, found, holder.channel, at=timezone.now())
    address = person.identifiers.order_by("added_at").first()
    context = {
        "organisation_shown": person.organisation,
        "purpose_name": found.name(language_of(request)),
        "channel": Channel(holder.channel),
        "address": preferences.masked(vault.opened(person, address.sealed)) if address else "",
        "preferences_url": links.preferences_url(person.pk, person.organisation),
    }
    return _answer(request, context)


def _is_clicked(request):
    return request.method == "POST" and request.POST.get(FIELD) == CLICKED


def _answer(request, context):
    empty = {"organisation_shown": None, "purpose_name": "", "channel": "", "address": "", "preferences_url": ""}
    is_done = _is_clicked(request)
    context = {**empty, "field": FIELD, "value": CLICKED, "is_done": is_done, **context}
    return rendered(request, "portal/unsubscribe.html", context, language_of(request))
