"""Sheets to records by a plan: which cells are about one activity, wherever they stand; and what is about none.

The one rule: every filled cell is in a record, or listed as outside with the reason, or is a heading.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.spreadsheets import BadFile

from . import form_sheets, headings, joined
from .grid import Grid
from .picking import filled_rows, found_cell, is_filled, left_out, rows_below
from .plan import DETAILS, FORM, GROUP, OURS, SHARED, TABLE, Plan
from .proposal import Found
from .rows import proposal_of
from .shapes import NAMING, SINGLE, agree
from .values import clean, plain


@dataclass
class Reading:
    """What was read from a file: the proposals, per sheet what its columns mean, and what belongs to no activity."""

    proposals: list = field(default_factory=list)
    columns: list = field(default_factory=list)
    outside: list = field(default_factory=list)
    plan: Plan = None


@dataclass
class Record:
    """The cells about one activity. `keys`: by what other sheets may call it. `shared`: (column, cell) with ids."""

    origin: str
    language: str
    founds: list
    keys: set = field(default_factory=set)
    twins: list = field(default_factory=list)
    shared: list = field(default_factory=list)


def each(sheets, filename, plan, reading):
    """The proposals one by one; what is about none goes to `reading`. BadFile when there are none."""
    details = joined.details(sheets, filename, plan, reading)
    shared = joined.shared(sheets, filename, plan, reading)
    found = False
    for sheet in sheets:
        of_sheet = plan.sheet(sheet.name)
        if of_sheet and of_sheet.layout in (TABLE, FORM):
            reading.columns += [joined.described(column) for column in of_sheet.columns]
            make = _of_table if of_sheet.layout == TABLE else _of_form
            for record in make(sheet, of_sheet, filename, reading):
                found = True
                joined.bring_along(record, sheet.name, shared)
                yield _proposal(record, details)
        elif of_sheet is None or of_sheet.layout not in (DETAILS, SHARED):
            reason = _why_not(plan, of_sheet)
            reading.outside += [left_out(sheet, filename, row, reason) for row in filled_rows(sheet, 0)]
    for rows in details.values():
        reading.outside += [outside for _founds, outside in rows]
    for one in shared.values():
        reason = _("No activity in this file names this row.")
        rows = (row for rows in one.rows.values() for row in rows if row not in one.used)
        reading.outside += [left_out(one.sheet, filename, row, reason) for row in rows]
    if not found:
        raise BadFile(_("There is nothing below the headings."), where=filename)


def _why_not(plan, of_sheet):
    if of_sheet is not None and of_sheet.hidden:
        return _("This sheet is hidden.")
    if plan.template == OURS:
        return _("This sheet is about what activities share; only their names come in.")
    return _("This sheet has no row with headings.")


def _proposal(record, details):
    for key in record.keys & details.keys():
        for founds, _outside in details.pop(key):
            record.founds += founds
    proposal = proposal_of(record.founds, record.origin, record.language)
    for twin, first in record.twins:
        twin.taken, twin.kept, twin.refused, twin.noted = list(first.taken), list(first.kept), first.refused, True
        twin.remark(gettext_noop("It says the same as %(place)s."), place=first.place)
    proposal.founds = sorted([*record.founds, *(twin for twin, _first in record.twins)], key=_order)
    return proposal


def _order(found):
    return found.row is not None and not isinstance(found.row, int)


def _of_table(sheet, plan, filename, reading):
    """One record for each row, or for the rows that belong together."""
    grid, groups = Grid(sheet, plan.headings[-1] + 1), {}
    group = None
    for row, skipped in rows_below(sheet, plan, filename, reading):
        if not skipped:
            groups[row] = group
        elif skipped == GROUP:
            group = row
    references = defaultdict(list)
    for rows in _together(sheet, plan, list(groups), grid):
        record = _record(sheet, plan, filename, rows, grid)
        if groups[rows[0]] is not None:
            record.founds.append(_group_of(sheet, groups[rows[0]]))
        _tell_of_doubles(record, references)
        yield record


def _together(sheet, plan, rows, grid):
    """Lists of rows that are about one activity: by their key, or since they have no name of their own."""
    named = [column.number for column in plan.columns if column.meaning in ("name", "reference")]
    single = [column.number for column in plan.columns if column.meaning in SINGLE and column.number != plan.key]
    found, by_key = [], {}
    for row in rows:
        key = plain(grid.text(row, plan.key)) if plan.key is not None else ""
        known = by_key.get(key) if key else None
        if known and agree(sheet, known[0], row, single):
            known.append(row)
        elif plan.continued and found and not any(grid.text(row, column) for column in named):
            found[-1].append(row)
        else:
            found.append([row])
            if key:
                by_key.setdefault(key, found[-1])
    return found


def _record(sheet, plan, filename, rows, grid):
    known = {column.number: column for column in plan.columns}
    by_column = defaultdict(list)
    for row in rows:
        for column, cell, at in grid.cells(row):
            found = found_cell(sheet, at, column, cell, known.get(column))
            found.row = row
            by_column[column].append(found)
    record = Record(_origin(sheet, filename, rows), plan.language, [])
    for column, founds in by_column.items():
        if len(rows) == 1 or len({found.original for found in founds}) == 1:
            founds[0].row, record.twins = None, record.twins + [(twin, founds[0]) for twin in founds[1:]]
            founds = founds[:1]
        record.founds += founds
        if known.get(column) and known[column].meaning == headings.IDS:
            record.shared += [(column, found) for found in founds]
    record.founds.sort(key=lambda found: -1 if found.row is None else found.row)
    keys = [found.original for found in record.founds if found.meaning in NAMING]
    record.keys = {plain(text) for text in (*keys, "" if plan.key is None else grid.text(rows[0], plan.key))} - {""}
    _join_ticks(record)
    return record


def _join_ticks(record):
    """Lawful bases that are ticked in several columns are said by the first of them."""
    ticked = [found for found in record.founds if found.meaning == "basis" and found.said]
    for found in ticked[1:]:
        ticked[0].said += f"; {found.said}"
        record.founds = [one for one in record.founds if one is not found]
        record.twins.append((found, ticked[0]))


def _origin(sheet, filename, rows):
    if len(rows) == 1:
        return _("%(file)s, %(sheet)s, row %(row)s") % {"file": filename, "sheet": sheet.name, "row": rows[0] + 1}
    return _("%(file)s, %(sheet)s, rows %(first)s to %(last)s") % {
        "file": filename,
        "sheet": sheet.name,
        "first": rows[0] + 1,
        "last": rows[-1] + 1,
    }


def _group_of(sheet, row):
    column, cell = next((column, cell) for column, cell in enumerate(sheet.rows[row]) if is_filled(cell))
    return Found(sheet.place(row, column), _("Group"), clean(cell.text))


def _tell_of_doubles(record, references):
    """Different activities with the same reference: kept apart, and said."""
    for found in record.founds:
        if found.meaning == "reference":
            for other in references[plain(found.original)][:1]:
                found.doubt(gettext_noop("%(place)s has the same reference."), place=other)
            references[plain(found.original)].append(found.place)


def _of_form(sheet, plan, filename, reading):
    """One record for the sheet, or one for each column of answers."""
    labels = plan.headings[0]
    separate = form_sheets.value_columns(sheet, plan)
    for number in separate or [None]:
        founds = []
        before = None
        for line in form_sheets.walk(sheet, labels):
            if line.label and not line.heading_only:
                before = line
            answers = {
                column: cell
                for column, cell in enumerate(sheet.rows[line.row])
                if column > labels and is_filled(cell) and (number is None or column == number)
            }
            if line.heading_only:
                if number in (None, separate and separate[0]):
                    title = _("This is a title in the form.")
                    reading.outside.append(left_out(sheet, filename, line.row, title))
                continue
            if form_sheets.lists_its_label(line, sheet, labels):
                founds.append(_item(sheet, line, labels))
            for column, cell in answers.items():
                founds.append(_answer(sheet, plan, before or line, line, column, cell))
        if founds:
            origin = _("%(file)s, %(sheet)s") % {"file": filename, "sheet": sheet.name}
            record = Record(origin, plan.language, founds)
            record.keys = {plain(found.original) for found in founds if found.meaning in NAMING} - {""}
            yield record
    reading.outside += _beside(sheet, filename, {labels, *(separate or ())}, separate)


def _item(sheet, line, labels):
    found = Found(sheet.place(line.row, labels), line.part.title, line.label, form_sheets.item_meaning(line.part))
    found.row = line.row
    return found


def _answer(sheet, plan, labelled, line, column, cell):
    known = plan.column(labelled.row, column) or plan.column(labelled.row)
    found = found_cell(sheet, line.row, column, cell, known)
    if known is None and labelled.label:
        found.heading = labelled.label
    if labelled.part and labelled.part.meaning:
        found.row = labelled.row
    return found


def _beside(sheet, filename, taken, separate):
    """Cells of a form outside its labels and answers: before the labels, and beside the columns that are activities."""
    reason = _("This stands beside the answers and belongs to no activity.")
    for row in filled_rows(sheet, 0):
        cells = enumerate(sheet.rows[row])
        texts = [clean(cell.text) for at, cell in cells if at not in taken and (separate or at < min(taken))]
        if any(texts):
            yield {
                "place": f"{filename}, {sheet.place(row, 0)}",
                "text": " | ".join(text for text in texts if text),
                "reason": reason,
            }
