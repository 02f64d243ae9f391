"""What rules may know besides an entry, as frozen values: shared rows, the organisation, and what is said about an
activity.

A field bears the name it has on its model. `activities` are the ids of the running activities that use a shared row.
"""

import datetime
import uuid
from dataclasses import dataclass, field

from register import law
from register.record import CountryItem


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
class EntryFacts:
    """What is known about an activity beside its entry. `owner_active` is None when no owner is named."""

    review_on: datetime.date | None = None
    reviewed_on: datetime.date | None = None
    owner_active: bool | None = None
    approved: bool = False
    changed: bool = False
    established_on: datetime.date | None = None
    imported: bool = False
    controller: ControllerFacts | None = None
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """`controllers` are those in use."""

    id: uuid.UUID
    name: str = ""
    country: str = ""
    languages: tuple[str, ...] = ("nl",)
    review_after_months: int = 12
    keep_ended_years: int = 5
    controllers: tuple[ControllerFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    id: uuid.UUID
    title: str = ""
    kind: str = ""
    dated_on: datetime.date | None = None
    valid_until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    id: uuid.UUID
    party: uuid.UUID
    party_name: str = ""
    kind: str = ""
    title: str = ""
    reference: str = ""
    status: str = ""
    signed_on: datetime.date | None = None
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None
    clauses: dict = field(default_factory=dict)
    sub_processors: str = ""
    breach_notice_hours: int | None = None
    end_of_contract: str = ""
    essence_published: str = ""
    document: DocumentFacts | None = None
    retired_on: datetime.date | None = None
    activities: tuple[uuid.UUID, ...] = ()

    def is_in_force(self, on):
        """Signed, started and not ended on `on`; an agreement without dates is in force from its signature."""
        started = self.valid_from or self.signed_on
        ended = self.valid_until is not None and self.valid_until <= on
        return self.status == "signed" and started is not None and started <= on and not ended

    @property
    def missing_clauses(self):
        if self.kind != "processing":
            return ()
        return tuple(clause for clause in law.AgreementClause if self.clauses.get(clause.value) != "yes")


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """`roles` are those in which running activities name it; `agreements` all that are not retired."""

    id: uuid.UUID
    name: str = ""
    kind: str = ""
    country: CountryItem | None = None
    email: str = ""
    contact: str = ""
    roles: frozenset[str] = frozenset()
    agreements: tuple[AgreementFacts, ...] = ()
    activities: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class SystemFacts:
    id: uuid.UUID
    name: str = ""
    kind: str = ""
    location: str = ""
    supplier: uuid.UUID | None = None
    hosting_country: CountryItem | None = None
    supports_erasure: str = ""
    supports_export: str = ""
    supports_correction: str = ""
    owner: str = ""
    activities: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class RetentionFacts:
    id: uuid.UUID
    nl: str = ""
    en: str = ""
    country: str = ""
    period_value: int | None = None
    period_unit: str = ""
    trigger: str = ""
    trigger_nl: str = ""
    trigger_en: str = ""
    criterion_nl: str = ""
    criterion_en: str = ""
    bound: str = ""
    ground_kind: str = ""
    source: str = ""
    justification: str = ""
    end_action: str = ""
    responsible: str = ""
    confirmed: bool = False
    activities: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    id: uuid.UUID
    nl: str = ""
    en: str = ""
    heading: str = ""
    category: int | None = None
    status: str = ""
    owner: str = ""
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
        return f"VA-{self.number:04d}"
