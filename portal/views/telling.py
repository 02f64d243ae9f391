"""A visitor tells one friend about a site: reads the whole mail, sends it once, and nothing of it stays.

The one rule: the answer never says whether the friend gets the mail.
"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts import events, links
from consent.actions import telling
from consent.forms.telling import FriendForm
from consent.models import TellAFriend
from portal.pages import language_of, rendered
from portal.throttle import bounded

PER_NETWORK, PER_PAGE = 5, 100  # mails an hour


@login_not_required
@never_cache
@bounded
def tell(request, slug, tell):
    pages = TellAFriend.objects.filter(retired_on=None, organisation__country=telling.NETHERLANDS)
    found = get_object_or_404(pages.select_related("organisation"), organisation__slug=slug, slug=tell)
    language = language_of(request)
    with translation.override(language):
        form = FriendForm(request.POST or None)
        is_good = request.method == "POST" and form.is_valid()
        if is_good and "send" in request.POST:
            sent = _sent(request, found, form, language)
            if sent:
                return sent
            is_good = False
        sender = form.cleaned_data["sender"] if is_good else _("(your name)")
        subject, body = telling.words(found, sender, language)
        context = {
            "tell": found,
            "form": form,
            "subject": subject,
            "body": body,
            "is_good": is_good,
            "is_sent": request.method != "POST" and "sent" in request.GET,
            "organisation_shown": found.organisation,
        }
        return rendered(request, "portal/tell.html", context, language, status=422 if form.errors else 200)


def _sent(request, found, form, language):
    """The way on when the mail went out; None when this network or page sent enough, which the form then says."""
    at = timezone.now()
    network = events.trace(events.network_of(request))
    of_page = links.too_many(f"tell:{found.pk}", limit=PER_PAGE, at=at)
    if links.too_many(f"tell:{network}", limit=PER_NETWORK, at=at) or of_page:
        form.add_error(None, _("Enough mails were sent from here for now. Try again in an hour."))
        return None
    telling.send(found, form.cleaned_data["sender"], form.cleaned_data["friend"], language, at=at)
    address = reverse("portal:tell", args=[found.organisation.slug, found.slug])
    return redirect(f"{address}?sent=1&language={language}")
