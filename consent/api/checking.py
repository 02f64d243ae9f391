"""May these addresses be written to? The same decision as at the desk, for up to a thousand at a time.

The list is not kept, and an answer names its line instead of the address.
"""

from datetime import date
from typing import Annotated

from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from accounts.api import Key
from accounts.models import Scope
from consent.kinds import Channel, IdentifierKind
from consent.mailing import checking
from consent.mailing.checking import Line
from consent.question import Address as AddressKind
from consent.question import Outcome, Recipient, Sender
from core.api import ERRORS, Incoming, text

from . import words

router = Router()
MOST = 1000


class CheckIn(Incoming):
    """What the message is: for which purpose and over which channel, to whom and from whom."""

    purpose: words.Code
    channel: Channel
    kind: IdentifierKind = IdentifierKind.EMAIL
    addresses: list[words.Address] = Field(min_length=1, max_length=MOST)
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    recipient: Recipient = Recipient.CONSUMER
    address: AddressKind = AddressKind.PERSONAL
    sender: Sender = Sender.COMPANY
    event_kind: text(80, 0) = ""


class AnswerOut(Schema):
    """`rule` is stable; `reason` and `evidence` are sentences in the language that was asked for."""

    line: int
    outcome: Outcome
    rule: str
    reason: str
    article: str
    evidence: str


class CheckOut(Schema):
    on: date
    answers: list[AnswerOut]


@router.post(
    "/check",
    auth=Key(Scope.CONSENT_CHECK),
    response={200: CheckOut} | ERRORS,
    summary="Check whether addresses may be written to",
)
def check(request, asked: CheckIn):
    """One answer for each address, in their order, counted from 1. The number of queries does not grow with them."""
    key, on = request.auth, timezone.localdate()
    purpose = words.purpose_of(key, asked.purpose)
    answers = decide_all(key.organisation, purpose, asked, on=on, at=timezone.now())
    return {"on": on, "answers": [_out(line, answer) for line, answer in enumerate(answers, start=1)]}


def decide_all(organisation, purpose, asked, *, on, at):
    """The answers in the order of the addresses."""
    country = asked.country or organisation.country
    message = checking.ask(
        purpose, asked.channel, on=on, at=at, country=country, sender=asked.sender, event_kind=asked.event_kind
    )
    lines = [Line(asked.kind, value, country, asked.recipient, asked.address) for value in asked.addresses]
    return [verdict.answer for verdict in checking.many(message, lines)]


def _out(line, answer):
    return {
        "line": line,
        "outcome": answer.outcome,
        "rule": answer.rule,
        "reason": str(answer.reason),
        "article": str(answer.article),
        "evidence": str(answer.evidence),
    }
