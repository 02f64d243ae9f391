import uuid

from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def private():
    """The storage of files that only a view with a gate may hand out."""
    return storages["private"]


def stored_name(instance, filename):
    return f"{instance.organisation_id}/{instance.id}"


class StoredFile(models.Model):
    """A file kept for an organisation: an uploaded document or something Dertig made. Its name on disk says nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="files")
    file = models.FileField(storage=private, upload_to=stored_name)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-created_at",)

    def __str__(self):
        return self.name
