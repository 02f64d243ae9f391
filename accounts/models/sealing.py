"""A key that belongs to one thing, so that all that is sealed about it can be made unreadable at once."""

from cryptography.fernet import Fernet
from django.db import models
from django.db.models import Q

from core.fields import EncryptedTextField


class DestroyableKey(models.Model):
    """The key of one thing, itself encrypted with FIELD_KEYS. Once destroyed it stays empty; nobody makes another."""

    key = EncryptedTextField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(key__isnull=True, destroyed_at__isnull=False) | Q(key__isnull=False, destroyed_at=None),
                name="%(app_label)s_%(class)s_is_there_or_destroyed",
            ),
        )

    @staticmethod
    def new_key():
        return Fernet.generate_key().decode()

    @property
    def box(self):
        """What seals and opens, or None when the key was destroyed."""
        return Fernet(self.key) if self.key else None
