"""Files that this program wrote: JSON, or a workbook of which every cell is understood. Both give the same value."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from core.spreadsheets import BadFile, Limits, read_workbook, sheet_names

from . import own_json, own_sheets


@dataclass(frozen=True, slots=True)
class Own:
    """`by_words`: ids within it count for nothing, since a workbook names most things by words."""

    register: object
    by_words: bool = False


def read(source, filename, limits=None):
    """What stands in a file of ours (Own), None when it is no file of ours, or BadFile."""
    limits = limits or Limits.of_settings()
    if own_json.is_ours(source, filename):
        return Own(own_json.read(source, filename, limits))
    if Path(filename).suffix.lower() != ".xlsx":
        return None
    content = own_json.bounded(source, limits.bytes)
    if hasattr(source, "seek"):
        source.seek(0)
    if not own_sheets.may_be_ours(sheet_names(content)):
        return None
    try:
        found = own_sheets.read(read_workbook(content, filename, limits))
        own_json.check(found, filename, limits)
    except (own_sheets.NotOurs, BadFile):
        return None  # it comes in as any other sheet does, which refuses what cannot be read at all
    return Own(found, by_words=True)


def read_again(source, filename):
    """What stands in a file that was ours when it was uploaded."""
    found = read(source, filename)
    if found is None:
        raise BadFile(
            _("This file was made by another version of the program, which wrote other headings."),
            where=filename,
            remedy=_("Upload it again."),
        )
    return found
