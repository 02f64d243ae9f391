"""A mailing list and the ledger held against each other, both ways: who is on the list and may not be written to, and
who agreed and is not on the list."""

from itertools import islice

from django.utils.translation import gettext as _

from consent.question import Outcome

from . import consenting, lists, results
from .checking import AT_A_TIME, Reader, many


def run(asked, source, target, *, language, progress):
    """Write the differences to `target`; gives {"lines", "both", "not_allowed", "to_look_at", "missing"}."""
    layout = lists.survey(source)
    read, writer, answers = Reader(asked, layout.columns), results.Writer(target, language), results.Answers()
    width = layout.width
    writer.write(["dertig_difference", *(layout.heading or [""] * width), *answers.heading()])
    counts = {"lines": 0, "both": 0, "not_allowed": 0, "to_look_at": 0, "missing": 0}
    listed, everybody = set(), lists.rows(source, layout)
    while rows := [row for _number, row in islice(everybody, AT_A_TIME)]:
        for row, verdict in zip(rows, many(asked, [read(row) for row in rows]), strict=True):
            cells = [*row, *[""] * (width - len(row)), *answers.cells(verdict)]
            if verdict.person is not None:
                listed.add(verdict.person)
            if verdict.answer.may:
                counts["both"] += 1
            elif verdict.answer.outcome == Outcome.UNKNOWN:
                counts["to_look_at"] += 1
                writer.write([_("on the list, to look at"), *cells])
            else:
                counts["not_allowed"] += 1
                writer.write([_("on the list, not allowed"), *cells])
        counts["lines"] += len(rows)
        progress(counts["lines"], max(layout.lines, counts["lines"]))
    for group in consenting.agreed(asked, but=listed):
        for _person, kind, address in group:
            cells = [""] * width
            cells[layout.columns.get(kind, read.who[0][1])] = address
            writer.write([_("agreed, missing from the list"), *cells])
            counts["missing"] += 1
    writer.finish()
    return counts
