"""The shape of a sheet: a table, a form, more about the activities of another sheet, or none of these; and where its
headings stand. Gives a plan; reads nothing by it.
"""

from django.utils.translation import gettext as _

from core.spreadsheets import BadFile

from . import columns, form_sheets, heading_rows, headings, sharing, skipping
from .heading_rows import LONGEST_HEADING, text_of
from .plan import DETAILS, FORM, JOINED, NOTHING, OURS, SHARED, TABLE, Plan, SheetPlan
from .values import clean, plain

SEARCHED = 40  # rows in which headings are looked for
NEEDED = 2  # headings that must be known, and one of them says that this is about processing
ANYWHERE = {
    *("name", "reference", "description", "department", "owner_function", "contact", "labels", "remarks", "status"),
    *("kind", "started_on", "review_on", "people", "source"),
}
"""Headings that stand in other lists too, such as a list of incidents or suppliers."""
NAMING = ("reference", "name")
SAME_KEYS = 0.5
SAME_HEADINGS = 0.6
SINGLE = ANYWHERE - {"reference", "remarks", "labels", "description"} | {"controller"}
"""Of these an activity has one: rows that differ in them are different activities."""


def propose(sheets, filename, *, language, sheet=None, mapping=None, choosing=False):
    """What the visible sheets are, or the one named `sheet`; BadFile when there are no headings in any of them.

    With `choosing` somebody says next what the columns mean: the first row that could hold headings will do then.
    """
    if sheet is not None and all(one.name != sheet for one in sheets):
        raise BadFile(_("There is no sheet with the name %(name)s.") % {"name": sheet}, where=filename)
    chosen = [one for one in sheets if (one.name == sheet if sheet is not None else not one.hidden)]
    plan = Plan(filename)
    for one in sheets:
        of_sheet = SheetPlan(one.name, hidden=one.hidden, language=language)
        if one in chosen:
            _describe(of_sheet, one, language, mapping)
        plan.sheets.append(of_sheet)
    if choosing and all(one.layout == NOTHING for one in plan.sheets):
        _suppose(plan, chosen, mapping)
    if all(one.layout == NOTHING for one in plan.sheets):
        raise BadFile(
            _("No row with headings was found: at least two must be known, such as name and purpose."),
            where=", ".join([filename, *(one.name for one in chosen if one.rows)][:4]),
            remedy=_(
                "Put headings such as name, purpose and data subjects above the columns."
                " On the command line a mapping can say what other headings mean."
            ),
        )
    _join(plan, {one.name: one for one in chosen}, mapping)
    return plan


def heading_row(sheet, mapping=None):
    """The number of the row that holds most known headings, counted from 0, and how many; None when too few are known.

    A sentence that happens to be known, such as a name of an activity, counts as little as the others do not.
    """
    best, most = None, 0
    for number, row in enumerate(sheet.rows[:SEARCHED]):
        texts = {clean(cell.text) for cell in row if cell.text and len(cell.text) < LONGEST_HEADING}
        known = {heading.meaning for heading in (headings.recognise(text, mapping) for text in texts)} - {""}
        mapped = any(clean(text) in texts for text in mapping or ())
        if len(known) > most and (mapped or (len(known) >= NEEDED and known - ANYWHERE)):
            best, most = number, len(known)
    return best, most


def _suppose(plan, sheets, mapping):
    """Take the fullest sheet for a table, from the first row that is nearly as wide as any and holds short texts."""
    fullest = max(sheets, key=lambda one: sum(map(_width, one.rows)), default=None)
    rows = fullest.rows[:SEARCHED] if fullest else []
    widest = max(map(_width, rows), default=0)
    for number, row in enumerate(rows[:-1]):
        short = all(len(cell.text) < LONGEST_HEADING for cell in row if cell.text)
        if short and _width(row) >= max(2, widest / 2):
            of_sheet = plan.sheet(fullest.name)
            of_sheet.layout = TABLE
            _table(of_sheet, fullest, number, mapping)
            return


