"""Text that is unreadable in a stolen database or backup.

The one rule: a value is written with the first of settings.FIELD_KEYS and read with any of them; a value that no key
opens is an error, never shown as it stands. So a key is changed by putting a new one in front.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import checks
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models


class Unreadable(Exception):
    """None of the keys opens the value: a key was lost, or the value was never encrypted."""


def seal(text):
    """Encrypt. The same text gives another result each time."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed):
    """Decrypt, or raise `Unreadable`."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable("None of FIELD_KEYS opens this value. Put back the key that it was written with.") from None


def is_newest(sealed):
    """Whether a sealed text was written with the first of FIELD_KEYS."""
    try:
        _box_of(tuple(settings.FIELD_KEYS[:1])).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


class EncryptedTextField(models.TextField):
    """A text column that is encrypted in the database and cannot be searched or sorted by.

    Works in history tables too, as simple-history copies the field. An expression (F, Concat) as a value would go round
    the encryption; give it text.
    """

    def check(self, **kwargs):
        return [*super().check(**kwargs), *self._check_not_searched()]

    def _check_not_searched(self):
        if self.unique or self.db_index or self.primary_key:
            yield checks.Error(
                "An encrypted field differs at every save: no unique, no index.", obj=self, id="core.E001"
            )

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if value is None else seal(value)

    def from_db_value(self, value, expression, connection):
        if value is None:
            return None
        try:
            return unseal(value)
        except Unreadable as error:
            raise Unreadable(f"{getattr(self, 'model', type(self)).__name__}.{self.name}: {error}") from None

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: the database can only tell whether it is empty (isnull).")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name):
        raise FieldError(f"{self.name} is encrypted: the database cannot look into it with {lookup_name}.")


def _box():
    return _box_of(tuple(settings.FIELD_KEYS))


@lru_cache(maxsize=8)
def _box_of(keys):
    """Any passphrase will do as a key: it is stretched to the length that the cipher wants."""
    if not all(keys) or not keys:
        raise ImproperlyConfigured("FIELD_KEYS names no key to encrypt with.")
    derived = (HKDF(hashes.SHA256(), length=32, salt=None, info=b"dertig.fields").derive(key.encode()) for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
