"""The list as established on a day. It reads the list columns of the versions in force, and filters them in memory:
columns are JSON, which SQLite and PostgreSQL search in different ways."""

import datetime
import uuid
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from core import search
from register import reading
from register.codes import code_of
from register.models import Activity, ActivityVersion

from .columns import COLUMNS, DEFAULT_COLUMNS, PAST_DEFAULTS
from .facets import FACETS
from .now import PAGE, CountedPaginator, options_of


@dataclass(frozen=True)
class PastRow:
    """One activity as a version said it was."""

    pk: uuid.UUID
    number: int
    columns: dict
    version: int
    valid_from: datetime.date
    established_at: datetime.datetime
    late: bool

    round_state = ""
    owner_id = None

    @property
    def code(self):
        return code_of(self.number)

    @property
    def name(self):
        return self.columns.get("name", "")

    @property
    def kind(self):
        return self.columns.get("kind", "controller")

    @property
    def ended_on(self):
        ended = self.columns.get("ended_on")
        return datetime.date.fromisoformat(ended) if ended else None

    @property
    def status(self):
        return "ended" if self.ended_on else "established"

    def has(self, facet, values):
        if facet.key == "status":
            return self.status in values
        facets = self.columns.get("facets", ())
        return any(f"{facet.key}:{value}" in facets for value in values)

    def holds(self, words):
        text = self.plain_text
        return all(word in text for word in words)

    @property
    def plain_text(self):
        return search.plain(" \n".join([self.code, *_texts(self.columns)]))


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key != "facets":
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


ORDERS = {
    "number": lambda row: row.number,
    "name": lambda row: row.name.lower(),
    "kind": lambda row: row.kind,
    "department": lambda row: row.columns.get("department", "").lower(),
    "controller": lambda row: row.columns.get("controller", "").lower(),
    "purposes": lambda row: next((pair["nl"].lower() for pair in row.columns.get("purposes", ())), ""),
    "established": lambda row: row.established_at,
    "ended": lambda row: row.columns.get("ended_on", ""),
}


class PastListing:
    """The same list for a past day, as known at the end of that day; or, when asked, as we now know that it was."""

    past = True

    def __init__(self, membership, asked):
        self.membership, self.asked = membership, asked
        self.organisation = membership.organisation
        self.visible = Activity.objects.visible_to(membership)

    @property
    def day_query(self):
        """What a link adds, so that the fact sheet shows the same day in the same reading."""
        return f"?on={self.asked.on}&known=now" if self.asked.known_now else f"?on={self.asked.on}"

    @property
    def columns(self):
        asked = PAST_DEFAULTS if self.asked.columns == DEFAULT_COLUMNS else self.asked.columns
        return [COLUMNS[key] for key in asked if COLUMNS[key].past] or [COLUMNS[key] for key in PAST_DEFAULTS]

    @property
    def shows_number(self):
        """The number stands before the name, wherever the other columns go."""
        return COLUMNS["number"] in self.columns

    @property
    def offered_columns(self):
        return [column for column in COLUMNS.values() if column.past]

    @property
    def facets(self):
        return [facet for facet in FACETS.values() if facet.past or facet.key == "status"]

    @cached_property
    def in_force(self):
        """All that stood on the day. One query."""
        known_at = None if self.asked.known_now else reading.end_of(self.asked.on)
        versions = ActivityVersion.objects.in_force(self.visible, self.asked.on, known_at)
        found = versions.values_list(
            "activity", "activity__number", "columns", "number", "valid_from", "established_at", "late"
        )
        return [PastRow(*values) for values in found.order_by("activity__number")]

    def rows(self, without=()):
        words = search.words(self.asked.text)
        found = [row for row in self.in_force if row.holds(words)] if words else self.in_force
        for facet in self.facets:
            values = self.asked.chosen.get(facet.key)
            if values and facet.key not in without:
                found = [row for row in found if row.has(facet, values)]
        if "status" not in self.asked.chosen and "status" not in without:
            found = [row for row in found if row.status != "ended"]
        return found

    def ids(self):
        return [row.pk for row in self.rows()]

    @cached_property
    def counts(self):
        parts = Counter(row.kind for row in self.rows(without=("kind",)))
        hidden = [row for row in self.rows(without=("status",)) if row.status == "ended"]
        return {
            "all": parts.total(),
            "controller": parts["controller"],
            "processor": parts["processor"],
            "found": len(self.rows()),
            "hidden": 0 if "status" in self.asked.chosen else len(hidden),
        }

    def page(self, number):
        return CountedPaginator(self.ordered(), PAGE, self.counts["found"]).get_page(number)

    def ordered(self):
        key, backward = self.asked.sort.lstrip("-"), self.asked.sort.startswith("-")
        return sorted(self.rows(), key=ORDERS.get(key, ORDERS["number"]), reverse=backward)

    def options(self, facet):
        """(value, words, count) of a filter. At most two queries."""
        rows = self.rows(without=(facet.key,))
        if facet.key == "status":
            counts = Counter(row.status for row in rows)
        else:
            start = f"{facet.key}:"
            names = (name for row in rows for name in row.columns.get("facets", ()))
            counts = Counter(name.removeprefix(start) for name in names if name.startswith(start))
        return options_of(facet, counts, self.asked.chosen.get(facet.key, ()), self.organisation)
