from .class_lists import ClassList, ClassSettings, ParentVoice, Pupil, YearReminder
from .consent_forms import ConfirmationRequest, ConsentForm, FormChoice, FormVersion
from .ledger import ConsentEvent, EventDetail, Evidence
from .mailing import CustomerRelation, ListWork, TakenOver
from .people import Identifier, Person, PersonKey, Suppression
from .publications import Appearance, Publication
from .purposes import ConsentPurpose, Wording, WordingText, WordingVersion
from .requests import AddressChange, PersonRequest
from .rounds import RenewalAsked, RenewalRound
from .telling import TellAFriend
from .trackers import KnownTracker, Site, Tracker, TrackerScan
from .webhooks import Webhook, WebhookState

__all__ = [
    "AddressChange",
    "Appearance",
    "ClassList",
    "ClassSettings",
    "ConfirmationRequest",
    "ConsentEvent",
    "ConsentForm",
    "ConsentPurpose",
    "CustomerRelation",
    "EventDetail",
    "Evidence",
    "FormChoice",
    "FormVersion",
    "Identifier",
    "KnownTracker",
    "ListWork",
    "ParentVoice",
    "Person",
    "PersonKey",
    "PersonRequest",
    "Publication",
    "Pupil",
    "RenewalAsked",
    "RenewalRound",
    "Site",
    "Suppression",
    "TakenOver",
    "TellAFriend",
    "Tracker",
    "TrackerScan",
    "Webhook",
    "WebhookState",
    "Wording",
    "WordingText",
    "WordingVersion",
    "YearReminder",
]
