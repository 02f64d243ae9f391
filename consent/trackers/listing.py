"""The list of trackers: search and filters, all in the address. The number of queries is the same for any list."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from register.views.lists import ConditionFilter, FieldFilter

from . import needs

LONGEST_SEARCH = 200
CONSENT = {
    "needed": (_("Consent is needed"), ~needs.exempt()),
    "exempt": (_("No consent is needed"), needs.exempt()),
}
STATES = {
    "suggested": (_("Suggested, nobody agreed yet"), Q(is_suggested=True)),
    "incomplete": (_("Without category or purpose"), Q(category="") | Q(purpose_nl="", purpose_en="")),
    "unasked": (
        _("Needs consent that nobody asks for"),
        ~needs.exempt() & (Q(purpose=None) | Q(purpose__retired_on__isnull=False)),
    ),
    "before": (_("Loaded before consent"), ~needs.exempt() & Q(before_consent="yes")),
    "gone": (_("No longer found"), Q(gone_on__isnull=False)),
}
FILTERS = (
    FieldFilter("site", _("Site"), "site", named=("name",)),
    FieldFilter("category", _("Category"), "category"),
    FieldFilter("kind", _("Kind"), "kind"),
    ConditionFilter("consent", _("Consent"), CONSENT),
    ConditionFilter("state", _("State"), STATES),
)


def narrowed(rows, query, asked):
    """What fits the words and the filters that are on."""
    for one in FILTERS:
        if asked.getlist(one.param):
            rows = one.narrow(rows, asked.getlist(one.param))
    for word in query.split():
        places = ("name", "domain", "provider", "purpose_nl", "purpose_en")
        rows = rows.filter(reduce(or_, (Q(**{f"{place}__icontains": word}) for place in places)))
    return rows


def query_of(asked):
    return asked.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
