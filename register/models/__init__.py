"""What is processed, by whom, why, on which people, and what was established about it (GDPR Article 30)."""

from .activity import Activity, ActivityLabel, ApprovalAnswer, ApprovalRound
from .advice import Advice
from .attestations import Attestation, AttestationLine
from .derived import ActivityFacet, StaleActivity
from .exports import Export, SavedView
from .findings import Finding, FindingAcceptance, FindingCount, JudgedActivity, JudgedRegister, RuleSetting
from .imports import ImportBatch, ImportLookAlike, ImportRow, KeptPlan
from .legal import LegalConfirmation, LegalValue
from .library import Country, DataCategory, InternalRole, Label, Law, Measure, RetentionRule, SubjectCategory
from .lines import (
    AccessLine,
    ClientLine,
    DataLine,
    DocumentLine,
    MeasureLine,
    NoteLine,
    Purpose,
    RecipientLine,
    SubjectLine,
    SystemLine,
    TransferLine,
)
from .notices import (
    Audience,
    CollectionPoint,
    Notice,
    NoticeBlock,
    NoticeLine,
    NoticeSentence,
    NoticeVersion,
)
from .parties import Agreement, Document, Party, PartyLabel, System, SystemLabel
from .starters import OwnStarter, StartedActivity, StartPath
from .versions import ActivityVersion

__all__ = [
    "AccessLine",
    "Activity",
    "ActivityFacet",
    "ActivityLabel",
    "ActivityVersion",
    "Advice",
    "Agreement",
    "ApprovalAnswer",
    "ApprovalRound",
    "Attestation",
    "AttestationLine",
    "Audience",
    "ClientLine",
    "CollectionPoint",
    "Country",
    "DataCategory",
    "DataLine",
    "Document",
    "DocumentLine",
    "Export",
    "Finding",
    "FindingAcceptance",
    "FindingCount",
    "ImportBatch",
    "ImportLookAlike",
    "ImportRow",
    "InternalRole",
    "JudgedActivity",
    "JudgedRegister",
    "KeptPlan",
    "Label",
    "Law",
    "LegalConfirmation",
    "LegalValue",
    "Measure",
    "MeasureLine",
    "NoteLine",
    "Notice",
    "NoticeBlock",
    "NoticeLine",
    "NoticeSentence",
    "NoticeVersion",
    "OwnStarter",
    "Party",
    "PartyLabel",
    "Purpose",
    "RecipientLine",
    "RetentionRule",
    "RuleSetting",
    "SavedView",
    "StaleActivity",
    "StartPath",
    "StartedActivity",
    "SubjectCategory",
    "SubjectLine",
    "System",
    "SystemLabel",
    "SystemLine",
    "TransferLine",
]