def _width(row):
    return sum(bool(cell.text and cell.text.strip()) for cell in row)


def _describe(plan, sheet, language, mapping):
    number, known = heading_row(sheet, mapping)
    labels, labelled = form_sheets.label_column(sheet, mapping)
    if labels is not None and labelled > known:
        plan.layout, plan.headings = FORM, [labels]
        plan.columns, languages = form_sheets.described(sheet, labels, mapping)
    elif number is not None:
        plan.layout = TABLE
        languages = _table(plan, sheet, number, mapping)
    else:
        return
    plan.language = _language(languages, language)


def _table(plan, sheet, number, mapping, about=""):
    """Fill in the plan of a table whose headings are in this row. `about` is what the whole sheet is about."""
    plan.headings, heads = heading_rows.heads(sheet, number, mapping, about)
    last = plan.headings[-1]
    plan.skip = skipping.rows(sheet, last + 1, heads, mapping)
    rows = [row for row in range(last + 1, len(sheet.rows)) if row not in plan.skip]
    plan.columns, languages = columns.described(sheet, heads, rows, mapping, within=bool(about))
    if not about:
        plan.key = _own_number(plan)
        if plan.key is None:
            plan.key = _key(sheet, plan, rows)
        plan.continued = _is_continued(sheet, plan, rows)
    return languages


def _own_number(plan):
    """In our own exports the column with our numbers, when the organisation's own references stand beside it."""
    numbers = [column for column in plan.columns if column.meaning == "reference"]
    if len(numbers) < 2 or all(column.meaning != "identifier" for column in plan.columns):
        return None
    numbers[0].meaning = headings.KEPT
    return numbers[0].number


def _key(sheet, plan, rows):
    """The column by which rows belong together, when more rows than one bear the same key and no other name."""
    number = next((one.number for one in plan.columns if one.meaning == "reference"), None)
    name = next((one.number for one in plan.columns if one.meaning == "name"), None)
    single = [one.number for one in plan.columns if one.meaning in SINGLE]
    merged = {first[1] for first, last in sheet.merged if last[0] > first[0] > plan.headings[-1]}
    for candidate, adjacent in ((number, False), (name, True)):
        if candidate is not None and (candidate in merged or _repeats(sheet, rows, candidate, single, adjacent)):
            return candidate
    return None


def _repeats(sheet, rows, key, single, adjacent):
    first, before = {}, None
    for row in rows:
        text = plain(text_of(sheet, row, key))
        known = first.get(text)
        if text and known is not None and (before == text or not adjacent) and agree(sheet, known, row, single):
            return True
        if text:
            first[text] = row
        before = text
    return False


def agree(sheet, first, row, single):
    """Whether two rows contradict each other in nothing of which an activity has one."""
    pairs = ((plain(text_of(sheet, first, column)), plain(text_of(sheet, row, column))) for column in single)
    return all(one == other or not other for one, other in pairs)


def _is_continued(sheet, plan, rows):
    """Whether rows without a name and number say more about the row above: they all fill in less than that one."""
    heads = {one.number for one in plan.columns if one.meaning in ("name", "reference")}
    named = any(one.meaning == "name" for one in plan.columns)
    before, found = None, False
    for row in rows:
        filled = {column for column in range(len(sheet.rows[row])) if text_of(sheet, row, column)}
        if not filled:
            continue
        if filled & heads:
            before = filled
        elif before is None or not named or not filled < before or len(filled) > len(before) / 2:
            return False
        else:
            found = True
    return found


