"""A whole mailing list against the ledger: each line as it was, and behind it whether it may be written to."""

from itertools import islice

from . import lists, results
from .checking import AT_A_TIME, Reader, many


def run(asked, source, target, *, language, progress=lambda done, total: None):
    """Read the list from `source` (`lists.Source`), write it with the answers to `target` (a binary file).

    Gives {"lines", "outcomes", "rules"}. Raises `BadFile` for a list that cannot be read to its end.
    """
    layout = lists.survey(source)
    read, writer, answers = Reader(asked, layout.columns), results.Writer(target, language), results.Answers()
    if layout.heading:
        writer.write([*layout.heading, *answers.heading()])
    done, everybody = 0, lists.rows(source, layout)
    while rows := [row for _number, row in islice(everybody, AT_A_TIME)]:
        for row, verdict in zip(rows, many(asked, [read(row) for row in rows]), strict=True):
            writer.write([*row, *[""] * (layout.width - len(row))], answers.cells(verdict))
        done += len(rows)
        progress(done, max(layout.lines, done))
    writer.finish()
    return {"lines": done, "outcomes": answers.outcomes(), "rules": answers.rules()}
