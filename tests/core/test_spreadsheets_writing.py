import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from core.spreadsheets import read_workbook, write_csv, write_xlsx

RISKY = ["=1+1", "+31 6", "-", "@x", "\tx", "\rx", "https://example.org", "mailto:a@b.nl", "0123"]
readable = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)


def opened(content):
    """A second opinion: what another program sees."""
    return openpyxl.load_workbook(io.BytesIO(content))


def test_each_value_keeps_its_kind():
    row = [
        gettext_lazy("in no catalogue"),
        12,
        Decimal("1.50"),
        True,
        None,
        "",
        date(2026, 1, 2),
        datetime(2026, 7, 1, 10, tzinfo=UTC),
    ]
    sheet = opened(write_xlsx([("Register", [["a"], row])]))["Register"]
    values = [cell.value for cell in sheet[2]]
    assert values == ["in no catalogue", 12, 1.5, True, None, None, datetime(2026, 1, 2), datetime(2026, 7, 1, 12)]  # noqa: DTZ001


def test_text_is_never_a_formula_or_a_link_in_a_workbook():
    sheet = opened(write_xlsx([("Register", [["a"], *([text] for text in RISKY)])])).active
    cells = [sheet.cell(number, 1) for number in range(2, len(RISKY) + 2)]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert [cell.value for cell in cells] == [text.replace("\r", "\n") for text in RISKY]
    assert not any(cell.hyperlink for cell in cells)


def test_the_heading_stays_in_sight_and_columns_are_wide_enough():
    sheet = opened(write_xlsx([("R", [["naam", "x"], ["een heel lange naam van iets", "y"]])])).active
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width > 28
    assert sheet["A1"].font.bold


def test_the_same_sheets_are_the_same_bytes():
    sheets = [("R", [["a", "b"], ["c", date(2026, 1, 1)]])]
    assert write_xlsx(sheets) == write_xlsx(sheets)


def test_rows_may_come_one_by_one():
    sheet = opened(write_xlsx([("R", ([number] for number in range(2000)))])).active
    assert sheet.max_row == 2000


def test_names_of_sheets_are_made_fit():
    names = ["a/b[c]", "x" * 40, "X" * 40, "", "'q'"]
    assert opened(write_xlsx([(name, [["a"]]) for name in names])).sheetnames == [
        "a b c",
        "x" * 31,
        "X" * 29 + " 2",
        "-",
        "q",
    ]


def test_a_text_that_is_too_long_for_excel_shows_that_it_was_cut():
    text = opened(write_xlsx([("R", [["x" * 40_000]])])).active["A1"].value
    assert len(text) == 32_767
    assert text.endswith(" […]")


def test_long_numbers_keep_their_digits():
    assert opened(write_xlsx([("R", [[12345678901234567890]])])).active["A1"].value == "12345678901234567890"


@pytest.mark.parametrize(("language", "delimiter"), [("nl", ";"), ("en", ",")])
def test_csv_is_as_excel_expects_it(language, delimiter):
    content = write_csv([["naam", "doel"], ["Zoë", None], [date(2026, 1, 2), 1.5]], language)
    assert content.decode("utf-8-sig") == (f"naam{delimiter}doel\r\nZoë{delimiter}\r\n2026-01-02{delimiter}1.5\r\n")
    assert content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", [text for text in RISKY if text[0] in "=+-@\t\r"])
def test_csv_disarms_what_looks_like_a_formula(text):
    content = write_csv([[text], [gettext_lazy("=late")], [-5]], "nl").decode("utf-8-sig")
    assert content.lstrip('"').startswith(f"'{text}")
    assert "'=late" in content
    assert "\r\n-5\r\n" in content


@given(st.lists(st.lists(readable, min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_is_written_is_read_back(rows):
    (sheet,) = read_workbook(write_xlsx([("R", rows)]), "a.xlsx")
    assert [[cell.value for cell in row] for row in sheet.rows] == rows
