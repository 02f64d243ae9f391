"""The page of one breach: everything that is known, decided and done, with the clock on top."""

from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from breaches import overview, watch

from .found import breach_of, shown


@require_safe
@requires(P.BREACHES_VIEW)
def show(request, organisation, breach):
    found = breach_of(request, breach)
    seen = watch.of_one(found, at=timezone.now())
    context = overview.gathered(found, seen, request.membership)
    return shown(request, found, "breaches/breach.html", context, seen=seen)
