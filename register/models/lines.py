"""The lines of an activity. Each has a UUID that survives editing, versions, export and import; they are saved by
difference.

`position` keeps the order in which people put them.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from register import law

from .activity import Activity
from .base import Row
from .library import Country, DataCategory, InternalRole, Law, Measure, RetentionRule, SubjectCategory
from .parties import Agreement, Document, Party, System


class Line(Row):
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="%(class)ss")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ("activity", "position", "id")


class Purpose(Line):
    """Art. 30(1)(b), with the lawful basis that belongs to it and what that basis demands."""

    class Compatibility(models.TextChoices):
        UNKNOWN = "", _("Not a further use")
        COMPATIBLE = "compatible", _("Compatible, Art. 6(4)")
        NOT_COMPATIBLE = "not_compatible", _("Not compatible")
        TO_ASSESS = "to_assess", _("Still to be assessed")

    text_nl = models.TextField(_("purpose in Dutch"), blank=True)
    text_en = models.TextField(_("purpose in English"), blank=True)
    category = models.CharField(_("kind of purpose"), max_length=80, blank=True)
    basis = models.CharField(_("lawful basis"), max_length=1, choices=law.Basis, blank=True, default="")
    basis_law = models.ForeignKey(Law, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("law"))
    basis_article = models.CharField(_("article"), max_length=150, blank=True)
    contract = models.CharField(_("which contract"), max_length=250, blank=True)
    consent_note = models.TextField(_("how consent is asked and kept"), blank=True)
    vital_note = models.TextField(_("whose vital interest, and why no other basis"), blank=True)
    interest_nl = models.TextField(_("the interest in Dutch"), blank=True)
    interest_en = models.TextField(_("the interest in English"), blank=True)
    interest_of = models.CharField(_("whose interest"), max_length=150, blank=True)
    interest_assessment = models.CharField(_("assessment of the interest (LIA)"), max_length=250, blank=True)
    basis_note = models.TextField(_("explanation of the basis"), blank=True)
    basis_recorded_on = models.DateField(_("basis recorded on"), null=True, blank=True)
    special_ground = models.CharField(
        _("ground for special data"), max_length=1, choices=law.SpecialGround, blank=True, default=""
    )
    special_law = models.ForeignKey(
        Law, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("law for special data")
    )
    special_article = models.CharField(_("article for special data"), max_length=150, blank=True)
    criminal_ground = models.CharField(
        _("ground for criminal data"), max_length=12, choices=law.CriminalGround, blank=True, default=""
    )
    criminal_note = models.CharField(_("permit or law for criminal data"), max_length=250, blank=True)
    national_id_law = models.ForeignKey(
        Law, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("law for the national number")
    )
    national_id_article = models.CharField(
        _("article or permission for the national number"), max_length=150, blank=True
    )
    compatibility = models.CharField(_("further use"), max_length=15, choices=Compatibility, blank=True, default="")
    compatibility_note = models.TextField(_("original purpose and the assessment"), blank=True)


class SubjectLine(Line):
    """A category of data subjects, with about how many there are: Art. 30(1)(c)."""

    category = models.ForeignKey(SubjectCategory, models.PROTECT, related_name="+", verbose_name=_("people"))
    number_min = models.PositiveIntegerField(_("at least"), null=True, blank=True)
    number_max = models.PositiveIntegerField(_("at most"), null=True, blank=True)
    note = models.CharField(_("explanation"), max_length=250, blank=True)

    class Meta(Line.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["activity", "category"],
                name="register_subjectline_category_comes_once",
                violation_error_message=_("These people are listed already."),
            ),
            models.CheckConstraint(
                condition=Q(number_min=None) | Q(number_max=None) | Q(number_min__lte=F("number_max")),
                name="register_subjectline_numbers_in_order",
                violation_error_message=_("The lowest number is higher than the highest."),
            ),
        )


class DataLine(Line):
    """A cell of the matrix: which data of which people, kept how long, from where, needed why. No people: of all of
    them.
    """

    category = models.ForeignKey(DataCategory, models.PROTECT, related_name="+", verbose_name=_("data"))
    subject = models.ForeignKey(
        SubjectCategory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("of whom")
    )
    detail = models.CharField(_("which exactly"), max_length=250, blank=True)
    retention = models.ForeignKey(
        RetentionRule, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kept")
    )
    retention_note = models.TextField(_("retention in own words"), blank=True)
    source = models.CharField(_("where they come from"), max_length=10, choices=law.Source, blank=True, default="")
    source_party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from which party")
    )
    source_note = models.CharField(_("explanation of the source"), max_length=250, blank=True)
    necessity = models.CharField(_("needed?"), max_length=10, choices=law.Necessity, blank=True, default="")
    necessity_reason = models.CharField(_("needed because"), max_length=400, blank=True)
    provision = models.CharField(_("must it be given?"), max_length=12, choices=law.Provision, blank=True, default="")


class RecipientLine(Line):
    """A recipient in a role: Art. 30(1)(d); joint controllers too, Art. 30(1)(a). A party, a category, or both."""

    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("party"))
    description_nl = models.CharField(_("category or description in Dutch"), max_length=400, blank=True)
    description_en = models.CharField(_("category or description in English"), max_length=400, blank=True)
    role = models.CharField(_("role"), max_length=16, choices=law.RecipientRole, blank=True, default="")
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country, if another than the party's"),
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreement")
    )
    ground = models.CharField(_("why they receive the data"), max_length=400, blank=True)

    class Meta(Line.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(party__isnull=False) | ~Q(description_nl="", description_en=""),
                name="register_recipientline_names_a_party_or_a_category",
                violation_error_message=_("Name a party, or describe the category of recipients."),
            ),
        )


class TransferLine(Line):
    """A transfer to a third country or international organisation: Art. 30(1)(e), Chapter V."""

    class Frequency(models.TextChoices):
        UNKNOWN = "", _("Not filled in")
        ONCE = "once", _("Once or now and then")
        STRUCTURAL = "structural", _("Regularly")

    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to which party")
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country or international organisation"),
    )
    mechanism = models.CharField(_("mechanism"), max_length=20, choices=law.Mechanism, blank=True, default="")
    adequacy_reference = models.CharField(_("adequacy decision"), max_length=60, blank=True)
    scope_checked_on = models.DateField(_("scope of the decision checked on"), null=True, blank=True)
    clause_module = models.CharField(
        _("module of the clauses"), max_length=1, choices=law.ClauseModule, blank=True, default=""
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    assessment_on = models.DateField(_("transfer impact assessment of"), null=True, blank=True)
    assessment_note = models.TextField(_("outcome and supplementary measures"), blank=True)
    frequency = models.CharField(_("how often"), max_length=10, choices=Frequency, blank=True, default="")
    safeguards = models.TextField(
        _("suitable safeguards, documented"),
        blank=True,
        help_text=_("Art. 30(1)(e) asks for these where the transfer rests on Art. 49(1), second subparagraph."),
    )
    copy_contact = models.CharField(_("where people can ask for a copy"), max_length=250, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    note = models.TextField(_("explanation"), blank=True)


class SystemLine(Line):
    system = models.ForeignKey(System, models.PROTECT, related_name="+", verbose_name=_("system"))
    use = models.CharField(_("used for"), max_length=250, blank=True)

    class Meta(Line.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["activity", "system"],
                name="register_systemline_system_comes_once",
                violation_error_message=_("This system is listed already."),
            ),
        )


class MeasureLine(Line):
    """A security measure that protects this activity: Art. 30(1)(g)."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+", verbose_name=_("measure"))
    note = models.CharField(_("explanation"), max_length=400, blank=True)

    class Meta(Line.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["activity", "measure"],
                name="register_measureline_measure_comes_once",
                violation_error_message=_("This measure is listed already."),
            ),
        )


