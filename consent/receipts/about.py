"""What a record in a standard form says besides the proof: who is responsible, where they live, where to withdraw.

The one rule: it is read apart from the proof, so that the proof and its fingerprint stay the same whatever moves later.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.utils import timezone

from accounts import controllers
from consent import links, terms
from core.addresses import full_address, in_full


@dataclass(frozen=True, slots=True)
class About:
    """`controllers`: {id as text: their details as established}; `withdraw_url`: where the person withdraws."""

    country: str
    organisation: str
    controllers: dict
    withdraw_url: str
    claim_years: int
    at: datetime

    def controller(self, item):
        """The details of a controller as a wording names it: {"id", "nl", "en"}; its name when no more is known."""
        return self.controllers.get(item["id"]) or {"name": item["nl"] or item["en"]}


def read(person, *, at):
    """Three queries."""
    organisation, on = person.organisation, timezone.localdate(at)
    details = controllers.details_on(organisation, on, known_at=at)
    url = links.preferences_url(person.pk, organisation)
    if person.erased_at is not None:
        url = full_address("portal:preferences_ask", organisation.slug)
    return About(
        country=organisation.country,
        organisation=organisation.name,
        controllers={str(pk): content for pk, content in details.items()},
        withdraw_url=url,
        claim_years=terms.of(organisation, on).claim_years,
        at=at,
    )


def identifier(document, *parts):
    """An identifier that is the same each time: of the person, and of what of theirs it is about."""
    return uuid5(UUID(document["person"]["id"]), ":".join(str(part) for part in parts))


def notice_url(content):
    """The address of the privacy notice that was within reach, or nothing."""
    notice = content.get("notice")
    return in_full(notice["address"]) if notice else ""


def told(content, languages):
    """The text that was shown, in the first of these languages that there is, and that language."""
    texts = content.get("texts", {})
    language = next((one for one in [*languages, *texts] if one in texts), "")
    return texts.get(language, {}).get("text", ""), language
