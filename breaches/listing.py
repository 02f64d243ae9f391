"""The list of breaches: its tabs, search and filters, all in the address. The number of queries is the same for any."""

from functools import reduce
from operator import or_

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from register.views.lists import ConditionFilter, FieldFilter

from .kinds import Kind
from .models import Breach
from .states import LEFT_OUT, OPEN, State

LONGEST_SEARCH = 200
REAL = Q(is_drill=False)
TABS = {
    "open": (_("Open"), REAL & Q(state__in=OPEN)),
    "register": (_("The register"), REAL & ~Q(state__in=LEFT_OUT)),
    "not_a_breach": (_("Not a breach"), REAL & Q(state=State.NOT_A_BREACH)),
    "withdrawn": (_("Withdrawn"), REAL & Q(state=State.WITHDRAWN)),
    "drills": (_("Drills"), Q(is_drill=True)),
}
"""What may be looked at: label and condition. The first is shown when nothing is asked."""
KINDS = {kind.value: (kind.label, Q(kinds_text__contains=f'"{kind}"')) for kind in Kind}
FILTERS = (
    FieldFilter("state", _("State"), "state"),
    ConditionFilter("kind", _("Kind"), KINDS),
    FieldFilter("cause", _("Cause"), "cause"),
    FieldFilter("role", _("Our role"), "role"),
)


def tab_of(asked):
    """The tab that was asked for; the first when there is no such one."""
    return asked if asked in TABS else next(iter(TABS))


def visible(membership):
    """All that this member may see, ready for the filters."""
    found = Breach.objects.visible_to(membership).select_related("organisation", "department")
    return found.annotate(kinds_text=Cast("kinds", TextField()))


def counts(rows):
    """How many there are under each tab. One query."""
    return rows.order_by().aggregate(
        **{key: Count("pk", filter=condition) for key, (_label, condition) in TABS.items()}
    )


def narrowed(rows, query, asked):
    """What fits the words and the filters that are on."""
    for one in FILTERS:
        if asked.getlist(one.param):
            rows = one.narrow(rows, asked.getlist(one.param))
    for word in query.split():
        rows = rows.filter(_holds(word))
    return rows


def _holds(word):
    """A word of the short name, of the facts, or the number as people write it."""
    found = [Q(title__icontains=word), Q(facts__icontains=word), Q(place__icontains=word)]
    number = word.upper().removeprefix("B-").removeprefix("OEF-")
    if number.isdecimal() and len(number) < 9:
        found.append(Q(number=int(number)))
    return reduce(or_, found)
