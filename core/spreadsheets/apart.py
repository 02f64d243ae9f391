"""A program of its own, which reads an old workbook (.xls) from its input and gives its cells as JSON.

Such a file may claim cells in two far corners, for which calamine asks the memory at once; when there is none, the
whole process ends. So it runs apart, with bounds, and imports nothing of ours. Arguments: bytes, seconds, rows,
columns, cells.
"""

import datetime
import io
import json
import resource
import sys

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

LOCKED = 3
KINDS = {datetime.datetime: "moment", datetime.date: "day", datetime.time: "time", datetime.timedelta: "span"}


def main(space, seconds, rows, columns, cells):
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    found = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    except PasswordError:
        return LOCKED
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        height, width = (last + 1 for last in sheet.end) if sheet.end else (0, 0)
        fits = height <= rows and width <= columns and height * width <= cells
        values = sheet.to_python(skip_empty_area=False) if fits and sheet.end else []
        found.append(
            {
                "name": about.name,
                "hidden": about.visible != SheetVisibleEnum.Visible,
                "merged": sheet.merged_cell_ranges or [],
                "extent": [height, width],
                "rows": [[_plain(value) for value in row] for row in values],
            }
        )
    json.dump(found, sys.stdout)
    return 0


def _plain(value):
    kind = KINDS.get(type(value))
    if kind is None:
        return value
    return {kind: value.total_seconds() if kind == "span" else value.isoformat()}


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
