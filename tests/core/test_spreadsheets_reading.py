import csv
import io
import time
import tracemalloc
import zipfile
from dataclasses import replace
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.spreadsheets import BadFile, Cell, Limits, place, read_workbook
from core.spreadsheets.delimited import sniff

from .workbooks import WORKBOOK, ods, ods_cell, ole, package, raw_xlsx, xlsx

SHARED = Path(__file__).parents[3] / "shared" / "data"
LIMITS = Limits(bytes=2**20, unpacked=8 * 2**20, rows=1000, columns=50, cells=20_000)


@pytest.fixture(autouse=True)
def _in_english():
    """What is wrong is read from the sentences here, so they must not be translated."""
    with translation.override("en"):
        yield


def texts(sheet):
    return [[cell.text for cell in row] for row in sheet.rows]


def refused(content, filename, limits=LIMITS):
    with pytest.raises(BadFile) as caught:
        read_workbook(content, filename, limits)
    assert filename in caught.value.where
    return caught.value


def far_xlsx(*addresses):
    cells = "".join(f'<row><c r="{address}"><v>1</v></c></row>' for address in addresses)
    return raw_xlsx(f"<sheetData>{cells}</sheetData>")


# What is read


def test_every_cell_has_its_value_and_its_text():
    def fill(workbook, sheet):
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        hour = workbook.add_format({"num_format": "hh:mm"})
        sheet.write_datetime("A2", datetime(2026, 1, 2), day)  # noqa: DTZ001
        sheet.write_datetime("B2", datetime(2026, 1, 2, 3, 4), day)  # noqa: DTZ001
        sheet.write_datetime("C2", clock(3, 4), hour)
        sheet.write_string("D4", "ver weg")

    (sheet,) = read_workbook(xlsx([["a\nb", 12, 1.5, True, "", " x "]], fill), "register.xlsx", LIMITS)
    assert sheet.name == "Register"
    assert sheet.rows[0] == (
        Cell("a\nb", "a\nb"),
        Cell(12, "12"),
        Cell(1.5, "1.5"),
        Cell(True, "TRUE"),
        Cell(),
        Cell(" x ", " x "),
    )
    assert [cell.value for cell in sheet.rows[1]] == [date(2026, 1, 2), datetime(2026, 1, 2, 3, 4), clock(3, 4)]  # noqa: DTZ001
    assert texts(sheet)[1:] == [["2026-01-02", "2026-01-02 03:04", "03:04"], [], ["", "", "", "ver weg"]]
    assert sheet.place(3, 3) == "Register!D4"


def test_formulas_and_errors_are_known_by_their_place():
    def fill(workbook, sheet):
        sheet.write_formula("B1", "=1+1", None, 2)
        sheet.write_formula("B2", "=1/0", None, "#DIV/0!")
        second = workbook.add_worksheet("Tweede")
        second.write_formula("A1", "=2+2", None, 4)

    first, second = read_workbook(xlsx([["a"]], fill), "register.xlsx", LIMITS)
    assert first.rows[0][:2] == (Cell("a", "a"), Cell(2, "2", formula=True))
    assert first.rows[1][1] == Cell(None, "#DIV/0!", formula=True)
    assert second.rows[0][0] == Cell(4, "4", formula=True)


def test_a_formula_may_well_give_an_empty_text():
    cells = '<c r="A1"><v>1</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
    (sheet,) = read_workbook(raw_xlsx(f'<sheetData><row r="1">{cells}</row></sheetData>'), "a.xlsx", LIMITS)
    assert sheet.rows == [(Cell(1, "1"), Cell(None, "", formula=True))]


def test_marks_go_with_their_sheet_whatever_the_order_of_the_parts():
    book = openpyxl.Workbook()
    book.active.append(["eerste"])
    book.create_sheet("Tweede").append(["#REF!"])
    book.move_sheet("Tweede", -1)
    output = io.BytesIO()
    book.save(output)
    second, first = read_workbook(output.getvalue(), "a.xlsx", LIMITS)
    assert (second.name, texts(second)) == ("Tweede", [["#REF!"]])
    assert (first.rows[0][0], second.rows[0][0].value) == (Cell("eerste", "eerste"), None)


