"""How much one visitor may read of the street in a minute: plenty for people, too little to wear the server out.

Counted by each web worker for itself: reading a page writes nothing, and the bound need not be exact.
"""

from functools import wraps

from django.utils import timezone

from accounts import events
from core.counting import one_more
from core.htmx import page

PER_MINUTE = 120  # of a network: an office behind one address is one visitor here


def bounded(view):
    """Let a network read so many pages a minute; what is more gets a plain page that says when to come back."""

    @wraps(view)
    def counted(request, *args, **kwargs):
        at = timezone.now()
        network = events.trace(events.network_of(request))
        if one_more(f"street:{network}:{at:%Y%m%d%H%M}", seconds=120, cache="worker") <= PER_MINUTE:
            return view(request, *args, **kwargs)
        response = page(request, "portal/later.html", {}, status=429)
        response["Retry-After"] = str(60 - at.second)
        response["Cache-Control"] = "no-store"
        return response

    counted.is_bounded = True
    return counted
