"""The register as a value: plain frozen entries, read from the working copy or from what was established.

Every way out (page, PDF, spreadsheet, JSON, findings, comparison) reads entries; nothing else assembles one. Names of
parties and library items are in an entry by value, in both languages, so that it reads the same in ten years. A field
bears the name it has on its model, so that its label can be looked up there. Codes of choices are those of `law.py`.
"""

import datetime
import uuid
from dataclasses import dataclass, fields, is_dataclass
from functools import cache

import msgspec

from core.languages import in_language

from .codes import code_of

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Item:
    """A library item by value."""

    id: uuid.UUID
    nl: str = ""
    en: str = ""

    def named(self, language):
        return in_language(self.nl, self.en, language)


@dataclass(frozen=True, slots=True)
class DataItem(Item):
    group: str = ""
    sensitivity: str = "ordinary"
    special_kind: str = ""


@dataclass(frozen=True, slots=True)
class SubjectItem(Item):
    children: bool = False
    vulnerable: bool = False
    employees: bool = False


@dataclass(frozen=True, slots=True)
class MeasureItem(Item):
    heading: str = ""
    category: int | None = None
    status: str = ""
    note_nl: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class LawItem(Item):
    short_nl: str = ""
    short_en: str = ""
    country: str = ""

    def short(self, language):
        return in_language(self.short_nl, self.short_en, language) or self.named(language)


@dataclass(frozen=True, slots=True)
class CountryItem(Item):
    code: str = ""
    eea: bool = False
    is_international_organisation: bool = False


@dataclass(frozen=True, slots=True)
class RetentionItem(Item):
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


@dataclass(frozen=True, slots=True)
class PartyValue:
    id: uuid.UUID
    name: str
    kind: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    contact: str = ""
    registration_number: str = ""
    representative: str = ""
    dpo: str = ""
    country: CountryItem | None = None


@dataclass(frozen=True, slots=True)
class AgreementValue:
    id: uuid.UUID
    title: str = ""
    kind: str = ""
    status: str = ""
    reference: str = ""
    signed_on: datetime.date | None = None
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None

    def is_in_force(self, on):
        """Signed, started and not ended on `on`; an agreement without dates is in force from its signature."""
        started = self.valid_from or self.signed_on
        ended = self.valid_until is not None and self.valid_until <= on
        return self.status == "signed" and started is not None and started <= on and not ended


