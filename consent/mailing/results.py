"""The list as it was, with the answer behind each line, as text that every spreadsheet program opens.

The one rule: nothing that somebody typed becomes a formula. A telephone number with its plus sign stays as it is, since
a sum of one number does no harm and an apostrophe would make it another number.
"""

import codecs
import csv
import io
import re
from collections import Counter

from django.utils import timezone

from core.spreadsheets.writing import DELIMITERS, RISKY

NUMBER = re.compile(r"\+\d[\d ]{5,18}")
HEADING = ("outcome", "rule", "reason", "article", "evidence", "decided_at", "event")
PREFIX = "dertig_"


class Writer:
    """Writes rows as text into a binary file; `finish` must be called at the end. `answer`: cells that are ours, put
    behind those of the list as they are."""

    def __init__(self, target, language):
        target.write(codecs.BOM_UTF8)  # here, since an encoder that writes it takes longer over every row
        self.text = io.TextIOWrapper(target, "utf-8", newline="", write_through=False)
        self.rows = csv.writer(self.text, delimiter=DELIMITERS.get(language, ","), lineterminator="\r\n")

    def write(self, cells, answer=()):
        self.rows.writerow([*[harmless(cell) if cell.startswith(RISKY) else cell for cell in cells], *answer])

    def finish(self):
        self.text.flush()
        self.text.detach()


def harmless(text):
    return text if NUMBER.fullmatch(text) else f"'{text}"


class Answers:
    """The cells behind a line, and how many lines got which answer."""

    def __init__(self):
        self.lines, self.words, self.zone = Counter(), {}, timezone.get_current_timezone()

    def heading(self):
        return [PREFIX + name for name in HEADING]

    def cells(self, verdict):
        answer, standing = verdict.answer, verdict.standing
        said = self.words.get(id(answer))
        if said is None or said[0] is not answer:
            texts = (answer.outcome, answer.rule, answer.reason, answer.article, answer.evidence)
            said = self.words[id(answer)] = (answer, tuple(str(text) for text in texts))
        texts = said[1]
        self.lines[texts[:2]] += 1
        if standing.event is None:
            return (*texts, "", "")
        return (*texts, moment(standing.happened_at, self.zone), str(standing.event))

    def outcomes(self):
        return self._counted(0)

    def rules(self):
        return self._counted(1)

    def _counted(self, place):
        counts = Counter()
        for said, lines in self.lines.items():
            counts[said[place]] += lines
        return dict(counts)


def moment(value, zone=None):
    """As people there read a clock, to the minute."""
    return timezone.localtime(value, zone).isoformat(" ", "minutes") if value else ""