def test_hidden_sheets_are_read_and_say_so():
    def fill(workbook, sheet):
        workbook.add_worksheet("Lijst").hide()

    assert [sheet.hidden for sheet in read_workbook(xlsx([["a"]], fill), "a.xlsx", LIMITS)] == [False, True]


def test_open_document_is_read_with_its_repeats():
    row = f"<table:table-row>{ods_cell('a')}<table:table-cell/>{ods_cell('b', 2)}</table:table-row>"
    formula = '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    tail = f'<table:table-row table:number-rows-repeated="1048574">{empty}</table:table-row>'
    tables = f'<table:table table:name="Blad">{row}<table:table-row>{formula}</table:table-row>{tail}</table:table>'
    (sheet,) = read_workbook(ods(tables), "register.ods", LIMITS)
    assert texts(sheet) == [["a", "", "b", "b"], ["2"]]
    assert sheet.rows[1][0].formula


def test_styled_cells_without_a_value_do_not_count():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + "".join(
        f'<row r="{number}"><c r="A{number}" s="0"/></row>' for number in range(2, 3000)
    )
    (sheet,) = read_workbook(raw_xlsx(f"<sheetData>{rows}</sheetData>"), "a.xlsx", LIMITS)
    assert texts(sheet) == [["1"]]


@pytest.mark.parametrize("source", ["path", "bytes", "file"])
def test_a_file_may_be_a_path_bytes_or_open(tmp_path, source):
    content = xlsx([["a"]])
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    given_as = {"path": path, "bytes": content, "file": io.BytesIO(content)}[source]
    assert texts(read_workbook(given_as, "a.xlsx", LIMITS)[0]) == [["a"]]


# Text with delimiters


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("naam;doel\nZoë;loon\n".encode(), [["naam", "doel"], ["Zoë", "loon"]]),
        ("naam;doel\nZoë;loon\n".encode("utf-8-sig"), [["naam", "doel"], ["Zoë", "loon"]]),
        ("naam\tdoel\nZoë\tloon\n".encode("utf-16"), [["naam", "doel"], ["Zoë", "loon"]]),
        (b"\xfe\xff" + "naam|doel\nZoë|loon".encode("utf-16-be"), [["naam", "doel"], ["Zoë", "loon"]]),
        ("naam,doel\r\n€ Zoë,loon\r\n".encode("cp1252"), [["naam", "doel"], ["€ Zoë", "loon"]]),
        (b"naam,doel\rjan,loon", [["naam", "doel"], ["jan", "loon"]]),
        (b'a;"b;c\nd ""e""";f\n\n;;\ng', [["a", 'b;c\nd "e"', "f"], [], [], ["g"]]),
        (b"sep=|\na|b,c\n", [[], ["a", "b,c"]]),
        (b"alleen een kolom\nmet, een komma\n", [["alleen een kolom"], ["met, een komma"]]),
        (b"a;b\n1,5;2,5\n3,5;4,5\n", [["a", "b"], ["1,5", "2,5"], ["3,5", "4,5"]]),
    ],
)
def test_encoding_and_delimiter_are_found(content, expected):
    (sheet,) = read_workbook(content, "register.csv", LIMITS)
    assert texts(sheet) == expected
    assert sheet.name == "register"


