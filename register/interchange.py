"""The register as a document that another program can read, and this one can take in again without loss.

`Register` is what stands in the file; `static/schemas/register.schema.json` is made from it, so the two cannot
differ. The one rule: an entry in the file is the entry of `register.record`, and what is empty is left out.
"""

import dataclasses
import datetime
import json
import uuid
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args, get_type_hints

import msgspec

from . import models, record
from . import sections as layout
from .record import Entry

SCHEMA = "dertig-register/1"
MODELS = {
    record.DataItem: models.DataCategory,
    record.SubjectItem: models.SubjectCategory,
    record.MeasureItem: models.Measure,
    record.LawItem: models.Law,
    record.CountryItem: models.Country,
    record.RetentionItem: models.RetentionRule,
    record.PartyValue: models.Party,
    record.AgreementValue: models.Agreement,
    record.SystemValue: models.System,
    Entry: models.Activity,
    **{get_args(get_type_hints(Entry)[lines.name])[0]: lines.model for lines in layout.LINE_SETS},
}
"""The table behind each kind of value, for lengths and codes."""


@dataclass(frozen=True, slots=True)
class OrganisationValue:
    id: uuid.UUID
    slug: str
    name: str
    country: str = ""
    languages: str = ""


@dataclass(frozen=True, slots=True)
class ControllerValue:
    """A controller with its details as established (Art. 30(1)(a)); `details` is empty when they never were."""

    id: uuid.UUID
    name: str
    version: int = 0
    valid_from: datetime.date | None = None
    established_at: datetime.datetime | None = None
    digest: str = ""
    details: dict[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AdviceValue:
    given_on: datetime.date
    subject: str
    advice: str
    question: str = ""
    answer: str = ""
    answer_reason: str = ""
    answered_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class ActivityValue:
    """An entry, and what is known of its version; a working copy has version 0."""

    entry: Entry
    version: int = 0
    valid_from: datetime.date | None = None
    established_at: datetime.datetime | None = None
    reason: str = ""
    digest: str = ""
    late: bool = False
    ends: bool = False
    open_points: tuple[str, ...] = ()
    advice: tuple[AdviceValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """`on` is the day the record stands for, `known_at` until when something counted as known. `internal` names the
    parts for inside that were asked for: advice, findings, remarks, evidence."""

    schema: Literal["dertig-register/1"]
    organisation: OrganisationValue
    on: datetime.date
    known_at: datetime.datetime
    made_at: datetime.datetime
    activities: tuple[ActivityValue, ...] = ()
    controllers: tuple[ControllerValue, ...] = ()
    internal: tuple[str, ...] = ()
    changes: int = 0
    changes_digest: str = ""


def without_internal(entry, internal):
    """The entry without what is written for people inside, but for the parts that were asked for."""
    left_out = {}
    if "remarks" not in internal:
        left_out |= {"remarks": "", "notes": ()}
    if "evidence" not in internal:
        left_out["measures"] = tuple(dataclasses.replace(line, note="") for line in entry.measures)
        left_out["documents"] = tuple(dataclasses.replace(line, note="") for line in entry.documents)
    return dataclasses.replace(entry, **left_out) if left_out else entry


def dump(document, activities):
    """The document in UTF-8, piece by piece, one activity to a line; `activities` may come from a generator."""
    head = _json(record.to_plain(dataclasses.replace(document, activities=())))
    yield f'{head[:-1]},\n"activities":['.encode()
    sign = "\n"
    for activity in activities:
        yield (sign + _json(record.to_plain(activity))).encode()
        sign = ",\n"
    yield b"\n]}\n"


def load(content):
    """The document that `dump` wrote, or ValueError; names that are not known are left alone."""
    try:
        return msgspec.json.decode(content, type=Register)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise ValueError(str(error)) from error


@cache
def column(kind, name):
    """The column behind a field of a value; None when there is none, or when it points at another row."""
    model = MODELS.get(kind)
    name = {"nl": "name_nl", "en": "name_en"}.get(name, name)
    fields = model._meta.concrete_fields if model else ()
    return next((field for field in fields if field.name == name and not field.is_relation), None)


def codes(field):
    """What a column may hold, when it holds codes; the empty one too, where nothing need be filled in."""
    if not field.choices:
        return None
    return list(dict.fromkeys([code for code, _label in field.flatchoices] + ([""] if field.blank else [])))


def schema():
    """The JSON Schema of the file: shapes from the values, lengths and codes from the columns."""
    found = msgspec.json.schema(Register)
    for kind in MODELS:
        for name, shape in found["$defs"][kind.__name__]["properties"].items():
            field = column(kind, name)
            for one in shape.get("anyOf", [shape]) if field is not None else ():
                if one.get("type") == "string" and field.choices:
                    one["enum"] = codes(field)
                elif one.get("type") == "string" and field.max_length and "format" not in one:
                    one["maxLength"] = field.max_length
                elif one.get("type") == "integer" and field.choices:
                    one["enum"] = [code for code in codes(field) if code != ""]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A record of processing activities as exported by Dertig",
        **found,
    }


def _json(plain):
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
