"""The list as it is now: working copies, found and counted in a fixed number of queries."""

from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.db.models.functions import Lower

from core import search
from register import findings
from register.models import Activity, ActivityLabel, ApprovalRound

from .columns import COLUMNS
from .facets import FACETS

PAGE = 50
SHOWN = (
    *("organisation", "number", "name", "kind", "reference", "owner_function", "review_on", "started_on", "ended_on"),
    *("established_number", "established_at", "established_digest", "draft_digest", "edited_at", "gaps", "columns"),
    *("owner__name", "owner__email", "edited_by__name", "edited_by__email"),
)
ORDERS = {
    "number": ["number"],
    "name": [Lower("name"), "number"],
    "kind": ["kind", "number"],
    "department": [Lower("department__name"), "number"],
    "controller": [Lower("controller__name"), "number"],
    "owner": [Lower("owner__name"), "owner_function", "number"],
    "purposes": ["columns__purposes__0__nl", "number"],
    "gaps": ["gaps", "number"],
    "review": ["review_on", "number"],
    "established": ["established_at", "number"],
    "edited": ["edited_at", "number"],
    "reference": [Lower("reference"), "number"],
    "ended": ["ended_on", "number"],
}


class CountedPaginator(Paginator):
    """A paginator that was told how many there are."""

    def __init__(self, rows, per_page, count):
        super().__init__(rows, per_page)
        self.count = count


class Listing:
    """What a member sees of the activities for what was asked. Ended ones are hidden until they are asked for."""

    past = False
    day_query = ""

    def __init__(self, membership, asked, *, today):
        self.membership, self.asked, self.today = membership, asked, today
        self.organisation = membership.organisation
        self.visible = Activity.objects.visible_to(membership)

    @property
    def columns(self):
        return [COLUMNS[key] for key in self.asked.columns]

    @property
    def shows_number(self):
        """The number stands before the name, wherever the other columns go."""
        return COLUMNS["number"] in self.columns

    @property
    def offered_columns(self):
        return [column for key, column in COLUMNS.items() if key != "valid_from"]

    @property
    def facets(self):
        return list(FACETS.values())

    def rows(self, without=()):
        """The activities that answer the text and the filters, but for the filters named in `without`."""
        found = search.matching(self.visible, self.asked.text)
        for key, values in self.asked.chosen.items():
            if key not in without:
                found = found.filter(self._condition(key, values))
        if "status" not in self.asked.chosen and "status" not in without:
            found = found.filter(ended_on=None)
        return found

    def ids(self):
        """The activities that are found, whichever page is shown."""
        return list(self.rows().values_list("pk", flat=True))

    def _condition(self, key, values):
        return FACETS[key].condition(values, organisation=self.organisation, on=self.today)

    @cached_property
    def counts(self):
        """How many there are, per part of the register, and how many ended ones are hidden. One query."""
        status = self.asked.chosen.get("status")
        shown = self._condition("status", status) if status else Q(ended_on=None)
        kind = self.asked.chosen.get("kind")
        part = Q(kind__in=kind) if kind else Q()
        number = {
            "all": Count("pk", filter=shown),
            "controller": Count("pk", filter=shown & Q(kind="controller")),
            "processor": Count("pk", filter=shown & Q(kind="processor")),
            "found": Count("pk", filter=shown & part) if part else Count("pk", filter=shown),
            "hidden": Count("pk", filter=Q(ended_on__isnull=False) & part),
        }
        counted = self.rows(without=("status", "kind")).aggregate(**number)
        return counted if not status else counted | {"hidden": 0}

    def page(self, number):
        """One page of rows, with labels and open questions. Four queries, besides the counting."""
        page = CountedPaginator(self.ordered(), PAGE, self.counts["found"]).get_page(number)
        rows = list(page.object_list)
        labels, rounds, found = _labels(rows), _rounds(rows), self._findings(rows)
        for row in rows:
            row.labels, row.round_state = labels.get(row.pk, ()), rounds.get(row.pk, "")
            row.finding_counts = found.get(row.pk, {})
            row.version, row.valid_from = row.established_number, None
        page.object_list = rows
        return page

    def _findings(self, rows):
        """{activity: {severity: number}} of what does not hold and was not accepted; asked when the column is shown."""
        if COLUMNS["findings"] not in self.columns:
            return {}
        return findings.counts_of(findings.shown(self.membership, self.today), rows)

    def ordered(self):
        key, backward = self.asked.sort.lstrip("-"), self.asked.sort.startswith("-")
        first, *rest = (F(part) if isinstance(part, str) else part for part in ORDERS[key])
        first = first.desc(nulls_last=True) if backward else first.asc(nulls_last=True)
        if key == "number":
            first = "-number" if backward else "number"
        found = self.rows().select_related("owner", "edited_by").only(*SHOWN)
        return found.order_by(first, *rest)

    def options(self, facet):
        """(value, words, count) of a filter: most first, and what was chosen always. At most two queries."""
        counts = facet.counts(self.rows(without=(facet.key,)), organisation=self.organisation, on=self.today)
        return options_of(facet, counts, self.asked.chosen.get(facet.key, ()), self.organisation)


def options_of(facet, counts, chosen, organisation):
    counts = {value: number for value, number in counts.items() if number} | {
        value: counts.get(value, 0) for value in chosen
    }
    names = facet.names(list(counts), organisation=organisation)
    options = [{"value": value, "label": names[value], "count": number} for value, number in counts.items()]
    if hasattr(facet, "words") and facet.words:
        order = list(dict(getattr(facet.words, "choices", facet.words)))
        return sorted(options, key=lambda option: order.index(option["value"]) if option["value"] in order else -1)
    return sorted(options, key=lambda option: (-option["count"], str(option["label"]).lower()))


def _labels(rows):
    found = {}
    for row in ActivityLabel.objects.filter(activity__in=rows).select_related("label").order_by("label__name"):
        found.setdefault(row.activity_id, []).append(row.label)
    return found


def _rounds(rows):
    """The state of the latest question for approval, while it still matters for the working copy."""
    rounds = ApprovalRound.objects.filter(activity__in=rows).order_by("asked_at")
    latest = dict(rounds.values_list("activity_id", "state"))
    changed = {row.pk for row in rows if row.has_changes()}
    return {key: state for key, state in latest.items() if key in changed}
