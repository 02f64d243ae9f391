"""Shared rows as they stood at a moment, read from their history.

Only what the row itself said is of the past; the names of what it refers to are those of today.
"""

import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, OuterRef, Q


def asked_day(text, today):
    """The past day that an address asks for, or None: no day, nonsense, today and later all mean today."""
    try:
        day = datetime.date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day < today else None


def as_they_stood(model, organisation, moment):
    """Per row the last history record until `moment`, unless that one deleted it; filter and sort them as rows.

    Two records of one moment: the later written one counts.
    """
    past = model.history.model.objects.filter(organisation=organisation, history_date__lte=moment)
    later = past.filter(
        Q(history_date__gt=OuterRef("history_date"))
        | Q(history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id")),
        id=OuterRef("id"),
    )
    return past.filter(~Exists(later)).exclude(history_type="-")


def as_row(record, related=()):
    """A row of the model, unsaved, from its record; `related` must have been fetched with the record."""
    row = record.instance
    for name in related:
        try:
            setattr(row, name, getattr(record, name))
        except ObjectDoesNotExist:
            setattr(row, name, None)
    return row
