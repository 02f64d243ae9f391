"""What those who mail leave behind: a list that is worked on, a relation with a customer, withdrawals taken over."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Job, Organisation, StoredFile
from accounts.models.sealing import DestroyableKey
from consent.kinds import Channel
from register.models.base import Keyed

from .people import Person
from .purposes import ConsentPurpose


class ListWork(Keyed, DestroyableKey):
    """Work on a list of people. The list and its result are sealed with the key of this row, which is destroyed a day
    later; who did what to how many lines stays.

    `options` and `counts` hold no address. `files_until` is when the key goes.
    """

    class Kind(models.TextChoices):
        CHECK = "check", _("Check of a mailing list")
        RECONCILE = "reconcile", _("Comparison of a mailing list with the consents")
        WITHDRAWALS = "withdrawals", _("Withdrawals since a moment")
        LINKS = "links", _("Links for unsubscribing")
        CONSENTS = "consents", _("Consents from a file")
        CUSTOMERS = "customers", _("Customers from a file")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(_("what"), max_length=12, choices=Kind)
    purpose = models.ForeignKey(ConsentPurpose, models.PROTECT, null=True, related_name="+", verbose_name=_("purpose"))
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, blank=True)
    options = models.JSONField(default=dict)
    language = models.CharField(max_length=5)
    name = models.CharField(_("file"), max_length=200, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    files_until = models.DateTimeField()
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    result = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    counts = models.JSONField(default=dict)

    class Meta(DestroyableKey.Meta):
        abstract = False
        ordering = ("-asked_at",)
        indexes = (
            models.Index(fields=["organisation", "-asked_at"], name="consent_listwork_latest"),
            models.Index(fields=["files_until"], condition=Q(key__isnull=False), name="consent_listwork_files"),
        )

    @property
    def is_trial(self):
        """Only says what would become of the rows, and stores nothing."""
        return bool(self.options.get("dry_run"))

    @property
    def about(self):
        return " · ".join(filter(None, (str(self.purpose or ""), str(self.get_channel_display()), self.name)))


class CustomerRelation(Keyed):
    """What is known of a customer or donor for the exception of Art. 11.7(3) Tw and the Royal Decree of 4 April 2003.

    Rows come and stay; the last one recorded for a purpose counts. None is not known.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="relations")
    purpose = models.ForeignKey(ConsentPurpose, models.PROTECT, related_name="+")
    since = models.DateField(_("customer since"), null=True)
    product_group = models.CharField(_("product group"), max_length=100, blank=True)
    similar_offer = models.BooleanField(_("the offer is similar"), null=True)
    told_when_collected = models.BooleanField(_("could refuse when the address was asked"), null=True)
    refused = models.BooleanField(_("refused"), null=True)
    source = models.CharField(_("source"), max_length=100)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


class TakenOver(Keyed):
    """Somebody cleaned a mailing list of who withdrew up to a moment, and says so. Rows come and stay."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.ForeignKey(ConsentPurpose, models.PROTECT, related_name="+", verbose_name=_("purpose"))
    list_name = models.CharField(_("list"), max_length=100)
    up_to = models.DateTimeField(_("up to"))
    at = models.DateTimeField(_("taken over"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at",)
        indexes = (models.Index(fields=["purpose", "-at"], name="consent_takenover_latest"),)
        constraints = (
            models.CheckConstraint(condition=Q(up_to__lte=models.F("at")), name="consent_takenover_is_of_the_past"),
        )
