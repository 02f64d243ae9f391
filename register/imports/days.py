"""Days as people write them, and in which order a column gives day and month. Pure."""

import datetime
import re

from .values import plain

DMY, MDY = "dmy", "mdy"
FIGURES = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
YEAR_FIRST = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?|((?:19|20)\d{2})(\d{2})(\d{2})"
)
WITH_NAME = re.compile(r"(?:(\d{1,2})\.?\s+(?:de\s+)?([^\W\d]+)\.?|([^\W\d]+)\.?\s+(\d{1,2}),?)\s+(?:de\s+)?(\d{4})")
MONTHS = (
    "januari|january|janvier|januar|enero|jan|janv|ene",
    "februari|february|fevrier|februar|febrero|feb|fev|fevr",
    "maart|march|mars|marz|marzo|mrt|mar|mrz",
    "april|avril|abril|apr|avr|abr",
    "mei|may|mai|mayo",
    "juni|june|juin|junio|jun",
    "juli|july|juillet|julio|jul|juil",
    "augustus|august|aout|agosto|aug|ago",
    "september|septembre|septiembre|sep|sept",
    "oktober|october|octobre|octubre|okt|oct",
    "november|novembre|noviembre|nov",
    "december|decembre|dezember|diciembre|dec|dez|dic",
)
MONTH_OF = {word: number for number, words in enumerate(MONTHS, 1) for word in words.split("|")}
CENTURY, LAST_OF_CENTURY = 2000, 69


def day(text, value=None, order=DMY):
    """The day that a cell says, or None. `order` is that of its column; without one, 3/4/2026 is no day."""
    if isinstance(value, datetime.datetime):
        return value.date() if value.time() == datetime.time() else None
    if isinstance(value, datetime.date):
        return value
    parts = _parts(text.strip(), order)
    try:
        return datetime.date(*parts) if parts else None
    except ValueError:
        return None


def _parts(text, order):
    match = YEAR_FIRST.fullmatch(text)
    if match:
        return [int(part) for part in match.groups() if part]
    match = WITH_NAME.fullmatch(text)
    if match:
        month = MONTH_OF.get(plain(match[2] or match[3]))
        return (int(match[5]), month, int(match[1] or match[4])) if month else None
    match = FIGURES.fullmatch(text)
    if not match:
        return None
    first, second, year = map(int, match.groups())
    if year < 100:
        year += CENTURY if year <= LAST_OF_CENTURY else CENTURY - 100
    order = order or order_of([text])
    if first == second or order == DMY:
        return year, second, first
    return (year, first, second) if order == MDY else None


def looks_like_day(text):
    """Whether it is a day in some order."""
    return day(text, order=DMY) is not None or day(text, order=MDY) is not None


def is_open(text):
    """Whether it is a day that can be read in two ways."""
    match = FIGURES.fullmatch(text.strip())
    return bool(match) and match[1] != match[2] and 0 < int(match[1]) <= 12 and 0 < int(match[2]) <= 12


def order_of(texts):
    """dmy or mdy, when at least one of them can be read in one way only and none contradicts it; otherwise ""."""
    orders = set()
    for text in texts:
        match = FIGURES.fullmatch(text.strip())
        if match and 12 < int(match[1]) <= 31:
            orders.add(DMY)
        elif match and 12 < int(match[2]) <= 31:
            orders.add(MDY)
    return orders.pop() if len(orders) == 1 else ""
