from .breach import Breach
from .drill import Drill
from .frozen import Advice, Assessment, Communication, Decision, LogEntry, Notification
from .imports import BreachImport
from .lines import BreachActivity, BreachParty, BreachSystem, Measure, OtherNotice
from .sealed import Attachment, BreachKey, ReportDraft, ReportFile, SealedText
from .settings import BreachSettings

__all__ = (
    "Advice",
    "Assessment",
    "Attachment",
    "Breach",
    "BreachActivity",
    "BreachImport",
    "BreachKey",
    "BreachParty",
    "BreachSettings",
    "BreachSystem",
    "Communication",
    "Decision",
    "Drill",
    "LogEntry",
    "Measure",
    "Notification",
    "OtherNotice",
    "ReportDraft",
    "ReportFile",
    "SealedText",
)
