"""Templates that an organisation made of its own activities: an entry's plain content, and a draft of it again.

What is about one activity alone is left out: number, dates, controller, department, owner, remarks and what an import
kept. Shared rows are found by what they were, or by their name; a line whose document is gone is left out.
"""

import uuid
from collections import defaultdict

from register import models, reading
from register.models.library import LibraryItem
from register.record import from_plain, to_plain

from .filling import Plan

LEFT_OUT = {
    "id", "number", "name", "reference", "controller", "department", "owner", "parent", "successor", "started_on",
    "ended_on", "end_reason", "council_asked_on", "council_decided_on", "council_note", "assessment_on", "remarks",
    "notes",
}  # fmt: skip
OF_LINE = {"id", "activity", "position"}


def content_of(entry):
    """What a template keeps of an entry, JSON-ready."""
    return {name: value for name, value in to_plain(entry).items() if name not in LEFT_OUT}


def entry_of(own):
    """The content of a template as an entry. Raises ValueError when this version cannot read it."""
    given = {"id": str(uuid.uuid4()), "number": 0, "name": own.name}
    return from_plain(own.content | given, own.schema)


def plan(filler, own, **fields):
    """The draft of an own template. A query for each kind of shared row in it."""
    entry = entry_of(own)
    taken = {name: getattr(entry, name) for name in reading.PLAIN if name not in LEFT_OUT}
    taken |= {"name": own.name} | {name: value for name, value in fields.items() if value}
    taken.pop("language")
    result = Plan("", filler.activity(**taken))
    shared = _Shared(filler, entry)
    purposes = {}
    for name, values in _lines(entry):
        for value in values:
            found = {field: getattr(value, field) for field in _fields(name)}
            if name == "access" and value.purpose:
                found["purpose"] = purposes.get(value.purpose)
            found = {field: shared.row(name, field, part) for field, part in found.items()}
            if not _is_whole(name, found):
                continue
            result.add(name, **found)
            if name == "purposes":
                purposes[value.id] = result.rows[name][-1]
    return result


def _lines(entry):
    for name in reading.LINES:
        more = entry.joint_controllers if name == "recipients" else ()
        yield name, (*getattr(entry, name), *more)


def _fields(name):
    return [field.name for field in reading.LINES[name][0]._meta.concrete_fields if field.name not in OF_LINE]


def _is_whole(name, found):
    """Whether everything that a line cannot do without is still there."""
    model = reading.LINES[name][0]
    demanded = [
        name for name in found if model._meta.get_field(name).is_relation and not model._meta.get_field(name).null
    ]
    return all(found[name] is not None for name in demanded)


class _Shared:
    """The shared rows that an entry names, as they are in the organisation now."""

    def __init__(self, filler, entry):
        self.filler, ids = filler, defaultdict(set)
        for name, values in _lines(entry):
            for field, model in _relations(name):
                ids[model] |= {getattr(value, field).id for value in values if hasattr(getattr(value, field), "id")}
        self.rows = {
            model: model.objects.filter(organisation=filler.organisation).in_bulk(keys) for model, keys in ids.items()
        }

    def row(self, name, field, value):
        model = dict(_relations(name)).get(field)
        if model is None or value is None or not hasattr(value, "id") or isinstance(value, models.Purpose):
            return value
        found = self.rows[model].get(value.id)
        if found is not None:
            return getattr(found, "merged_into", None) or found
        return self._by_name(model, value)

    def _by_name(self, model, value):
        if model is models.Agreement or model is models.Document:
            return None
        matcher = self.filler.matcher
        if issubclass(model, LibraryItem):
            text, language = (value.nl, "nl") if value.nl else (value.en, "en")
        else:
            text, language = value.name, None
        plain = {field.name for field in model._meta.concrete_fields if not field.is_relation} - {"id", "name"}
        more = {name: getattr(value, name) for name in value.__dataclass_fields__ if name in plain}
        return matcher.find_or_make(model, text, language, **more)


def _relations(name):
    for field in reading.LINES[name][0]._meta.concrete_fields:
        if field.is_relation and field.name not in OF_LINE and field.related_model is not models.Purpose:
            yield field.name, field.related_model
