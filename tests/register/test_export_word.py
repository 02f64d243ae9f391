"""The record as a Word document, read back with the library that wrote it and as bare XML."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from docx import Document

from accounts.actions import organisations
from register.exports import formats
from register.exports.selection import Selection
from tests.factories.accounts import OrganisationFactory
from tests.factories.register import NoteLineFactory, RecipientLineFactory

from .filled import established, filled

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 10, tzinfo=UTC)
DAY = date(2026, 6, 1)


def made(organisation, selection=None, language="en"):
    return formats.make(
        "docx", organisation, selection or Selection(), on=DAY, known_at=AT, language=language, made_at=AT
    ).content


def text_of(content):
    document = Document(io.BytesIO(content))
    parts = [paragraph.text for paragraph in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(parts)


def test_it_says_what_the_activity_says():
    organisation = OrganisationFactory(name="School")
    activity = filled(organisation, name="Payroll", description="Every month")
    RecipientLineFactory(activity=activity, description_en="Banks", party=None, role="")
    content = made(organisation, Selection(drafts=True))
    found = text_of(content)
    for words in ("School", f"{activity.code} Payroll", "not established", "Every month", "To do our work", "Banks"):
        assert words in found
    headings = [one.text for one in Document(io.BytesIO(content)).paragraphs if one.style.name == "Heading 2"]
    assert "Purposes and lawful basis" in headings


def test_it_says_in_which_language_it_is_written():
    organisation = OrganisationFactory()
    established(organisation)
    styles = zipfile.ZipFile(io.BytesIO(made(organisation, language="nl"))).read("word/styles.xml").decode()
    assert 'w:lang w:val="nl-NL"' in styles


def test_signs_that_xml_cannot_hold_are_left_out():
    organisation = OrganisationFactory()
    established(organisation, name="Pay\x0broll\ufffe\uffff <b>&")
    assert "Payroll <b>&" in text_of(made(organisation))


def test_remarks_are_there_only_when_asked():
    organisation = OrganisationFactory()
    activity = filled(organisation, remarks="Ask Jan")
    NoteLineFactory(activity=activity, text="From the old list")
    found = text_of(made(organisation, Selection(drafts=True)))
    assert "Ask Jan" not in found
    assert "From the old list" not in found
    found = text_of(made(organisation, Selection(drafts=True, internal=("remarks",))))
    assert "Ask Jan" in found
    assert "From the old list" in found


def test_it_says_how_to_reach_the_controllers_of_the_record():
    organisation = OrganisationFactory()
    activity = established(organisation)
    assert "Never established on or before this day" in text_of(made(organisation))
    controller = activity.controller
    organisations.establish_controller(controller, valid_from=DAY, reason="So it is", by=None, at=AT)
    found = text_of(made(organisation))
    assert controller.name in found
    assert "NL" in found
    assert "Never established" not in found
