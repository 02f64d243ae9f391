"""A look into an xlsx or ods before it is parsed, so that a small file cannot fill the memory.

The whole package is unpacked once, in pieces, and thrown away: the sizes in its directory are a claim that a bomb does
not keep to.
"""

import io
import posixpath
import zipfile
import zlib
from copy import copy

from django.utils.translation import gettext as _

from core import filetypes

from .scanners import Listing, Manifest, OpenDocument, Worksheet, damaged, locked, repair, unlock
from .values import BadFile

PIECE = 1 << 20
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def check(content, filename, kind, limits):
    """Refuse what is locked, damaged or too large; of what is not, give the marked cells per sheet, in order."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            if any(member.flag_bits & 1 for member in members):
                raise BadFile(locked(), where=filename, remedy=unlock())
            if sum(member.file_size for member in members) > limits.unpacked:
                raise _too_large(filename, limits)
            return Package(package, filename, limits).marks(kind, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, ValueError):
        raise BadFile(damaged(), where=filename, remedy=repair()) from None


def _too_large(filename, limits):
    return BadFile(
        _("The file would take more than %(size)s MB when unpacked.") % {"size": limits.unpacked // 2**20 or 1},
        where=filename,
        remedy=_("Copy only the cells that are needed into a new file."),
    )


class Package:
    """An open zip file, of which no more than the limit is ever unpacked."""

    def __init__(self, package, filename, limits):
        self.package, self.filename, self.limits = package, filename, limits
        self.left = limits.unpacked

    def marks(self, kind, members):
        names = {} if kind == filetypes.ODS else self._sheet_names(members)
        found = {member.filename: self._read(member, self._scanner(member.filename, kind, names)) for member in members}
        if kind == filetypes.ODS:
            return found.get("content.xml") or []
        return [found.get(path) or {} for path in names]

    def _scanner(self, path, kind, names):
        if kind == filetypes.ODS:
            scanner = {"content.xml": OpenDocument, "META-INF/manifest.xml": Manifest}.get(path)
            return scanner and scanner(self.filename, self.limits)
        return Worksheet(self.filename, self.limits, names.get(path, "")) if path.endswith(".xml") else None

    def _sheet_names(self, members):
        """Name by path, in the order of the workbook."""
        lists = {
            member.filename: self._read(member, Listing(self.filename, self.limits))
            for member in members
            if member.filename in (WORKBOOK, RELATIONS)
        }
        targets = {
            about["Id"]: posixpath.normpath(posixpath.join("/xl", about["Target"])).lstrip("/")
            for tag, about in lists.get(RELATIONS, ())
            if tag == "Relationship"
        }
        sheets = [about for tag, about in lists[WORKBOOK] if tag == "sheet"]
        return {targets.get(_relation(about), about["name"]): about["name"] for about in sheets}

    def _read(self, member, scanner):
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile("a compression that no spreadsheet program uses")
        whole = copy(member)
        whole.file_size = 2**62  # read on, past the size that the directory claims
        with self.package.open(whole) as stream:
            while piece := stream.read(PIECE):
                self.left -= len(piece)
                if self.left < 0:
                    raise _too_large(self.filename, self.limits)
                if scanner:
                    scanner.feed(piece)
        return scanner.done() if scanner else None


def _relation(about):
    return next((value for name, value in about.items() if name.endswith(":id")), None)
