"""The record as a Word document, to copy from and to work on: a heading for each activity, and what its sections say.

It is no proof: that is the PDF. The one rule: plain headings, paragraphs and tables, so that a template can restyle it.
"""

import io

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from accounts import controllers
from core.pdf import WITHOUT_SHAPE
from core.refusal import Refused
from register import interchange, words
from register import sections as layout
from register.models import Activity

MOST = 500
WIDEST = 5
LOCALES = {"nl": "nl-NL", "en": "en-GB"}


def docx(found, language, progress):
    """The document. Refused when there are more activities than a word processor can bear."""
    if len(found.standings) > MOST:
        raise Refused(
            _("A Word document holds at most %(count)s activities.") % {"count": MOST},
            remedy=_("Choose fewer of them, or another format."),
        )
    document = Document()
    _speak(document, LOCALES[language])
    title = _("Record of processing activities of %(name)s") % {"name": found.organisation.name}
    document.core_properties.title, document.core_properties.author = _plain(title), ""
    document.core_properties.created = document.core_properties.modified = found.made_at.replace(tzinfo=None)
    document.add_heading(_plain(title), 0)
    document.add_paragraph(_("As it stood on %(day)s") % {"day": date_format(found.on, "DATE_FORMAT")})
    _controllers(document, found.controllers)
    for done, standing in enumerate(found.standings):
        progress(done, len(found.standings))
        _activity(document, standing, found.selection.internal)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _controllers(document, cards):
    """Who answers for the processing, with the details that were established. Art. 30(1)(a)."""
    if cards:
        document.add_heading(_("Controllers"), 1)
    for card in cards:
        document.add_heading(_plain(card.name), 2)
        if not card.content:
            document.add_paragraph(_("Never established on or before this day"))
            continue
        for group in controllers.presented(card.content):
            facts = [(label, said) for label, said in group.facts if said]
            _table(document, None, facts or [(str(group.title), _("None"))] * (group.answer == "no"))


def _activity(document, standing, internal):
    entry = interchange.without_internal(standing.entry, internal)
    document.add_heading(_plain(f"{entry.code} {entry.name}"), 1)
    document.add_paragraph(_status(standing))
    sections = [*layout.for_kind(entry.kind), *([layout.BY_KEY["end"]] if entry.ended_on else [])]
    for section in sections:
        facts = [
            (words.label(Activity, name), words.value_words(Activity, name, getattr(entry, name)))
            for name in section.fields
            if name != "owner"  # the record names a function, not a person
        ]
        facts = [(label, said) for label, said in facts if said]
        lines = [lines for lines in section.lines if getattr(entry, lines.name)]
        if not facts and not lines:
            continue
        document.add_heading(_plain(str(section.title)), 2)
        _table(document, None, facts)
        for one in lines:
            _lines(document, one, entry)


def _status(standing):
    if standing.is_draft:
        return _("Working copy, not established")
    return _("Version %(number)s, valid from %(day)s") % {
        "number": standing.version,
        "day": date_format(standing.valid_from, "DATE_FORMAT"),
    }


def _lines(document, lines, entry):
    """A table when few columns are filled in; otherwise each line as facts of its own."""
    said = [[_said(entry, lines, name, line) for name in lines.fields] for line in getattr(entry, lines.name)]
    filled = [place for place in range(len(lines.fields)) if any(row[place] for row in said)]
    labels = [words.label(lines.model, lines.fields[place]) for place in filled]
    rows = [[row[place] for place in filled] for row in said]
    if len(labels) <= WIDEST:
        _table(document, labels, rows)
        return
    for row in rows:
        _table(document, None, [(label, text) for label, text in zip(labels, row, strict=True) if text])


def _said(entry, lines, name, line):
    value = getattr(line, name)
    if name == "purpose":
        purpose = next((one for one in entry.purposes if one.id == value), None)
        both = (purpose.text_nl, purpose.text_en) if purpose else ("", "")
        return next((text for text in (both if words.language() == "nl" else both[::-1]) if text), "")
    return words.value_words(lines.model, name, value)


def _table(document, headings, rows):
    """With headings above, or else with the label of a fact in its first column. Made whole: adding rows is slow."""
    if not rows:
        return
    texts = [*([headings] if headings else []), *rows]
    table = document.add_table(rows=len(texts), cols=len(texts[0]))
    table.style = document.styles["Table Grid"]
    for number, (row, said) in enumerate(zip(table.rows, texts, strict=True)):
        for column, (cell, text) in enumerate(zip(row.cells, said, strict=True)):
            cell.text = _plain(str(text))
            if (number == 0) if headings else (column == 0):
                for run in cell.paragraphs[0].runs:
                    run.bold = True
    if headings:
        _repeat(table.rows[0])
    document.add_paragraph()


def _repeat(row):
    """The first row is a heading: it comes again on the next page, and a screen reader knows it."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _speak(document, locale):
    """The language of the document, for spelling and for screen readers."""
    properties = document.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), locale)
    properties.append(language)


def _plain(text):
    """Without the signs that XML cannot hold."""
    return text.translate(WITHOUT_SHAPE)
