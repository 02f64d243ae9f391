import io
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import quote

import pikepdf
import pydyf
import pytest
from page import validate_pdf_bytes

from core import pdf

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
DOT = quote('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4" cx="4" cy="4"/></svg>')
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Anything</title><style>
@font-face {{ font-family: "Source Sans 3"; src: url("static:fonts/source-sans-3-latin-400.woff2"); }}
@font-face {{ font-family: "Source Sans 3"; font-weight: 700; src: url("static:fonts/source-sans-3-latin-700.woff2"); }}
body {{ font-family: "Source Sans 3"; }} h1 {{ break-before: page; }}
</style></head><body>
<h1>Verwerkingsregister</h1><p>Zoë kiest <a href="#more">meer</a> of <a href="https://example.org/">elders</a>.</p>
<table><thead><tr><th scope="col">Doel</th><th scope="col">Grondslag</th></tr></thead>
<tbody><tr><td>Loon betalen</td><td>Overeenkomst</td></tr></tbody></table>
<h2 id="more">Meer</h2><ul><li>een</li><li>twee</li></ul>
<img alt="a dot" src="data:image/svg+xml,{DOT}">
</body></html>"""


def made(html=PAGE, **changes):
    return pdf.render(html, **({"title": "Register", "language": "nl", "created_at": AT} | changes))


@pytest.fixture(scope="module")
def document():
    return made()


def test_the_same_input_gives_the_same_bytes(document):
    assert made() == document
    assert made(created_at=AT.astimezone(timezone(timedelta(hours=2)))) == document


def test_another_process_gives_the_same_bytes(document, tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    code = (
        "import sys, django; django.setup(); from tests.core import test_pdf; "
        "sys.stdout.buffer.write(test_pdf.made(open(sys.argv[1]).read()))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    command = [sys.executable, "-c", code, str(tmp_path / "page.html")]
    answer = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert answer.stdout == document


@pytest.mark.parametrize("change", [{"title": "Other"}, {"language": "en"}, {"created_at": AT + timedelta(seconds=1)}])
def test_another_input_gives_other_bytes(document, change):
    assert made(**change) != document


def test_title_language_and_moment_are_those_that_were_asked_for(document):
    with pikepdf.open(io.BytesIO(document)) as file:
        assert str(file.docinfo["/Title"]) == "Register"
        assert str(file.docinfo["/CreationDate"]) == "D:20260301090000Z"
        assert str(file.Root.Lang) == "nl"


def test_our_own_font_is_used_and_no_other(document):
    with pikepdf.open(io.BytesIO(document)) as file:
        names = {str(font.BaseFont) for page in file.pages for font in page.Resources.Font.values()}
    assert len(names) == 2
    assert all(re.search("Source-?Sans", name) for name in names)


def test_it_is_pdf_ua(document):
    report = validate_pdf_bytes(document, profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    assert report.rules.total > 100


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_qpdf_finds_nothing_wrong(document, tmp_path):
    (tmp_path / "a.pdf").write_bytes(document)
    subprocess.run(["qpdf", "--check", tmp_path / "a.pdf"], check=True, capture_output=True)


@pytest.mark.parametrize(
    "piece",
    [
        '<img alt="" src="http://127.0.0.1:1/x.png">',
        '<img alt="" src="https://example.org/x.png">',
        '<img alt="" src="ftp://127.0.0.1/x.png">',
        '<img alt="" src="file:///etc/passwd">',
        '<img alt="" src="FILE:///etc/passwd">',
        '<link rel="stylesheet" href="data:text/css,p{}">',
        '<link rel="stylesheet" href="static:../config/settings.py">',
        '<link rel="stylesheet" href="static:/etc/passwd">',
        '<link rel="stylesheet" href="static:css/no-such-file.css">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<style>@import "http://127.0.0.1:1/x.css";</style>',
        '<style>@font-face { font-family: x; src: url("http://127.0.0.1:1/x.woff2"); }</style>',
        '<style>p { background: url("http://127.0.0.1:1/x.png"); }</style>',
        '<svg width="9" height="9"><title>x</title><image href="http://127.0.0.1:1/x.png" width="9" height="9"/></svg>',
        '<object data="http://127.0.0.1:1/x.svg" type="image/svg+xml"></object>',
        '<base href="http://127.0.0.1:1/"><img alt="" src="x.png">',
    ],
)
def test_nothing_is_fetched_but_our_own_files(piece):
    with pytest.raises(pdf.FetchRefused):
        made(f"<html><head></head><body><p>text</p>{piece}</body></html>")


def test_a_picture_within_a_picture_is_not_fetched_either():
    inner = quote(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>'
    )
    with pytest.raises(pdf.FetchRefused, match="/etc/passwd"):
        made(f'<img alt="x" src="data:image/svg+xml,{inner}">')


def test_references_to_pages_are_made_once_per_page():
    file = pydyf.PDF()
    file.add_page(pydyf.Dictionary({"Type": "/Page"}))
    first = file.page_references
    assert file.page_references is first
    file.add_page(pydyf.Dictionary({"Type": "/Page"}))
    assert len(file.page_references) == 2
    assert file.page_references[0] == first[0]


def test_a_part_in_another_language_says_so_to_a_screen_reader():
    content = made('<html lang="nl"><p>Zo <span lang="en">so</span></p><h1 lang="de">Also</h1></html>')
    with pikepdf.open(io.BytesIO(content)) as opened:
        found = {
            str(one.S): str(one.Lang)
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/Lang" in one
        }
    assert found == {"/Span": "en", "/H1": "de"}
    assert validate_pdf_bytes(content, profile="ua1").failures == []


def test_progress_hears_of_every_page_and_may_stop_the_work():
    heard = []
    document = made(progress=heard.append)
    assert heard == list(range(1, document.pages + 1))
    with pytest.raises(ZeroDivisionError):
        made(progress=lambda page: 1 / 0)


def test_a_word_that_no_line_holds_may_break_anywhere_and_is_quick():
    giant, address = "Ongebroken" * 2000, "https://example.org/" + "a" * 300
    html = f'<html lang="nl"><style>p {{ hyphens: auto }}</style><p><a href="{address}">{giant}</a></p></html>'
    broken = pdf.breakable(html)
    assert f'<a href="{address}">{giant[:50]}<wbr>{giant[50:100]}<wbr>' in broken
    assert broken.replace("<wbr>", "") == html
    assert made(html).pages > 1


@pytest.mark.parametrize("text", ["Loon betalen aan iedereen " * 20, "a" * 100, "&amp; " * 200])
def test_a_text_of_ordinary_words_stays_as_it_is(text):
    assert pdf.breakable(f"<p title='{'x' * 200}'>{text}</p>") == f"<p title='{'x' * 200}'>{text}</p>"


def test_a_giant_word_is_never_broken_within_a_sign():
    broken = pdf.breakable(f"<p>{'&quot;&#x27;' * 100}</p>")
    assert all(part.endswith(";") for part in broken.removeprefix("<p>").removesuffix("</p>").split("<wbr>"))
