"""The list of breaches, the most pressing clock on top."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from breaches import listing, showing, watch
from core.htmx import page

PER_PAGE = 50


@require_safe
@requires(P.BREACHES_VIEW)
def index(request, organisation):
    tab = listing.tab_of(request.GET.get("tab", ""))
    query = request.GET.get("q", "").replace("\0", "").strip()[: listing.LONGEST_SEARCH]
    every = listing.visible(request.membership)
    counts = listing.counts(every)
    rows = every.filter(listing.TABS[tab][1])
    found = watch.by_urgency(watch.watched(listing.narrowed(rows, query, request.GET)))
    pages = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    clocks = watch.of(pages.object_list, at=timezone.now())
    context = {
        "tab": tab,
        "tabs": _tabs(request, tab, counts),
        "facets": [{"filter": one, "options": one.options(rows)} for one in listing.FILTERS],
        "page": pages,
        "rows": [(row, clocks[row.pk], showing.number(row.people_min, row.people_max)) for row in pages.object_list],
        "query": query,
        "hidden": [(one.param, value) for one in listing.FILTERS for value in request.GET.getlist(one.param)],
        "narrowed": bool(query) or any(request.GET.get(one.param) for one in listing.FILTERS),
        "any": any(counts.values()),
    }
    return page(request, "breaches/list.html", context, fragment="breaches/_results.html")


def _tabs(request, active, counts):
    return [
        {
            "url": f"{request.path}?{urlencode({'tab': key})}",
            "label": label,
            "active": key == active,
            "count": counts[key],
        }
        for key, (label, _condition) in listing.TABS.items()
    ]
