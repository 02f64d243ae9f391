"""A column of ids that name the rows of another sheet, such as suppliers: found, or not taken for that."""

from .heading_rows import text_of
from .values import plain, several

NAMED_BY_ID = {"", "processors", "recipients", "joint_controllers", "systems", "clients"}
"""What a column may seem to mean that holds ids of another sheet."""


def ids(sheet, main_sheet, main, searched):
    """(row with headings, column with ids, column of the table that names these); None when there are none."""
    for number in range(min(searched, len(sheet.rows))):
        filled = [column for column in range(len(sheet.rows[number])) if text_of(sheet, number, column)]
        for column in filled if len(filled) > 1 else ():
            found = [plain(text_of(sheet, row, column)) for row in range(number + 1, len(sheet.rows))]
            found = [text for text in found if text]
            named = found and _naming(main, main_sheet, set(found), f"{sheet.name} {text_of(sheet, number, column)}")
            if named and len(set(found)) == len(found):
                return number, column, named
    return None


def _naming(main, sheet, known, words):
    """The column of the table that holds nothing but these ids, and is called like the sheet or its ids."""
    called = plain(words).split()
    if not all(any(sign.isdigit() for sign in text) for text in known):
        return None
    for column in main.columns:
        if column.meaning not in NAMED_BY_ID or column.number == main.key:
            continue
        alike = [word for word in plain(column.heading).split() if len(word) > 3]
        if not any(one.startswith(word) or word.startswith(one) for word in alike for one in called if len(one) > 3):
            continue
        rows = [row for row in range(main.headings[-1] + 1, len(sheet.rows)) if row not in main.skip]
        texts = [piece for row in rows for piece in several(text_of(sheet, row, column.number), "\n;,")]
        if texts and all(plain(text) in known for text in texts):
            return column
    return None