def test_a_formula_in_a_csv_stays_text_and_is_known():
    (sheet,) = read_workbook(b"naam;doel\n=1+1;-\n", "a.csv", LIMITS)
    assert sheet.rows[1] == (Cell("=1+1", "=1+1", formula=True), Cell("-", "-"))


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8), min_size=3, max_size=3),
        min_size=2,
        max_size=5,
    ),
    st.sampled_from(";\t|,"),
)
def test_what_is_written_as_csv_is_read_back(rows, delimiter):
    rows = [["a", "b", "c"], *rows, ["x", "y", "z"]]
    output = io.StringIO(newline="")
    csv.writer(output, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    (sheet,) = read_workbook(output.getvalue().encode("utf-8-sig"), "a.csv", LIMITS)
    assert [(row + [""] * 3)[:3] for row in texts(sheet)] == rows


def test_without_any_delimiter_there_is_one_column():
    assert sniff("") == ";"


# What is refused


def test_an_empty_file_is_refused():
    for content in (b"", b"  \r\n", b"\xef\xbb\xbf\r\n"):
        assert "empty" in refused(content, "a.csv").message
    assert "empty" in refused(b"", "a.xlsx").message


@pytest.mark.parametrize(
    ("content", "filename", "looks_like"),
    [
        (b"%PDF-1.7 ...", "a.xlsx", "pdf"),
        (b"a;b\n1;2", "a.xlsx", "text"),
        (xlsx([["a"]]), "a.csv", "xlsx"),
        (xlsx([["a"]]), "a.ods", "xlsx"),
        (xlsx([["a"]]), "a.xls", "xlsx"),
        (b"<html><table><tr><td>a</td></tr></table></html>", "a.xls", "html"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>", "a.csv", "html"),
        (package({"word/document.xml": "<x/>"}), "a.xlsx", "docx"),
        (package({"a.txt": "x"}), "a.xlsx", "damaged"),
        (b"\x00\x01\x02\x03", "a.csv", "damaged"),
        (b"PK\x03\x04 and no more", "a.xlsx", "damaged"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(content, filename, looks_like):
    refusal = refused(content, filename)
    assert looks_like in refusal.message
    assert refusal.remedy


@pytest.mark.parametrize("filename", ["a.pdf", "a", "a.xlsm", "a.xlsb", "a.exe"])
def test_other_kinds_of_files_are_refused(filename):
    assert ".csv" in refused(b"x", filename).remedy


def test_a_password_is_asked_to_be_taken_off():
    encrypted = '<m:manifest xmlns:m="x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    locked_zip = bytearray(xlsx([["a"]]))
    directory = locked_zip.index(b"PK\x01\x02")
    locked_zip[directory + 8] |= 1
    for content, filename in (
        (ole("EncryptionInfo", "EncryptedPackage"), "a.xlsx"),
        (ole("EncryptionInfo", "EncryptedPackage"), "a.xls"),
        (bytes(locked_zip), "a.xlsx"),
        (ods("", **{"META-INF/manifest.xml": encrypted}), "a.ods"),
    ):
        refusal = refused(content, filename)
        assert "password" in refusal.message
        assert "without a password" in refusal.remedy


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (xlsx([["a" * 2000]])[:-200], "a.xlsx"),
        (xlsx([["a"]]).replace(b"xl/workbook.xml", b"xl/workbuuk.xml"), "a.xlsx"),
        (ole("Workbook"), "a.xls"),
        (raw_xlsx("<sheetData><row>"), "a.xlsx"),
        (raw_xlsx('<sheetData><row r="x"><c r="A1"><v>1</v></c></row></sheetData>'), "a.xlsx"),
        (raw_xlsx('<sheetData><row r="1"><c r="AAAAA1"><v>1</v></c></row></sheetData>'), "a.xlsx"),
        (package({"xl/workbook.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "a.xlsx"),
        (ods('<table:table><table:table-row table:number-rows-repeated="x"/></table:table>'), "a.ods"),
    ],
)
def test_a_damaged_file_is_refused(content, filename):
    assert "damaged" in refused(content, filename).message


def test_a_file_with_a_wrong_checksum_is_refused():
    content = package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "x": "abc"}, zipfile.ZIP_STORED)
    assert "damaged" in refused(content.replace(b"abc", b"abd"), "a.ods").message


def test_a_file_that_is_too_large_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a;b\n" * 300_000)
    assert "larger than 1 MB" in refused(path, "a.csv").message


def test_a_bomb_is_refused_by_its_directory():
    bomb = raw_xlsx("", **{"xl/sharedStrings.xml": b" " * (9 * 2**20)})
    assert len(bomb) < 20_000
    assert "more than 8 MB" in refused(bomb, "a.xlsx").message


def test_a_bomb_that_lies_about_its_size_is_refused_too():
    bomb = bytearray(raw_xlsx("", **{"xl/sharedStrings.xml": b" " * (9 * 2**20)}))
    size = (9 * 2**20).to_bytes(4, "little")
    while size in bomb:
        place_of = bomb.index(size)
        bomb[place_of : place_of + 4] = (100).to_bytes(4, "little")
    started = time.process_time()
    assert "more than 8 MB" in refused(bytes(bomb), "a.xlsx").message
    assert time.process_time() - started < 1


def test_a_bomb_of_entities_is_refused():
    entities = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 9))
    sheet = f'<!DOCTYPE x [<!ENTITY e0 "x">{entities}]><worksheet>&e8;</worksheet>'
    content = raw_xlsx("", **{"xl/worksheets/sheet1.xml": sheet})
    assert "damaged" in refused(content, "a.xlsx").message


def test_a_sheet_with_a_hundred_thousand_rows_is_refused_soon_and_in_little_memory():
    limits = replace(Limits.of_settings(), rows=50_000)
    rows = (f"<row><c><v>{number}</v></c><c><v>7</v></c><c><v>8</v></c></row>" for number in range(100_000))
    content = raw_xlsx(f"<sheetData>{''.join(rows)}</sheetData>")
    tracemalloc.start()
    started = time.process_time()
    refusal = refused(content, "groot.xlsx", limits)
    seconds, memory = time.process_time() - started, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "more than 50000 rows" in refusal.message
    assert "groot.xlsx, Een!A50001" in refusal.where
    assert seconds < 10
    assert memory < 30 * 2**20


@pytest.mark.parametrize(
    ("content", "filename", "where", "what"),
    [
        (b"a;b\n" * 1001, "a.csv", "line 1001", "1000 rows"),
        (b";".join([b"x"] * 51), "a.csv", "line 1", "50 columns"),
        (b"a;" + b"b;" * 39 + b"c\n" + b"x;y\n" * 600, "a.csv", "line 488", "spans"),
        (far_xlsx("A1048576"), "a.xlsx", "Een!A1048576", "rows"),
        (far_xlsx("XFD1"), "a.xlsx", "Een!XFD1", "columns"),
        (far_xlsx("AX1", "A999"), "a.xlsx", "Een!A999", "spans"),
        (
            ods(
                '<table:table table:name="B"><table:table-row table:number-rows-repeated="1001">'
                f"{ods_cell('x')}</table:table-row></table:table>"
            ),
            "a.ods",
            "B!A1001",
            "rows",
        ),
        (
            ods(f'<table:table table:name="B"><table:table-row>{ods_cell("x", 51)}</table:table-row></table:table>'),
            "a.ods",
            "B!AY1",
            "columns",
        ),
    ],
)
def test_a_sheet_that_reaches_too_far_is_refused_with_its_place(content, filename, where, what):
    refusal = refused(content, filename)
    assert where in refusal.where
    assert what in refusal.message


def test_a_workbook_without_cells_is_refused():
    assert "not a single filled cell" in refused(xlsx(), "a.xlsx").message
    assert "not a single filled cell" in refused(b";;\n;;\n", "a.csv").message


def test_a_formula_that_was_never_worked_out_is_refused_with_its_place():
    book = openpyxl.Workbook()
    book.active["B3"] = "=1+1"
    output = io.BytesIO()
    book.save(output)
    refusal = refused(output.getvalue(), "a.xlsx")
    assert "formula" in refusal.message
    assert refusal.where == "a.xlsx, Sheet!B3"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("naam;doel\nZoë;loon\n".encode() + b"Andr\xe9;loon\n", "line 3"),
        (b"naam;doel\nZo\x81;loon\n", "line 2"),
        (b"\xef\xbb\xbfnaam\nZo\xeb\n", "line 2"),
        ("naam\nZoë".encode("utf-16")[:-1], "line 2"),
    ],
)
def test_a_wrong_encoding_is_refused_with_its_line(content, line):
    refusal = refused(content, "a.csv")
    assert "encoding" in refusal.message
    assert line in refusal.where


