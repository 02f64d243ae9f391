"""What rules may know besides an entry, as frozen values: shared rows, the organisation, and what is said about an
activity.

A field bears the name it has on its model. `activities` are the ids of the running activities that use a shared row.
"""

import datetime
import uuid
from dataclasses import dataclass, field

from register.codes import code_of
from register.record import AgreementValue, CountryItem, Item, RetentionItem


@dataclass(frozen=True, slots=True)
class ControllerFacts:
    id: uuid.UUID
    name: str = ""
    kind: str = ""
    legal_form: str = ""
    registration_number: str = ""
    sector: str = ""
    address: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    representative_answer: str = ""
    representative_name: str = ""
    representative_contact: str = ""
    dpo_answer: str = ""
    dpo_name: str = ""
    dpo_email: str = ""
    dpo_phone: str = ""
    dpo_address: str = ""
    dpo_registration: str = ""
    authority: str = ""
    authority_name: str = ""

    @property
    def is_public(self):
        return self.kind == "public"


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A published privacy notice: which sections and sentences are in it. `timing` is of one activity; `moved` names
    the activities whose register it no longer matches, None for what belongs to no running activity.
    """

    id: uuid.UUID
    title: Item
    languages: tuple[str, ...] = ()
    sections: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    timing: str = ""
    moved: tuple[uuid.UUID | None, ...] = ()


@dataclass(frozen=True, slots=True)
class PointFacts:
    """A place in use where people give their data; `linked` when its notice is one that people can read."""

    id: uuid.UUID
    name: str = ""
    linked: bool = False
    checked_on: datetime.date | None = None
    due_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What is known about an activity beside its entry. `owner_active` is None when no owner is named; `notices` are
    those published that speak of it.
    """

    review_on: datetime.date | None = None
    owner_active: bool | None = None
    approved: bool = False
    changed: bool = False
    established_on: datetime.date | None = None
    imported: bool = False
    controller: ControllerFacts | None = None
    notices: tuple[NoticeFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """`controllers` are those in use."""

    id: uuid.UUID
    name: str = ""
    controllers: tuple[ControllerFacts, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    id: uuid.UUID
    title: str = ""
    valid_until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class AgreementFacts(AgreementValue):
    party: uuid.UUID | None = None
    party_name: str = ""
    clauses: dict = field(default_factory=dict)
    sub_processors: str = ""
    breach_notice_hours: int | None = None
    end_of_contract: str = ""
    essence_published: str = ""
    retired_on: datetime.date | None = None
    activities: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyFacts:
    id: uuid.UUID
    name: str = ""
    kind: str = ""
    country: CountryItem | None = None
    activities: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class SystemFacts:
    id: uuid.UUID
    name: str = ""
    location: str = ""
    activities: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class RetentionFacts(RetentionItem):
    responsible: str = ""
    activities: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureFacts(Item):
    category: int | None = None
    status: str = ""
    planned_for: datetime.date | None = None
    last_tested_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """An entry in short, for rules over the whole register: what lists show of it."""

    id: uuid.UUID
    number: int
    name: str
    kind: str = ""
    department: str = ""
    controller: str = ""
    purposes: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    facets: frozenset[str] = frozenset()

    @property
    def code(self):
        return code_of(self.number)
