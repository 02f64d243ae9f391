"""Spreadsheets in (xlsx, xls, ods, csv) and out (xlsx, csv).

The one rule: nothing is guessed away. A file is read whole, every cell with its value and its text, or it is refused
with `BadFile`: one sentence that says what is wrong, where, and what to do. Nothing is parsed before its size is known.
"""

from .packages import sheet_names
from .reading import read_workbook
from .values import BadFile, Cell, Limits, Sheet, letters, place
from .writing import Link, write_csv, write_xlsx

__all__ = [
    "BadFile",
    "Cell",
    "Limits",
    "Link",
    "Sheet",
    "letters",
    "place",
    "read_workbook",
    "sheet_names",
    "write_csv",
    "write_xlsx",
]
