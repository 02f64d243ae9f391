"""Keys of the API: what each opens, and until when."""

import uuid
from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.history import tracked

from .organisations import Organisation


class Scope(models.TextChoices):
    """What a key of the API opens. A key has the scopes it was made with, and no others."""

    CONSENT_WRITE = "consent.write", _("Record what people said, and erase them")
    CONSENT_READ = "consent.read", _("Read the consents of one person, and addresses")
    CONSENT_CHECK = "consent.check", _("Check whether addresses may be written to")
    CONSENT_STREAM = "consent.stream", _("Follow everything that changes, without addresses")
    WEBHOOKS = "webhooks", _("Make and end webhooks")


class ApiKeys(models.QuerySet):
    def of(self, organisation):
        return self.filter(organisation=organisation)


class ApiKey(models.Model):
    """What another system shows to be let in, for one organisation. The secret itself is never stored, only its hash;
    `prefix` is the part that people may see, to tell one key from another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="api_keys")
    name = models.CharField(
        _("name"), max_length=150, help_text=_("Which system uses it, so that you know what stops when you revoke it.")
    )
    scopes = models.JSONField(_("what it opens"), default=list)
    per_minute = models.PositiveIntegerField(
        _("requests per minute"),
        default=600,
        validators=[MinValueValidator(1), MaxValueValidator(60_000)],
        help_text=_("What is more gets the answer to try again later. Counted by each web process for itself."),
    )
    prefix = models.CharField(max_length=8, editable=False)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, editable=False, related_name="+")
    valid_until = models.DateField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_on = models.DateField(null=True, blank=True, editable=False)

    objects = ApiKeys.as_manager()
    history = tracked(excluded_fields=["last_used_on"])

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(name=""),
                name="accounts_apikey_has_a_name",
                violation_error_message=_("Give the key a name."),
            ),
        )

    def __str__(self):
        return self.name

    def works(self, on):
        """From today until its last day, unless it was revoked."""
        return self.revoked_at is None and (self.valid_until is None or on < self.valid_until)

    @property
    def last_day(self):
        return self.valid_until - timedelta(days=1) if self.valid_until else None

    @property
    def scope_labels(self):
        return [Scope(scope).label for scope in self.scopes if scope in Scope]
