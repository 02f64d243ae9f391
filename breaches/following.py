"""What an incomplete notification still owes the authority (Art. 33(4)): each question that had no answer, and whether
it has one by now.

The one rule: only a later notification that is complete ends it, never an answer that merely became known.
"""

from dataclasses import dataclass

from django.utils.translation import get_language

from . import filling, places
from .actions import notifying
from .authority_forms import gathering, reading
from .authority_forms.sources import SOURCES
from .law import NotificationKind


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    is_known: bool


@dataclass(frozen=True)
class FollowUp:
    """`items` is None for who may not read what was sent, or when that was destroyed."""

    row: object
    form: str
    follows: str = ""
    items: tuple | None = None

    @property
    def is_ready(self):
        return self.items is not None and all(item.is_known for item in self.items)


def of(breach, rows, *, membership, at, opens):
    """Of each notification after which something must follow (`Recorded.to_follow_up`). No query when there is none;
    some twenty otherwise for who `opens` what is sealed.
    """
    if not rows or not opens:
        return [FollowUp(row, row.form.partition("-")[0]) for row in rows]
    language = get_language() if get_language() in reading.LANGUAGES else "nl"
    return [_of(breach, kept, language, membership, at) for kept in notifying.kept(rows, language)]


def _of(breach, kept, language, membership, at):
    code = kept.row.form.partition("-")[0]
    if kept.filled is None:
        return FollowUp(kept.row, code)
    asked = {answer.number: answer for answer in kept.filled.missing if answer.source in SOURCES}
    now = _now(breach, kept.row, language, membership, at)
    items = [
        Item(answer.label, places.address(breach, SOURCES[answer.source].place), now.get(number, False))
        for number, answer in asked.items()
    ]
    return FollowUp(kept.row, code, kept.follows, tuple(items))


def _now(breach, row, language, membership, at):
    """{number: whether it is known} by the edition that was used; nothing when that is no longer there."""
    form = next((form for form in reading.all_forms(reading.FOLDER) if form.name == row.form), None)
    if form is None:
        return {}
    facts = gathering.facts_of(
        breach, membership=membership, at=at, kind=NotificationKind.FOLLOW_UP, authority=row.authority
    )
    return {answer.number: not answer.is_missing for answer in filling.fill(form, facts, language).answers}
