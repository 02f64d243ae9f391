"""What an address asks of the findings, and the cells in which they are counted. Nothing here asks the database."""

import datetime
import re
import uuid
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from register.checks.engine import RULES
from register.findings import CAUSES, PAGES

from .asked import day_of

STATES = {
    "fails": gettext_lazy("Not in order"),
    "unknown": gettext_lazy("Not known"),
    "accepted": gettext_lazy("Accepted"),
}
FILTERS = {
    "severity": gettext_lazy("Severity"),
    "group": gettext_lazy("Group of rules"),
    "article": gettext_lazy("Article"),
    "rule": gettext_lazy("Rule"),
    "department": gettext_lazy("Department"),
    "owner": gettext_lazy("Owner"),
}
NOBODY = "-"


@dataclass(frozen=True)
class AskedFindings:
    """What an address asks for. What cannot be understood is left out."""

    state: str = "fails"
    chosen: dict = field(default_factory=dict)
    cause: tuple | None = None
    on: datetime.date | None = None

    @classmethod
    def of(cls, query, today):
        state, day = query.get("state", ""), day_of(query.get("on", ""))
        chosen = {name: [value[:60] for value in query.getlist(name) if value] for name in FILTERS}
        return cls(
            state=state if state in STATES else "fails",
            chosen={name: values for name, values in chosen.items() if values},
            cause=_cause(query.get("cause", "")),
            on=day if day and day < today else None,
        )

    def query(self, **changes):
        """The shortest query string that asks the same, but for the changes (None takes away)."""
        query = QueryDict(mutable=True)
        for name, values in self.chosen.items():
            query.setlist(name, values)
        if self.state != "fails":
            query["state"] = self.state
        if self.on:
            query["on"] = self.on.isoformat()
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
            else:
                query[name] = value
        return query.urlencode()


def _cause(text):
    kind, _sep, key = text.partition(":")
    try:
        return (kind, uuid.UUID(key)) if kind in CAUSES or kind in PAGES else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Cell:
    """So many findings that are equal in all that pages filter by; `sample` is the key of one of them."""

    rule: str
    cause_kind: str
    cause_id: uuid.UUID | None
    severity: str
    state: str
    department: uuid.UUID | None
    owner: uuid.UUID | None
    count: int
    sample: str

    def value(self, name):
        if name == "group":
            return self.rule[:1]
        value = getattr(self, name)
        return str(value) if value else NOBODY

    def has(self, name, values):
        if name == "article":
            return not articles(self.rule).isdisjoint(values)
        return self.value(name) in values


def articles(rule):
    """The numbers of the articles of the GDPR that a rule names, as text."""
    about = RULES.get(rule)
    return set(re.findall(r"(?:^|[,;/] ?)(\d+)", about.article)) if about else set()
