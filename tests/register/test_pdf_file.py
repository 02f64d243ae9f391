"""The PDF itself: accessible, whole, readable by machines, in both languages."""

import io
import re
import subprocess
from datetime import UTC, date, datetime

import pikepdf
import pytest
from page import validate_pdf_bytes

from register import reading
from register.actions import establish
from register.exports import pdf
from register.exports.selection import Selection
from tests.factories.accounts import OrganisationFactory
from tests.factories.register import MeasureLineFactory, RecipientLineFactory, SystemLineFactory, TransferLineFactory

from .filled import established, filled, refreshed

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
TODAY = date(2026, 6, 1)


@pytest.fixture
def organisation():
    organisation = OrganisationFactory(name="Šárka's school — “De Één”")
    for name in ("Payroll", "Nieuwsbrief"):
        activity = filled(organisation, name=name, language="nl")
        RecipientLineFactory(activity=activity)
        TransferLineFactory(activity=activity, mechanism="scc")
        SystemLineFactory(activity=activity)
        MeasureLineFactory(activity=activity)
        establish.establish(refreshed(activity), by=None, at=NOW, reason="Checked")
    filled(organisation, name="Still a draft")
    return organisation


def made(organisation, language="nl", **fields):
    chosen = Selection(**fields)
    return pdf.make(organisation, chosen, on=TODAY, known_at=reading.end_of(TODAY), language=language, made_at=NOW)


def words(content, *options):
    command = ["pdftotext", *(options or ["-layout"]), "-", "-"]
    answer = subprocess.run(command, input=content, capture_output=True, check=True)
    return answer.stdout.decode()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_whole_record_is_accessible_and_sound(organisation, language, tmp_path):
    document = made(organisation, language, drafts=True, internal=("advice", "findings", "remarks", "evidence"))
    report = validate_pdf_bytes(document.content, profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    (tmp_path / "record.pdf").write_bytes(document.content)
    subprocess.run(["qpdf", "--check", str(tmp_path / "record.pdf")], check=True, capture_output=True)
    with pikepdf.open(io.BytesIO(document.content)) as opened:
        assert str(opened.Root.Lang) == language
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert opened.docinfo["/Title"] == document.title
        assert len(opened.pages) == document.pages
        assert fonts(opened) == {"Dertig-Sans", "Dertig-Sans-Ext"}


def fonts(opened):
    """The families of the fonts that are used; the six letters before + are of the subset."""
    found = set()
    for page in opened.pages:
        for font in (page.get("/Resources", {}).get("/Font") or {}).values():
            found.add(re.sub(r"^/[A-Z]{6}\+|-(Regular|Bold|SemiBold|Semi-Bold)$", "", str(font.BaseFont)))
    return found


def test_it_can_be_searched_in_both_languages(organisation):
    dutch, english = words(made(organisation).content), words(made(organisation, "en").content)
    assert "Register van verwerkingsactiviteiten" in " ".join(dutch.split())
    assert "Om ons werk te doen" in dutch
    assert "1 juni 2026" in dutch
    assert "Record of processing activities" in english
    assert "To do our work" in english
    assert "1 June 2026" in english
    for text in (dutch, english):
        assert "Šárka's school — “De Één”" in text
        assert "Payroll" in text


def test_each_sheet_starts_a_page_that_the_contents_name(organisation):
    content = made(organisation, "en").content
    contents = words(content, "-layout", "-f", "2", "-l", "2")
    for code in re.findall(r"VA-\d{4}", contents):
        page = re.search(rf"{code} .* (\d+)$", contents, re.M).group(1)
        first = words(content, "-layout", "-f", page, "-l", page).split()
        assert code in first[:12]


def test_every_page_but_the_cover_says_which_it_is_and_of_how_many(organisation):
    document = made(organisation, "en")
    for number, page in enumerate(words(document.content).split("\f")[:-1], start=1):
        assert f"Page {number} of {document.pages}" in page


def test_bookmarks_lead_to_parts_and_sheets(organisation):
    with pikepdf.open(io.BytesIO(made(organisation, "en").content)) as opened, opened.open_outline() as outline:
        titles = {str(item.title): [str(child.title) for child in item.children] for item in outline.root}
    sheets = titles["As controller, Art. 30(1)"]
    assert [title.split(" ", 1)[1] for title in sheets] == ["Payroll", "Nieuwsbrief"]
    assert "Contents" in titles


def test_working_copies_are_marked_on_every_page_of_theirs_and_nowhere_else(organisation):
    pages = words(made(organisation, "en", drafts=True).content).split("\f")
    marked = [page for page in pages if "WORKING COPY, NOT ESTABLISHED" in page]
    assert len(marked) == 1
    assert "Still a draft" in marked[0]
    long = filled(organisation, name="A long draft", measures_text="\n".join(["A line of measures."] * 120))
    refreshed(long)
    pages = words(made(organisation, "en", drafts=True, activities=(str(long.pk),)).content).split("\f")
    theirs = [page for page in pages if "A long draft" in page and "A line of" in page]
    assert len(theirs) > 1
    assert all("WORKING COPY, NOT ESTABLISHED" in page for page in theirs)


def test_what_is_in_another_language_than_the_document_says_so_to_a_screen_reader(organisation):
    with pikepdf.open(io.BytesIO(made(organisation, "en").content)) as opened:
        tagged = [
            one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and "/Lang" in one and "/S" in one
        ]
        assert {(str(one.S), str(one.Lang)) for one in tagged} == {("/H2", "nl"), ("/TH", "nl")}


def test_signs_without_a_shape_do_not_spoil_the_document(organisation):
    filled(organisation, name="Steer\x07ing\x0b and \x85 such", measures_text="Bell \x1b[31m")
    document = made(organisation, "en", drafts=True)
    assert "Steering and such" in " ".join(words(document.content).split())
    assert validate_pdf_bytes(document.content, profile="ua1").failures == []


def test_long_words_stay_within_the_page(organisation):
    established(organisation, name="Gegevensbeschermingseffectbeoordelingsverantwoordelijkheid" * 3, at=NOW)
    document = made(organisation)
    with pikepdf.open(io.BytesIO(document.content)) as opened:
        width = float(opened.pages[0].mediabox[2])
    edges = re.findall(r'xMax="([\d.]+)"', words(document.content, "-bbox"))
    assert max(map(float, edges)) < width - 40
