"""Files that people bring in, and how they go out again.

The one rule: a file is kept only when its content is what its name says and its kind is on the list; and it goes out as
a download, never to be shown by the browser within our own site.
"""

import io
import re
import unicodedata
import zipfile
from email.parser import BytesHeaderParser
from pathlib import PurePosixPath, PureWindowsPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from core import clamav, filetypes

MAX_BYTES = 25 * 2**20
# By ending: what the content must be, and what it goes out as.
KINDS = {
    ".pdf": (filetypes.PDF, "application/pdf"),
    ".docx": (filetypes.DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": (filetypes.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".odt": (filetypes.ODT, "application/vnd.oasis.opendocument.text"),
    ".ods": (filetypes.ODS, "application/vnd.oasis.opendocument.spreadsheet"),
    ".png": (filetypes.PNG, "image/png"),
    ".jpg": (filetypes.JPEG, "image/jpeg"),
    ".jpeg": (filetypes.JPEG, "image/jpeg"),
    ".txt": (filetypes.TEXT, "text/plain; charset=utf-8"),
    ".csv": (filetypes.TEXT, "text/csv; charset=utf-8"),
    ".msg": (filetypes.MSG, "application/vnd.ms-outlook"),
    ".eml": (filetypes.TEXT, "message/rfc822"),
}
ACCEPT = ",".join(KINDS)  # for the accept attribute of a file input
LONGEST_NAME = 120


def check_upload(file, max_bytes=MAX_BYTES):
    """Give the content type of an uploaded file, or raise ValidationError. Reads the whole file and rewinds it.

    Usable as a form field's validator. With CLAMAV_SOCKET set the file is scanned for viruses too, and refused when the
    scanner cannot be reached.
    """
    ending = _ending(file.name)
    if ending not in KINDS:
        raise ValidationError(
            _("Files of this kind are not kept. Choose one of: %(kinds)s."),
            code="kind",
            params={"kinds": ", ".join(kind.removeprefix(".") for kind in KINDS)},
        )
    if file.size > max_bytes:
        raise ValidationError(
            _("The file is larger than %(size)s MB."), code="size", params={"size": max_bytes // 2**20}
        )
    file.seek(0)
    content = file.read()
    file.seek(0)
    if not content:
        raise ValidationError(_("The file is empty."), code="empty")
    _check_content(content, ending)
    scan(content)
    return KINDS[ending][1]


def safe_name(name):
    """A name to show and to download by: without folders, control signs, and signs that make text run backwards."""
    name = unicodedata.normalize("NFC", PureWindowsPath(PurePosixPath(str(name)).name).name)
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    name = re.sub(r'[<>:"/\\|?*%]', "_", re.sub(r"\s+", " ", name)).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > 10:
        stem, dot, ending = name, "", ""
    if re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)?", stem):
        stem = f"file{stem}"
    return stem[: LONGEST_NAME - len(dot + ending)].rstrip(" .") + dot + ending


def attachment(file, name, content_type="application/octet-stream"):
    """Answer with a file as a download. The headers keep a browser from running it, whatever is in it."""
    response = FileResponse(file, as_attachment=True, filename=safe_name(name), content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def content_type_of(name):
    """The content type that a file with this name was accepted as."""
    return KINDS.get(_ending(name), (None, "application/octet-stream"))[1]


def _ending(name):
    return PurePosixPath(safe_name(name)).suffix.lower()


def _check_content(content, ending):
    kind = filetypes.kind_of(content)
    if kind == filetypes.ENCRYPTED_OFFICE:
        raise ValidationError(
            _("The file is protected with a password. Save it without a password and try again."), code="locked"
        )
    expected = KINDS[ending][0]
    if kind != expected or (ending == ".eml" and not BytesHeaderParser().parsebytes(content[:65_536]).get("From")):
        raise ValidationError(
            _("The content is not what the name of the file says, or the file is damaged."), code="content"
        )
    if expected in (filetypes.DOCX, filetypes.XLSX, filetypes.ODT, filetypes.ODS) and _has_macros(content):
        raise ValidationError(_("The file holds macros. Save it without macros and try again."), code="macros")


def _has_macros(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return any(re.search(r"vbaProject\.bin$|^(Basic|Scripts)/.+", name) for name in package.namelist())


def scan_upload(file):
    """A validator for a workbook that is read and not kept as it is: `scan` of as much as the reader takes.

    Plain text runs nowhere, and a list of a million lines is more than a scanner takes: that is not offered to it.
    """
    if settings.CLAMAV_SOCKET and KINDS.get(_ending(file.name), (None,))[0] != filetypes.TEXT:
        scan(file.read(settings.IMPORT_MAX_BYTES))
        file.seek(0)


def scan(content):
    """Refuse what the virus scanner finds something in (ValidationError); nothing is asked when there is no scanner."""
    if not settings.CLAMAV_SOCKET:
        return
    try:
        found = clamav.scan(content, settings.CLAMAV_SOCKET)
    except clamav.Unreachable:
        raise ValidationError(
            _("The file could not be scanned for viruses. Try again later, or tell your administrator."), code="scanner"
        ) from None
    if found:
        raise ValidationError(
            _("The virus scanner found %(virus)s in this file."), code="virus", params={"virus": found}
        )
