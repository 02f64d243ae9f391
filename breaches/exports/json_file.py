"""The register as JSON: codes and moments as they are kept, the same in every language."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from .tables import FIELDS
from .words import person

SCHEMA = "dertig-breaches/1"
LINKS = ("controller", "department", "processor")
ROWS = {
    "assessments": ("number", "suggestion", "score", "reasoning", "at"),
    "decisions": ("about", "tell", "exemption", "reason", "at"),
    "notifications": ("kind", "form", "authority", "sent_at", "reference", "is_complete", "follow_up_on", "digest"),
    "communications": ("sent_on", "channel", "people", "is_public", "language", "digest"),
    "measures": ("kind", "text", "due_on", "done_on"),
    "other_notices": ("recipient", "name", "ground", "due_at", "sent_at", "reference"),
}
"""What is told of each row that hangs on a breach; who decided or assessed is added."""
SIGNED = ("assessments", "decisions")


def document(found):
    organisation = found.organisation
    value = {
        "schema": SCHEMA,
        "organisation": {"slug": organisation.slug, "name": organisation.name, "country": organisation.country},
        "made_at": found.at,
        "breaches": [_breach(entry) for entry in found.entries],
    }
    return (json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1) + "\n").encode()


def _breach(entry):
    breach, recorded = entry.breach, entry.recorded
    return {
        "id": breach.pk,
        "number": breach.code,
        "state": breach.state,
        "title": breach.title,
        **{name: getattr(breach, name) for name in FIELDS if name not in LINKS},
        **{name: _named(getattr(breach, name)) for name in LINKS},
        "reported_at": breach.reported_at,
        "earlier": breach.earlier,
        "deadline": entry.deadline,
        "first_notified_at": recorded.first_notified_at,
        "closed_at": breach.closed_at,
        "assessments": _rows("assessments", recorded.assessments),
        "decisions": _rows("decisions", recorded.decisions),
        "notifications": _rows("notifications", recorded.notifications),
        "communications": _rows("communications", recorded.communications),
        "measures": _rows("measures", entry.measures),
        "other_notices": _rows("other_notices", entry.other_notices),
        "advice": [{"text": row.text, "at": row.at, "by": person(row.by)} for row in entry.advice],
        "activities": [{"id": row.pk, "number": row.code, "name": row.name} for row in entry.activities],
        "systems": [_named(row) for row in entry.systems],
        "parties": [
            _named(row.party) | {"involvement": row.involvement, "note": row.note, "told_at": row.told_at}
            for row in entry.parties
        ],
    }


def _rows(name, rows):
    return [
        {key: getattr(row, key) for key in ROWS[name]} | ({"by": person(row.by)} if name in SIGNED else {})
        for row in rows
    ]


def _named(row):
    return {"id": row.pk, "name": row.name} if row else None
