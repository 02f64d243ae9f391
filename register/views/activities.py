"""The list of activities, and the choices of one of its filters."""

from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from register.listing import listing_of
from register.listing.facets import FIRST
from register.models import Activity
from register.views import saved_views

MANY = 30  # choices in a drop-down; a page of its own shows all of them


@require_safe
@requires(Permission.REGISTER_VIEW)
def index(request, organisation):
    listing = listing_of(request.membership, request.GET, today=timezone.localdate())
    query = listing.asked.query()
    context = {
        "listing": listing,
        "page": listing.page(request.GET.get("page")),
        "query": query,
        "chips": chips(listing),
        "parts": parts(listing, organisation),
        "views": saved_views.offered(request.membership, query),
        "today": timezone.localdate(),
        "is_new": not listing.past and not listing.asked.narrows and not listing.counts["found"] and _is_new(listing),
    } | filters_of(listing)
    response = page(request, "register/activities/index.html", context, fragment="register/activities/_results.html")
    if request.headers.get("HX-Trigger") == "list-search":
        response["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
    return response


def _is_new(listing):
    return not listing.counts["hidden"] and not Activity.objects.of(listing.organisation).exists()


@require_safe
@requires(Permission.REGISTER_VIEW)
def facet(request, organisation, facet):
    """The choices of one filter with their counts: a part of the list for htmx, a page without."""
    listing = listing_of(request.membership, request.GET, today=timezone.localdate())
    asked = {facet.key: facet for facet in listing.facets}.get(facet)
    if asked is None:
        raise Http404
    chosen = listing.asked.chosen.get(asked.key, ())
    options = [option | {"on": option["value"] in chosen} for option in listing.options(asked)]
    options.sort(key=lambda option: not option["on"])
    context = {
        "facet": asked,
        "options": options,
        "few": options[: max(MANY, len(chosen))],
        "query": listing.asked.query(),
        "others": [(name, value) for name, value in _pairs(request.GET) if name not in (asked.key, "page")],
    }
    return page(request, "register/activities/facet.html", context, fragment="register/activities/_facet_options.html")


def _pairs(query):
    return [(name, value) for name, values in query.lists() for value in values]


def chips(listing):
    """What is asked, in words, each with the address that takes it off. One query per filter that is on, at most."""
    found = []
    if listing.asked.text:
        found.append({"label": _("Text: %(text)s") % {"text": listing.asked.text}, "param": "q", "value": None})
    for facet in listing.facets:
        values = listing.asked.chosen.get(facet.key, ())
        names = facet.names(values, organisation=listing.organisation) if values else {}
        for value in values:
            label = _("%(filter)s: %(value)s") % {"filter": facet.label, "value": names[value]}
            found.append({"label": label, "param": facet.key, "value": value})
    return found


def filters_of(listing):
    """The filters beside the search box and those folded away, each with the values that are on."""
    asked = listing.asked.chosen
    offered = [{"facet": facet, "chosen": asked.get(facet.key, ())} for facet in listing.facets if facet.key != "kind"]
    first = [one for one in offered if one["facet"].key in FIRST]
    more = [one for one in offered if one["facet"].key not in FIRST]
    return {"filters": first, "more_filters": more, "more_open": any(one["chosen"] for one in more)}


def parts(listing, organisation):
    """The tabs: all of the register, the part of Art. 30(1), the part of Art. 30(2)."""
    url = reverse("register:activities", args=[organisation.slug])
    chosen = listing.asked.chosen.get("kind", [])
    rest = [(name, value) for name, value in _query_of(listing) if name != "kind"]
    found = []
    for key, label in (("", _("All")), *Activity.Kind.choices):
        query = urlencode(rest + ([("kind", key)] if key else []))
        active = chosen == [key] if key else not chosen
        count = listing.counts[key or "all"]
        found.append({"url": f"{url}?{query}" if query else url, "label": label, "active": active, "count": count})
    return found


def _query_of(listing):
    return _pairs(QueryDict(listing.asked.query()))