class AccessLine(Line):
    """Which function inside sees which data for which purpose (Art. 29, 32(4)). None named: all of them."""

    role = models.ForeignKey(InternalRole, models.PROTECT, related_name="+", verbose_name=_("function"))
    data = models.ForeignKey(
        DataCategory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("data")
    )
    purpose = models.ForeignKey(
        Purpose, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("for which purpose")
    )
    note = models.CharField(_("explanation"), max_length=250, blank=True)


class DocumentLine(Line):
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("document"))
    note = models.CharField(_("explanation"), max_length=250, blank=True)

    class Meta(Line.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["activity", "document"],
                name="register_documentline_document_comes_once",
                violation_error_message=_("This document is listed already."),
            ),
        )


class ClientLine(Line):
    """In a processor record: one controller on whose behalf we act, and what we do for it (Art. 30(2)(a)-(b))."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("controller"))
    processing_nl = models.TextField(_("categories of processing in Dutch"), blank=True)
    processing_en = models.TextField(_("categories of processing in English"), blank=True)
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreement")
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta(Line.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["activity", "party"],
                name="register_clientline_controller_comes_once",
                violation_error_message=_("This controller is listed already."),
            ),
        )


class NoteLine(Line):
    """Words that came in with an import and fit no field, kept as they were under their heading."""

    heading = models.CharField(_("heading"), max_length=250)
    text = models.TextField(_("text"))
    origin = models.CharField(_("where it came from"), max_length=250, blank=True)
