"""Rows of a table that are no activities: headings of groups, examples, explanations, totals.

The one rule: a row is left out only for what it says itself, and the report tells which and why.
"""

import re

from . import headings
from .plan import EXAMPLE, EXPLANATION, GROUP, REPEATED, TOTAL
from .values import clean, plain

EXAMPLE_WORDS = re.compile(
    r"^\W*(?:voorbeeld|voorbeeldregel|example|example row|sample|exemple|ejemplo|beispiel|bijv|e\.g)\b\W*(?:\d+\W*)?$"
    r"|^\W*(?:voorbeeld|example|exemple|ejemplo|beispiel|vb|e\.g)\s*(?:\d+\s*)?[:.)\]–-]",
    re.IGNORECASE,
)
EXPLANATIONS = {
    *("toelichting", "uitleg", "instructie", "invulinstructie", "hulptekst", "explanation", "instruction", "help"),
    *("instructions", "guidance", "explication", "instrucciones", "erlauterung"),
}
TOTALS = {"totaal", "total", "totaux", "summe", "gesamt", "aantal verwerkingen", "totaal aantal"}
GROUP_WORDS = re.compile(
    r"^(?:afdeling|dienst|directie|domein|cluster|sector|team|onderdeel|hoofdstuk|categorie|thema|department|division|"
    r"section|unit|service|direction|abteilung|bereich|area)\b",
    re.IGNORECASE,
)
WIDE, FULL = 4, 3  # columns of a table, and filled cells of a usual row, before one cell alone is a heading


def rows(sheet, start, heads, mapping=None):
    """{row: key of plan.SKIPPED} from the row `start` on."""
    meanings = {column: headings.recognise(own, mapping, above).meaning for column, (above, own, _at) in heads.items()}
    filled = {row: _filled(sheet, row) for row in range(start, len(sheet.rows))}
    counts = sorted(len(cells) for cells in filled.values() if cells)
    usual = counts[len(counts) // 2] if counts else 0
    merged = {first for first, last in sheet.merged if last[1] > first[1]}
    found = {}
    for row, cells in filled.items():
        reason = cells and _reason(row, cells, meanings, merged, wide=len(heads) >= WIDE and usual >= FULL)
        if len(cells) > 1 and all(text == heads.get(column, ("", ""))[1] for column, text in cells.items()):
            reason = REPEATED
        if reason:
            found[row] = reason
    return found


def _filled(sheet, row):
    return {column: clean(cell.text) for column, cell in enumerate(sheet.rows[row]) if clean(cell.text)}


def _reason(row, cells, meanings, merged, wide):
    first = min(cells)
    naming = [
        text for column, text in cells.items() if column == first or meanings.get(column) in ("name", "reference")
    ]
    if any(EXAMPLE_WORDS.search(text) for text in naming):
        return EXAMPLE
    if plain(cells[first]) in EXPLANATIONS:
        return EXPLANATION
    if plain(cells[first]) in TOTALS:
        return TOTAL
    if len(cells) == 1 and wide and _is_group(row, first, cells[first], meanings, merged):
        return GROUP
    return ""


def _is_group(row, column, text, meanings, merged):
    """One cell alone: merged over others, not where a name belongs, or worded as a heading."""
    if len(text) > 120:
        return False
    worded = text.endswith(":") or (text.isupper() and len(text) > 5) or GROUP_WORDS.search(text)
    beside_the_name = "name" in meanings.values() and meanings.get(column) != "name" and not text.isdecimal()
    return (row, column) in merged or bool(worded) or beside_the_name
