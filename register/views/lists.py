"""What lists of shared rows have in common: search, filters with counts, sorting, pages of fifty.

Everything is in the address, so that the way back and a link keep it. The number of queries is the same for any list.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from register import usage
from register.models.library import LibraryItem

PER_PAGE = 50
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class FieldFilter:
    """One choice per value of a field that occurs; a reference is named by the fields in `named`."""

    param: str
    label: str
    field: str
    named: tuple = ()
    words: dict = None

    def narrow(self, rows, values):
        return rows.filter(**{f"{self.field}__in": [value for value in values if self._makes_sense(rows, value)]})

    def options(self, rows):
        paths = [f"{self.field}__{name}" for name in self.named]
        found = rows.order_by().values_list(self.field, *paths).annotate(count=Count("pk", distinct=True))
        options = [
            {"value": value, "label": self._word(rows, value, names), "count": count}
            for value, *names, count in found
            if value not in (None, "")
        ]
        return sorted(options, key=lambda option: str(option["label"]).casefold())

    def _word(self, rows, value, names):
        if names:
            first, *others = names[::-1] if (get_language() or "nl").startswith("en") else names
            return first or next((other for other in others if other), "")
        if self.words:
            return self.words.get(value, value)
        return dict(rows.model._meta.get_field(self.field).flatchoices).get(value, value)

    def _makes_sense(self, rows, value):
        """Whether the database can compare with it; an address may say anything."""
        try:
            _target(rows.model, self.field).to_python(value)
        except Exception:  # each kind of field has its own way to refuse
            return False
        return "\0" not in value


def _target(model, path):
    for name in path.split("__"):
        field = model._meta.get_field(name)
        if field.is_relation:
            model = field.related_model
            field = model._meta.pk
    return field


@dataclass(frozen=True)
class ConditionFilter:
    """Choices that are conditions: {value: (label, Q)}."""

    param: str
    label: str
    conditions: dict

    def narrow(self, rows, values):
        wanted = [self.conditions[value][1] for value in values if value in self.conditions]
        return rows.filter(reduce(or_, wanted)) if wanted else rows

    def options(self, rows):
        counts = rows.order_by().aggregate(
            **{f"n_{value}": Count("pk", filter=condition) for value, (_label, condition) in self.conditions.items()}
        )
        return [
            {"value": value, "label": label, "count": counts[f"n_{value}"]}
            for value, (label, _condition) in self.conditions.items()
        ]


def used_filter(model):
    used = usage.is_used_q(model)
    return ConditionFilter("used", _("Use"), {"yes": (_("In use"), used), "no": (_("Not used anywhere"), ~used)})


@dataclass
class Listing:
    """One page of a list with everything its template needs."""

    kind: object
    page: object
    columns: list
    facets: list
    query: str
    retired: bool
    retired_count: int
    narrowed: bool
    hidden: list
    default_sort: str


def listing(request, kind, rows, *, filters, columns, sorts):
    """Answer the address: `filters` by their param, `sorts` as {key: expression}; the first is the default."""
    asked = request.GET
    query = asked.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    retired = asked.get("state") == "retired"
    every = rows
    rows = rows.filter(retired_on__isnull=not retired)
    retired_count = every.filter(retired_on__isnull=False).count()
    facets = [{"filter": one, "options": one.options(rows)} for one in filters]
    found = _search(rows, kind, query)
    for one in filters:
        if asked.getlist(one.param):
            found = one.narrow(found, asked.getlist(one.param))
    found = _sorted(found, asked.get("sort", ""), sorts)
    params = {"state", "sort", *(one.param for one in filters)}
    return Listing(
        kind=kind,
        page=Paginator(found, PER_PAGE).get_page(asked.get("page")),
        columns=columns,
        facets=facets,
        query=query,
        retired=retired,
        retired_count=retired_count,
        narrowed=bool(query) or any(asked.get(one.param) for one in filters),
        hidden=[(name, value) for name in asked if name in params for value in asked.getlist(name)],
        default_sort=next(iter(sorts)),
    )


def _search(rows, kind, query):
    """Every word must be found somewhere."""
    for word in query.split():
        rows = rows.filter(reduce(or_, (Q(**{f"{field}__icontains": word}) for field in kind.search)))
    return rows


def _sorted(rows, asked, sorts):
    key, backwards = asked.lstrip("-"), asked.startswith("-")
    expression = sorts.get(key) or next(iter(sorts.values()))
    if isinstance(expression, str):
        expression = F(expression)
    order = expression.desc(nulls_last=True) if backwards and key in sorts else expression.asc(nulls_last=True)
    return rows.order_by(order, "pk")


def by_name(model):
    """By the name people see: in their language, whatever its case."""
    if not issubclass(model, LibraryItem):
        return Lower("title" if hasattr(model, "title") else "name")
    first, second = ("name_nl", "name_en") if (get_language() or "nl").startswith("nl") else ("name_en", "name_nl")
    return Lower(Coalesce(NullIf(F(first), Value("")), F(second)))


def nothing_found(listing):
    """Why a list is empty, in a title for the empty state."""
    if listing.narrowed:
        return gettext("Nothing fits this search")
    return gettext("Nothing has been retired") if listing.retired else gettext("Nothing here yet")
