"""Destroying the details of a breach when they have been kept long enough: a person does it, with a reason, for good.

The one rule: the key, the texts and the rows of the files go in one transaction; the bytes on disk go right after it. A
kill in between leaves bytes that nothing can read any more, which the sweep of `accounts.files` takes away a day later.
"""

from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts import files, history
from accounts.models import Change
from breaches import sealing
from breaches.models import ReportDraft
from core.refusal import Refused

from . import drafts
from .acting import acting

KIND = "breach.details_destroyed"


@dataclass(frozen=True)
class Details:
    """What is sealed about a breach: how many texts, and how many files of how many bytes."""

    texts: int
    files: int
    size: int


@dataclass(frozen=True)
class Destroyed:
    """When, by whom, why, and what: `texts` and `files` are None when that was not written down."""

    at: object
    by: object
    reason: str = ""
    texts: int | None = None
    files: int | None = None


def due(breaches, on):
    """Those of which the details were kept long enough and are still there."""
    return breaches.filter(closed_at__isnull=False, details_until__lte=on, key_row__key__isnull=False)


def counted(breach):
    """Two queries."""
    kept = breach.attachments.aggregate(size=Sum("size"))
    return Details(breach.sealed_rows.count(), breach.attachments.filter(file__isnull=False).count(), kept["size"] or 0)


def destroyed(breach):
    """What became of the details, or None while they are there. One query, when they are gone."""
    key = breach.key_row
    if key.key is not None:
        return None
    change = Change.objects.filter(subjects__subject=breach.pk, kind=KIND).select_related("by").first()
    if change is None:
        return Destroyed(key.destroyed_at, key.destroyed_by)
    return Destroyed(change.at, change.by, change.reason, change.details.get("texts"), change.details.get("files"))


def ask_may(breach):
    """Refused while the breach is open, and a second time."""
    if breach.is_open:
        raise Refused(
            _("The details of an open breach cannot be destroyed."),
            remedy=_("Close it first; they are needed till then."),
        )
    if breach.key_row.key is None:
        raise Refused(_("The details of this breach were destroyed already."))


def destroy(breach, *, reason, by, at):
    """Make everything sealed about a closed breach unreadable, and take it away. The register keeps its row.

    A draft that somebody else's window kept alive goes too.
    """
    with acting(breach, by=by, at=at, kind=KIND, reason=reason) as locked:
        ask_may(locked)
        found = counted(locked)
        history.current().details.update(texts=found.texts, files=found.files)
        sealing.destroy(locked, by=by, at=at)
        locked.sealed_rows.all().delete()
        rows = list(locked.attachments.filter(file__isnull=False).select_related("file"))
        locked.attachments.update(file=None, sealed_name="")
        for row in rows:
            files.forget(row.file)
        for draft in ReportDraft.objects.filter(pk=locked.pk):
            drafts.throw_away(draft)
        locked.revision += 1  # the act leaves its mark on the timeline of the breach
