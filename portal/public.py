"""Which facts of an activity may be public, and an entry that holds nothing else.

The one rule: an entry is built up from what may be seen, never stripped of what may not, so that a fact added to the
record later stays inside until somebody names it here. Owners, people to contact, remarks, notes, measures, systems,
access, documents, agreements and details of parties have no name here and cannot be chosen.
"""

import uuid
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from register.record import (
    ClientValue,
    DataValue,
    Entry,
    PartyValue,
    PurposeValue,
    RecipientValue,
    RetentionItem,
    SubjectValue,
    TransferValue,
)


@dataclass(frozen=True)
class Field:
    key: str
    label: str
    first: bool  # whether it is public when an organisation starts
    help: str = ""


FIELDS = (
    Field("description", _("Description"), True),
    Field("controller", _("Controller and joint controllers"), True),
    Field(
        "contact",
        _("How to reach the controller and the data protection officer"),
        True,
        _("The general addresses of the established details, never the name of the officer."),
    ),
    Field("department", _("Department"), False),
    Field("dates", _("Since when"), True),
    Field("purposes", _("Purposes"), True),
    Field("bases", _("Lawful basis, with law and article"), True, _("With the legitimate interest, when that is it.")),
    Field("people", _("Whose data"), True),
    Field("numbers", _("About how many people"), False),
    Field("data", _("Which data"), True),
    Field("retention", _("How long the data are kept"), True),
    Field("sources", _("Where the data come from"), True),
    Field("provision", _("Whether people must give the data"), False),
    Field("recipients", _("Recipients, by role and description"), True),
    Field("names", _("Names of recipients and of controllers we work for"), False),
    Field("transfers", _("Transfers outside the EEA"), True),
    Field("clients", _("What is done for other controllers"), True),
    Field("automated", _("Automated decisions and profiling"), True),
    Field("assessment", _("Whether a DPIA was done"), False),
)
KEYS = tuple(field.key for field in FIELDS)

PLAIN = {  # fields of the entry itself, by the key under which they may be public
    "description": ("description",),
    "controller": ("controller", "joint_answer"),
    "department": ("department",),
    "dates": ("started_on",),
    "numbers": ("people_min", "people_max"),
    "provision": ("provision", "provision_consequence"),
    "recipients": ("recipients_answer",),
    "transfers": ("transfers_answer",),
    "automated": (
        "automated",
        "profiling",
        "automated_ground",
        "automated_logic",
        "automated_consequences",
        "automated_intervention",
    ),
    "assessment": ("assessment",),
}
PURPOSE = ("text_nl", "text_en", "category")
BASIS = (
    "basis",
    "basis_law",
    "basis_article",
    "interest_nl",
    "interest_en",
    "special_ground",
    "special_law",
    "special_article",
    "criminal_ground",
    "national_id_law",
    "national_id_article",
)
RETENTION = (
    "id",
    "nl",
    "en",
    "country",
    "period_value",
    "period_unit",
    "trigger",
    "trigger_nl",
    "trigger_en",
    "criterion_nl",
    "criterion_en",
    "bound",
    "source",
    "end_action",
)


def first_keys():
    return [field.key for field in FIELDS if field.first]


def filtered(entry, keys):
    """The entry with the facts under `keys` and nothing else but number, name, language, and that it ended."""
    keys = set(keys) & set(KEYS)
    plain = {name: getattr(entry, name) for key in keys for name in PLAIN.get(key, ())}
    lines = {
        "purposes": _purposes(entry, keys),
        "subjects": _subjects(entry, keys),
        "data": _data(entry, keys),
        "joint_controllers": _recipients(entry.joint_controllers, {"controller"} & keys, named=True),
        "recipients": _recipients(entry.recipients, {"recipients"} & keys, named="names" in keys),
        "transfers": _transfers(entry, keys),
        "clients": _clients(entry, keys),
    }
    known = {"language": entry.language, "ended_on": entry.ended_on}
    return Entry(entry.id, entry.number, entry.kind, entry.name, **known, **plain, **lines)


def _taken(value, names):
    return {name: getattr(value, name) for name in names}


def _purposes(entry, keys):
    names = (PURPOSE if "purposes" in keys else ()) + (BASIS if "bases" in keys else ())
    return tuple(PurposeValue(line.id, **_taken(line, names)) for line in entry.purposes) if names else ()


def _subjects(entry, keys):
    if "people" not in keys:
        return ()
    names = ("number_min", "number_max") if "numbers" in keys else ()
    return tuple(SubjectValue(line.id, line.category, **_taken(line, names)) for line in entry.subjects)


def _data(entry, keys):
    if "data" not in keys:
        return ()
    return tuple(_data_line(line, keys) for line in entry.data)


def _data_line(line, keys):
    taken = {}
    if "people" in keys:
        taken["subject"] = line.subject
    if "retention" in keys:
        taken["retention"] = line.retention and RetentionItem(**_taken(line.retention, RETENTION))
        taken["retention_note"] = line.retention_note
    if "sources" in keys:
        taken["source"] = line.source
    if "provision" in keys:
        taken["provision"] = line.provision
    return DataValue(line.id, line.category, **taken)


def _recipients(lines, wanted, *, named):
    names = ("description_nl", "description_en", "role")
    if not wanted:
        return ()
    shown = [
        RecipientValue(line.id, party=_name_only(line.party, named), country=line.where, **_taken(line, names))
        for line in lines
    ]
    once = {replace(one, id=None): one for one in reversed(shown)}  # without names many lines say the same
    return tuple(reversed(once.values()))


def _transfers(entry, keys):
    if "transfers" not in keys:
        return ()
    return tuple(
        TransferValue(
            line.id,
            party=_name_only(line.party, "names" in keys),
            country=line.country or (line.party.country if line.party else None),
            mechanism=line.mechanism,
            adequacy_reference=line.adequacy_reference,
        )
        for line in entry.transfers
    )


def _clients(entry, keys):
    if "clients" not in keys:
        return ()
    nameless = PartyValue(uuid.UUID(int=0), "")
    return tuple(
        ClientValue(
            line.id,
            _name_only(line.party, "names" in keys) or nameless,
            processing_nl=line.processing_nl,
            processing_en=line.processing_en,
        )
        for line in entry.clients
    )


def _name_only(party, named):
    return PartyValue(party.id, party.name, kind=party.kind) if party and named else None