def _join(plan, sheets, mapping):
    """Sheets whose rows name the activities of a table by number or name say more about these."""
    tables = [one for one in plan.sheets if one.layout == TABLE]
    if not tables:
        return
    main = max(tables, key=lambda one: (len({column.meaning for column in one.columns} - {""}), -tables.index(one)))
    if any(column.meaning == "identifier" for column in main.columns):
        plan.template = OURS
        for one in plan.sheets:
            one.layout = one.layout if one is main or headings.set_named(one.name) else NOTHING
    keys = _keys(sheets[main.name], main)
    called = {plain(column.heading) for column in main.columns if column.meaning in NAMING or column.number == main.key}
    for one in plan.sheets:
        if one is main or one.layout == FORM or one.name not in sheets:
            continue
        ours = plan.template == OURS and headings.set_named(one.name) != ""
        if plan.template == OURS and not ours:
            continue
        sheet = sheets[one.name]
        number, key = _joined_by(sheet, one, keys)
        if ours and number is None and sheet.rows:
            number, key = 0, 0
        if number is None or (one.layout == TABLE and not ours and not _is_part(one, main, sheet, key)):
            continue
        one.layout, one.key = DETAILS, key
        _table(one, sheet, number, mapping, about=one.name)
        one.key, one.language = key, main.language
        for column in one.columns:
            again = plain(column.heading.rpartition(" / ")[2]) in called and _hold(sheet, one, column.number, keys)
            if column.number == key or again:
                column.meaning = "activity"
    if plan.template != OURS:
        for one in plan.sheets:
            if one.layout == NOTHING and one.name in sheets:
                _share(one, main, sheets, mapping)


def _share(plan, main, sheets, mapping):
    """A sheet whose rows the table names by their ids, such as suppliers: what it says goes with those activities."""
    found = sharing.ids(sheets[plan.name], sheets[main.name], main, SEARCHED)
    if found is None:
        return
    number, column, naming = found
    known = headings.recognise(plan.name).meaning or not naming.meaning
    _table(plan, sheets[plan.name], number, mapping, about=plan.name if known else naming.heading)
    plan.layout, plan.key, plan.language = SHARED, column, main.language
    plan.named_by, naming.meaning, naming.reason = [main.name, naming.number], headings.IDS, JOINED
    for one in plan.columns:
        one.meaning = headings.IDS if one.number == column else one.meaning


def _keys(sheet, plan):
    rows = [row for row in range(plan.headings[-1] + 1, len(sheet.rows)) if row not in plan.skip]
    numbers = [one.number for one in plan.columns if one.meaning in NAMING or one.number == plan.key]
    return {plain(text_of(sheet, row, column)) for row in rows for column in numbers} - {""}


def _hold(sheet, plan, column, keys):
    """Whether a column holds nothing but keys of the other sheet."""
    rows = range(plan.headings[-1] + 1, len(sheet.rows))
    return all(plain(text_of(sheet, row, column)) in keys for row in rows if text_of(sheet, row, column))


def _joined_by(sheet, plan, keys):
    """(row with headings, column) of the first column that holds next to nothing but keys of the other sheet."""
    tried = plan.headings[-1:] or range(min(SEARCHED, len(sheet.rows)))
    for number in tried:
        filled = [column for column in range(len(sheet.rows[number])) if text_of(sheet, number, column)]
        for column in filled if len(filled) > 1 else ():
            found = [plain(text_of(sheet, row, column)) for row in range(number + 1, len(sheet.rows))]
            found = [text for text in found if text]
            if found and sum(text in keys for text in found) >= SAME_KEYS * len(found):
                return number, column
    return None, None


def _is_part(plan, main, sheet, key):
    """Whether a table that could stand alone is about the activities of the main one after all."""
    own, others = ({plain(column.heading) for column in one.columns} for one in (plan, main))
    if len(own & others) >= SAME_HEADINGS * len(own):
        return False
    named = next((column.number for column in plan.columns if column.meaning == "name"), None)
    texts = [plain(text_of(sheet, row, key)) for row in range(plan.headings[-1] + 1, len(sheet.rows))]
    repeated = len(set(texts)) < len(texts)
    return repeated or named in (None, key) or headings.set_named(plan.name) != ""


def _language(languages, language):
    """The language that most headings are in, as far as the register speaks it."""
    if not languages:
        return language
    spoken = max(set(languages), key=lambda one: (languages.count(one), one == language))
    return spoken if spoken in ("nl", "en") else language
