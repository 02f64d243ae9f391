"""What a file is, by its content and not by its name. Only the kinds that we read, keep, or must be able to name."""

import io
import re
import zipfile

PDF, PNG, JPEG, ZIP, OLE, TEXT, UNKNOWN = "pdf", "png", "jpeg", "zip", "ole", "text", "unknown"
XLSX, XLSB, DOCX, PPTX, ODS, ODT = "xlsx", "xlsb", "docx", "pptx", "ods", "odt"
XLS, DOC, MSG, ENCRYPTED_OFFICE = "xls", "doc", "msg", "encrypted office"
HTML, XML, RTF, GIF, PROGRAM = "html", "xml", "rtf", "gif", "program"

SIGNATURES = {
    b"%PDF-": PDF,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"\xff\xd8\xff": JPEG,
    b"PK\x03\x04": ZIP,
    b"PK\x05\x06": ZIP,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": OLE,
    b"{\\rtf": RTF,
    b"GIF8": GIF,
    b"MZ": PROGRAM,
    b"\x7fELF": PROGRAM,
    b"#!": PROGRAM,
}
PACKAGES = {"xl/workbook.xml": XLSX, "xl/workbook.bin": XLSB, "word/document.xml": DOCX, "ppt/presentation.xml": PPTX}
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.spreadsheet": ODS,
    b"application/vnd.oasis.opendocument.text": ODT,
}
# Names of the streams in an OLE file, which holds them in UTF-16.
STREAMS = {
    "EncryptedPackage": ENCRYPTED_OFFICE,
    "__properties_version1.0": MSG,
    "WordDocument": DOC,
    "Workbook": XLS,
    "Book": XLS,
}
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
MARKUP = re.compile(rb"\s*<(\?xml|!doctype\s+html|html|[a-z!])", re.IGNORECASE)


def kind_of(content):
    """One of the kinds above. Text is whatever has no control characters; it may still be in any encoding."""
    kind = next((kind for signature, kind in SIGNATURES.items() if content.startswith(signature)), None)
    if kind in (ZIP, OLE):
        return _package(content) if kind == ZIP else _ole(content)
    if kind:
        return kind
    if not _is_text(content):
        return UNKNOWN
    markup = MARKUP.match(content.removeprefix(BYTE_ORDER_MARKS[0])[:1000])
    if markup:
        return XML if markup[1].lower() == b"?xml" else HTML
    return TEXT


def _is_text(content):
    if content.startswith(BYTE_ORDER_MARKS[1:]):
        return True
    return not re.search(rb"[\x00-\x08\x0e-\x1f\x7f]", content)


def _package(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            for name, kind in PACKAGES.items():
                if name in names:
                    return kind
            if "mimetype" in names:
                with package.open("mimetype") as member:
                    return OPEN_DOCUMENTS.get(member.read(100).strip(), ZIP)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        pass
    return ZIP


def _ole(content):
    names = _stream_names(content)
    return next((kind for name, kind in STREAMS.items() if name in names), OLE)


def _stream_names(content):
    """The known names in the directory: entries of 128 bytes that begin with the name and hold its length."""
    found = set()
    for name in STREAMS:
        spelled = name.encode("utf-16-le") + b"\0\0"
        place = content.find(spelled)
        while place >= 0:
            if place % 128 == 0 and content[place + 64 : place + 66] == len(spelled).to_bytes(2, "little"):
                found.add(name)
                break
            place = content.find(spelled, place + 1)
    return found
