"""Forms on a sheet: labels with answers beside them, one activity for the sheet, or one for each column of answers.

A label that names a list, with headings or nothing beside it, begins a part: the labels below it are items of that list
("Civil status | names, date of birth | 5 years") or only count them ("Purpose 2 | …").
"""

import re
from dataclasses import dataclass, field

from . import headings
from .columns import is_day
from .days import DMY
from .heading_rows import text_of
from .plan import DATE_ORDER, Column
from .values import clean, plain, yes_no

SEARCHED_ROWS, SEARCHED_COLUMNS = 400, 6
NEEDED = 3
LONGEST_LABEL = 200
COUNTED = re.compile(r"(?:\d+|[ivx]{1,4})\W*$", re.IGNORECASE)
HEADING_WORDS = {
    *("nom", "adresse", "cp", "code postal", "ville", "pays", "tel", "telephone", "email", "e mail", "mail", "type"),
    *("naam", "adres", "postcode", "plaats", "land", "telefoon", "name", "address", "phone", "country", "city", "town"),
    *("description", "detail", "details", "precisions", "toelichting", "omschrijving", "soort", "duree", "date"),
}


@dataclass
class Part:
    """The part of a form that is about one list: its title, what it means, and the headings beside the title."""

    title: str
    meaning: str = ""
    heads: dict = field(default_factory=dict)


@dataclass
class Line:
    """A row of a form: `item` tells that its label is a value too; `part` is what it stands in."""

    row: int
    label: str
    part: Part = None
    item: bool = False
    heading_only: bool = False


def label_column(sheet, mapping=None):
    """(column, how many known labels) of the column that holds most of them with an answer beside it; or (None, 0)."""
    best, most = None, 0
    for column in range(SEARCHED_COLUMNS):
        texts = {
            text_of(sheet, row, column)
            for row in range(min(SEARCHED_ROWS, len(sheet.rows)))
            if len(sheet.rows[row]) > column + 1 and 0 < len(text_of(sheet, row, column)) < LONGEST_LABEL
        }
        known = {headings.recognise(text, mapping).meaning for text in texts} - {"", headings.KEPT}
        if len(known) > most and len(known) >= NEEDED and known - {"name", "reference", "description", "status"}:
            best, most = column, len(known)
    return best, most


def described(sheet, labels, mapping=None):
    """(columns of the plan, languages of the labels that are known)."""
    found, languages = [], []
    for line in walk(sheet, labels, mapping):
        answers = _answers(sheet, line.row, labels)
        if line.heading_only or not line.label:
            continue
        for across, (above, own) in _headings_of(line, answers).items():
            heading = headings.recognise(own, mapping, above, within=True)
            meaning = _meaning(line, heading.meaning, across, answers)
            place = sheet.place(line.row, labels if across is None else across)
            samples = [text for at, text in answers.items() if across in (None, at)][:4]
            between = line.label if above and line.label not in (above, own) else ""
            text = " / ".join(part for part in (above, between, own) if part)
            column = Column(line.row, place, text, meaning, heading.reason, samples, across=across)
            languages.append(heading.language)
            if is_day(meaning):
                column.dates = DMY if heading.language != "en" else ""
                column.asks = [] if column.dates else [DATE_ORDER]
            found.append(column)
    return found, [language for language in languages if language]


def walk(sheet, labels, mapping=None):
    """The rows of a form that hold something, each with the part that it stands in."""
    part, after_blank = None, False
    for row in range(len(sheet.rows)):
        label, answers = text_of(sheet, row, labels), _answers(sheet, row, labels)
        if not label and not answers:
            after_blank = True
            continue
        known = headings.recognise(label, mapping).meaning if label else ""
        in_list = bool(part and part.meaning and part.heads) and not after_blank
        after_blank = False
        begun = (
            None if in_list and not known and not answers else _part(sheet, row, labels, label, known, answers, mapping)
        )
        if begun is not None:
            part = begun
            yield Line(row, label, part, heading_only=True)
        elif label and known and not (part and part.meaning == known and COUNTED.search(label)):
            part = None if part and part.meaning else part
            yield Line(row, label, part)
        else:
            item = bool(label and part and part.meaning and not COUNTED.search(label))
            yield Line(row, label, part, item=item)


