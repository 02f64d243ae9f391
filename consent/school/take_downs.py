"""What must be taken down: images of people for whom publishing is no longer, or never was, agreed to.

The one rule: nothing here is kept. A task follows from the ledger, by whatever road somebody withdrew, and is gone once
somebody says that the image is down, or when the yes came back.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from consent.actions.class_lists import settings_of
from consent.models import Appearance

from . import pupils
from .parents import Answer


@dataclass(frozen=True, slots=True)
class TakeDown:
    """`since`: the day from which it should not be there; `due`: the last day of the organisation's own term."""

    appearance: Appearance
    answer: Answer
    since: date
    due: date

    @property
    def publication(self):
        return self.appearance.publication

    def is_late(self, on):
        return self.due < on


def of(appearances, organisation, *, at):
    """[TakeDown] of these appearances, the most pressing first. Six queries; one when there is none."""
    read = appearances.filter(down_on=None).select_related("publication__owner", "publication__purpose", "person")
    rows = list(read)
    if not rows:
        return []
    days = timedelta(days=settings_of(organisation).take_down_days)
    pairs = {(row.person_id, row.publication.purpose_id) for row in rows}
    answers = pupils.answers_of(pairs, organisation, at=at)
    found = []
    for row in rows:
        answer = answers[row.person_id, row.publication.purpose_id]
        if not answer.may:
            since = max(timezone.localdate(answer.since), row.added_on) if answer.since else row.added_on
            found.append(TakeDown(row, answer, since, since + days))
    return sorted(found, key=lambda one: (one.due, one.publication.title, one.appearance.pk))
