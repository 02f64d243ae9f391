"""What this room tells the register: a box on the sheet of an activity, for who may see breaches, and what the rules
find. What a party or system is named by, and what merging moves, the register finds by itself: it follows the foreign
keys.
"""

from collections import defaultdict
from dataclasses import replace

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from register import reading
from register.extensions import Extension, Panel
from register.models import Finding

from . import demo, findings, states, terms, watch
from .measured import READ_ALONG, recorded_of
from .models import Breach, BreachActivity


class DataBreaches(Extension):
    def demo(self, organisation, people, *, at):
        demo.fill(organisation, people, at=at)

    def findings(self, activities, *, on):
        """One query."""
        closed = Breach.objects.on_register().filter(closed_at__isnull=False)
        lines = BreachActivity.objects.filter(activity__in=activities, breach__in=closed.values("pk"))
        for line in lines.select_related("breach", "activity"):
            for verdict in findings.no_review_since(line.breach, line.activity):
                yield "B010", line.activity_id, _blamed(verdict, line.breach)

    def findings_of(self, organisation, *, on):
        """One query where nothing was ever reported; some ten otherwise."""
        seen = _seen(organisation, on)
        for one in seen:
            for id, rule in findings.OF_A_BREACH.items():
                for verdict in rule(one):
                    yield id, _blamed(verdict, one.breach)
        if seen:
            for last, verdict in findings.same_cause_again(seen, terms.of(organisation, on), on):
                yield "B011", _blamed(verdict, last)

    def panel(self, activities, membership):
        """One query where nothing was hit; five otherwise."""
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
        at = timezone.now()
        clocks, found = watch.of(rows, at=at), _found(membership, rows, timezone.localdate(at))
        for activity, keys in named.items():
            lines = [_line(row, clocks[row.pk], found[row.pk]) for row in rows if row.pk in keys]
            if lines:
                yield activity, Panel("breaches", _("Data breaches"), "breaches/_of_activity.html", {"lines": lines})


def _line(breach, clock, found):
    url = reverse("breaches:breach", args=[breach.organisation.slug, breach.pk])
    return {"breach": breach, "clock": clock, "url": url, "findings": found}


def _found(membership, breaches, on):
    """{breach id: what the rules found about it and nobody accepted}. One query."""
    of_all = defaultdict(list)
    about = Finding.objects.visible_to(membership).standing(on).filter(activity=None, cause_kind=findings.CAUSE)
    for finding in about.filter(cause_id__in=[breach.pk for breach in breaches]):
        of_all[finding.cause_id].append(finding)
    return of_all


def _seen(organisation, on):
    """The breaches of the register of an organisation as the rules look at them, by number."""
    rows = Breach.objects.of(organisation).on_register().select_related("organisation").order_by("number")
    rows = list(watch.watched(rows).prefetch_related(*READ_ALONG, "breachactivity_rows__activity__controller"))
    at = reading.start_of(on)
    clocks = watch.of(rows, at=at)
    return [_one(row, clocks[row.pk], on, at) for row in rows]


def _one(breach, clock, on, at):
    hit = [row.activity.controller for row in breach.breachactivity_rows.all()]
    competent = states.authorities(breach, filter(None, hit))
    recorded = replace(recorded_of(breach), authorities=competent)
    return findings.Seen(breach, on, at, recorded, clock.terms, clock.deadline)


def _blamed(verdict, breach):
    """The verdict with the breach it is about, by its number."""
    parameters = {"code": breach.code} | verdict.parameters
    return replace(verdict, cause=(findings.CAUSE, breach.pk), parameters=parameters)
