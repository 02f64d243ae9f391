"""What must still be done about breaches: one list, of this person or of everybody."""

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from breaches import duties
from core.htmx import page

PER_PAGE = 50


@require_safe
@requires(P.BREACHES_VIEW)
def index(request, organisation):
    at, membership = timezone.now(), request.membership
    every = duties.of(membership, at=at)
    mine = duties.mine(every, membership)
    whose = "all" if request.GET.get("whose") == "all" else "mine"
    pages = Paginator(every if whose == "all" else mine, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "whose": whose,
        "tabs": [_tab(_("Mine"), "mine", mine, whose), _tab(_("Everybody’s"), "all", every, whose)],
        "page": pages,
        "rows": [(duty, duty.url_for(membership), duty.is_late(at)) for duty in pages.object_list],
        "any": bool(every),
        "on": timezone.localdate(at),
    }
    return page(request, "breaches/duties.html", context, fragment="breaches/_duties.html")


def _tab(label, key, found, whose):
    return {"url": f"?whose={key}", "label": label, "active": key == whose, "count": len(found)}
