"""Text with delimiters: which encoding, which delimiter, and where it goes wrong."""

import csv
import io
import re
from pathlib import Path

from django.utils.translation import gettext as _

from .scanners import Extent, check_extent
from .values import EMPTY, BadFile, Cell, Sheet

DELIMITERS = ";\t|,"
MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def read(content, filename, limits):
    """The one sheet of a csv file. A first line `sep=;`, as Excel writes it, stays as an empty row: rows keep count."""
    text = decode(content, filename)
    named = re.match(r"sep=(.)\r?\n", text)
    delimiter = named[1] if named else sniff(text)
    start = named.end() if named else 0
    rows = [()] if named else []
    csv.field_size_limit(max(csv.field_size_limit(), limits.bytes))
    reader = csv.reader(io.StringIO(text[start:], newline=""), delimiter=delimiter, strict=True)
    widest = 0
    try:
        for row in reader:
            rows.append(_row(row))
            widest = max(widest, len(row))
            if len(rows) > limits.rows or widest > limits.columns or len(rows) * widest > limits.cells:
                check_extent(Extent(len(rows), widest), _line(filename, reader.line_num + bool(named)), limits)
    except csv.Error:
        raise BadFile(
            _("A quotation mark is not closed, or stands in the middle of a cell."),
            where=_line(filename, reader.line_num + bool(named)),
            remedy=_("Save the file as csv again from a spreadsheet program."),
        ) from None
    while rows and not rows[-1]:
        rows.pop()
    return Sheet(Path(filename).stem, rows)


def decode(content, filename):
    """Text from UTF-8 or UTF-16 with their mark, UTF-8 without, or Windows-1252; anything else is refused."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding, filename)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if MULTIBYTE.search(content):  # some of it is UTF-8: two encodings in one file
            raise _wrong_encoding(content[: error.start], filename) from None
    return _strictly(content, "cp1252", filename)


def sniff(text):
    """The delimiter that cuts most of the first rows into the same number of cells, and into the most."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(text[:200_000], delimiter))


def _evenness(text, delimiter):
    widths = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if row:
                widths.append(len(row))
            if len(widths) == 50:
                break
    except csv.Error:
        pass
    usual = max(set(widths), key=widths.count, default=1)
    return (usual > 1, widths.count(usual) / len(widths) if widths else 0, usual)


def _strictly(content, encoding, filename):
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _wrong_encoding(content[: error.start], filename) from None
    if encoding.startswith("utf-16") and "\0" in text:
        raise _wrong_encoding(b"", filename)
    return text


def _wrong_encoding(before, filename):
    return BadFile(
        _("This line holds characters in an unknown or mixed encoding."),
        where=_line(filename, before.count(b"\n") + 1),
        remedy=_("Save the file as csv in UTF-8 and try again."),
    )


def _line(filename, number):
    return _("%(file)s, line %(number)s") % {"file": filename, "number": number}


def _row(values):
    while values and not values[-1]:
        values.pop()
    return tuple(Cell(value, value, formula=value.startswith("=")) if value else EMPTY for value in values)
