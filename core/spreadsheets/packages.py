"""A look into an xlsx or ods before it is parsed, so that a small file cannot fill the memory.

The whole package is unpacked once, in pieces, and thrown away: the sizes in its directory are a claim that a bomb does
not keep to.
"""

import html
import io
import posixpath
import re
import zipfile
import zlib
from copy import copy

from core import filetypes

from .scanners import (
    Listing,
    Manifest,
    OpenDocument,
    Worksheet,
    damaged,
    locked,
    repair,
    too_large,
    unlock,
)
from .shared import SharedTexts, Weighed
from .values import BadFile

PIECE = 1 << 20
WORKBOOK, RELATIONS, TEXTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedstrings.xml"


def check(content, filename, kind, limits):
    """Refuse what is locked, damaged or too large; of what is not, give the marked cells per sheet, in order."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            if any(member.flag_bits & 1 for member in members):
                raise BadFile(locked(), where=filename, remedy=unlock())
            if sum(member.file_size for member in members) > limits.unpacked:
                raise too_large(filename, limits)
            return Package(package, filename, limits).marks(kind, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, LookupError, ValueError):
        raise BadFile(damaged(), where=filename, remedy=repair()) from None


def sheet_names(content):
    """What the sheets of an xlsx are called, in order, without unpacking more than its list; [] when it is no xlsx."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package, package.open(WORKBOOK) as stream:
            listed = stream.read(PIECE)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, LookupError, ValueError):
        return []
    found = re.findall(rb'<sheet\s[^>]*?\bname="([^"]*)"', listed)
    return [html.unescape(name.decode("utf-8", "replace")) for name in found]


class Package:
    """An open zip file, of which no more than the limit is ever unpacked."""

    def __init__(self, package, filename, limits):
        self.package, self.filename, self.limits = package, filename, limits
        self.left = limits.unpacked
        self.scanners = {}

    def marks(self, kind, members):
        names = {} if kind == filetypes.ODS else self._sheet_names(members)
        found = {member.filename: self._read(member, self._scanner(member.filename, kind, names)) for member in members}
        if kind == filetypes.ODS:
            return found.get("content.xml") or []
        self._weigh(members)
        return [found.get(path) or {} for path in names]

    def _scanner(self, path, kind, names):
        if kind == filetypes.ODS:
            scanner = {"content.xml": OpenDocument, "META-INF/manifest.xml": Manifest}.get(path)
            return scanner and scanner(self.filename, self.limits)
        if not path.endswith(".xml"):
            return None
        shared = path.lower() == TEXTS
        args = () if shared else (names.get(path, ""),)
        self.scanners[path] = (SharedTexts if shared else Worksheet)(self.filename, self.limits, *args)
        return self.scanners[path]

    def _weigh(self, members):
        """Refuse what grows too large once each cell has a copy of the text that it shares with others."""
        lengths = next((one.lengths for path, one in self.scanners.items() if path.lower() == TEXTS), None)
        sheets = {path: one for path, one in self.scanners.items() if isinstance(one, Worksheet) and one.shared}
        if not lengths or max(lengths) * sum(one.shared for one in sheets.values()) <= self.limits.unpacked:
            return
        self.left = self.limits.unpacked
        weighed = Weighed(self.filename, self.limits, lengths)
        for member in members:
            if member.filename in sheets:
                weight = weighed.weight
                weighed = Weighed(self.filename, self.limits, lengths)
                weighed.weight = weight
                self._read(member, weighed)

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
        names = {targets.get(_relation(about), about["name"]): about["name"] for about in sheets}
        if len(names) < len(sheets):  # one part as many sheets, each of which would be read anew
            raise zipfile.BadZipFile("two sheets are the same part")
        return names

    def _read(self, member, scanner):
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile("a compression that no spreadsheet program uses")
        whole = copy(member)
        whole.file_size = 2**62  # read on, past the size that the directory claims
        with self.package.open(whole) as stream:
            while piece := stream.read(PIECE):
                self.left -= len(piece)
                if self.left < 0:
                    raise too_large(self.filename, self.limits)
                if scanner:
                    scanner.feed(piece)
        return scanner.done() if scanner else None


def _relation(about):
    return next((value for name, value in about.items() if name.endswith(":id")), None)
