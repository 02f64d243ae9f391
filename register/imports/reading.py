"""A file to proposals: a spreadsheet with headings, or the export of the Dutch government's register tool."""

from pathlib import Path

from django.utils.translation import gettext as _

from core.spreadsheets import BadFile, Limits, read_workbook

from . import government, headings, rows

GOVERNMENT = {".json", ".zip"}


def read(source, filename, *, language, sheet=None, mapping=None, limits=None):
    """Everything that the file holds (rows.Reading), or BadFile. `language` is taken when the headings do not tell."""
    limits = limits or Limits.of_settings()
    filename = Path(filename).name
    if mapping:
        _check(mapping)
    if Path(filename).suffix.lower() in GOVERNMENT:
        return government.read(source, filename, limits)
    sheets = read_workbook(source, filename, limits)
    return rows.read_sheets(sheets, filename, language=language, sheet=sheet, mapping=mapping)


def _check(mapping):
    known = headings.meanings()
    for heading, meaning in mapping.items():
        if meaning not in known:
            raise BadFile(
                _("“%(meaning)s” is not something that a column can mean.") % {"meaning": meaning},
                where=_("mapping, %(heading)s") % {"heading": heading},
                remedy=_("Choose one of: %(known)s.") % {"known": ", ".join(known)},
            )
