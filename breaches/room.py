"""What this room shows on the sheet of an activity, for who may see breaches. What a party or system is named by,
and what merging moves, the register finds by itself: it follows the foreign keys.
"""

from collections import defaultdict

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from register.extensions import Extension, Panel

from . import demo, watch
from .models import Breach, BreachActivity


class DataBreaches(Extension):
    def demo(self, organisation, people, *, at):
        demo.fill(organisation, people, at=at)

    def panel(self, activities, membership):
        """One query where nothing was hit; four otherwise."""
        if not membership.can(Permission.BREACHES_VIEW):
            return
        named = defaultdict(set)
        lines = BreachActivity.objects.filter(organisation=membership.organisation_id, activity__in=activities)
        for activity, breach in lines.values_list("activity", "breach"):
            named[activity].add(breach)
        if not named:
            return
        on_register = Breach.objects.visible_to(membership).on_register().filter(pk__in=set().union(*named.values()))
        rows = list(watch.by_urgency(watch.watched(on_register.select_related("organisation"))))
        clocks = watch.of(rows, at=timezone.now())
        for activity, keys in named.items():
            lines = [_line(row, clocks[row.pk]) for row in rows if row.pk in keys]
            if lines:
                yield activity, Panel("breaches", _("Data breaches"), "breaches/_of_activity.html", {"lines": lines})


def _line(breach, clock):
    url = reverse("breaches:breach", args=[breach.organisation.slug, breach.pk])
    return {"breach": breach, "clock": clock, "url": url}
