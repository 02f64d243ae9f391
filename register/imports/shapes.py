"""The shape of a sheet: where its headings stand, what each column means, and why.

Gives a plan; reads nothing by it.
"""

from django.utils.translation import gettext as _

from core.spreadsheets import BadFile

from . import headings
from .plan import NOTHING, TABLE, Column, Plan, SheetPlan
from .values import clean

SEARCHED = 40  # rows in which headings are looked for
NEEDED = 2  # headings that must be known, and one of them says that this is about processing
ANYWHERE = {
    *("name", "reference", "description", "department", "owner_function", "contact", "labels", "remarks", "status"),
    *("kind", "started_on", "review_on", "people", "source"),
}
"""Headings that stand in other lists too, such as a list of incidents or suppliers."""
SAMPLES = 4
SAMPLE_LENGTH = 120


def propose(sheets, filename, *, language, sheet=None, mapping=None):
    """What the visible sheets are, or the one named `sheet`; BadFile when there are no headings in any of them."""
    if sheet is not None and all(one.name != sheet for one in sheets):
        raise BadFile(_("There is no sheet with the name %(name)s.") % {"name": sheet}, where=filename)
    chosen = [one for one in sheets if (one.name == sheet if sheet is not None else not one.hidden)]
    plan = Plan(filename)
    for one in sheets:
        of_sheet = SheetPlan(one.name, hidden=one.hidden)
        number = heading_row(one, mapping) if one in chosen else None
        if number is not None:
            _describe(of_sheet, one, number, language, mapping)
        plan.sheets.append(of_sheet)
    if all(one.layout == NOTHING for one in plan.sheets):
        raise BadFile(
            _("No row with headings was found: at least two must be known, such as name and purpose."),
            where=", ".join([filename, *(one.name for one in chosen if one.rows)][:4]),
            remedy=_("Put the headings in the first row, or say with a mapping what they mean."),
        )
    return plan


def heading_row(sheet, mapping=None):
    """The number of the row that holds most known headings, counted from 0; None when too few are known."""
    best, most = None, 0
    for number, row in enumerate(sheet.rows[:SEARCHED]):
        texts = {clean(cell.text) for cell in row if cell.text and len(cell.text) < 200}
        known = {heading.meaning for heading in (headings.recognise(text, mapping) for text in texts)} - {""}
        mapped = any(clean(text) in texts for text in mapping or ())
        if len(known) > most and (mapped or (len(known) >= NEEDED and known - ANYWHERE)):
            best, most = number, len(known)
    return best


def _describe(plan, sheet, number, language, mapping):
    known = {
        column: headings.recognise(clean(cell.text), mapping)
        for column, cell in enumerate(sheet.rows[number])
        if clean(cell.text)
    }
    plan.layout, plan.headings = TABLE, [number]
    plan.language = _language(known.values(), language)
    for column, heading in known.items():
        samples = _samples(row[column].text for row in sheet.rows[number + 1 :] if column < len(row))
        place = sheet.place(number, column)
        plan.columns.append(Column(column, place, heading.text, heading.meaning, heading.reason, samples))


def _language(known, language):
    """The language that most headings are in, as far as the register speaks it."""
    languages = [heading.language for heading in known if heading.language]
    if not languages:
        return language
    spoken = max(set(languages), key=lambda one: (languages.count(one), one == language))
    return spoken if spoken in ("nl", "en") else language


def _samples(texts):
    """The first few different values."""
    found = {}
    for text in texts:
        text = clean(text)
        if text:
            found.setdefault(text if len(text) <= SAMPLE_LENGTH else f"{text[:SAMPLE_LENGTH]}…")
        if len(found) == SAMPLES:
            break
    return list(found)