@pytest.mark.parametrize(
    ("content", "line"),
    [(b'a;b\n"c;d\ne;f\n', "line 3"), (b'a;b\n"c"d;e\n', "line 2"), (b'sep=;\na;b\n"c"d;e', "line 3")],
)
def test_a_quotation_mark_out_of_place_is_refused_with_its_line(content, line):
    refusal = refused(content, "a.csv")
    assert "quotation mark" in refusal.message
    assert line in refusal.where


def test_the_limits_come_from_the_settings(settings):
    settings.IMPORT_MAX_ROWS = 2
    with pytest.raises(BadFile, match="more than 2 rows"):
        read_workbook(b"a\nb\nc\n", "a.csv")


@pytest.mark.parametrize(
    ("row", "column", "address"), [(0, 0, "A1"), (2, 25, "Z3"), (9, 26, "AA10"), (0, 16383, "XFD1")]
)
def test_a_place_is_an_address(row, column, address):
    assert place(row, column) == address


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not beside this repository")
def test_the_files_of_others_are_read():
    paths = [path for path in SHARED.rglob("*") if path.suffix in (".csv", ".xlsx")]
    sheets = {path.name: read_workbook(path, path.name) for path in paths}
    assert len(sheets["tratamientos_ull_33_completos.csv"][0].rows) == 34
    assert {len(row) for row in sheets["demo-avg-records.csv"][0].rows} == {17}
    assert len(sheets["demo-avg-records.csv"][0].rows) == 9
    assert len(sheets["open-cookie-database.csv"][0].rows) == 2265
    assert sheets["processings_template.xlsx"]


