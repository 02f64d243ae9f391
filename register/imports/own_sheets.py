"""Our own workbook back in: its sheets read by the very headings that `exports.tables` writes, to the record that left.

The one rule: all of it is understood, or none of it is read here (`NotOurs`); it then comes in as any other sheet does,
with its columns to choose, so that what people changed or added in it is not lost.
"""

import dataclasses
import datetime
import re
import uuid
from collections import defaultdict
from functools import cache
from typing import get_args, get_type_hints

from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.controllers import FIELDS
from accounts.models import Controller
from register import interchange, models, record, words
from register import sections as layout
from register.exports import tables
from register.exports.selection import Internal
from register.exports.things import KINDS, OF_VALUE, called_by, own_fields
from register.interchange import ActivityValue, ControllerValue, OrganisationValue, Register
from register.models import Activity

LANGUAGES = ("nl", "en")
NAME_OF_SHEET = 31
CODE = re.compile(r"VA-(\d{1,9})$")
MADE_BY_NAME = (record.PartyValue, record.SystemValue, record.SubjectItem, record.DataItem, record.Item)
"""What somebody may have added to a sheet by its name alone."""
NAMED = ("controller", "department", "parent", "successor")


class NotOurs(Exception):
    """Something in the workbook is not as we write it: its place."""


def read(sheets):
    """What stands in the workbook (interchange.Register); NotOurs when any of it is not as it leaves us."""
    for language in LANGUAGES:
        with translation.override(language):
            if sheets and sheets[0].name == _title(_("Processing activities")):
                return _Workbook(sheets, language).register()
    raise NotOurs("A1")


def may_be_ours(names):
    """Whether the sheets are called so; `read` says whether they are."""
    for language in LANGUAGES:
        with translation.override(language):
            if names[:1] == [_title(_("Processing activities"))] and _title(_("About this file")) in names:
                return True
    return False


def _title(text):
    return str(text)[:NAME_OF_SHEET].strip()


@dataclasses.dataclass(slots=True)
class _Row:
    """The cells of one row by heading; each is asked for once, and `rest` is what nobody asked for."""

    place: str
    cells: dict

    def take(self, heading):
        return self.cells.pop(heading, None)

    def text(self, heading):
        cell = self.take(heading)
        return cell.text if cell else ""

    def key(self, heading="UUID"):
        try:
            return uuid.UUID(self.text(heading))
        except ValueError:
            raise NotOurs(f"{self.place}, {heading}") from None

    def all_taken(self):
        if self.cells:
            raise NotOurs(f"{self.place}, {next(iter(self.cells))}")


