from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, StoredFile
from core.fields import EncryptedTextField
from register.models.base import Keyed, Owned

USER = settings.AUTH_USER_MODEL


class BreachImport(Keyed):
    """A file with an existing register of breaches: brought, perhaps taken in, perhaps undone.

    The one rule: the file may name people, so it is sealed with a key of its own, and goes as soon as it was taken in.
    `plan` is what somebody chose: {"columns": {number: meaning}, "order": "dmy", "mdy" or ""}.
    """

    class State(models.TextChoices):
        BROUGHT = "brought", _("Not taken in yet")
        TAKEN = "taken", _("Taken in")
        UNDONE = "undone", _("Undone")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("file"), max_length=250)
    sha256 = models.CharField(max_length=64)
    key = EncryptedTextField(null=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    plan = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.BROUGHT)
    count = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("brought by"))
    at = models.DateTimeField(_("brought on"))
    taken_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = Owned.as_manager()

    class Meta:
        ordering = ("-at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="brought", file__isnull=False, key__isnull=False, taken_at=None)
                | Q(state__in=("taken", "undone"), file__isnull=True, key__isnull=True, taken_at__isnull=False),
                name="breaches_breachimport_keeps_its_file_until_taken",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False) | ~Q(state="undone") & Q(undone_at=None),
                name="breaches_breachimport_undone_at_a_moment",
            ),
        )

    def __str__(self):
        return self.name
