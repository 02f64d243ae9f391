"""The cells of a table by row and column, where some are merged."""

from .picking import is_filled
from .values import clean


class Grid:
    """The cells of a table; a cell merged over several rows stands in each of them."""

    def __init__(self, sheet, start):
        self.sheet = sheet
        self.copies = {
            (row, column): (first[0], first[1])
            for first, last in sheet.merged
            if first[0] >= start and first[1] == last[1]
            for row in range(first[0] + 1, min(last[0] + 1, len(sheet.rows)))
            for column in (first[1],)
        }
        self.columns = {column for _row, column in self.copies}

    def cells(self, row):
        """(column, cell, row where it stands) for what is filled in."""
        own = self.sheet.rows[row]
        if not self.copies:
            yield from ((column, cell, row) for column, cell in enumerate(own) if is_filled(cell))
            return
        for column in range(max(len(own), max(self.columns, default=-1) + 1)):
            at = row, column
            if column >= len(own) or not own[column].text:
                if at not in self.copies:
                    continue
                at = self.copies[at]
            cells = self.sheet.rows[at[0]]
            if column < len(cells) and is_filled(cells[column]):
                yield column, cells[column], at[0]

    def text(self, row, column):
        at, _column = self.copies.get((row, column), (row, column))
        own = self.sheet.rows[row], self.sheet.rows[at]
        return next((clean(cells[column].text) for cells in own if column < len(cells) and cells[column].text), "")
