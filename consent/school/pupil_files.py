"""A file of pupils, read: number, name, class and day of birth, whatever the order of the columns.

The one rule: the whole file or nothing. Each line that cannot be taken is named with what is wrong, and then none is.
"""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consent import identifiers
from consent.kinds import IdentifierKind
from core import spreadsheets
from core.refusal import Refused
from core.spreadsheets import BadFile
from register.imports import days

MOST_LINES, MOST_SAID = 5000, 20
LONGEST_NAME, LONGEST_CLASS = 120, 40
YEARS = 110
HEADINGS = {
    "number": ("leerlingnummer", "nummer", "stamnummer", "leerlingnr", "pupil number", "student number", "number"),
    "name": ("naam", "volledige naam", "leerling", "name", "full name", "pupil"),
    "class": ("klas", "groep", "stamgroep", "class", "group"),
    "birth": ("geboortedatum", "geboren", "date of birth", "birth date", "born"),
}


@dataclass(frozen=True, slots=True)
class Line:
    number: str  # normalised
    name: str
    class_name: str
    birth: datetime.date | None = None


class BadLines(BadFile):
    """`lines`: a sentence for each line that cannot be taken, the first twenty."""

    def __init__(self, lines, filename):
        super().__init__(_("Nothing was brought in."), where=filename, remedy=" ".join(lines))
        self.lines = lines


def read(content, filename, *, on):
    """[Line] of the first sheet; raises `BadFile`."""
    [sheet, *_others] = spreadsheets.read_workbook(content, filename)
    start, columns = _columns(sheet, filename)
    body = [(number, row) for number, row in enumerate(sheet.rows[start + 1 :], start + 2) if _is_filled(row)]
    if len(body) > MOST_LINES:
        message = _("The file has more than %(number)s pupils.") % {"number": MOST_LINES}
        raise BadFile(message, where=filename, remedy=_("Split it."))
    if not body:
        raise BadFile(_("There is no pupil under the headings."), where=filename)
    found, wrong, seen = [], [], {}
    for number, row in body:
        try:
            line = _line({key: row[at] for key, at in columns.items() if at < len(row)}, on)
            if line.number in seen:
                raise Refused(_("This number stands on line %(line)s already.") % {"line": seen[line.number]})
        except Refused as refusal:
            wrong.append(_("Line %(line)s: %(wrong)s") % {"line": number, "wrong": refusal})
        else:
            seen[line.number] = number
            found.append(line)
    if wrong:
        raise BadLines(_first(wrong), filename)
    return found


def _first(wrong):
    more = len(wrong) - MOST_SAID
    return wrong[:MOST_SAID] + ([_("And %(number)s more.") % {"number": more}] if more > 0 else [])


def _columns(sheet, filename):
    """(row of the headings, {what: column}); the first row that names a number, a name and a class."""
    for at, row in enumerate(sheet.rows[:10]):
        words = [" ".join(cell.text.casefold().split()) for cell in row]
        found = {key: words.index(word) for key, known in HEADINGS.items() for word in known[::-1] if word in words}
        if {"number", "name", "class"} <= found.keys():
            return at, found
    raise BadFile(
        _("The first lines name no columns for number, name and class."),
        where=filename,
        remedy=_("Give the columns these headings: Number, Name, Class and, if you have it, Date of birth."),
    )


def _is_filled(row):
    return any(cell.text.strip() for cell in row)


def _line(cells, on):
    text = {key: " ".join(cell.text.split()) for key, cell in cells.items()}
    number = identifiers.normalised(IdentifierKind.NUMBER, text.get("number", ""))
    name, class_name = text.get("name", ""), text.get("class", "")
    if not name or len(name) > LONGEST_NAME:
        raise Refused(_("A name has 1 to %(number)s signs.") % {"number": LONGEST_NAME})
    if not class_name or len(class_name) > LONGEST_CLASS:
        raise Refused(_("A class has 1 to %(number)s signs.") % {"number": LONGEST_CLASS})
    birth = None
    if text.get("birth"):
        birth = days.day(text["birth"], cells["birth"].value)
        if birth is None or not on.year - YEARS <= birth.year or birth > on:
            raise Refused(_("The date of birth is no day in the past. Write it as 31-12-2012."))
    return Line(number, name, class_name, birth)
