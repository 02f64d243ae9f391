"""Purposes with their wordings as they stand: which version people are shown, whether it is due, and how far the
record has moved away from it.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from . import covering
from .actions import purposes as acts
from .covering import Moved
from .models import Wording, WordingVersion

UNMOVED = Moved()


@dataclass(frozen=True, slots=True)
class WordingRow:
    wording: Wording
    version: WordingVersion | None = None  # that people are shown now
    moved: Moved = UNMOVED
    is_due: bool = False

    @property
    def state(self):
        """(words, tone) for a badge."""
        if self.wording.retired_on is not None:
            return _("Ended"), "ended"
        if self.version is None:
            return _("Draft"), "draft"
        if self.moved.is_stale:
            return _("No longer covers what is done"), "bad"
        return (_("To be looked at again"), "warning") if self.is_due else (_("In use"), "good")


@dataclass(frozen=True, slots=True)
class PurposeRow:
    """`standing`: the activity as established, or None when it has this purpose with consent no longer."""

    purpose: object
    name: str
    standing: object = None
    line: object = None
    wordings: tuple = ()

    @property
    def in_use(self):
        return [row for row in self.wordings if row.version is not None]

    @property
    def is_stale(self):
        return any(row.moved.is_stale for row in self.wordings)


def of(purposes, *, language, at):
    """[PurposeRow] in the given order. Three queries."""
    on = timezone.localdate(at)
    found = acts.standings(purposes, on=on)
    wordings, versions = _wordings(purposes, at)
    rows = []
    for purpose in purposes:
        now = covering.facts(*found[purpose.pk]) if purpose.pk in found else None
        standing, line = found.get(purpose.pk, (None, None))
        rows.append(
            PurposeRow(
                purpose,
                purpose.name(language),
                standing,
                line,
                tuple(_row(one, versions.get(one.pk), now, language, on) for one in wordings[purpose.pk]),
            )
        )
    return rows


def _wordings(purposes, at):
    wordings = defaultdict(list)
    for wording in Wording.objects.filter(purpose__in=purposes):
        wordings[wording.purpose_id].append(wording)
    shown = WordingVersion.objects.filter(wording__purpose__in=purposes, valid_until=None, valid_from__lte=at)
    return wordings, {version.wording_id: version for version in shown}


def _row(wording, version, now, language, on):
    if version is None:
        return WordingRow(wording)
    return WordingRow(wording, version, covering.compare(version.content, now, language), version.review_on <= on)
