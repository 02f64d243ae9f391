"""What may name people, encrypted with a key per breach and kept out of the history.

The one rule: destroying the key of a breach makes all of it unreadable at once, in every backup that lacks the key, and
touches nothing that a chain covers.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import AccessLink, Organisation, StoredFile
from accounts.models.sealing import DestroyableKey
from core.fields import EncryptedTextField
from register.models.base import Keyed

from .breach import Breach
from .drill import Drill

USER = settings.AUTH_USER_MODEL


class BreachKey(DestroyableKey):
    """The key of a breach."""

    breach = models.OneToOneField(Breach, models.PROTECT, primary_key=True, related_name="key_row")
    destroyed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")


class SealedText(Keyed):
    """One text of a breach, encrypted with its key. `about` is a word or the id of the row that it belongs to."""

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="sealed_rows")
    about = models.CharField(max_length=40)
    sealed = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["breach", "about"], name="breaches_sealedtext_is_one_of_each"),)


class Attachment(Keyed):
    """A file of a breach; its bytes on disk and its name are encrypted with the breach's key.

    `sha256` is of the file as it was brought in, so that it can be proved later; it stays when file and name were
    destroyed.
    """

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    sealed_name = models.TextField(blank=True)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(file=None, sealed_name="") | (Q(file__isnull=False) & ~Q(sealed_name="")),
                name="breaches_attachment_is_there_or_destroyed",
            ),
        )


class ReportDraft(Keyed):
    """A report that somebody is still writing, kept as they type. It goes when it was sent, or after some days.

    The breach that comes of it takes over its id, so that sending twice makes one breach, and its key, so that files
    need no sealing anew.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, models.CASCADE, null=True, related_name="+")
    link = models.ForeignKey(AccessLink, models.CASCADE, null=True, related_name="+")
    drill = models.ForeignKey(Drill, models.CASCADE, null=True, related_name="+")
    key = EncryptedTextField()
    answers = EncryptedTextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(link__isnull=False), name="breaches_reportdraft_is_of_somebody"
            ),
        )


class ReportFile(Keyed):
    """A file of a report that is still being written; its bytes and name are encrypted with the key of the draft."""

    draft = models.ForeignKey(ReportDraft, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sealed_name = models.TextField()
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (models.UniqueConstraint(fields=["draft", "sha256"], name="breaches_reportfile_is_kept_once"),)
