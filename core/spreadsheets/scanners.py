"""Reading the XML of a spreadsheet in pieces: how far it reaches, and which cells are worked out or wrong.

calamine leaves out the errors, and the formulas that were never worked out, without a word; so they are found here.
"""

import re
import xml.parsers.expat
from collections import defaultdict
from typing import NamedTuple

from django.utils.translation import gettext as _

from .values import BadFile, place


class Mark(NamedTuple):
    """What is special about a cell: worked out by a formula; an error instead of a value."""

    formula: bool
    error: str = ""


class Extent(NamedTuple):
    """How many rows and columns a sheet spans, from A1 to its last filled cell."""

    rows: int
    columns: int


def too_large(filename, limits):
    return BadFile(
        _("The file would take more than %(size)s MB when unpacked.") % {"size": limits.unpacked // 2**20 or 1},
        where=filename,
        remedy=_("Copy only the cells that are needed into a new file."),
    )


def locked():
    return _("The file is protected with a password.")


def unlock():
    return _("Save it without a password and try again.")


def damaged():
    return _("The file is damaged and cannot be read.")


def repair():
    return _("Open it in a spreadsheet program, save it again, and try once more.")


def check_extent(extent, where, limits, before=0):
    """Refuse a sheet that reaches too far; `before` is how many cells the sheets before it span."""
    if extent.rows > limits.rows:
        raise BadFile(
            _("The sheet has more than %(limit)s rows.") % {"limit": limits.rows}, where=where, remedy=_split()
        )
    if extent.columns > limits.columns:
        raise BadFile(
            _("The sheet has more than %(limit)s columns.") % {"limit": limits.columns}, where=where, remedy=_split()
        )
    if before + extent.rows * extent.columns > limits.cells:
        raise BadFile(_("The sheet spans too many cells."), where=where, remedy=_split())


def _split():
    return _("Remove what is not needed, or split the sheet over several files.")


class Scanner:
    """Reads XML in pieces and keeps next to nothing of it. Entities, with which XML explodes, are refused."""

    def __init__(self, filename, limits):
        self.filename, self.limits = filename, limits
        self.parser = xml.parsers.expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.on = True
        self.sheets = []  # marks per sheet
        self.rows = self.columns = self.before = 0
        self.text = None  # what stands in the element that is being read, when we want to know

    def feed(self, piece):
        if self.on:
            self._parse(piece, False)

    def done(self):
        if self.on:
            self._parse(b"", True)
        return self.sheets

    def _parse(self, piece, final):
        try:
            self.parser.Parse(piece, final)
        except xml.parsers.expat.ExpatError:
            raise BadFile(damaged(), where=self.filename, remedy=repair()) from None

    def _doctype(self, *declaration):
        raise BadFile(damaged(), where=self.filename, remedy=repair())

    def _start(self, tag, attributes):
        self.start(tag.rpartition(":")[2], attributes)

    def _end(self, tag):
        self.end(tag.rpartition(":")[2])

    def end(self, tag):
        pass

    def new_sheet(self, name=""):
        self.sheets.append(defaultdict(dict))
        self.name = name
        self.before += self.rows * self.columns
        self.rows = self.columns = 0

    def filled(self, row, column):
        """A filled cell at this place, counted from 0."""
        if row >= self.rows or column >= self.columns:
            self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
            where = f"{self.filename}, {place(row, column, self.name)}"
            check_extent(Extent(self.rows, self.columns), where, self.limits, self.before)

    def mark(self, row, column, mark):
        self.sheets[-1][row][column] = mark

    def listen(self):
        self.text = []
        self.parser.CharacterDataHandler = self.text.append

    def heard(self):
        self.parser.CharacterDataHandler = None
        text, self.text = "".join(self.text or ()), None
        return text


class Worksheet(Scanner):
    """A sheet of an xlsx. Cells with a style and no value do not count: they often go on until the very last row."""

    def __init__(self, filename, limits, name=""):
        super().__init__(filename, limits)
        self.new_sheet(name)
        self.row = self.column = -1
        self.shared = 0  # cells that name a shared text
        self.root = None

    def start(self, tag, attributes):
        if self.root is None:
            self.root, self.on = tag, tag == "worksheet"
        elif not self.on:
            return
        elif tag == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif tag == "c":
            self.row, self.column = self._address(attributes.get("r"))
            self.type, self.has_formula, self.value = attributes.get("t"), False, None
        elif tag == "f":
            self.has_formula = True
        elif tag in ("v", "is"):
            self.shared += self.type == "s"
            self.filled(self.row, self.column)
            self.value = ""
            if self.has_formula or self.type == "e":
                self.listen()

    def end(self, tag):
        if not self.on:
            return
        if tag == "v" and self.text is not None:
            self.value = self.heard()
        elif tag == "c" and (self.has_formula or self.type == "e"):
            self._note()

    def _address(self, reference):
        if reference is None:
            return self.row, self.column + 1
        match = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", reference)
        if not match:
            raise BadFile(damaged(), where=self.filename, remedy=repair())
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - 64
        return int(match[2]) - 1, column - 1

    def _note(self):
        if self.has_formula and not self.value and self.type != "str":
            raise BadFile(
                _("This cell holds a formula that was never worked out."),
                where=f"{self.filename}, {place(self.row, self.column, self.name)}",
                remedy=repair(),
            )
        self.filled(self.row, self.column)
        self.mark(self.row, self.column, Mark(self.has_formula, self.value if self.type == "e" else ""))

    def done(self):
        return super().done()[0]


MOST_REPEATED = 2**21  # a sheet has half as many rows, at most


class OpenDocument(Scanner):
    """The sheets of an ods. One row or cell may stand for many; empty ones at the end do not count."""

    def __init__(self, filename, limits):
        super().__init__(filename, limits)
        self.depth = 0  # tables within cells do not count
        self.length = self.row_weight = self.weight = 0  # signs in the cell, in the row, and in all, repeated as told
        self.parser.CharacterDataHandler = self._count

    def _count(self, text):
        self.length += len(text)

    def start(self, tag, attributes):
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.new_sheet(attributes.get("table:name", ""))
                self.row = self.next_row = 0
        elif self.depth != 1:
            return
        elif tag == "table-row":
            self.row = self.next_row
            self.repeated = self._times(attributes, "table:number-rows-repeated")
            self.row_weight = 0
            self.next_row += self.repeated
            self.column = 0
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell(attributes)
        elif tag == "s":  # spaces, by their number
            self.length += self._times(attributes, "text:c")

    def _times(self, attributes, name):
        times = int(attributes.get(name, 1))
        if not 1 <= times <= MOST_REPEATED:
            raise BadFile(damaged(), where=self.filename, remedy=repair())
        return times

    def _cell(self, attributes):
        times = self.times = self._times(attributes, "table:number-columns-repeated")
        self.length = 0
        first, self.column = self.column, self.column + times
        kind = attributes.get("calcext:value-type") or attributes.get("office:value-type")
        formula = "table:formula" in attributes
        if not kind and not formula:
            return
        self.filled(self.row + self.repeated - 1, self.column - 1)
        if formula or kind == "error":
            for row in range(self.row, self.next_row):
                for column in range(first, self.column):
                    self.mark(row, column, Mark(formula))

    def end(self, tag):
        if tag == "table":
            self.depth -= 1
        elif self.depth == 1 and tag in ("table-cell", "covered-table-cell"):
            self.row_weight += self.length * self.times
            self.length = 0
        elif self.depth == 1 and tag == "table-row":
            self.weight += self.row_weight * self.repeated
        if max(self.weight, self.row_weight, self.length) > self.limits.unpacked:
            raise too_large(self.filename, self.limits)


class Manifest(Scanner):
    """The list of files in an ods, which says whether they are encrypted."""

    def start(self, tag, attributes):
        if tag == "encryption-data":
            raise BadFile(locked(), where=self.filename, remedy=unlock())


class Listing(Scanner):
    """The elements of a short list, such as the names of the sheets, with their attributes."""

    def __init__(self, filename, limits):
        super().__init__(filename, limits)
        self.elements = []

    def start(self, tag, attributes):
        self.elements.append((tag, attributes))

    def done(self):
        super().done()
        return self.elements