class _Workbook:
    def __init__(self, sheets, language):
        self.sheets = {sheet.name: sheet for sheet in sheets}
        self.language = language
        self.by_id, self.by_name = defaultdict(dict), defaultdict(lambda: defaultdict(list))
        self.documents, self.departments, self.activities = {}, {}, {}

    def register(self):
        for kind in sorted(KINDS, key=lambda kind: kind.value is not record.CountryItem):
            self._things(kind)
        controllers = self._controllers()
        rows = self._activity_rows()
        lines = self._lines(rows)
        activities = tuple(self._activity(key, row, lines[key]) for key, row in rows.items())
        self._known_sheets_only()
        return Register(
            schema=interchange.SCHEMA,
            organisation=OrganisationValue(uuid.uuid4(), "", ""),
            on=datetime.date.min,
            known_at=datetime.datetime.min.replace(tzinfo=datetime.UTC),
            made_at=datetime.datetime.min.replace(tzinfo=datetime.UTC),
            activities=activities,
            controllers=controllers,
            internal=tuple(self._internal(activities)),
        )

    def _rows(self, title):
        """The rows of a sheet that is ours; none when there is no such sheet."""
        sheet = self.sheets.pop(_title(title), None)
        if sheet is None or not sheet.rows:
            return
        headings = [cell.text for cell in sheet.rows[0]]
        if len(set(headings)) < len(headings):
            raise NotOurs(f"{sheet.name}!A1")
        for number, cells in enumerate(sheet.rows[1:], 1):
            if len(cells) > len(headings):
                raise NotOurs(sheet.place(number, len(headings)))
            filled = {name: cell for name, cell in zip(headings, cells, strict=False) if cell.text}
            if any(cell.value is None or cell.formula for cell in filled.values()):
                raise NotOurs(sheet.place(number, 0))
            if filled:
                yield _Row(sheet.place(number, 0), filled)

    def _known_sheets_only(self):
        for title in (_("About this file"), str(Internal.ADVICE.label)):
            self.sheets.pop(_title(title), None)
        if self.sheets:
            raise NotOurs(next(iter(self.sheets)))

    def _internal(self, activities):
        """What was left out of the file is not taken for empty when it is compared with what is there."""
        if any(one.entry.remarks or one.entry.notes for one in activities):
            yield Internal.REMARKS
        if any(line.note for one in activities for line in (*one.entry.measures, *one.entry.documents)):
            yield Internal.EVIDENCE

    def _things(self, kind):
        both, names = own_fields(kind)
        for row in self._rows(kind.title):
            values = {name: row.text(words.label(kind.model, f"name_{name}")) for name in both}
            values |= {name: self._value(row, kind.value, kind.model, name) for name in names}
            value = kind.value(id=row.key(), **values)
            row.all_taken()
            if value.id in self.by_id[kind.value] or not called_by(value, self.language):
                raise NotOurs(row.place)
            self._note(value)

    def _note(self, value):
        self.by_id[type(value)][value.id] = value
        self.by_name[type(value)][called_by(value, self.language)].append(value)

    def _controllers(self):
        found = []
        for row in self._rows(_("Controllers")):
            details = {}
            for name in FIELDS:
                text, known = row.text(words.label(Controller, name)), tables.labels(Controller, name)
                details[name] = next((code for code, label in known.items() if label == text), text)
            for heading in (tables.version_heading(), _("Valid from"), _("Established on")):
                row.take(heading)
            key, name = row.key(), details.pop("name")
            row.all_taken()
            details = {field: text for field, text in details.items() if text}
            found.append(ControllerValue(key, name, details=details))
        self.controllers = {one.name: one.id for one in found}
        return tuple(found)

    def _activity_rows(self):
        """{(id, version): row}; the versions tell a working copy from what was established."""
        rows = {}
        for row in self._rows(_("Processing activities")):
            version = _whole(row, row.take(tables.version_heading())) or 0
            key = row.key(), version
            if key in rows:
                raise NotOurs(row.place)
            number = CODE.match(row.text(tables.number()))
            if number is None:
                raise NotOurs(row.place)
            rows[key] = row
            self.activities[number[0]] = (key[0], int(number[1]))
        if not rows:
            raise NotOurs("A2")
        self.codes = {key: code for code, (key, _number) in self.activities.items()}
        return rows

    def _activity(self, key, row, lines):
        values = {}
        for name in tables.ENTRY_FIELDS:
            if name in NAMED:
                values[name] = self._named(name, row.text(words.label(Activity, name)), row)
            else:
                values[name] = self._value(row, record.Entry, Activity, name)
        values["name"] = row.text(words.label(Activity, "name"))
        kinds = {_("Processor"): "processor", _("Controller"): "controller"}
        values["kind"] = kinds.get(row.text(words.label(Activity, "kind")))
        if values["kind"] is None or not values["name"]:
            raise NotOurs(row.place)
        established = row.take(_("Established on"))
        for heading in (_("Status"), _("Valid from"), _("Open when it was established")):
            row.take(heading)
        row.all_taken()
        number = self.activities[self.codes[key[0]]][1]
        entry = record.Entry(id=key[0], number=number, **values, **{name: tuple(some) for name, some in lines.items()})
        return ActivityValue(entry, version=key[1], established_at=_moment(established))

    def _named(self, name, text, row):
        if not text:
            return None
        if name == "controller":
            return record.Named(self.controllers.get(text) or self._by_words("controller", text), text)
        if name == "department":
            return record.Named(self._by_words("department", text), text)
        code, _space, called = text.partition(" ")
        if not CODE.match(code):
            raise NotOurs(f"{row.place}, {text}")
        key = self.activities.get(code, (self._by_words("activity", code),))[0]
        return record.Named(key, called, code)

    def _by_words(self, what, *text):
        return self.departments.setdefault((what, *text), uuid.uuid4())

    def _lines(self, rows):
        found = defaultdict(lambda: defaultdict(list))
        versions = defaultdict(list)
        for key, version in rows:
            versions[key].append(version)
        for lines in layout.LINE_SETS:
            for row in self._rows(capfirst(str(lines.title))):
                code = row.text(tables.number())
                row.take(words.label(Activity, "name"))
                if code not in self.activities:
                    raise NotOurs(row.place)
                key = self.activities[code][0]
                version = _whole(row, row.take(tables.version_heading())) or 0
                if len(versions[key]) == 1:
                    version = versions[key][0]
                elif version not in versions[key]:
                    raise NotOurs(row.place)
                of_entry = found[key, version]
                of_entry[lines.name].append(self._line(lines, row, of_entry))
        return found

    def _line(self, lines, row, of_entry):
        kind = get_args(get_type_hints(record.Entry)[lines.name])[0]
        values = {}
        for name in lines.fields:
            given = row.text(tables.id_heading(lines.model, name)) if _refers(lines.model, name) else ""
            if lines.model is models.AccessLine and name == "purpose":
                values[name] = self._purpose(row, of_entry["purposes"], given)
            elif lines.model._meta.get_field(name).related_model is models.Document:
                values[name] = self._document(row.text(words.label(lines.model, name)), of_entry[lines.name])
            else:
                values[name] = self._value(row, kind, lines.model, name, given)
        value = kind(id=row.key(), **values)
        row.all_taken()
        return value

    def _purpose(self, row, purposes, given):
        text = row.text(words.label(models.AccessLine, "purpose"))
        if not text:
            return None
        named = [line for line in purposes if tables.either(line.text_nl, line.text_en, self.language) == text]
        chosen = next((line for line in named if str(line.id) == given), None) or next(iter(named), None)
        if chosen is None:
            raise NotOurs(row.place)
        return chosen.id

    def _document(self, text, before):
        """A document of this title; another one of that title when an activity lists it twice."""
        if not text:
            return None
        times = sum(getattr(line.document, "name", "") == text for line in before)
        return record.Named(self._by_words("document", text, times), text)

    def _value(self, row, kind, model, name, given=""):
        """The value of a field from its cell; `given` is the id beside it, if any."""
        heading = words.label(model, name)
        cell = row.take(heading)
        hint = get_type_hints(kind)[name]
        options = [one for one in (get_args(hint) or (hint,)) if one is not type(None)]
        wanted = options[0]
        if cell is None:
            return _empty(kind, name)
        if wanted in OF_VALUE:
            return self._thing(wanted, cell.text, given, row)
        codes = _codes(model, name, self.language)
        if codes:
            return codes.get(cell.text, cell.text if wanted is str else None)
        if wanted is bool:
            return {_("Yes"): True, _("No"): False}[cell.text] if cell.text in (_("Yes"), _("No")) else _refuse(row)
        if wanted is int:
            return _whole(row, cell)
        if wanted is datetime.date:
            return _day(row, cell)
        return cell.text

    def _thing(self, kind, text, given, row):
        """What bears this name; of several the one with the id beside it. A new one where a name is all it takes."""
        named = self.by_name[kind].get(text, ())
        chosen = next((value for value in named if str(value.id) == given), None) or next(iter(named), None)
        if chosen is not None:
            return chosen
        if kind not in MADE_BY_NAME:
            raise NotOurs(f"{row.place}, {text}")
        name = {self.language: text} if issubclass(kind, record.Item) else {"name": text}
        value = kind(id=uuid.uuid4(), **name)
        self._note(value)
        return value


def _refers(model, name):
    field = model._meta.get_field(name)
    return field.is_relation


@cache
def _codes(model, name, language):
    """{label: code} of a field with choices, in the language in force."""
    return {label: code for code, label in tables.labels(model, name).items()}


def _empty(kind, name):
    field = next(one for one in dataclasses.fields(kind) if one.name == name)
    if field.default is dataclasses.MISSING:
        raise NotOurs(name)
    return field.default


def _refuse(row):
    raise NotOurs(row.place)


def _whole(row, cell):
    if cell is None:
        return None
    if isinstance(cell.value, bool) or not isinstance(cell.value, int):
        raise NotOurs(row.place)
    return cell.value


def _day(row, cell):
    if isinstance(cell.value, datetime.datetime):
        return cell.value.date()
    if isinstance(cell.value, datetime.date):
        return cell.value
    raise NotOurs(row.place)


def _moment(cell):
    if cell is None or not isinstance(cell.value, datetime.datetime):
        return None
    return timezone.make_aware(cell.value)
