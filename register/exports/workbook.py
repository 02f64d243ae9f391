"""Tables to XLSX and CSV. Text stays text: nothing that somebody typed becomes a formula."""

from core.spreadsheets import write_csv, write_xlsx

from . import flat, tables


def xlsx(found, language, progress):
    """A workbook with a sheet for each kind of thing."""
    made = list(tables.tables(found))

    def sheets():
        for done, table in enumerate(made):
            progress(done, len(made))
            yield table.title, _with_headings(table)

    return write_xlsx(sheets())


def csv(found, language, progress):
    """One flat table, with the sign between cells that a spreadsheet program expects in this language."""
    progress(0, 1)
    return write_csv(_with_headings(flat.table(found)), language)


def _with_headings(table):
    yield table.headings
    yield from table.rows()
