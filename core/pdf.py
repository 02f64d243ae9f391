"""HTML to an accessible PDF (PDF/UA-1) with WeasyPrint.

The one rule: the same input gives the same bytes. So no clock, no random number and no network: what a document needs
comes from our own static files by `static:` addresses, as in `<link rel="stylesheet" href="static:css/pdf.css">`. Such
an address does not resolve relative ones, so a stylesheet names its fonts in full too: `url("static:fonts/x.woff2")`.
"""

import datetime
import hashlib
import logging
import mimetypes
import re
from contextlib import contextmanager
from pathlib import Path

import pydyf
from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from weasyprint import HTML
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.pdf import tags
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

VARIANT = "pdf/ua-1"
# A word in the text, not in a tag, that no line holds: looking for its hyphens takes time by the square of its length.
GIANT = re.compile(r"(?<![^\s<>])[^\s<>]{101,}+(?=[^<>]*+<)")
PIECE = re.compile(r"(?:&[^;&\s]{1,31};|.){1,50}")


# Signs that steer a terminal, or are none at all, and have no shape in any font; an import may bring them in.
WITHOUT_SHAPE = dict.fromkeys({*range(32), *range(127, 160), 0xFFFE, 0xFFFF} - {ord("\n"), ord("\t")})


class FetchRefused(Exception):
    """A document asked for something that is not one of our own static files."""


class _Stop(FatalURLFetchingError):
    """WeasyPrint goes on after an ordinary error, with a hole in the document; seldom after this one."""


class OwnFiles(URLFetcher):
    """Fetches `static:` addresses, and pictures that stand in the document itself. Everything else stops the work.

    What was refused is kept too, since WeasyPrint passes over everything that goes wrong within an SVG picture.
    """

    def __init__(self):
        super().__init__(allowed_protocols={"static", "data"}, allow_redirects=False, fail_on_errors=True)
        self.refused = None

    def fetch(self, url, headers=None):
        scheme, _, rest = url.partition(":")
        if scheme.lower() == "static":
            return self._static(url, rest)
        if scheme.lower() == "data" and rest.lower().startswith("image/"):
            return super().fetch(url, headers)
        return self._refuse(f"A document may only use our own static files, not {url[:200]}")

    def _static(self, url, name):
        path = finders.find(name) if not name.startswith("/") and ".." not in name.split("/") else None
        if path is None:
            return self._refuse(f"There is no static file {name}")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": kind})

    def _refuse(self, reason):
        self.refused = reason
        raise _Stop(reason)


class Rendered(bytes):
    """A PDF, and how many `pages` it has."""

    pages = 0


def render(html, *, title, language, created_at, progress=None):
    """The PDF as bytes. `created_at` is the aware moment that the document bears; `language` a BCP 47 tag.

    `title` and `language` win from what stands in the HTML, since PDF/UA demands both. `progress` is called with the
    number of every page that is laid out; what it raises stops the work. Signs without a shape are left out.
    """
    html, title = html.translate(WITHOUT_SHAPE), str(title).translate(WITHOUT_SHAPE)
    moment = created_at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    identifier = hashlib.sha256(f"{title}\0{language}\0{moment}\0{html}".encode()).hexdigest()[:32].encode()
    files = OwnFiles()
    try:
        with _telling(progress):
            document = HTML(string=breakable(html), url_fetcher=files).render(
                font_config=FontConfiguration(), pdf_variant=VARIANT
            )
        document.metadata.title, document.metadata.lang = title, language
        document.metadata.created = document.metadata.modified = moment
        document.metadata.generator = "Dertig"
        result = Rendered(document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier))
        result.pages = len(document.pages)
    except _Stop:
        raise FetchRefused(files.refused) from None
    if files.refused:
        raise FetchRefused(files.refused)
    return result


def running(day, draft=""):
    """What stands in the margins of every page, in the language in force: see `templates/base_pdf.html`. The stylesheet
    puts the page numbers between these words.
    """
    before, between, after = _("Page {page} of {pages}").replace("{pages}", "{page}").split("{page}")
    return {"before": before, "between": between, "after": after, "day": day, "draft": draft}


def breakable(html):
    """The same text, with a place to break at every fifty signs of a giant word."""
    return GIANT.sub(lambda word: "<wbr>".join(PIECE.findall(word[0])), html)


@contextmanager
def _telling(progress):
    """Pass on the numbers of pages from WeasyPrint's own progress log, the only place where it tells them."""
    if progress is None:
        yield
        return
    teller = logging.Handler()
    teller.emit = lambda record: progress(record.args[0]) if record.args and "Page" in str(record.msg) else None
    before = PROGRESS_LOGGER.level, PROGRESS_LOGGER.propagate
    PROGRESS_LOGGER.addHandler(teller)
    PROGRESS_LOGGER.setLevel(logging.INFO)
    PROGRESS_LOGGER.propagate = False
    try:
        yield
    finally:
        PROGRESS_LOGGER.removeHandler(teller)
        PROGRESS_LOGGER.setLevel(before[0])
        PROGRESS_LOGGER.propagate = before[1]


def _page_references(self):
    """References to the pages, made anew only when a page has come.

    pydyf 0.13 makes the whole tuple at every access and WeasyPrint asks for it at every tag, so that a thousand pages
    took a quarter longer.
    """
    kids = self.pages["Kids"]
    if getattr(self, "_references_of", None) != len(kids):
        self._references_of = len(kids)
        self._references = tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
    return self._references


def _tagged_with_language(box, parent, *more):
    """The tags of a box, with its own `lang`: WeasyPrint 70 tells a screen reader the language of the document only."""
    for element in _tagged(box, parent, *more):
        language = box.element is not None and box.element_tag not in ("html", "body") and box.element.get("lang")
        if language:
            element["Lang"] = pydyf.String(language)
        yield element


pydyf.PDF.page_references = property(_page_references)
_tagged = tags._build_box_tree
tags._build_box_tree = _tagged_with_language
