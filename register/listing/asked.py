"""What an address asks of the list. What cannot be understood is left out; nothing here ever fails."""

import datetime
from dataclasses import dataclass, field

from django.http import QueryDict

from .columns import COLUMNS, DEFAULT_COLUMNS
from .facets import FACETS

SORTS = {"name"} | {column.sort for column in COLUMNS.values() if column.sort}


@dataclass(frozen=True)
class Asked:
    """`chosen` holds the values per filter; `on` is a past day, `known_now` the reading of it as we now know it was."""

    text: str = ""
    chosen: dict = field(default_factory=dict)
    sort: str = "number"
    columns: tuple = DEFAULT_COLUMNS
    on: datetime.date | None = None
    known_now: bool = False

    @classmethod
    def of(cls, query):
        sort = query.get("sort", "")
        columns = tuple(key for key in COLUMNS if key in set(query.getlist("cols")))
        return cls(
            text=query.get("q", "").strip()[:200],
            chosen={key: values for key in FACETS if (values := _values(query, key))},
            sort=sort if sort.lstrip("-") in SORTS else "number",
            columns=columns or DEFAULT_COLUMNS,
            on=day_of(query.get("on", "")),
            known_now=query.get("known") == "now",
        )

    def query(self):
        """The shortest query string that asks the same."""
        query = QueryDict(mutable=True)
        if self.text:
            query["q"] = self.text
        for key, values in self.chosen.items():
            query.setlist(key, values)
        if self.on:
            query["on"] = self.on.isoformat()
            if self.known_now:
                query["known"] = "now"
        if self.sort != "number":
            query["sort"] = self.sort
        if self.columns != DEFAULT_COLUMNS:
            query.setlist("cols", self.columns)
        return query.urlencode()

    @property
    def narrows(self):
        """Whether something other than the order and the columns was asked."""
        return bool(self.text or self.chosen)


def _values(query, key):
    return list(dict.fromkeys(value[:60] for value in query.getlist(key) if value))


def day_of(text):
    """A day of which it makes sense to ask; the edges of the calendar have no next day."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2200 else None
