"""Where another system wants to hear what changes, and how far it has heard it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consent.kinds import Happening
from core.fields import EncryptedTextField
from register.models.base import Owned, OwnedRow

TROUBLE = {
    "address": _("this address may not be reached from here"),
    "name": _("the name leads nowhere"),
    "connection": _("there was no connection"),
    "time": _("it took too long"),
}


class Webhooks(Owned):
    def in_use(self):
        return self.filter(ended_at=None)


class Webhook(OwnedRow):
    """An address that gets what changes, signed with `secret`. `kinds` are words such as "withdrawn"; none is all.

    For a day after the secret was changed both sign (`secret_before`).
    """

    url = models.CharField(
        _("address"), max_length=500, help_text=_("Begins with https:// and can be reached from the internet.")
    )
    kinds = models.JSONField(_("what it hears"), default=list, blank=True)
    secret = EncryptedTextField(editable=False)
    secret_before = EncryptedTextField(null=True, editable=False)
    secret_changed_at = models.DateTimeField(editable=False)
    created_at = models.DateTimeField(editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = Webhooks.as_manager()

    class Meta:
        ordering = ("created_at",)

    @property
    def kind_labels(self):
        return [one.label for one in Happening if one.code in self.kinds]


class WebhookState(models.Model):
    """How far a webhook has come: everything up to `heard` was delivered, or not wanted.

    `due_at` is when it is looked at again, and while somebody is busy with it the moment at which others may take over.
    `failing_since` is the first of the tries that have failed in a row; `given_up_at` ends them until somebody says so.
    """

    webhook = models.OneToOneField(Webhook, models.CASCADE, primary_key=True, related_name="state")
    heard = models.BigIntegerField(default=0)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    last_answer = models.CharField(max_length=12, blank=True)
    """The status of the last answer, or why there was none (`core.outgoing.Unreachable.code`)."""

    class Meta:
        indexes = (models.Index(fields=["due_at"], name="consent_webhook_due"),)

    @property
    def last_answer_words(self):
        """For people."""
        return TROUBLE.get(self.last_answer) or _("the answer was %(status)s") % {"status": self.last_answer}
