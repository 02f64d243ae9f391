from django.core.paginator import Paginator
from django.views.decorators.http import require_safe

from accounts import events
from accounts.access import requires
from accounts.forms import EventFilter
from accounts.permissions import Permission
from accounts.wording import event_words
from core.htmx import page


@require_safe
@requires(Permission.EVENTS_VIEW)
def overview(request, organisation):
    form = EventFilter(request.GET, organisation=organisation)
    found = form.apply(events.seen_by(organisation).select_related("user"))
    shown = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {"form": form, "page": shown, "rows": [(event, event_words(event)) for event in shown]}
    return page(request, "accounts/events.html", context, fragment="accounts/_events.html")
