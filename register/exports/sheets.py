"""The sheet of one activity: a pure function of its version, this template and the language.

The one rule: nothing of the document may enter (no day, selection, mark, annex or page number), so that a sheet can be
kept and used again. Raise `TEMPLATE` with every change of what a sheet prints: here, in `limbs`, `particulars`,
`wording`, `blocks`, `sheet.html` or the sheet's part of `pdf.css`.
"""

from dataclasses import dataclass

from django.template.loader import get_template
from django.utils import translation
from django.utils.text import Truncator

from .limbs import controller_limbs, processor_limbs
from .particulars import particulars
from .wording import day, fingerprint, moment, typed, written_in

TEMPLATE = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """All words of a sheet, ready to be drawn."""

    anchor: str
    running: str
    code: str
    name: str
    text_language: str
    is_draft: bool
    version: int
    valid_from: str
    established: str
    late: bool
    ended_on: str
    end_reason: str
    successor: str
    fingerprint: str
    full_fingerprint: str
    limbs: tuple
    particulars: tuple


def anchor(standing):
    """Where the sheet of this standing is within a document."""
    return f"{'draft' if standing.is_draft else 'sheet'}-{standing.entry.number}"


def sheet(standing):
    """The sheet in the language in force."""
    entry = standing.entry
    return Sheet(
        anchor=anchor(standing),
        running=Truncator(f"{entry.code} {entry.name}").chars(64),
        code=entry.code,
        name=entry.name,
        text_language=entry.language,
        is_draft=standing.is_draft,
        version=standing.version,
        valid_from=day(standing.valid_from),
        established=moment(standing.established_at),
        late=standing.late,
        ended_on=day(entry.ended_on),
        end_reason=typed(entry.end_reason),
        successor=f"{entry.successor.code} {entry.successor.name}" if entry.successor else "",
        fingerprint=fingerprint(standing.digest),
        full_fingerprint=fingerprint(standing.digest, short=False),
        limbs=processor_limbs(entry) if entry.is_processor_record else controller_limbs(entry),
        particulars=particulars(entry),
    )


def sheet_html(standing, language):
    """The sheet as HTML, an `<article>`. No query; about three milliseconds."""
    with translation.override(language), written_in(standing.entry.language):
        return get_template("register/pdf/sheet.html").render({"sheet": sheet(standing), "language": language})
