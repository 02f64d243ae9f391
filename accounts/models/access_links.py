import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class AccessLink(models.Model):
    """A link that lets its holder do one thing without an account. The token itself is never stored, only its hash.

    `purpose` says what for, `subject_kind` and `subject_id` about which row; a link of one purpose opens no other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="access_links")
    purpose = models.CharField(_("what for"), max_length=40)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="accounts_accesslink_works_for_a_while"
            ),
        )
        indexes = (models.Index(fields=["subject_id", "purpose"], name="accounts_link_of_subject"),)

    def __str__(self):
        return f"{self.purpose} {self.subject_id}"

    def is_open(self, at):
        return self.revoked_at is None and at < self.expires_at
