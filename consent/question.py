"""What is asked before somebody is written to or called, and what is answered.

The one rule: plain values. Whoever asks fills them, from the ledger or a form; only `consent.deciding` judges them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .kinds import Channel, Purpose
from .standing import NEVER, Standing
from .terms import Terms


class Outcome(TextChoices):
    ALLOWED = "allowed", _("Allowed")
    SOFT_OPT_IN = "allowed_soft_opt_in", _("Allowed as existing customer")
    NOT_ALLOWED = "not_allowed", _("Not allowed")
    UNKNOWN = "unknown", _("Unknown")


class Recipient(TextChoices):
    CONSUMER = "consumer", _("Consumer")
    PROFESSIONAL = "professional", _("Person at work")
    LEGAL_PERSON = "legal_person", _("Company or institution")


class Address(TextChoices):
    PERSONAL = "personal", _("Personal address")
    IMPERSONAL = "impersonal", _("Impersonal address, such as info@")
    PUBLISHED = "published", _("Published for such offers")


class Sender(TextChoices):
    COMPANY = "company", _("Company or institution")
    CHARITY = "charity", _("Charity or charity lottery")
    PUBLISHER = "publisher", _("Publisher of newspapers or magazines")


class Country(StrEnum):
    NL = "NL"
    BE = "BE"


@dataclass(frozen=True, slots=True)
class Relation:
    """A customer or donor, and what the exception for existing customers asks; None is not known."""

    since: date | None = None
    similar_offer: bool | None = None
    told_when_collected: bool | None = None
    refused: bool | None = None

    def is_customer(self, on):
        return self.since is not None and self.since <= on


@dataclass(frozen=True, slots=True)
class Question:
    """`suppressed`: the reason of a mark against this address that no later consent has lifted, or nothing.

    `event_kind`: of what event the message is; `purpose_event`: for what kind the purpose asks, if for one only.
    """

    on: date
    terms: Terms
    channel: Channel
    standing: Standing = NEVER
    purpose_kind: Purpose = Purpose.MARKETING
    suppressed: str = ""
    country: str = Country.NL
    recipient: Recipient = Recipient.CONSUMER
    address: Address = Address.PERSONAL
    sender: Sender = Sender.COMPANY
    relation: Relation | None = None
    is_online_service: bool = False
    event_kind: str = ""
    purpose_event: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`rule` is stable, for files and the API; `reason`, `article` and `evidence` are words for people."""

    outcome: Outcome
    rule: str
    reason: str
    article: str = ""
    evidence: str = ""

    @property
    def may(self):
        return self.outcome in (Outcome.ALLOWED, Outcome.SOFT_OPT_IN)
