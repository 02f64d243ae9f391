"""Which shared rows of the register trackers name: as recipient a party, as destination a country.

The one rule: said per site, since a site can have hundreds of trackers of one party.
"""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from consent.models import Tracker
from register import models as register
from register.extensions import Usage

NAMED = {register.Party: "recipient", register.Country: "country"}


def usages(model, ids, membership):
    """(id, Usage) of the trackers in use that this member may see. One query, none for rows that no tracker names."""
    column = NAMED.get(model)
    if column is None:
        return
    seen = Tracker.objects.visible_to(membership).in_use().filter(**{f"{column}__in": ids})
    counted = seen.order_by("site__name").values_list(column, "site", "site__name").annotate(count=Count("pk"))
    url = reverse("consent:trackers", args=[membership.organisation.slug])
    for key, site, name, count in counted:
        words = ngettext("%(count)d tracker of %(site)s", "%(count)d trackers of %(site)s", count)
        yield key, Usage(words % {"count": count, "site": name}, f"{url}?site={site}")
