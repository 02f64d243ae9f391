"""A cell picked out of a sheet with what its column says of it; which rows hold something; and what was left out."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.spreadsheets import letters

from . import columns
from .plan import SKIPPED
from .proposal import Found
from .values import clean, yes_no


def found_cell(sheet, row, column, cell, about):
    text = clean(cell.text)
    heading = about.heading if about else _("Column %(letter)s") % {"letter": letters(column)}
    found = Found(sheet.place(row, column), heading, text, formula=cell.formula)
    found.value = cell.value
    if cell.value is None:
        found.remark(gettext_noop("This cell holds an error of the spreadsheet program instead of a value."))
    else:
        _give_meaning(found, about)
        if cell.formula:
            typed = isinstance(cell.value, str) and cell.value.startswith("=")
            found.remark(
                gettext_noop("This looks like a formula, and was taken as text.")
                if typed
                else gettext_noop("This was worked out by a formula; its result was taken.")
            )
    if text != cell.text and text != cell.text.replace("\r\n", "\n").strip():
        found.remark(gettext_noop("Characters that cannot be stored were replaced."))
    return found


def _give_meaning(found, about):
    if about is None:
        return
    found.meaning, found.dates = about.meaning, about.dates
    if not about.ticks:
        return
    answer = yes_no(found.original)
    found.said = columns.tick_value(about)
    if answer == "no":
        found.meaning = ""
        found.take(about.meaning, "")
        found.remark(gettext_noop("Not ticked, so it is not listed."))
    elif answer is None:
        found.meaning, found.said = "", ""


def is_filled(cell):
    return bool(cell.text) and not cell.text.isspace()


def filled_rows(sheet, start, end=None):
    stop = len(sheet.rows) if end is None else end
    return [row for row in range(start, stop) if any(map(is_filled, sheet.rows[row]))]


def rows_below(sheet, plan, filename, reading):
    """(row, key of SKIPPED or "") of what is filled below the headings; what is no activity is told to `reading`."""
    above = _("This stands above the headings and belongs to no activity.")
    last = plan.headings[-1]
    reading.outside += [
        left_out(sheet, filename, row, above) for row in filled_rows(sheet, 0, last) if row not in plan.headings
    ]
    for row in filled_rows(sheet, last + 1):
        if row in plan.skip:
            reading.outside.append(left_out(sheet, filename, row, str(SKIPPED[plan.skip[row]])))
        yield row, plan.skip.get(row, "")


def left_out(sheet, filename, row, reason):
    cells_there = [cell for cell in sheet.rows[row] if is_filled(cell)]
    return {
        "place": f"{filename}, {sheet.place(row, 0)}",
        "text": " | ".join(clean(cell.text) for cell in cells_there),
        "reason": reason,
    }
