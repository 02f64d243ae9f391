"""What each column of a table means: by its heading, by the heading above that, or by what stands in it."""

import re
from functools import cache

from django.db import models

from register.models import Activity
from register.starter import starter_items

from . import days, headings, periods
from .bases import bases
from .headings import LISTS
from .plan import CONTENT_DATES, CONTENT_LIST, CONTENT_PERIODS, DATE_ORDER, TICKED, UNKNOWN, Column
from .values import categories, clean, is_answer, plain, yes_no

LOOKED_AT = 300  # cells of a column
SAMPLES, SAMPLE_LENGTH = 4, 120
ENOUGH = 0.6
PREFIXED = re.compile(r"^(.{3,60}?)(?:\s*[:/]\s*|\s+[–—-]\s+)(\S.*)$", re.DOTALL)
BRACKETED = re.compile(r"^([^()]{3,60})\(([^()]+)\)\s*$")
DAY_FIRST = {"nl", "fr", "es", "de"}
DATE_WORDS = {
    "started_on": {"start", "begin", "ingang", "sinds", "since", "started", "debut", "beginn", "inicio", "startdatum"},
    "review_on": {"herziening", "review", "evaluatie", "herzien", "herbeoordeling", "revision"},
}
KNOWN_LISTS = {"subjects": "subject_categories", "data": "data_categories"}


def described(sheet, heads, rows, mapping=None, within=False):
    """The columns of a table. `heads`: {column: (heading above, heading, place)}; `rows`: those with activities."""
    columns, languages = [], {}
    for number, (above, own, place) in heads.items():
        heading = headings.recognise(own, mapping, above, within)
        text = " / ".join(part for part in (above, own) if part)
        texts = _texts(sheet, rows, number)
        column = Column(number, place, text, heading.meaning, heading.reason, _samples(texts))
        languages[number] = heading.language
        _by_ticks(column, above, own, texts, mapping)
        columns.append(column)
    taken = {column.meaning for column in columns}
    for column in columns:
        if not column.meaning and column.reason == UNKNOWN:
            _by_content(column, _texts(sheet, rows, column.number), taken)
    _order_of_days(sheet, rows, columns, languages)
    return columns, [language for language in languages.values() if language]


def tick_value(column):
    """What a tick in this column says: the last part of its heading."""
    text = column.heading.rpartition(" / ")[2]
    match = BRACKETED.match(text) or PREFIXED.match(text)
    return match[2].strip() if match else text


def _texts(sheet, rows, number):
    found = []
    for row in rows:
        cells = sheet.rows[row]
        text = clean(cells[number].text) if number < len(cells) else ""
        if text:
            found.append(text)
            if len(found) == LOOKED_AT:
                break
    return found


def _samples(texts):
    """The first few different values."""
    shown = (text if len(text) <= SAMPLE_LENGTH else f"{text[:SAMPLE_LENGTH]}…" for text in texts)
    return list(dict.fromkeys(shown))[:SAMPLES]


def _by_ticks(column, above, own, texts, mapping):
    """A column per category, with x or yes: the part of the heading that names a list gives the meaning."""
    if not texts or column.reason == headings.MAPPED or not all(yes_no(text) for text in texts):
        return
    named = headings.recognise(above, mapping).meaning if above else ""
    if column.meaning and column.meaning != named:
        match = BRACKETED.match(own)
        named = column.meaning if match and headings.recognise(match[1], mapping).meaning == column.meaning else ""
    elif not named and not column.meaning:
        match = PREFIXED.match(own) or BRACKETED.match(own)
        named = headings.recognise(match[1], mapping).meaning if match else ""
    if not named and not column.meaning and any(yes_no(text) == "yes" for text in texts):
        named = next((meaning for meaning in KNOWN_LISTS if _is_known(meaning, own)), "")
    if named in LISTS:
        column.meaning, column.reason, column.ticks = named, TICKED, True


def _by_content(column, texts, taken):
    meaning, reason = _meaning_of(column, texts)
    if meaning and meaning not in taken:
        column.meaning, column.reason = meaning, reason
        taken.add(meaning)


def _meaning_of(column, texts):
    texts = [text for text in texts if not is_answer(text)]
    if not texts:
        return "", ""
    if all(bases(text).whole and len(plain(text)) > 1 for text in texts):
        return "basis", CONTENT_LIST
    if all(periods.period(text) for text in texts):
        return "retention", CONTENT_PERIODS
    words = set(plain(column.heading).split())
    if all(days.looks_like_day(text) for text in texts):
        return next((name for name, known in DATE_WORDS.items() if words & known), ""), CONTENT_DATES
    for meaning in KNOWN_LISTS:
        pieces = [piece for text in texts for piece in categories(text)]
        known = sum(_is_known(meaning, piece) for piece in pieces)
        if known >= 3 and known >= ENOUGH * len(pieces):
            return meaning, CONTENT_LIST
    return "", ""


def _is_known(meaning, text):
    return plain(text) in _known(KNOWN_LISTS[meaning])


@cache
def _known(name):
    """The names in a list of the starter library, in both languages."""
    return {plain(item[part]) for item in starter_items(name) for part in ("name_nl", "name_en") if item.get(part)}


def is_day(meaning):
    """Whether a column of this meaning holds days."""
    model, name = headings.field_of(meaning)
    if model is None:
        return meaning in headings.own_fields() and isinstance(Activity._meta.get_field(meaning), models.DateField)
    return isinstance(model._meta.get_field(name), models.DateField)


def _order_of_days(sheet, rows, columns, languages):
    """In which order days are written: as one of them proves, or as is usual in the language; otherwise it is asked."""
    dated = [(column, _texts(sheet, rows, column.number)) for column in columns if is_day(column.meaning)]
    order = days.order_of([text for _column, texts in dated for text in texts])
    if not order and any(language in DAY_FIRST for language in languages.values()):
        order = days.DMY
    for column, texts in dated:
        column.dates = order
        if not order and any(days.is_open(text) for text in texts):
            column.asks = [DATE_ORDER]
