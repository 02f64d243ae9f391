"""The row or rows of a table that hold its headings, and what stands above each column."""

from collections import Counter

from . import headings
from .values import clean

LONGEST_HEADING = 200


def heads(sheet, number, mapping, about):
    """([rows with headings], {column: (above, heading, place)}), with a second row when there is one."""
    row = sheet.rows[number]
    below = number + 1 if _divides(sheet, number, number + 1) else None
    above = number - 1 if below is None and number and _says_more(sheet, number - 1, number, mapping) else None
    upper, lower = (number, below) if below is not None else (above, number)
    spans = _spans(sheet, upper) if upper is not None else {}
    found = {}
    for column in range(max(len(row), len(sheet.rows[lower]))):
        top, own = spans.get(column, ""), text_of(sheet, lower, column)
        if not own and below is not None:
            top, own = "", top
        if own:
            at = lower if text_of(sheet, lower, column) else upper
            found[column] = (top or about, own, sheet.place(at, column))
    return [one for one in (upper, lower) if one is not None], found


def _divides(sheet, number, below):
    """Whether the row below holds second headings: it is filled only under headings that span several columns."""
    if below + 1 >= len(sheet.rows):
        return False
    filled = [column for column in range(len(sheet.rows[below])) if text_of(sheet, below, column)]
    if len(filled) < 2 or any(len(text_of(sheet, below, column)) > 60 for column in filled):
        return False
    wide = {column for column, width in _widths(sheet, number).items() if width > 1}
    new = [column for column in filled if not text_of(sheet, number, column)]
    return bool(new) and set(filled) <= wide


def _says_more(sheet, upper, number, mapping):
    """Whether the row above groups the headings, so that a heading means more under it than alone."""
    spans = _spans(sheet, upper)
    for column, above in spans.items():
        own = text_of(sheet, number, column)
        if own and len(above) < LONGEST_HEADING:
            alone = headings.recognise(own, mapping).meaning
            under = headings.recognise(own, mapping, above).meaning
            group = headings.recognise(above, mapping).meaning
            if under != alone or (group in headings.LISTS and not alone):
                return True
    return False


def _spans(sheet, number):
    """{column: heading that stands above it} for a row whose headings span several columns."""
    found, text = {}, ""
    merged = {first: last for first, last in sheet.merged if first[0] == number}
    end = None
    for column in range(max((len(row) for row in sheet.rows[number : number + 2]), default=0)):
        own = text_of(sheet, number, column)
        if own:
            text, area = own, merged.get((number, column))
            end = area[1] if area else (column if sheet.merged else None)
        elif end is not None and column > end:
            text = ""
        if text:
            found[column] = text
    return found


def _widths(sheet, number):
    """{column: over how many columns the heading above it spans}."""
    start_of, start = {}, 0
    for column in sorted(_spans(sheet, number)):
        start = column if text_of(sheet, number, column) else start
        start_of[column] = start
    widths = Counter(start_of.values())
    return {column: widths[start] for column, start in start_of.items()}


def text_of(sheet, row, column):
    cells = sheet.rows[row]
    return clean(cells[column].text) if column < len(cells) and cells[column].text else ""
