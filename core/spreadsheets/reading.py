"""Bytes to sheets: what kind of file it is, the limits, and calamine for the rest."""

import datetime
import io
import json
import subprocess
import sys
from itertools import zip_longest
from pathlib import Path

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from core import filetypes

from . import apart, delimited, packages
from .scanners import Extent, check_extent, damaged, locked, repair, unlock
from .values import EMPTY, BadFile, Cell, Limits, Sheet

KINDS = {".xlsx": filetypes.XLSX, ".xls": filetypes.XLS, ".ods": filetypes.ODS}
APART, SPACE_APART, SECONDS_APART = apart.__file__, 1_500_000_000, 60
NATIVE = {
    "moment": datetime.datetime.fromisoformat,
    "day": datetime.date.fromisoformat,
    "time": datetime.time.fromisoformat,
    "span": lambda seconds: datetime.timedelta(seconds=seconds),
}
DELIMITED = {".csv", ".tsv", ".txt"}


def read_workbook(source, filename, limits=None):
    """All sheets of a workbook; a csv file is one sheet, named after the file.

    `source` is a path, bytes or an open binary file. Takes memory in the order of a few hundred bytes per cell.
    """
    limits = limits or Limits.of_settings()
    filename = Path(filename).name
    ending = Path(filename).suffix.lower()
    if ending not in KINDS and ending not in DELIMITED:
        raise BadFile(
            _("Files of this kind cannot be read as a spreadsheet."),
            where=filename,
            remedy=_("Save it as .xlsx, .ods or .csv and try again."),
        )
    content = _content(source, filename, limits)
    kind = filetypes.kind_of(content)
    if ending in DELIMITED:
        _is_what_it_says(filename, kind, filetypes.TEXT)
        sheets = [delimited.read(content, filename, limits)]
    else:
        _is_what_it_says(filename, kind, KINDS[ending])
        sheets = _read_office(content, filename, kind, limits)
    if not any(sheet.rows for sheet in sheets):
        raise BadFile(_("There is not a single filled cell in this file."), where=filename)
    return sheets


def _content(source, filename, limits):
    """The bytes, but never more than the limit and one."""
    if isinstance(source, bytes | bytearray | memoryview):
        content = bytes(source[: limits.bytes + 1])
    elif hasattr(source, "read"):
        content = source.read(limits.bytes + 1)
    else:
        with Path(source).open("rb") as file:
            content = file.read(limits.bytes + 1)
    if not content.strip(b"\0\t\n\r \xef\xbb\xbf"):
        raise BadFile(_("The file is empty."), where=filename)
    if len(content) > limits.bytes:
        raise BadFile(
            _("The file is larger than %(size)s MB.") % {"size": limits.bytes // 2**20 or 1},
            where=filename,
            remedy=_("Split it, or leave out pictures and sheets that are not needed."),
        )
    return content


def _is_what_it_says(filename, kind, expected):
    if kind == expected:
        return
    if kind == filetypes.ENCRYPTED_OFFICE:
        raise BadFile(locked(), where=filename, remedy=unlock())
    if kind in (filetypes.UNKNOWN, filetypes.ZIP, filetypes.OLE):
        message = _("The content is not what the name of the file says, or the file is damaged.")
    else:
        message = _("The content is not what the name of the file says: it looks like %(kind)s.") % {"kind": kind}
    remedy = _("Open it in the program it was made with, save it as .xlsx, .ods or .csv, and try again.")
    raise BadFile(message, where=filename, remedy=remedy)


def _read_office(content, filename, kind, limits):
    if kind == filetypes.XLS:
        return _read_apart(content, filename, limits)
    marks = packages.check(content, filename, kind, limits)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            return [
                _sheet(workbook, about, of_sheet or {}, filename, limits)
                for about, of_sheet in zip_longest(workbook.sheets_metadata, marks)
                if about and about.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError:
        raise BadFile(locked(), where=filename, remedy=unlock()) from None
    except (CalamineError, ValueError, OSError):
        raise BadFile(damaged(), where=filename, remedy=repair()) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how a mistake in calamine itself comes out, not an Exception
            raise BadFile(damaged(), where=filename, remedy=repair()) from None
        raise


def _read_apart(content, filename, limits):
    """The sheets of an old workbook, read by a process that may fall over without taking this one along."""
    bounds = (SPACE_APART, SECONDS_APART, limits.rows, limits.columns, limits.cells)
    try:
        done = subprocess.run(
            [sys.executable, "-I", APART, *map(str, bounds)],
            input=content,
            capture_output=True,
            timeout=2 * SECONDS_APART,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BadFile(damaged(), where=filename, remedy=repair()) from None
    if done.returncode == apart.LOCKED:
        raise BadFile(locked(), where=filename, remedy=unlock())
    if done.returncode:
        raise BadFile(damaged(), where=filename, remedy=repair())
    return [_sheet_apart(found, filename, limits) for found in json.loads(done.stdout)]


def _sheet_apart(found, filename, limits):
    check_extent(Extent(*found["extent"]), f"{filename}, {found['name']}", limits)
    rows = [_row([_native(value) for value in row], {}) for row in found["rows"]]
    merged = tuple(tuple(tuple(corner) for corner in area) for area in found["merged"])
    return Sheet(found["name"], without_empty_end(rows), hidden=found["hidden"], merged=merged)


def _native(value):
    if not isinstance(value, dict):
        return value
    ((kind, said),) = value.items()
    return NATIVE[kind](said)


def _sheet(workbook, about, marks, filename, limits):
    sheet = workbook.get_sheet_by_name(about.name)
    values = []
    if sheet.end:
        check_extent(Extent(*(last + 1 for last in sheet.end)), f"{filename}, {about.name}", limits)
        values = sheet.to_python(skip_empty_area=False)
    rows = [_row(row, marks.get(number, {})) for number, row in enumerate(values)]
    hidden, merged = about.visible != SheetVisibleEnum.Visible, tuple(sheet.merged_cell_ranges or ())
    return Sheet(about.name, without_empty_end(rows), hidden=hidden, merged=merged)


def _row(values, marks):
    cells = [_cell(value) for value in values]
    for column, mark in marks.items():
        cells += [EMPTY] * (column + 1 - len(cells))
        cell = cells[column]
        cells[column] = Cell(cell.value, mark.error or cell.text, formula=mark.formula)
    return tuple(without_empty_end(cells))


def without_empty_end(items):
    """A list without the empty cells or rows at its end."""
    last = len(items)
    while last and items[last - 1] in (EMPTY, ()):
        last -= 1
    return items[:last]


def _cell(value):
    if isinstance(value, str):
        value = value.replace("\0", "")  # an xlsx can hold one, written out; no database takes it
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool):
        return Cell(value, "TRUE" if value else "FALSE")
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)
    if isinstance(value, datetime.datetime):
        return Cell(value, value.isoformat(" ", "seconds").removesuffix(":00"))
    if isinstance(value, datetime.time):
        return Cell(value, value.isoformat("seconds").removesuffix(":00"))
    return Cell(value, str(value))
