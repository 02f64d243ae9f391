"""Links that stand in mailings: one for each person, signed with a key of the environment, so that none needs a row.

The one rule: what stands in a mailing is forwarded with it. Whoever holds such a link may look, at a masked address,
and get the person out again; anything more needs a link that was just mailed to them (`accounts.links`).
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.urls import reverse

from core.addresses import in_full

from . import identifiers
from .kinds import Channel

FORMAT = 1
UNSUBSCRIBE, PREFERENCES = 1, 2
USE = "links"  # these keys have nothing in common with those of the identifiers
MARK = 16  # bytes of the signature: 128 bits
HEAD = 4  # format, what for, version of the key
ID = 16


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a link is about; `purpose` (an id) and `channel` only when it unsubscribes from one mailing."""

    person: UUID
    purpose: UUID | None = None
    channel: str = ""


def unsubscribe_url(person_id, purpose, channel):
    """The address that ends one mailing to one person. No query when `purpose` was read with its organisation."""
    said = person_id.bytes + purpose.pk.bytes + str(channel).encode()
    return _address("portal:unsubscribe", purpose.organisation.slug, _signed(UNSUBSCRIBE, said))


def preferences_url(person_id, organisation):
    """The address of somebody's preferences, for the foot of a mailing and for receipts. No query."""
    return _address("portal:preferences", organisation.slug, _signed(PREFERENCES, person_id.bytes))


def read(token, use):
    """The `Holder` of a link that we signed for this use, or None. No query."""
    try:
        content = base64.b64decode(token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    said, mark = content[:-MARK], content[-MARK:]
    if len(said) < HEAD + ID or said[:2] != bytes([FORMAT, use]):
        return None
    key = identifiers.keys(USE).get(int.from_bytes(said[2:HEAD]))
    if key is None or not hmac.compare_digest(_mark(key, said), mark):
        return None
    return _holder(said[HEAD:], use)


def _holder(said, use):
    person = UUID(bytes=said[:ID])
    if use != UNSUBSCRIBE:
        return Holder(person)
    channel = said[2 * ID :].decode()
    return Holder(person, UUID(bytes=said[ID : 2 * ID]), channel) if channel in Channel.values else None


def _signed(use, said):
    version, key = next(iter(identifiers.keys(USE).items()))
    said = bytes([FORMAT, use]) + version.to_bytes(2) + said
    return base64.urlsafe_b64encode(said + _mark(key, said)).rstrip(b"=").decode()


def _mark(key, said):
    return hmac.digest(key, said, "sha256")[:MARK]


def _address(name, slug, token):
    return f"{in_full(_stem(name, slug))}{token}/"


@lru_cache(maxsize=1000)
def _stem(name, slug):
    return reverse(name, args=[slug, "-"]).removesuffix("-/")
