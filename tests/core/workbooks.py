"""Makes the files that the tests of reading need, good and bad."""

import io
import zipfile

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)
ODS_TAIL = "</office:spreadsheet></office:body></office:document-content>"
WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Een" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
START = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)


def package(parts, compression=zipfile.ZIP_DEFLATED):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", compression) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return output.getvalue()


def xlsx(rows=(), fill=None):
    """A workbook with one sheet; `fill(workbook, sheet)` may add to it."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output) as workbook:
        sheet = workbook.add_worksheet("Register")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if fill:
            fill(workbook, sheet)
    return output.getvalue()


def workbook(sheets, merged=None):
    """A workbook of {name: rows}, in which the areas {name: ["A1:B1"]} are merged."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            for area in (merged or {}).get(name, ()):
                row, column, _last_row, _last_column = area_of(area)
                sheet.merge_range(area, rows[row][column])
    return output.getvalue()


def area_of(area):
    first, last = area.split(":")
    return (*xl_cell_to_rowcol(first), *xl_cell_to_rowcol(last))


def raw_xlsx(sheet_data, **parts):
    """A workbook whose one sheet is this XML, as no program would write it."""
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{sheet_data}</worksheet>'
    return package(
        {
            "_rels/.rels": START,
            "xl/workbook.xml": WORKBOOK,
            "xl/_rels/workbook.xml.rels": RELATIONS,
            "xl/worksheets/sheet1.xml": sheet,
            **parts,
        }
    )


def ods(tables, **parts):
    content = f"{ODS_HEAD}{tables}{ODS_TAIL}"
    return package({"mimetype": MIMETYPE, "META-INF/manifest.xml": MANIFEST, "content.xml": content, **parts})


def ods_cell(text, repeated=1):
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def ole(*streams):
    """The look of an OLE file: its signature and the names in its directory."""
    content = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\1"))
    for stream in streams:
        name = stream.encode("utf-16-le") + b"\0\0"
        content += name.ljust(64, b"\0") + len(name).to_bytes(2, "little") + b"\0" * 62
    return bytes(content)
