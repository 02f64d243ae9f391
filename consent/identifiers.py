"""What names a person, made equal and turned into a keyed hash.

The one rule: outside the sealed rows an address exists only as HMAC-SHA-256 with a key of the environment. The version
of the key stands beside each hash, so that keys can be changed; lookups try every key that is still there.
"""

import hashlib
import hmac
import re
import unicodedata
from functools import lru_cache

import phonenumbers
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from core.refusal import Refused

from .kinds import IdentifierKind

PLAIN = re.compile(r"[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@([a-z0-9]([a-z0-9]|-(?!-)){0,61}(?<!-)\.)+[a-z]{2,63}")
"""Addresses that need no further look; there are far more of these than of others."""


def normalised(kind, value, country="NL"):
    """The one spelling of an address or number. `country` reads telephone numbers without a country code.

    An e-mail address is compared in small letters as a whole: no service that people use tells capitals apart, and a
    mail after a withdrawal is worse than two people of one address. Raises `Refused` with what is wrong.
    """
    if kind == IdentifierKind.EMAIL and len(value) <= 254 and PLAIN.fullmatch(plain := value.strip().lower()):
        return plain
    value = unicodedata.normalize("NFKC", value).strip()
    if kind == IdentifierKind.EMAIL:
        return _email(value)
    if kind == IdentifierKind.PHONE:
        return _phone(value, country)
    value = " ".join(value.upper().split())
    if not value or len(value) > 100:
        raise Refused(_("A customer number has 1 to 100 signs."))
    return value


def digests(organisation, kind, normal):
    """{version of the key: hash} of a normalised value, newest key first. An organisation never finds another's."""
    return dict(zip(keys(), hasher(organisation, kind)(normal), strict=True))


def hasher(organisation, kind):
    """A function from a normalised value to its hashes, newest key first: for very many of one kind."""
    return _hasher(f"{organisation.pk}:{kind}:".encode(), tuple(keys().values()))


@lru_cache(maxsize=256)
def _hasher(begin, secrets):
    """What all hashes begin with is hashed once: half of the time that each would take."""
    begun = [hmac.new(secret, begin, hashlib.sha256) for secret in secrets]

    def hashed(normal):
        said, found = normal.encode(), []
        for start in begun:
            mark = start.copy()
            mark.update(said)
            found.append(mark.hexdigest())
        return found

    return hashed


def newest(organisation, kind, normal):
    """(version, hash) with the key that new rows are written with."""
    return next(iter(digests(organisation, kind, normal).items()))


def _email(value):
    try:
        validate_email(value)
    except ValidationError:
        raise Refused(_("“%(value)s” is not an e-mail address.") % {"value": value[:80]}) from None
    name, _at, domain = value.rpartition("@")
    try:
        domain = domain.encode("idna").decode()
    except UnicodeError:
        raise Refused(_("“%(value)s” is not an e-mail address.") % {"value": value[:80]}) from None
    return f"{name}@{domain}".casefold()


def _phone(value, country):
    message = _("“%(value)s” is not a telephone number. Write it with its country code: +31 6 ...")
    wrong = Refused(message % {"value": value[:40]})
    try:
        number = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException:
        raise wrong from None
    if not phonenumbers.is_possible_number(number):
        raise wrong
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def names_somebody(reference, kind, normal):
    """Whether a key that another system gave holds an address: an event stays as it is, also when the person is erased.

    A customer number may stand in it, since it says nothing to who does not have that system.
    """
    digits = re.sub(r"\D", "", reference)
    return "@" in reference or (kind == IdentifierKind.PHONE and normal[-8:] in digits)


def keys(use="identifiers"):
    """{version: key} of the environment for one use, newest first; the keys of two uses have nothing in common."""
    return _stretched(tuple(settings.CONSENT_KEYS), use)


@lru_cache(maxsize=16)
def _stretched(written, use):
    """From "2:passphrase", "1:older" to {2: key, 1: key}, newest first."""
    keys = {}
    for each in written:
        version, _colon, phrase = each.lstrip().partition(":")
        if not (phrase and re.fullmatch(r"[0-9]{1,4}", version)) or int(version) in keys:
            raise ImproperlyConfigured(
                "CONSENT_KEYS holds VERSION:KEY, newest first, with commas between; each VERSION is another number of "
                "at most four digits. .env.example tells how to make the first."
            )
        stretch = HKDF(hashes.SHA256(), length=32, salt=None, info=f"dertig.consent.{use}".encode())
        keys[int(version)] = stretch.derive(phrase.encode())
    if not keys:
        raise ImproperlyConfigured("CONSENT_KEYS names no key.")
    return dict(sorted(keys.items(), reverse=True))
