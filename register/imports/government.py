"""The export of the Dutch government's register tool: JSON files, alone or together in a zip.

Three kinds of record are in it: of a controller, of a processor, and of police data. The last is refused, since police
data fall under another law and another register; everything else in the same file goes in.
"""

import io
import json
import zipfile
import zlib
from collections import Counter

from django.utils.translation import gettext as _

from core import filetypes
from core.spreadsheets import BadFile

from . import own_json
from .government_records import controller_record, processor_record
from .leaves import Leaves
from .proposal import Proposal
from .records import Reading
from .values import clean

MEMBERS = 2000
DEEP = 40
CONTROLLER_MARKS = {"Naam", "Doelen", "Betrokkenen"}
PROCESSOR_MARKS = {"Naam", "Categorien"}
POLICE_MARKS = ({"Naam", "Ontvanger", "BijzondereGegevens"}, {"Naam", "Betrokkene", "BijzondereGegevens"})


def read(source, filename, limits):
    """Every record of the file as a proposal, or BadFile."""
    reading = Reading()
    records = 0
    for name, content in _files(_content(source, filename, limits), filename, limits):
        if content is None:
            reading.outside.append(
                {"place": name, "text": "", "reason": _("Only the JSON files of the export are read.")}
            )
            continue
        for number, record in enumerate(_records(content, name), 1):
            records += 1
            where = _("%(file)s, record %(number)s") % {"file": name, "number": number}
            _read_record(record, where, reading)
    if not reading.proposals:
        if reading.outside and records:
            raise BadFile(reading.outside[-1]["reason"], where=filename)
        raise BadFile(_("There is no record of a processing activity in this file."), where=filename)
    return reading


def _read_record(record, where, reading):
    kind = kind_of(record)
    if kind in ("controller", "processor"):
        leaves = Leaves(record, where)
        proposal = Proposal(where[-250:], "nl", kind, founds=leaves.founds)
        (controller_record if kind == "controller" else processor_record)(proposal, leaves)
        leaves.keep_the_rest(proposal)
        proposal.close()
        if not proposal.fields.get("name"):
            proposal.fields["name"] = _("Without a name: %(place)s") % {"place": where[-200:]}
        reading.proposals.append(proposal)
        return
    if kind == "police":
        reason = _("This record is about police data (Wpg), which is a different register; it was not brought in.")
    else:
        reason = _("This is not a record of the government's register tool, and was not brought in.")
    text = clean(json.dumps(record, ensure_ascii=False))
    reading.outside.append({"place": where, "text": text[:20000], "reason": reason})


def kind_of(record):
    """ "controller", "processor", "police", or None when it is no record that we know."""
    if not isinstance(record, dict):
        return None
    names = set(record)
    if any(marks <= names for marks in POLICE_MARKS):
        return "police"
    if names >= PROCESSOR_MARKS:
        return "processor"
    return "controller" if names >= CONTROLLER_MARKS and isinstance(record["Betrokkenen"], list) else None


def _content(source, filename, limits):
    content = own_json.bounded(source, limits.bytes)
    if not content.strip(b"\0\t\n\r \xef\xbb\xbf"):
        raise BadFile(_("The file is empty."), where=filename)
    if len(content) > limits.bytes:
        raise BadFile(_("The file is larger than %(size)s MB.") % {"size": limits.bytes // 2**20 or 1}, where=filename)
    return content


def _files(content, filename, limits):
    """(name, content) of each JSON file; content is None for what is not read."""
    is_zip = filetypes.kind_of(content) == filetypes.ZIP
    if is_zip != filename.lower().endswith(".zip"):
        raise BadFile(_("The content is not what the name of the file says, or the file is damaged."), where=filename)
    if not is_zip:
        return [(filename, content)]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _unpacked(package, filename, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise BadFile(
            _("The file is damaged and cannot be read."), where=filename, remedy=_("Make the export again.")
        ) from None


def _unpacked(package, filename, limits):
    """Unpacked in bounds: the sizes in the directory of a zip are a claim that a bomb does not keep to."""
    members = [member for member in package.infolist() if not member.is_dir()]
    if any(member.flag_bits & 1 for member in members):
        raise BadFile(
            _("The file is protected with a password."),
            where=filename,
            remedy=_("Save it without a password and try again."),
        )
    left, found = limits.unpacked, []
    for member in members:
        name = f"{filename}, {member.filename}"
        if len(found) >= MEMBERS or member.file_size > left:
            raise _too_large(filename, limits)
        if not member.filename.lower().endswith(".json"):
            found.append((name, None))
            continue
        with package.open(member) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise _too_large(filename, limits)
        found.append((name, content))
    return found


def _too_large(filename, limits):
    return BadFile(
        _("The file would take more than %(size)s MB when unpacked.") % {"size": limits.unpacked // 2**20 or 1},
        where=filename,
    )


def _records(content, name):
    """The records in one JSON file: a list of them, or one alone."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadFile(
            _("This line holds characters in an unknown or mixed encoding."),
            where=_("%(file)s, line %(number)s") % {"file": name, "number": line},
            remedy=_("Make the export again."),
        ) from None
    try:
        value = json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise BadFile(
            _("This is not valid JSON."),
            where=_("%(file)s, line %(number)s") % {"file": name, "number": error.lineno},
            remedy=_("Make the export again."),
        ) from None
    except (RecursionError, ValueError):
        raise BadFile(_("This JSON is built in a way that cannot be read."), where=name) from None
    if _depth(value) > DEEP:
        raise BadFile(_("This JSON is built in a way that cannot be read."), where=name)
    return value if isinstance(value, list) else [value]


def _no_number(name):
    raise ValueError(f"{name} is no number")


def _pairs(pairs):
    """An object in which a repeated name is kept, with a number."""
    found, times = {}, Counter()
    for name, value in pairs:
        free = name
        while free in found:
            times[name] += 1
            free = f"{name} ({times[name] + 1})"
        found[free] = value
    return found


def _depth(value):
    level, depth = [value], 0
    while level and depth <= DEEP:
        parts = (one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list))
        level, depth = [part for some in parts for part in some], depth + 1
    return depth