def _part(sheet, row, labels, label, known, answers, mapping):
    """The part that begins here, or None."""
    if not label:
        return None
    heads = {at: text for at, text in answers.items() if len(text) <= 60}
    if answers and heads == answers and _are_heads(label, heads.values(), mapping):
        return Part(label, known if known in headings.LISTS else "", heads)
    if answers:
        return None
    following = next((one for one in range(row + 1, len(sheet.rows)) if text_of(sheet, one, labels)), None)
    is_list = known in headings.LISTS and following is not None
    if is_list and not headings.recognise(text_of(sheet, following, labels), mapping).meaning:
        return Part(label, known)
    return Part(label) if not known else None


def _are_heads(label, texts, mapping):
    """Whether what stands beside a label are headings rather than answers."""
    meaning = headings.recognise(label, mapping).meaning
    heads = [text for text in texts if plain(text) in HEADING_WORDS or headings.part_of(meaning, text)]
    if meaning in headings.LISTS:
        return len(heads) == len(texts)
    return not meaning and len(texts) > 1 and len(heads) * 2 >= len(texts)


def _headings_of(line, answers):
    """{column of answers, None for all: (heading above, own heading)}."""
    part = line.part
    if not answers:
        return {None: (part.title if part and part.meaning else "", line.label)}
    if part and part.heads and part.meaning:
        return {at: (part.title, part.heads.get(at, line.label)) for at in answers}
    if part and part.heads:
        first = min(answers, default=None)
        return {at: ("", line.label) if at == first else (line.label, part.heads.get(at, "")) for at in answers}
    return {None: (part.title, line.label) if part and part.meaning else ("", line.label)}


def _meaning(line, meaning, across, answers):
    """Of a row that is an item of a list the answers tell more about it; of one that only counts they are the item."""
    part = line.part
    if not part or not part.meaning:
        return meaning
    if line.item:
        return meaning if "." in meaning or meaning in ("retention", "safeguards") else f"{_lines(part)}.{_note(part)}"
    first = across in (None, min(answers, default=None))
    if first and part.meaning != "transfers" and not meaning.endswith(".role"):
        return part.meaning
    return meaning


def item_meaning(part):
    """What the label of a row means that is an item of a list: one value, whatever commas it holds."""
    parts = {"data": "category", "subjects": "category", "systems": "system", "measures": "measure"}
    return f"{part.meaning}.{parts[part.meaning]}" if part.meaning in parts else part.meaning


def _lines(part):
    return "data" if part.meaning in ("special_data", "criminal_data") else part.meaning


def _note(part):
    return {"data": "detail", "systems": "use", "recipients": "ground"}.get(_lines(part), "note")


def lists_its_label(line, sheet, labels):
    """Whether the label is a value itself: it is an item, and what stands beside it does not deny it."""
    answers = _answers(sheet, line.row, labels)
    return line.item and any(yes_no(text) != "no" for text in answers.values())


def value_columns(sheet, plan):
    """The columns of answers, when each is an activity of its own; otherwise None."""
    labels = plan.headings[0]
    names = [column.number for column in plan.columns if column.meaning == "name" and column.across is None]
    if any(column.across is not None for column in plan.columns):
        return None
    answered = [set(_answers(sheet, row, labels)) for row in names] or [
        set(_answers(sheet, column.number, labels)) for column in plan.columns if column.meaning
    ]
    each = set.intersection(*answered) if answered else set()
    return sorted(each) if len(each) > 1 else None


def _answers(sheet, row, labels):
    return {
        column: clean(cell.text) for column, cell in enumerate(sheet.rows[row]) if column > labels and clean(cell.text)
    }
