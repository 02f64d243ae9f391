"""What a spreadsheet is once it has been read, and how much of it we take."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings

from core.refusal import Refused


class BadFile(Refused):
    """A file that cannot be taken in; `where` is its name and, when known, the place in it."""


class Cell(NamedTuple):
    """`value` as stored (text, number, date, truth; None when empty or an error), `text` as a reader sees it.

    The format of a number (percent, currency, places) is not kept; `formula` tells that the value was worked out.
    """

    value: Any = None
    text: str = ""
    formula: bool = False


EMPTY = Cell()


@dataclass(frozen=True)
class Sheet:
    """Rows as they stand: `rows[0][1]` is cell B1. Empty cells and rows at the end are left out.

    `merged`: areas of merged cells as ((first row, first column), (last row, last column)), as far as the kind of file
    tells; the value stands in the first cell.
    """

    name: str
    rows: list
    hidden: bool = False
    merged: tuple = ()

    def place(self, row, column):
        """The address of `rows[row][column]`, as people know it."""
        return place(row, column, self.name)


@dataclass(frozen=True)
class Limits:
    """How much is taken in. `cells` bounds the square that a sheet spans, since two far corners fill the memory."""

    bytes: int
    unpacked: int
    rows: int
    columns: int
    cells: int = 5_000_000

    @classmethod
    def of_settings(cls):
        return cls(
            bytes=settings.IMPORT_MAX_BYTES,
            unpacked=settings.IMPORT_MAX_UNPACKED,
            rows=settings.IMPORT_MAX_ROWS,
            columns=settings.IMPORT_MAX_COLUMNS,
        )


def place(row, column, sheet=None):
    """B3, or Sheet1!B3: counted from 0 in, from 1 and A out."""
    address = f"{letters(column)}{row + 1}"
    return f"{sheet}!{address}" if sheet else address


@lru_cache(maxsize=2_000)
def letters(column):
    """A, B ... Z, AA: the column counted from 0."""
    found = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        found = chr(65 + letter) + found
    return found
