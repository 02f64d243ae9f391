"""What a sheet is built of: limbs that hold tables and answers. Words are final; templates only draw them."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

NONE, MISSING = "none", "missing"


@dataclass(frozen=True, slots=True)
class Answer:
    """Instead of content: there is none, or nothing was recorded (with the reason when one was given)."""

    kind: str
    text: str
    reason: str = ""

    shape = "answer"


@dataclass(frozen=True, slots=True)
class Facts:
    """A label before each value. `name` chooses the widths in pdf.css."""

    rows: tuple
    name: str = ""

    shape = "facts"


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns under headings; the first cell of a row is its heading. `name` chooses the widths in pdf.css."""

    name: str
    headings: tuple
    rows: tuple

    shape = "grid"


@dataclass(frozen=True, slots=True)
class Limb:
    """One letter of the article, always printed; `letter` is empty for what Art. 30 does not ask."""

    title: str
    blocks: tuple
    letter: str = ""
    article: str = ""


def facts(*pairs, name=""):
    """A table of the pairs that have a value; none when nothing has."""
    rows = tuple((label, value) for label, value in pairs if value)
    return (Facts(rows, name),) if rows else ()


def filled(name, headings, rows):
    """A grid without the columns in which nothing stands; none when there are no rows. The first column stays."""
    rows = tuple(rows)
    kept = [place for place in range(len(headings)) if place == 0 or any(row[place] for row in rows)]
    headings, *rows = (tuple(cells[place] for place in kept) for cells in (headings, *rows))
    return (Grid(name, headings, tuple(rows)),) if rows else ()


def none(text):
    return Answer(NONE, text)


def missing(reason=""):
    return Answer(MISSING, _("Not recorded"), reason)


def listed(answer, blocks, *, no, some):
    """A list with three states: its lines when there are any, else what was answered.

    `no` says that there are none; `some` that there are, without saying which.
    """
    if blocks:
        return blocks
    if answer == "none":
        return (none(no),)
    return (missing(some if answer == "some" else ""),)


def labelled(label, value):
    """A value with its label in the same line; nothing when there is no value."""
    return format_html('<span class="label">{}:</span> {}', label, value) if value else ""
