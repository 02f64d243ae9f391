"""Lists of people as delimited text, line by line, so that a million of them never stand in memory at once.

The one rule: a list is read to its end or refused with one sentence about the first line that is wrong.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consent import identifiers
from consent.kinds import IdentifierKind
from core import filetypes
from core.refusal import Refused
from core.spreadsheets import BadFile
from core.spreadsheets.delimited import MARKS, sniff

from . import columns

PLAIN_TEXT = (".csv", ".txt", ".tsv")
PIECE = 1 << 18
LONGEST_LINE = 1 << 20
MAX_LINES = 1_000_000
MAX_BYTES = 300 * 2**20
BREAK = re.compile(rb"[\r\n]")
READ_AS = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}  # without the mark in front


@dataclass(frozen=True, slots=True)
class Source:
    """Where a list comes from: `open` gives its bytes from the start, each time anew."""

    name: str
    open: Callable


@dataclass(frozen=True, slots=True)
class Layout:
    """How a list is written. `heading` is () when the first line is somebody already; `columns`: {meaning: place}."""

    encoding: str
    delimiter: str
    heading: tuple
    columns: dict
    width: int  # cells of the first line
    lines: int  # line breaks, for progress


def survey(source, known=columns.WORDS):
    """Look through the whole list once: what it is written in, and which columns it has."""
    encoding, lines, head = _look_through(source)
    text = head.decode(encoding, "ignore").removeprefix("\ufeff")
    delimiter = sniff(text.rsplit("\n", 1)[0] if "\n" in text else text)
    first = next(_read(source, encoding, delimiter), (0, []))[1]
    found = columns.recognised(first, known)
    if columns.IDENTIFYING & found.keys():
        return Layout(encoding, delimiter, tuple(first), found, len(first), lines)
    guessed = _guessed(first)
    if not guessed:
        raise BadFile(
            _("No column with addresses or numbers was found."),
            where=source.name,
            remedy=_("Give the first line a heading such as “e-mail”, “phone” or “customer number”."),
        )
    return Layout(encoding, delimiter, (), guessed, len(first), lines)


def rows(source, layout):
    """(number of the line, cells) of everybody on the list. Empty lines are nobody."""
    reading = _read(source, layout.encoding, layout.delimiter)
    if layout.heading:
        next(reading)
    for count, (number, row) in enumerate(reading, start=1):
        if count > MAX_LINES:
            raise BadFile(
                _("The list has more than %(number)s lines.") % {"number": f"{MAX_LINES:,}"},
                where=source.name,
                remedy=_("Split it."),
            )
        yield number, row


def _look_through(source):
    """(encoding, number of line breaks, first bytes). Refuses what is no text, or holds an endless line."""
    with source.open() as stream:
        head = piece = stream.read(PIECE)
        if not head.strip(b"\0\t\n\r \xef\xbb\xbf"):
            raise BadFile(_("The file is empty."), where=source.name)
        if filetypes.kind_of(head) != filetypes.TEXT:
            raise _no_text(source.name)
        marked = next((encoding for mark, encoding in MARKS.items() if head.startswith(mark)), None)
        decoder = codecs.getincrementaldecoder(READ_AS[marked or "utf-8"])()
        is_fitting, size, lines, since_break = True, 0, 0, 0
        while piece:
            size += len(piece)
            lines += piece.count(b"\n") or piece.count(b"\r")
            first = BREAK.search(piece)
            since_break += first.end() if first else len(piece)
            if size > MAX_BYTES or since_break > LONGEST_LINE:
                raise _too_large(source.name, size, lines)
            if first:
                since_break = len(piece) - max(piece.rfind(b"\n"), piece.rfind(b"\r"))
            if marked is None and b"\0" in piece:
                raise _no_text(source.name)
            is_fitting = is_fitting and _decodes(decoder, piece)
            piece = stream.read(PIECE)
    if is_fitting and _decodes(decoder, b"", final=True):
        return marked or "utf-8", lines, head
    if marked:
        raise BadFile(
            _("This file holds characters in an unknown or mixed encoding."),
            where=source.name,
            remedy=_("Save it as CSV in UTF-8 and try again."),
        )
    return "cp1252", lines, head


def _decodes(decoder, piece, *, final=False):
    try:
        return "\0" not in decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False


def _no_text(name):
    return BadFile(_("This is no list in plain text."), where=name, remedy=_("Save it as CSV and try again."))


def _too_large(name, size, lines):
    if size > MAX_BYTES:
        return BadFile(_("The list is larger than %(size)s MB.") % {"size": MAX_BYTES >> 20}, where=name)
    return BadFile(
        _("This line is longer than a line of a list can be."),
        where=_("%(file)s, line %(number)s") % {"file": name, "number": lines + 1},
        remedy=_("Save the file as CSV again from a spreadsheet program."),
    )


def _read(source, encoding, delimiter):
    """(number of the line, cells) of each line that is not empty."""
    with source.open() as stream:
        text = io.TextIOWrapper(stream, READ_AS.get(encoding, encoding), newline="")
        csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE * 2))
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            for row in reader:
                if any(row):
                    yield reader.line_num, row
        except (csv.Error, UnicodeDecodeError):
            raise BadFile(
                _("A quotation mark is not closed, or a sign cannot be read."),
                where=_("%(file)s, line %(number)s") % {"file": source.name, "number": reader.line_num + 1},
                remedy=_("Save the file as CSV again from a spreadsheet program."),
            ) from None


def _guessed(row):
    """{meaning: place} of a list without headings: the first cell that is an e-mail address or a telephone number."""
    for kind in (IdentifierKind.EMAIL, IdentifierKind.PHONE):
        for place, cell in enumerate(row):
            try:
                identifiers.normalised(kind, cell.strip())
            except Refused:
                continue
            return {kind.value: place}
    return {}
