"""A personal link that is not open, under the name of the organisation in its address: a new one is one mail away.

The one rule: the answer hangs on the address of the page alone, so it tells nothing of the link or whose it was.
"""

from accounts import links
from accounts.models import Organisation
from consent.models import ConsentPurpose
from core.htmx import page

from .speaking import chosen_language


def closed(request, template="portal/preferences/closed.html"):
    organisation = whose(request)
    if organisation is None:
        return links.closed(request)
    chosen_language(request)
    return page(request, template, {"organisation_shown": organisation}, status=410)


def confirmation_closed(request):
    """Who wanted to confirm a form fills it in once more."""
    return closed(request, "portal/consent_closed.html")


def asking():
    """The organisations that ask anybody for consent: of others there is nothing to see here."""
    return Organisation.objects.filter(pk__in=ConsentPurpose.objects.values("organisation"))


def whose(request):
    """The organisation in the address of the page, when it asks anybody for consent; or None. One query."""
    return asking().filter(slug=request.resolver_match.kwargs.get("slug", "")).first()