@dataclass(frozen=True, slots=True)
class SystemValue:
    id: uuid.UUID
    name: str
    kind: str = ""
    location: str = ""
    hosting_country: CountryItem | None = None
    supplier: str = ""
    supports_erasure: str = ""
    supports_export: str = ""
    supports_correction: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Something with one name: a controller, department, document, person by function, or other activity (with its
    code).
    """

    id: uuid.UUID
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class PurposeValue:
    id: uuid.UUID
    text_nl: str = ""
    text_en: str = ""
    category: str = ""
    basis: str = ""
    basis_law: LawItem | None = None
    basis_article: str = ""
    contract: str = ""
    consent_note: str = ""
    vital_note: str = ""
    interest_nl: str = ""
    interest_en: str = ""
    interest_of: str = ""
    interest_assessment: str = ""
    basis_note: str = ""
    basis_recorded_on: datetime.date | None = None
    special_ground: str = ""
    special_law: LawItem | None = None
    special_article: str = ""
    criminal_ground: str = ""
    criminal_note: str = ""
    national_id_law: LawItem | None = None
    national_id_article: str = ""
    compatibility: str = ""
    compatibility_note: str = ""


@dataclass(frozen=True, slots=True)
class SubjectValue:
    id: uuid.UUID
    category: SubjectItem
    number_min: int | None = None
    number_max: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DataValue:
    id: uuid.UUID
    category: DataItem
    subject: SubjectItem | None = None
    detail: str = ""
    retention: RetentionItem | None = None
    retention_note: str = ""
    source: str = ""
    source_party: PartyValue | None = None
    source_note: str = ""
    necessity: str = ""
    necessity_reason: str = ""
    provision: str = ""


@dataclass(frozen=True, slots=True)
class RecipientValue:
    id: uuid.UUID
    party: PartyValue | None = None
    description_nl: str = ""
    description_en: str = ""
    role: str = ""
    country: CountryItem | None = None
    agreement: AgreementValue | None = None
    ground: str = ""

    @property
    def where(self):
        """The country the data go to: the line's own, else the party's; None when unknown."""
        return self.country or (self.party.country if self.party else None)


@dataclass(frozen=True, slots=True)
class TransferValue:
    id: uuid.UUID
    party: PartyValue | None = None
    country: CountryItem | None = None
    mechanism: str = ""
    adequacy_reference: str = ""
    scope_checked_on: datetime.date | None = None
    clause_module: str = ""
    signed_on: datetime.date | None = None
    assessment_on: datetime.date | None = None
    assessment_note: str = ""
    frequency: str = ""
    safeguards: str = ""
    copy_contact: str = ""
    document: Named | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SystemUse:
    id: uuid.UUID
    system: SystemValue
    use: str = ""


@dataclass(frozen=True, slots=True)
class MeasureUse:
    id: uuid.UUID
    measure: MeasureItem
    note: str = ""


@dataclass(frozen=True, slots=True)
class AccessValue:
    id: uuid.UUID
    role: Item
    data: DataItem | None = None
    purpose: uuid.UUID | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DocumentUse:
    id: uuid.UUID
    document: Named
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClientValue:
    id: uuid.UUID
    party: PartyValue
    processing_nl: str = ""
    processing_en: str = ""
    agreement: AgreementValue | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class NoteValue:
    id: uuid.UUID
    heading: str
    text: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One processing activity. Review dates, labels, advice and findings are about the entry, not part of it."""

    id: uuid.UUID
    number: int
    kind: str
    name: str
    language: str = "nl"
    description: str = ""
    reference: str = ""
    controller: Named | None = None
    department: Named | None = None
    owner: uuid.UUID | None = None
    owner_function: str = ""
    contact: str = ""
    parent: Named | None = None
    successor: Named | None = None
    started_on: datetime.date | None = None
    ended_on: datetime.date | None = None
    end_reason: str = ""
    joint_answer: str = ""
    recipients_answer: str = ""
    transfers_answer: str = ""
    systems_answer: str = ""
    retention_reason: str = ""
    measures_reason: str = ""
    measures_text: str = ""
    medium: str = ""
    people_min: int | None = None
    people_max: int | None = None
    large_scale: str = ""
    scale_note: str = ""
    vulnerable: str = ""
    children: str = ""
    children_ages: str = ""
    collection: str = ""
    provision: str = ""
    provision_consequence: str = ""
    informed: str = ""
    informed_how: str = ""
    accuracy: str = ""
    aggregated_only: str = ""
    automated: str = ""
    profiling: str = ""
    automated_ground: str = ""
    automated_logic: str = ""
    automated_consequences: str = ""
    automated_intervention: str = ""
    ai_use: str = ""
    council: str = ""
    council_asked_on: datetime.date | None = None
    council_decided_on: datetime.date | None = None
    council_note: str = ""
    assessment: str = ""
    assessment_on: datetime.date | None = None
    assessment_note: str = ""
    codes_of_conduct: str = ""
    remarks: str = ""
    purposes: tuple[PurposeValue, ...] = ()
    subjects: tuple[SubjectValue, ...] = ()
    data: tuple[DataValue, ...] = ()
    joint_controllers: tuple[RecipientValue, ...] = ()
    recipients: tuple[RecipientValue, ...] = ()
    transfers: tuple[TransferValue, ...] = ()
    systems: tuple[SystemUse, ...] = ()
    measures: tuple[MeasureUse, ...] = ()
    access: tuple[AccessValue, ...] = ()
    documents: tuple[DocumentUse, ...] = ()
    clients: tuple[ClientValue, ...] = ()
    notes: tuple[NoteValue, ...] = ()

    @property
    def code(self):
        return code_of(self.number)

    @property
    def is_processor_record(self):
        return self.kind == "processor"

    @property
    def processors(self):
        return tuple(line for line in self.recipients if line.role in ("processor", "sub_processor"))

    @property
    def sensitivities(self):
        """The kinds of data in this entry other than ordinary."""
        return {line.category.sensitivity for line in self.data} - {"ordinary"}


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry with what is known of its version; a working copy has `version` 0 and no dates."""

    entry: Entry
    version: int = 0
    valid_from: datetime.date | None = None
    established_at: datetime.datetime | None = None
    established_by: uuid.UUID | None = None
    reason: str = ""
    digest: str = ""
    late: bool = False
    ends: bool = False
    open_points: tuple = ()

    @property
    def is_draft(self):
        return self.version == 0


def to_plain(value):
    """An entry, or any part of one, as JSON-ready dicts and lists. Empty values are left out, so that digests stay
    stable when a field is added later."""
    kind = type(value)
    if kind is str or value is None:
        return value
    names = _names(kind)
    if names:
        plain = {name: to_plain(getattr(value, name)) for name in names}
        return {name: part for name, part in plain.items() if part is not False and part not in (None, "", [])}
    if isinstance(value, tuple | list):
        return [to_plain(part) for part in value]
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def from_plain(content, schema=SCHEMA):
    """The entry that `to_plain` wrote under `schema`; names that it does not know are left alone. Raises ValueError for
    a schema or content this version cannot read."""
    if schema != SCHEMA:
        raise ValueError(f"Entries of schema {schema} cannot be read by this version.")
    try:
        return msgspec.convert(content, Entry)
    except msgspec.ValidationError as error:
        raise ValueError(f"This is not an entry: {error}") from error


@cache
def _names(kind):
    """The fields of a dataclass; none for anything else."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
