"""The link of a mail that asks to confirm a consent. Opening it shows; the button confirms, once."""

from django.utils import timezone, translation

from accounts import events
from accounts.links import LinkClosed, requires_link
from consent import noticing
from consent.actions import asking
from portal.closed import confirmation_closed, whose
from portal.pages import rendered


@requires_link(asking.LINK, nobody=confirmation_closed, whose=whose)
def confirm(request, link, slug):
    at = timezone.now()
    asked = asking.waiting(link) if link.organisation.slug == slug else None
    if asked is None:
        raise LinkClosed
    language = request.GET.get("language", "")
    language = language if language in asked.version.languages else asked.language
    choices = asked.version.content["choices"]
    places = asking.choices_now(asked, at=at)
    is_done, given = asked.confirmed_at is not None, ()
    if request.method == "POST" and not is_done:
        with translation.override(language):
            given = asking.confirm(asked, network=events.network_of(request), at=at)
        is_done = True
    context = {
        "organisation_shown": asked.organisation,
        "asked": asked,
        "title": asked.version.title(language),
        "choices": [choices[place]["texts"][language] for place in (given or places)],
        "ended": len(asked.choices) - len(places),
        "is_done": is_done,
        "by_parent": asked.given_by == "parent",
        "notice": asked.version.content["notice"],
        "notice_title": noticing.title(asked.version.content["notice"], language),
        "spoken": language,
    }
    return rendered(request, "portal/consent_confirm.html", context, language)
