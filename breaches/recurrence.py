"""What came back: earlier breaches with the same cause, or at the same system, organisation or activity.

They are counted over so many months before the breach as the law of its day says (`terms.same_cause_months`).
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from core.dates import add_months

from .findings import NO_CAUSE
from .law import Involvement
from .models import Breach, BreachActivity, BreachParty, BreachSystem
from .states import LEFT_OUT

FEW = 5
PROCESSORS = (Involvement.PROCESSOR, Involvement.SUB_PROCESSOR)


@dataclass(frozen=True)
class Again:
    """One thing that came back: the earlier breaches, latest first. `cause` is what narrows the list to them, or ""."""

    words: str
    breaches: list
    cause: str = ""

    @property
    def few(self):
        return self.breaches[:FEW]

    @property
    def more(self):
        return len(self.breaches) - len(self.few)


def of(breach, months, *, activities, systems, parties):
    """What came back in a breach; the lines are those of its page. At most five queries.

    A drill, and what is not on the register, is no recurrence of anything.
    """
    if breach.is_drill or breach.state in LEFT_OUT:
        return []
    earlier = _earlier(breach, months)
    found = [_by_cause(breach, earlier, months)]
    processors = [row.party for row in parties if row.involvement in PROCESSORS]
    if breach.processor and breach.processor not in processors:
        processors.append(breach.processor)
    words = _("%(count)s breaches in %(months)s months hit this system: %(name)s.")
    found += _by_line(BreachSystem.objects, "system", [row.system for row in systems], earlier, words, months)
    words = _("%(count)s breaches in %(months)s months happened at this organisation: %(name)s.")
    of_parties = BreachParty.objects.filter(involvement__in=PROCESSORS)
    found += _by_line(of_parties, "party", processors, earlier, words, months)
    words = _("%(count)s breaches in %(months)s months hit this activity: %(name)s.")
    found += _by_line(BreachActivity.objects, "activity", [row.activity for row in activities], earlier, words, months)
    return [one for one in found if one.breaches]


def _earlier(breach, months):
    moment = breach.aware_at or breach.reported_at
    rows = Breach.objects.of(breach.organisation).on_register().exclude(pk=breach.pk)
    rows = rows.annotate(moment=Coalesce("aware_at", "reported_at"))
    within = rows.filter(moment__gt=add_months(moment, -months), moment__lte=moment)
    return {row.pk: row for row in within.order_by("-moment", "-number")}


def _by_cause(breach, earlier, months):
    same = [row for row in earlier.values() if row.cause == breach.cause and row.cause not in NO_CAUSE]
    words = _("%(count)s breaches in %(months)s months have this cause: %(name)s.")
    about = {"count": len(same) + 1, "months": months, "name": breach.get_cause_display()}
    return Again(words % about, same, breach.cause)


def _by_line(lines, name, things, earlier, words, months):
    """One query, or none where the breach names no such thing."""
    hit = defaultdict(set)
    if things and earlier:
        named = lines.filter(breach__in=list(earlier), **{f"{name}__in": [thing.pk for thing in things]})
        for thing, key in named.values_list(name, "breach"):
            hit[thing].add(key)
        if name == "party":
            for row in earlier.values():
                hit[row.processor_id].add(row.pk)
    for thing in things:
        same = [row for key, row in earlier.items() if key in hit[thing.pk]]
        about = {"count": len(same) + 1, "months": months, "name": str(thing)}
        yield Again(words % about, same)
