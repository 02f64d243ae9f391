"""What the dashboard of the register shows of breaches, through the door of `register.extensions`: running clocks."""

from django.utils.translation import gettext as _

from accounts.permissions import Permission as P
from register.extensions import Extension, Panel

from . import watch
from .models import Breach

FEW = 5


class OnDashboard(Extension):
    def today(self, membership, *, at):
        """The breaches with least time left. A query when none is open, five otherwise."""
        if not membership.can(P.BREACHES_VIEW):
            return ()
        open_ones = Breach.objects.visible_to(membership).real().open()
        count = open_ones.count()
        if not count:
            return ()
        few = watch.by_urgency(watch.watched(open_ones.select_related("organisation")))[:FEW]
        clocks = watch.of(few, at=at)
        rows = [(clock.breach, clock) for clock in clocks.values()]
        context = {"rows": rows, "count": count, "more": count - len(rows)}
        return (Panel("breaches", _("Data breaches"), "breaches/on_dashboard.html", context),)
