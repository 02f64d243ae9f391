"""What the dashboard of the register shows of breaches, through the door of `register.extensions`: running clocks, and
what this person must do.
"""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission as P
from register.extensions import Extension, Panel

from . import duties, watch
from .models import Breach
from .states import OPEN

FEW = 5
SOON = timedelta(days=14)


class OnDashboard(Extension):
    def today(self, membership, *, at):
        """The breaches with least time left, and the duties of this person; for others the way to report one. A query
        when there is no breach at all, some ten otherwise.
        """
        if not membership.can(P.BREACHES_VIEW):
            if membership.can(P.OWN_REPORTS):
                yield Panel("breach-report", _("Report a data breach"), "breaches/report_on_dashboard.html", {})
            return
        seen = Breach.objects.visible_to(membership)
        counts = seen.aggregate(all=Count("pk"), open=Count("pk", filter=Q(state__in=OPEN, is_drill=False)))
        if counts["open"]:
            yield _running(seen.real().open(), counts["open"], at)
        if counts["all"]:
            yield from _to_do(membership, at)


def _running(breaches, count, at):
    few = watch.by_urgency(watch.watched(breaches.select_related("organisation")))[:FEW]
    rows = [(clock.breach, clock) for clock in watch.of(few, at=at).values()]
    context = {"rows": rows, "count": count, "more": count - len(rows)}
    return Panel("breaches", _("Data breaches"), "breaches/on_dashboard.html", context)


def _to_do(membership, at):
    """What is late, has no day or comes within two weeks; notifying stands above it, with the clock."""
    mine = [duty for duty in duties.mine(duties.of(membership, at=at), membership) if duty.kind != duties.Kind.NOTIFY]
    on = timezone.localdate(at)
    pressing = [duty for duty in mine if duty.day is None or duty.day <= on + SOON]
    if pressing:
        few = pressing[:FEW]
        rows = [(duty, duty.url_for(membership), duty.is_late(at)) for duty in few]
        context = {"rows": rows, "count": len(pressing), "more": len(mine) - len(few), "on": on}
        yield Panel("breach-duties", _("To do about data breaches"), "breaches/duties_on_dashboard.html", context)