SHARED_TEXT = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{}</t></si><si><t/></si></sst>'
)


def shared_xlsx(text, cells):
    row = "".join(f'<row><c t="s"><v>{number}</v></c></row>' for number in cells)
    return raw_xlsx(f"<sheetData>{row}</sheetData>", **{"xl/sharedStrings.xml": SHARED_TEXT.format(text)})


def test_a_long_text_that_many_cells_share_is_refused_before_each_gets_its_copy():
    assert "more than 8 MB" in refused(shared_xlsx("x" * 2**20, [0] * 9), "a.xlsx").message


def test_a_long_text_that_few_cells_share_is_read():
    (sheet,) = read_workbook(shared_xlsx("x" * 2**20, [0, *[1] * 900]), "a.xlsx", LIMITS)
    assert len(sheet.rows[0][0].text) == 2**20


def row_of(cell, repeated=1):
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cell}</table:table-row>'


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (row_of(ods_cell("x", -3)), "damaged"),
        (row_of(ods_cell("x"), -3), "damaged"),
        (row_of(ods_cell("x", 10**30)), "damaged"),
        (row_of(ods_cell("x")) + row_of("<table:table-cell/>", 10**18), "damaged"),
        (row_of(ods_cell('a<text:s text:c="2000000000"/>b')), "damaged"),
        (row_of(ods_cell('a<text:s text:c="2000000"/>b', 10)), "more than 8 MB"),
        (row_of(ods_cell("x" * 20_000, 10), 900), "more than 8 MB"),
    ],
)
def test_a_small_open_document_that_repeats_itself_for_ever_is_refused_at_once(rows, what):
    started = time.process_time()
    assert what in refused(ods(f'<table:table table:name="B">{rows}</table:table>'), "a.ods").message
    assert time.process_time() - started < 2


def test_the_sheets_of_a_document_together_span_no_more_than_the_limit():
    tables = "".join(
        f'<table:table table:name="{number}">{row_of(ods_cell("x", 20), 900)}</table:table>' for number in range(2)
    )
    assert "too many cells" in refused(ods(tables), "a.ods").message


def test_one_part_cannot_be_many_sheets():
    twice = WORKBOOK.replace("</sheets>", '<sheet name="Twee" sheetId="2" r:id="rId1"/></sheets>')
    content = raw_xlsx('<sheetData><row><c t="n"><v>1</v></c></row></sheetData>', **{"xl/workbook.xml": twice})
    assert "damaged" in refused(content, "a.xlsx").message


def test_an_encoding_that_nobody_knows_is_refused():
    content = raw_xlsx("", **{"xl/worksheets/sheet1.xml": '<?xml version="1.0" encoding="UF-8"?><worksheet/>'})
    assert "damaged" in refused(content, "a.xlsx").message


def test_a_sign_that_no_database_takes_is_left_out():
    content = raw_xlsx('<sheetData><row><c t="inlineStr"><is><t>a_x0000_b</t></is></c></row></sheetData>')
    [sheet] = read_workbook(content, "a.xlsx")
    assert sheet.rows[0][0].text == "ab"
