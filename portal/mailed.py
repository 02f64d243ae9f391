"""The third gate: links that stand in mailings (`consent.links`). Every such view has `requires_mailed`.

The one rule: opening a link shows, only a POST acts. A link of nobody, one of somebody who was erased, and one that was
never signed get the same answer.
"""

from functools import wraps

from django.contrib.auth.decorators import login_not_required

from accounts.links import HEADERS, closed
from consent import links
from consent.models import Person

NAMES = {links.UNSUBSCRIBE: "consent_unsubscribe", links.PREFERENCES: "consent_preferences"}


def requires_mailed(use, *, nobody=closed):
    """Let in whoever holds a link for `use`; hand the view the person and the `Holder` in place of its token.

    `nobody` answers where there is none. What it is for stays readable on the view, for the test that walks all
    addresses.
    """

    def decorate(view):
        @login_not_required
        @wraps(view)
        def gated(request, slug, token):
            holder = links.read(token, use)
            person = _person(holder, slug) if holder else None
            response = view(request, person, holder) if person else nobody(request)
            for name, value in HEADERS.items():
                response[name] = value
            return response

        gated.link_purpose = NAMES[use]
        return gated

    return decorate


def _person(holder, slug):
    found = Person.objects.select_related("organisation", "key_row")
    return found.filter(pk=holder.person, organisation__slug=slug, erased_at=None).first()
