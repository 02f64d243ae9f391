"""The PDF of the record, or of a part of it: reads once, and gives bytes. The same state gives the same bytes."""

from dataclasses import dataclass

from core import pdf

from . import document
from .gathering import gather


@dataclass(frozen=True, slots=True)
class Made:
    content: bytes
    pages: int
    activities: int
    title: str


def make(organisation, selection, *, on, known_at, language, made_at, progress=None):
    """The document. `progress(done, total)` hears how far the pages are; what it raises stops the work."""
    found = gather(organisation, selection, on=on, known_at=known_at, made_at=made_at)
    title = document.title(found, language).translate(pdf.WITHOUT_SHAPE)
    expected = len(found.standings) + 8
    content = pdf.render(
        document.html(found, language),
        title=title,
        language=language,
        created_at=made_at,
        progress=progress and (lambda page: progress(min(page, expected), expected)),
    )
    return Made(content, content.pages, len(found.standings), title)
