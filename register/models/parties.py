"""Parties, what was agreed with them, systems and documents. One row each, however many activities name it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.periods import PeriodLookups
from register import law

from .base import Owned, OwnedRow, Row
from .library import ON_THE_WEB, Country, Label


class Mergeable(OwnedRow):
    """Look-alikes are merged into one; the others stay, retired, and say where they went."""

    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )
    name = models.CharField(_("name"), max_length=250)

    class Meta:
        abstract = True
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(retired_on__isnull=False) & ~Q(merged_into=F("id")),
                name="%(app_label)s_%(class)s_merged_into_another_is_retired",
            ),
        )

    def __str__(self):
        return self.name


class Party(Mergeable):
    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        PUBLIC = "public", _("Public body")
        GROUP = "group", _("Company of the same group")
        ASSOCIATION = "association", _("Association or foundation")
        INTERNATIONAL = "international", _("International organisation")
        PERSON = "person", _("Self-employed person")
        OTHER = "other", _("Other")

    kind = models.CharField(_("kind"), max_length=15, choices=Kind, blank=True)
    registration_number = models.CharField(_("KvK or KBO number"), max_length=40, blank=True)
    address = models.TextField(_("address"), blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True, validators=[ON_THE_WEB])
    contact = models.CharField(
        _("contact point"), max_length=200, blank=True, help_text=_("A function or mailbox rather than a person.")
    )
    representative = models.TextField(_("representative, with contact details"), blank=True)
    dpo = models.TextField(_("data protection officer, with contact details"), blank=True)
    notes = models.TextField(_("remarks, internal"), blank=True)

    class Meta(Mergeable.Meta):
        verbose_name_plural = "parties"


class PartyLabel(Row):
    party = models.ForeignKey(Party, models.CASCADE, related_name="label_rows")
    label = models.ForeignKey(Label, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["party", "label"], name="register_partylabel_is_unique"),)


class Document(OwnedRow):
    """A document or piece of evidence: a kept file, or a place where it can be found."""

    title = models.CharField(_("title"), max_length=250)
    kind = models.CharField(_("kind"), max_length=100, blank=True)
    url = models.URLField(_("address on the web"), max_length=500, blank=True, validators=[ON_THE_WEB])
    file = models.ForeignKey(
        "accounts.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Meta:
        ordering = ("title",)

    def __str__(self):
        return self.title


class Agreements(PeriodLookups, Owned):
    pass


class Agreement(OwnedRow):
    """What was agreed with a party, for a period: Art. 28(3) with a processor, Art. 26 between joint controllers."""

    class Kind(models.TextChoices):
        PROCESSING = "processing", _("Processing agreement, Art. 28(3)")
        JOINT = "joint", _("Arrangement between joint controllers, Art. 26")
        SHARING = "sharing", _("Agreement on sharing data")
        GROUP = "group", _("Agreement within the group")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        NEGOTIATION = "negotiation", _("In negotiation")
        SIGNED = "signed", _("Signed")
        ENDED = "ended", _("Ended")

    class SubProcessors(models.TextChoices):
        UNKNOWN = "", _("Not filled in")
        NONE = "none", _("Not allowed")
        SPECIFIC = "specific", _("With specific permission")
        GENERAL = "general", _("With general permission")

    party = models.ForeignKey(Party, models.PROTECT, related_name="agreements", verbose_name=_("party"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PROCESSING)
    title = models.CharField(_("title"), max_length=250, blank=True)
    reference = models.CharField(_("reference"), max_length=100, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.REQUESTED)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until (not included)"), null=True, blank=True)
    clauses = models.JSONField(_("clauses"), default=dict, blank=True)
    sub_processors = models.CharField(_("sub-processors"), max_length=10, choices=SubProcessors, blank=True, default="")
    breach_notice_hours = models.PositiveSmallIntegerField(_("reports a breach within (hours)"), null=True, blank=True)
    end_of_contract = models.CharField(_("data at the end of the contract"), max_length=250, blank=True)
    essence_published = models.CharField(
        _("essence available to data subjects, Art. 26(2)"), max_length=3, choices=law.YesNo, blank=True, default=""
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    notes = models.TextField(_("remarks, internal"), blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    objects = Agreements.as_manager()

    class Meta:
        ordering = ("party__name", "-valid_from")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gt=F("valid_from")),
                name="register_agreement_ends_after_it_starts",
                violation_error_message=_("The end must lie after the start."),
            ),
            models.CheckConstraint(
                condition=~Q(status="signed") | Q(signed_on__isnull=False),
                name="register_agreement_signed_on_a_day",
                violation_error_message=_("Say on which day the agreement was signed."),
            ),
        )

    def __str__(self):
        return self.title or f"{self.party} · {self.get_kind_display()}"

    def is_in_force(self, on):
        """Signed, started and not ended on `on`; an agreement without dates is in force from its signature."""
        started = self.valid_from or self.signed_on
        return (
            self.status == self.Status.SIGNED
            and started is not None
            and started <= on
            and (self.valid_until is None or on < self.valid_until)
        )

    def missing_clauses(self):
        """The points of Art. 28(3) that were not ticked off, as `law.AgreementClause`; none for other kinds."""
        if self.kind != self.Kind.PROCESSING:
            return []
        return [clause for clause in law.AgreementClause if self.clauses.get(clause.value) != "yes"]


class System(Mergeable):
    class Location(models.TextChoices):
        UNKNOWN = "", _("Not filled in")
        CLOUD = "cloud", _("At a supplier (cloud)")
        OWN = "own", _("On own servers")
        DEVICE = "device", _("On a computer or device of one person")
        PAPER = "paper", _("On paper")
        PLATFORM = "platform", _("On a social-media or web platform")

    kind = models.CharField(_("kind"), max_length=100, blank=True)
    description = models.TextField(_("description"), blank=True)
    supplier = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="systems", verbose_name=_("supplier")
    )
    location = models.CharField(_("where the data are"), max_length=10, choices=Location, blank=True, default="")
    hosting_country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country of hosting")
    )
    supports_erasure = models.CharField(
        _("can erase one person's data"), max_length=3, choices=law.YesNo, blank=True, default=""
    )
    supports_export = models.CharField(
        _("can export one person's data"), max_length=3, choices=law.YesNo, blank=True, default=""
    )
    supports_correction = models.CharField(
        _("can correct one person's data"), max_length=3, choices=law.YesNo, blank=True, default=""
    )
    owner = models.CharField(_("who looks after it"), max_length=150, blank=True)
    notes = models.TextField(_("remarks, internal"), blank=True)


class SystemLabel(Row):
    system = models.ForeignKey(System, models.CASCADE, related_name="label_rows")
    label = models.ForeignKey(Label, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["system", "label"], name="register_systemlabel_is_unique"),)
