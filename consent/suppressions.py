"""Who may not be written to any more, and whether a later consent lifted it.

The one rule: a mark is never taken away. Consent given after it goes before it, for that purpose and channel only.
"""

from dataclasses import dataclass
from datetime import datetime

from . import identifiers
from .kinds import Purpose, Suppressing
from .models import Suppression


@dataclass(frozen=True, slots=True)
class Mark:
    reason: str
    since: datetime
    purpose: object = None  # the id of the only purpose it is for; None is every one
    channel: str = ""

    def stands(self, purpose, channel, standing):
        """Whether this mark forbids a message for `purpose` over `channel` in spite of the consent `standing`."""
        if self.reason == Suppressing.OBJECTED and purpose.kind != Purpose.MARKETING:
            return False
        if self.purpose is not None and self.purpose != purpose.pk:
            return False
        if self.channel and self.channel != channel:
            return False
        return not (standing.holds and standing.happened_at > self.since)


def against(marks, purpose, channel, standing):
    """The reason of the first mark that stands, or nothing."""
    return next((mark.reason for mark in marks if mark.stands(purpose, channel, standing)), "")


def of_address(organisation, kind, value, *, country="NL"):
    """The marks against one address. One query."""
    normal = identifiers.normalised(kind, value, country)
    return of_digests(organisation, identifiers.digests(organisation, kind, normal).values())


def of_person(person):
    """The marks against any address of this person. Two queries."""
    return of_digests(person.organisation_id, [each.digest for each in person.identifiers.all()])


def of_digests(organisation, digests):
    rows = Suppression.objects.filter(organisation=organisation, digest__in=list(digests)).order_by("since")
    return tuple(Mark(row.reason, row.since, row.purpose_id, row.channel) for row in rows)


def bring_over(organisation, kind, normal):
    """Let the marks against an address bear its hash with the newest key. One query, and none with one key."""
    (version, digest), *older = identifiers.digests(organisation, kind, normal).items()
    if older:
        rows = Suppression.objects.filter(organisation=organisation, digest__in=[each for _version, each in older])
        rows.update(digest=digest, key_version=version)


def mark(person, *, reason, since, purpose=None, channel=""):
    """Mark every address of this person as not to be written to; returns the marks."""
    return Suppression.objects.bulk_create(
        Suppression(
            organisation_id=person.organisation_id,
            digest=each.digest,
            key_version=each.key_version,
            purpose=purpose,
            channel=channel,
            reason=reason,
            since=since,
        )
        for each in person.identifiers.all()
    )
