"""Sheets that say more about the activities of another: rows that name an activity, and rows that activities name.

The one rule: what no activity goes with is told, row by row, with the reason.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .grid import Grid
from .picking import found_cell, left_out, rows_below
from .plan import DETAILS, SHARED
from .values import plain, several


def details(sheets, filename, plan, reading):
    """{key: [(cells, how to tell that they were left out)]} from the sheets that say more about activities."""
    found = defaultdict(list)
    reason = _("No activity in this file bears this name or number.")
    for sheet in sheets:
        of_sheet = plan.sheet(sheet.name)
        if of_sheet and of_sheet.layout == DETAILS:
            grid = Grid(sheet, of_sheet.headings[-1] + 1)
            for key, row in _rows_by_key(sheet, of_sheet, grid, filename, reading):
                founds = _cells_beside(sheet, of_sheet, grid, row)
                found[key].append((founds, left_out(sheet, filename, row, reason)))
    return found


@dataclass
class Shared:
    """A sheet whose rows are named by ids in another: rows by id, and those that an activity named."""

    sheet: object
    plan: object
    grid: Grid
    rows: dict
    used: set = field(default_factory=set)


def shared(sheets, filename, plan, reading):
    """{(sheet, column that holds the ids): the sheet that is named there}."""
    found = {}
    for sheet in sheets:
        of_sheet = plan.sheet(sheet.name)
        if of_sheet and of_sheet.layout == SHARED:
            grid, rows = Grid(sheet, of_sheet.headings[-1] + 1), defaultdict(list)
            for key, row in _rows_by_key(sheet, of_sheet, grid, filename, reading):
                rows[key].append(row)
            found[tuple(of_sheet.named_by)] = Shared(sheet, of_sheet, grid, rows)
    return found


def bring_along(record, name, sharing):
    """Give the record the cells that its ids name; ids that name nothing are kept as they are."""
    for column, cell in record.shared:
        one = sharing.get((name, column))
        keys = [plain(piece) for piece in several(cell.original, "\n;,")]
        if one is None or not all(key in one.rows for key in keys):
            cell.meaning = ""
            continue
        for row in (row for key in keys for row in one.rows[key]):
            one.used.add(row)
            record.founds += _cells_beside(one.sheet, one.plan, one.grid, row)


def _rows_by_key(sheet, plan, grid, filename, reading):
    """(key, row) of a sheet that says more about activities; a row without a key goes with the one above."""
    reading.columns += [described(column) for column in plan.columns]
    key = ""
    for row, skipped in rows_below(sheet, plan, filename, reading):
        if not skipped:
            key = plain(grid.text(row, plan.key)) or key
            yield key, row


def _cells_beside(sheet, plan, grid, row):
    known, founds = {column.number: column for column in plan.columns}, []
    for column, cell, at in grid.cells(row):
        one = found_cell(sheet, at, column, cell, known.get(column))
        one.row = (sheet.name, row)
        founds.append(one)
    return founds


def described(column):
    """A column for the report."""
    return {"place": column.place, "heading": column.heading, "meaning": column.meaning, "reason": column.why}
