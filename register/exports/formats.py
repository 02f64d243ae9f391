"""What a record can be made into, and by what: one function for every format. The same state gives the same bytes."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import override

from register.models import Export

from . import json_file, jsonld, pdf, word, workbook
from .gathering import gather

Format = Export.Format


@dataclass(frozen=True, slots=True)
class Made:
    """`pages` is None for what has none."""

    content: bytes
    activities: int
    pages: int | None = None


def make(format, organisation, selection, *, on, known_at, language, made_at, progress=None):
    """The file. `progress(done, total)` hears how far it is; what it raises stops the work."""
    if format == Format.PDF:
        made = pdf.make(
            organisation,
            selection,
            on=on,
            known_at=known_at,
            language=language,
            made_at=made_at,
            progress=progress,
        )
        return Made(made.content, made.activities, made.pages)
    found = gather(organisation, selection, on=on, known_at=known_at, made_at=made_at)
    with override(language):
        content = MAKERS[format](found, language, progress or _unheard)
    return Made(content, len(found.standings))


def _json(found, language, progress):
    return b"".join(_told(json_file.parts(found), len(found.standings), progress))


def _told(parts, total, progress):
    for done, part in enumerate(parts):
        progress(min(done, total), total)
        yield part


def _jsonld(found, language, progress):
    """Each activity once: what is established goes before a working copy. Nothing that is meant for inside is in it."""
    progress(0, 1)
    entries = {}
    for standing in found.standings:
        entries.setdefault(standing.entry.id, standing.entry)
    organisation = found.organisation
    flemish = organisation.country == organisation.Country.BELGIUM
    document = jsonld.register(organisation, entries.values(), found.controllers, settings.BASE_URL, oslo=flemish)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _unheard(done, total):
    """Nobody waits."""


MAKERS = {
    Format.XLSX: workbook.xlsx,
    Format.CSV: workbook.csv,
    Format.DOCX: word.docx,
    Format.JSON: _json,
    Format.JSONLD: _jsonld,
}
CONTENT_TYPES = {
    Format.PDF: "application/pdf",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.JSON: "application/json",
    Format.JSONLD: "application/ld+json",
}
ENDINGS = {name: f".{name}" for name in Format.values}
