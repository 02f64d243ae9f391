import io
import socket
import struct
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from core import clamav, filetypes
from core.uploads import KINDS, attachment, check_upload, content_type_of, safe_name, scan_upload

from .workbooks import ods, ole, package, xlsx

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
MAIL = b"From: a@example.org\r\nSubject: x\r\n\r\n<p>Hello</p>"
GOOD = {
    "a.pdf": b"%PDF-1.7\n",
    "a.docx": package({"word/document.xml": "<x/>"}),
    "a.xlsx": xlsx([["a"]]),
    "a.odt": package({"mimetype": "application/vnd.oasis.opendocument.text"}),
    "a.ods": ods(""),
    "a.PNG": PNG,
    "a.jpg": b"\xff\xd8\xff\xe0",
    "a.jpeg": b"\xff\xd8\xff\xe0",
    "a.txt": "Zoë\n".encode("cp1252"),
    "a.csv": b"a;b\n",
    "a.msg": ole("__properties_version1.0"),
    "a.eml": MAIL,
}


def refused(name, content, code, **options):
    with pytest.raises(ValidationError) as caught:
        check_upload(SimpleUploadedFile(name, content), **options)
    assert caught.value.code == code
    assert caught.value.messages


def test_each_kind_on_the_list_is_taken():
    assert {name[1:].lower() for name in GOOD} == set(KINDS)
    for name, content in GOOD.items():
        file = SimpleUploadedFile(name, content)
        assert check_upload(file) == content_type_of(name)
        assert file.read() == content


@pytest.mark.parametrize("name", ["a.exe", "a.svg", "a.html", "a", "a.docm", "a.pdf.exe", ".pdf", "a.zip"])
def test_other_kinds_are_not(name):
    refused(name, b"%PDF-1.7", "kind")


def test_no_content_passes_for_another():
    """Each good file under each other's name."""
    for name, content in GOOD.items():
        for other in KINDS:
            if KINDS[other][0] != KINDS[f".{name.lower().rpartition('.')[2]}"][0] or other == ".eml" != name[-4:]:
                refused(f"a{other}", content, "content")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"<html><script>alert(1)</script>"),
        ("a.csv", b"\0\1\2"),
        ("a.txt", b"MZ\x90"),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.msg", ole("WordDocument")),
        ("a.msg", ole() + b"  " + "__properties_version1.0".encode("utf-16-le")),
    ],
)
def test_content_under_a_false_name_is_refused(name, content):
    refused(name, content, "content")


def test_an_empty_a_large_a_locked_and_a_macro_file_are_refused():
    refused("a.txt", b"", "empty")
    refused("a.txt", b"123456", "size", max_bytes=5)
    refused("a.docx", ole("EncryptionInfo", "EncryptedPackage"), "locked")
    refused("a.docx", package({"word/document.xml": "<x/>", "word/vbaProject.bin": "x"}), "macros")
    refused("a.ods", ods("", **{"Basic/Standard/Module1.xml": "<x/>"}), "macros")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Verwerkersovereenkomst Zoë.pdf", "Verwerkersovereenkomst Zoë.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\jan\\contract.pdf", "contract.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("contract\u202efdp.exe", "contractfdp.exe"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
        ("..", "file"),
        ("", "file"),
        (".pdf", "pdf"),
        ("CON.txt", "fileCON.txt"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_become_safe(name, safe):
    assert safe_name(name) == safe


@given(st.text(max_size=200))
def test_a_safe_name_is_short_stays_in_its_folder_and_is_safe_already(name):
    safe = safe_name(name)
    assert 0 < len(safe) <= 120
    assert not set(safe) & set('/\\\0\r\n"')
    assert safe not in (".", "..")
    assert safe_name(safe) == safe


def test_a_download_cannot_run_in_our_site():
    response = attachment(io.BytesIO(b"x"), "Zoë\r\n.pdf", "application/pdf")
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Zo%C3%AB.pdf"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"".join(response) == b"x"


# The virus scanner


@pytest.fixture
def daemon(tmp_path, settings):
    """A daemon that speaks the protocol and finds the word virus, until it is told to say something else."""
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    path = str(tmp_path / "s")
    server.bind(path)
    server.listen(1)
    settings.CLAMAV_SOCKET = path
    says = {}

    def serve():
        connection, _ = server.accept()
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack("!L", stream.read(4))[0]:
                content += stream.read(size)
            found = "Eicar-Test-Signature FOUND" if b"virus" in content else "OK"
            connection.sendall(says.get("answer", f"stream: {found}\0".encode()))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield says
    server.close()
    thread.join(5)


def test_a_clean_file_passes_the_scanner(daemon):
    assert check_upload(SimpleUploadedFile("a.txt", b"clean " * 50_000)) == "text/plain; charset=utf-8"


def test_a_virus_is_refused_by_its_name(daemon):
    with pytest.raises(ValidationError, match="Eicar-Test-Signature"):
        check_upload(SimpleUploadedFile("a.txt", b"x" * 70_000 + b"virus"))


def test_a_workbook_that_is_only_read_is_scanned_and_a_list_is_not(daemon):
    scan_upload(SimpleUploadedFile("list.csv", b"a virus"))
    workbook = SimpleUploadedFile("pupils.XLSX", b"PK clean")
    scan_upload(workbook)
    assert workbook.read() == b"PK clean"


def test_a_virus_in_such_a_workbook_is_refused(daemon):
    with pytest.raises(ValidationError, match="Eicar-Test-Signature"):
        scan_upload(SimpleUploadedFile("pupils.xls", b"PK virus"))


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"nonsense\0"])
def test_without_a_clear_answer_the_file_is_refused(daemon, answer):
    daemon["answer"] = answer
    refused("a.txt", b"x", "scanner")


@pytest.mark.parametrize("address", ["/no/such/socket", "127.0.0.1:1"])
def test_a_scanner_that_is_not_there_refuses_everything(settings, address):
    settings.CLAMAV_SOCKET = address
    refused("a.txt", b"x", "scanner")
    with pytest.raises(clamav.Unreachable):
        clamav.scan(b"x", address)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", filetypes.TEXT),
        (b"plain", filetypes.TEXT),
        ("ë".encode("utf-16"), filetypes.TEXT),
        (b"<?xml version='1.0'?><a/>", filetypes.XML),
        (b"  <!doctype html>", filetypes.HTML),
        (b"{\\rtf1", filetypes.RTF),
        (ole("Workbook"), filetypes.XLS),
        (ole("WordDocument"), filetypes.DOC),
        (ole(), filetypes.OLE),
        (package({"xl/workbook.bin": "x"}), filetypes.XLSB),
        (package({"mimetype": "other"}), filetypes.ZIP),
        (b"\x7fELF", filetypes.PROGRAM),
        (b"a\x00b", filetypes.UNKNOWN),
    ],
)
def test_kinds_are_told_by_content(content, kind):
    assert filetypes.kind_of(content) == kind
