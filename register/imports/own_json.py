"""Our own JSON back in: the file that `export_register --format json` wrote, read and checked whole before any of it is
stored. What comes of it is in `own_rows`.
"""

import dataclasses
import itertools
import json
import uuid
from functools import cache
from pathlib import Path
from typing import get_args, get_type_hints

from django.db.models import PositiveSmallIntegerField
from django.utils import timezone
from django.utils.translation import gettext as _

from core.spreadsheets import BadFile, Limits
from register import interchange
from register import sections as layout
from register.record import Item, Named

ONCE = {"subjects": "category", "systems": "system", "measures": "measure", "documents": "document", "clients": "party"}
MARK = b'"schema"'
HIGHEST_NUMBER = 10**9
LARGEST, SMALLEST = 2**31 - 1, 2**15 - 1  # what a column for numbers, and one for small numbers, can hold
MOST_LINES = 2000


def is_ours(source, filename):
    """Whether the file says of itself, in its first lines, that it is ours."""
    if not filename.lower().endswith(".json"):
        return False
    head = _head(source)
    return MARK in head and b"dertig-register/" in head


def _head(source, size=400):
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source[:size])
    if hasattr(source, "read"):
        head = source.read(size)
        source.seek(0)
        return head
    with Path(source).open("rb") as file:
        return file.read(size)


def read(source, filename, limits=None):
    """What stands in the file (interchange.Register), or BadFile."""
    limits = limits or Limits.of_settings()
    content = bounded(source, limits.unpacked)  # never packed, so it may be as large as what was unpacked
    if len(content) > limits.unpacked:
        size = limits.unpacked // 2**20 or 1
        raise BadFile(_("The file is larger than %(size)s MB.") % {"size": size}, where=filename)
    _check_schema(content, filename)
    try:
        found = interchange.load(content)
    except (ValueError, RecursionError) as error:
        raise BadFile(
            _("This file is not as our program writes it: %(what)s") % {"what": str(error)[:200]},
            where=filename,
            remedy=_("Make the export again."),
        ) from None
    check(found, filename, limits)
    return found


def check(found, filename, limits):
    """BadFile for what no table of ours can hold."""
    if not found.activities:
        raise BadFile(_("There is no record of a processing activity in this file."), where=filename)
    if len(found.activities) > limits.rows:
        raise BadFile(_("The file holds more than %(count)s activities.") % {"count": limits.rows}, where=filename)
    for number, activity in enumerate(found.activities, 1):
        _check(activity.entry, _("%(file)s, activity %(number)s") % {"file": filename, "number": number})


def bounded(source, limit):
    """The bytes of a path, of bytes or of an open file, but never more than the limit and one."""
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source[: limit + 1])
    if hasattr(source, "read"):
        return source.read(limit + 1)
    with Path(source).open("rb") as file:
        return file.read(limit + 1)


def _check_schema(content, filename):
    """A later version of this program may have written it."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadFile(
            _("This line holds characters in an unknown or mixed encoding."),
            where=_("%(file)s, line %(number)s")
            % {"file": filename, "number": content[: error.start].count(b"\n") + 1},
            remedy=_("Make the export again."),
        ) from None
    if json.dumps(interchange.SCHEMA).encode() not in content[:400]:
        raise BadFile(
            _("This file was made by another version of the program, whose JSON is not known here."),
            where=filename,
            remedy=_("Make the export again with this version, or bring this version up to date."),
        )


def _check(entry, where):
    """Refuse what no table can hold: a text that is too long, a code that does not exist, the same thing twice."""
    _check_value(entry, where)
    for lines in layout.LINE_SETS:
        part = ONCE.get(lines.name)
        named = [getattr(line, part).id for line in getattr(entry, lines.name)] if part else ()
        if len(set(named)) < len(named):
            raise BadFile(_("%(lines)s: the same is listed twice.") % {"lines": lines.title}, where=where)
        if len(getattr(entry, lines.name)) > MOST_LINES:
            raise BadFile(_("%(lines)s: there are too many of these.") % {"lines": lines.title}, where=where)
    if not 1 <= entry.number <= HIGHEST_NUMBER:
        raise BadFile(_("An activity has no usable number."), where=where)
    if not entry.name.strip():
        raise BadFile(_("An activity has no name."), where=where)
    if entry.ended_on and not entry.end_reason:
        raise BadFile(_("Say why the activity ended."), where=where)
    if any(line.role != "joint_controller" for line in entry.joint_controllers) or any(
        line.role == "joint_controller" for line in entry.recipients
    ):
        raise BadFile(_("A joint controller stands among the recipients, or the other way round."), where=where)


def _check_value(value, where):
    kind = type(value)
    if isinstance(value, Item) and not (value.nl or value.en):
        raise BadFile(_("Give a name in at least one language."), where=where)
    for name, limit, known, nested in _checks(kind):
        given = getattr(value, name)
        if given is None or given == () or isinstance(given, bool):
            continue
        if nested:
            for part in given if isinstance(given, tuple) else (given,):
                _check_value(part, where)
        elif isinstance(given, str):
            if "\0" in given or (limit and len(given) > limit) or (known is not None and given not in known):
                raise _unfit(kind, name, given, where)
        elif isinstance(given, int) and (not 0 <= given <= limit or (known is not None and given not in known)):
            raise _unfit(kind, name, str(given), where)


def _unfit(kind, name, given, where):
    column = interchange.column(kind, name)
    return BadFile(
        _("%(field)s: “%(value)s” cannot be kept here.")
        % {"field": column.verbose_name if column is not None else name, "value": given[:60]},
        where=where,
        remedy=_("It is too long, or no code that this version knows."),
    )


LENGTHS = {Item: {"nl": 250, "en": 250}, Named: {"name": 250, "code": 250}}


@cache
def _checks(kind):
    """(field, longest, codes, whether it holds a value with fields of its own) for each field worth a look."""
    hints = get_type_hints(kind)
    found = []
    for field in dataclasses.fields(kind):
        options = [*itertools.chain.from_iterable(get_args(one) or [one] for one in get_args(hints[field.name]))]
        nested = any(dataclasses.is_dataclass(one) for one in [hints[field.name], *options])
        column = interchange.column(kind, field.name)
        longest = LENGTHS.get(kind, {}).get(field.name) or getattr(column, "max_length", None)
        if int in options or hints[field.name] is int:
            longest = SMALLEST if isinstance(column, PositiveSmallIntegerField) else LARGEST
        codes = interchange.codes(column) if column is not None else None
        if hints[field.name] is not uuid.UUID:
            found.append((field.name, longest, codes and {*codes, ""}, nested))
    return tuple(found)


def entries(found):
    """The entries of the file, the latest first: what they say of shared things counts. Working copies are latest."""
    return [one.entry for one in sorted(found.activities, key=_moment, reverse=True)]


def _moment(activity):
    at = activity.established_at
    if at is not None and timezone.is_naive(at):
        at = timezone.make_aware(at)
    return at is None, at.timestamp() if at else 0
