"""Making a file of breaches, and writing down that somebody took it."""

import hashlib

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts import events
from accounts.models import Event
from core.spreadsheets import write_csv, write_xlsx

from . import json_file, pdf, tables

FORMATS = {"pdf": _("PDF"), "xlsx": _("Excel"), "csv": _("CSV"), "json": _("JSON")}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}


def make(found, format, language):
    """The bytes. The same breaches, moment and language give the same bytes."""
    with override(language):
        return MAKERS[format](found, language)


def _xlsx(found, language):
    return write_xlsx((table.title, (table.headings, *table.rows)) for table in tables.tables(found))


def _csv(found, language):
    table = tables.register(found)
    return write_csv((table.headings, *table.rows), language)


def _json(found, language):
    return json_file.document(found)


MAKERS = {"pdf": pdf.register, "xlsx": _xlsx, "csv": _csv, "json": _json}


def file_name(organisation, at, language, format, code=""):
    parts = [slugify(organisation.slug), code or "art33", timezone.localdate(at).isoformat(), language]
    return "-".join(parts) + f".{format}"


def note_taken(organisation, name, content, *, format, language, count, at, by=None, request=None):
    """The event: from a page it is a download, from the command line an export."""
    details = {
        "format": format,
        "language": language,
        "breaches": count,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
    }
    kind = Event.Kind.DOWNLOADED if request else Event.Kind.EXPORT_REQUESTED
    events.record(kind, request=request, organisation=organisation, user=by, subject=name, details=details, at=at)
