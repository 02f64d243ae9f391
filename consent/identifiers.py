"""What names a person, made equal and turned into a keyed hash.

The one rule: outside the sealed rows an address exists only as HMAC-SHA-256 with a key of the environment. The version
of the key stands beside each hash, so that keys can be changed; lookups try every key that is still there.
"""

import hashlib
import hmac
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


def normalised(kind, value, country="NL"):
    """The one spelling of an address or number. `country` reads telephone numbers without a country code.

    An e-mail address is compared in small letters as a whole: no service that people use tells capitals apart, and a
    mail after a withdrawal is worse than two people of one address. Raises `Refused` with what is wrong.
    """
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
    said = f"{organisation.pk}:{kind}:{normal}".encode()
    return {version: hmac.new(key, said, hashlib.sha256).hexdigest() for version, key in _keys().items()}


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


def _keys():
    return _stretched(tuple(settings.CONSENT_KEYS))


@lru_cache(maxsize=8)
def _stretched(written):
    """From "2:passphrase", "1:older" to {2: key, 1: key}, newest first."""
    keys = {}
    for each in written:
        version, colon, phrase = each.partition(":")
        if not (colon and phrase and version.isascii() and version.isdecimal()):
            raise ImproperlyConfigured("CONSENT_KEYS holds VERSION:KEY, newest first, with commas between.")
        stretch = HKDF(hashes.SHA256(), length=32, salt=None, info=b"dertig.consent.identifiers")
        keys[int(version)] = stretch.derive(phrase.encode())
    if not keys:
        raise ImproperlyConfigured("CONSENT_KEYS names no key.")
    return dict(sorted(keys.items(), reverse=True))
