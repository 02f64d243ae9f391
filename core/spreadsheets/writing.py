"""Sheets to bytes. The one rule: text stays text. Nothing that somebody typed becomes a formula or a link by itself."""

import csv
import datetime
import io
import re
from decimal import Decimal
from typing import NamedTuple

import xlsxwriter
from django.utils import timezone
from django.utils.functional import Promise

CREATED = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zones; fixed, so that bytes repeat
LONGEST = 32_767  # signs that Excel takes in one cell
CUT = " […]"
RISKY = ("=", "+", "-", "@", "\t", "\r")
DELIMITERS = {"nl": ";", "en": ","}
WIDEST = 60
MOST_LINKS = 65_000  # a few less than Excel takes in one sheet


class Link(NamedTuple):
    """Text that leads somewhere: an address on the web, or `internal:'Sheet'!A1`. In a csv file it is text alone."""

    text: str
    address: str

    def __str__(self):
        return self.text


def write_xlsx(sheets):
    """A workbook of `(name, rows)` pairs; the first row of each is its heading. Equal input gives equal bytes.

    Rows may come from a generator and are not kept. A text longer than Excel takes is cut, and ends in […].
    """
    output = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(output, options) as workbook:
        workbook.set_properties({"created": CREATED})
        formats = {
            "head": workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "text": workbook.add_format({"text_wrap": True, "valign": "top"}),
            "number": workbook.add_format({"valign": "top"}),
            "date": workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
            "moment": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"}),
            "link": workbook.add_format({"font_color": "#1B4F9C", "underline": 1, "valign": "top"}),
        }
        names = set()
        for name, rows in sheets:
            _write_sheet(workbook.add_worksheet(_sheet_name(name, names)), rows, formats)
    return output.getvalue()


def write_csv(rows, language):
    """Bytes of UTF-8 with its mark, `;` for nl and `,` for en, as Excel expects them there.

    A text that a spreadsheet program would take for a formula gets an apostrophe in front; numbers stay as they are.
    """
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=DELIMITERS[language], lineterminator="\r\n")
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
    return output.getvalue().encode("utf-8-sig")


def _write_sheet(sheet, rows, formats):
    widths, links, last = {}, 0, 0
    for number, row in enumerate(rows):
        last = number
        for column, value in enumerate(row):
            if isinstance(value, Link):
                links += 1
                value = value if links <= MOST_LINKS else value.text
            text = _write_cell(sheet, number, column, _plain(value), formats)
            longest_line = max(map(len, text.splitlines()), default=0)
            widths[column] = max(widths.get(column, 0), min(longest_line, WIDEST))
    for column, width in widths.items():
        sheet.set_column(column, column, max(width + 2, 8))
    sheet.freeze_panes(1, 0)
    if widths:
        sheet.autofilter(0, 0, last, max(widths))


def _write_cell(sheet, row, column, value, formats):
    """Write one value as its own type; gives the text that its width is taken from."""
    if value is None or value == "":
        return ""
    if isinstance(value, Link):
        sheet.write_url(row, column, value.address, formats["link"], value.text)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, formats["number"])
    elif isinstance(value, int | float | Decimal) and abs(value) < 10**15:  # Excel keeps fifteen digits
        sheet.write_number(row, column, value, formats["number"])
    elif isinstance(value, datetime.datetime):
        sheet.write_datetime(row, column, value, formats["moment"])
    elif isinstance(value, datetime.date):
        sheet.write_datetime(row, column, value, formats["date"])
    else:
        value = str(value).replace("\r\n", "\n").replace("\r", "\n")
        if len(value) > LONGEST:
            value = value[: LONGEST - len(CUT)] + CUT
        sheet.write_string(row, column, value, formats["text"] if row else formats["head"])
    return str(value)


def _plain(value):
    """Local time for a moment, since a cell knows no zones; text for what is translated late."""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.make_naive(value)
    return str(value) if isinstance(value, Promise) else value


def _csv_cell(value):
    value = _plain(value)
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return str(value)


def _sheet_name(name, taken):
    """A name that Excel accepts: at most 31 signs, some signs not at all, and not twice."""
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", str(name)).strip().strip("'") or "-"
    candidate, number = name[:31], 2
    while candidate.casefold() in taken:
        ending = f" {number}"
        candidate, number = name[: 31 - len(ending)] + ending, number + 1
    taken.add(candidate.casefold())
    return candidate
