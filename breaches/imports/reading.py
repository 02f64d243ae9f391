"""A spreadsheet to a table of breaches: where its headings stand, what its columns mean and why, and its rows.

The reading of files, days and yes-or-no is that of the register's imports; only the meanings are our own.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext as _

from core.spreadsheets import BadFile, read_workbook
from register.imports import days
from register.imports.plan import CONTENT_LIST, MAPPED, UNKNOWN, USUAL, Column
from register.imports.values import clean

from . import meanings, words

SEARCHED = 40
NEEDED = 2
MOST_ROWS = 5_000
SAMPLES = 3
ALONE = {"title", "reference", "state", "place", meanings.REPORTER, meanings.KEEP}
"""Headings that stand in any list."""


@dataclass(frozen=True)
class Row:
    """`cells`: {number of the column: (place, text, value)} of what is filled in."""

    number: int
    cells: dict


@dataclass
class Table:
    """`order` is dmy or mdy; empty when nobody said and the days do not show it. `asks`: whether that must be asked."""

    sheet: str
    columns: list
    rows: list
    order: str = ""
    asks: bool = False
    others: list = field(default_factory=list)

    def meant(self):
        """{meaning: [column]} of what columns mean."""
        found = {}
        for column in self.columns:
            found.setdefault(column.meaning, []).append(column)
        return found


def read(source, filename):
    """The table with what was proposed, or BadFile."""
    filename = Path(filename).name
    sheets = [sheet for sheet in read_workbook(source, filename) if not sheet.hidden]
    found = [(*_headings(sheet), sheet) for sheet in sheets]
    best = max(found, key=lambda one: one[1], default=(None, 0, None))
    number, known, sheet = best
    if number is None or known < NEEDED:
        raise BadFile(
            _("No row with headings of a register of breaches was found: at least two must be known."),
            where=", ".join([filename, *(one.name for one in sheets)][:4]),
            remedy=_("Put headings such as date, what happened and notified to the authority above the columns."),
        )
    table = _table(sheet, number)
    if not table.rows:
        raise BadFile(_("There is no row below the headings."), where=sheet.place(number, 0))
    if len(table.rows) > MOST_ROWS:
        raise BadFile(
            _("There are %(count)d rows; at most %(most)d are taken in at once.")
            % {"count": len(table.rows), "most": MOST_ROWS},
            where=filename,
            remedy=_("Split the file and bring in the parts."),
        )
    table.others = [one.name for one in sheets if one is not sheet and one.rows]
    return table


def chosen(table, plan):
    """The table by what somebody chose: `plan` is {"columns": {number: meaning}, "order": dmy, mdy or ""}."""
    picked = {int(number): meaning for number, meaning in plan.get("columns", {}).items()}
    columns = [
        column
        if picked.get(column.number, column.meaning) == column.meaning
        else replace(column, meaning=picked[column.number], reason=MAPPED)
        for column in table.columns
    ]
    found = replace(table, columns=columns)
    _settle_days(found, plan.get("order", ""))
    return found


def _headings(sheet):
    """(row with most known headings, how many): at least one of them says that this is about breaches."""
    best, most = None, 0
    for number, row in enumerate(sheet.rows[:SEARCHED]):
        known = {meanings.meaning_of(clean(cell.text)) for cell in row if cell.text} - {""}
        if len(known) > most and known - ALONE:
            best, most = number, len(known)
    return best, most


def _table(sheet, number):
    rows = [_row(sheet, at) for at in range(number + 1, len(sheet.rows))]
    heads = {column: clean(cell.text) for column, cell in enumerate(sheet.rows[number]) if clean(cell.text)}
    repeated = list(heads.values())
    rows = [row for row in rows if row.cells and [text for _at, text, _value in row.cells.values()] != repeated]
    width = max([*heads, *(column for row in rows for column in row.cells)], default=-1) + 1
    columns, taken = [], set()
    for column in range(width):
        texts = [row.cells[column][1] for row in rows if column in row.cells]
        if column in heads or texts:
            place = sheet.place(number, column)
            columns.append(_column(column, place, heads.get(column, ""), texts, taken))
    table = Table(sheet.name, columns, rows)
    _settle_days(table, "")
    return table


def _row(sheet, at):
    cells = {}
    for column, cell in enumerate(sheet.rows[at]):
        text = clean(cell.text) if cell.text else ""
        if text:
            cells[column] = (sheet.place(at, column), text, cell.value)
    return Row(at, cells)


def _column(number, place, heading, texts, taken):
    """A heading that nobody knows may show by its cells that it is the state."""
    meaning, reason = meanings.meaning_of(heading), USUAL
    if not meaning and "state" not in taken and texts and all(words.state_of(text) for text in texts):
        meaning, reason = "state", CONTENT_LIST
    if not meaning or (meaning in taken and meaning not in meanings.SEVERAL):
        meaning, reason = meanings.KEEP, UNKNOWN
    taken.add(meaning)
    samples = list(dict.fromkeys(texts))[:SAMPLES]
    return Column(number, place, heading, meaning, reason, samples)


def _settle_days(table, order):
    """In which order days are written: as somebody said or one of them proves; otherwise it is asked."""
    dated = [column.number for column in table.columns if column.meaning in meanings.DAYS]
    texts = [
        row.cells[number][1]
        for row in table.rows
        for number in dated
        if number in row.cells and isinstance(row.cells[number][2], str | None)
    ]
    table.order = order or days.order_of(texts)
    table.asks = not table.order and any(days.is_open(text) for text in texts)
