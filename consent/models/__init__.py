from .ledger import ConsentEvent, EventDetail, Evidence
from .people import Identifier, Person, PersonKey, Suppression
from .purposes import ConsentPurpose, Wording, WordingText, WordingVersion

__all__ = [
    "ConsentEvent",
    "ConsentPurpose",
    "EventDetail",
    "Evidence",
    "Identifier",
    "Person",
    "PersonKey",
    "Suppression",
    "Wording",
    "WordingText",
    "WordingVersion",
]
