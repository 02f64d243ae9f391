"""The organisation's own library: words that many activities share. It starts from a bilingual set and can be extended.

An item in use is retired, never deleted; `key` names the starter item it came from and is empty for own items.
"""

from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.languages import in_language
from register import law

from .base import OwnedRow

ON_THE_WEB = URLValidator(schemes=["http", "https"])  # what a browser opens; Django takes ftp as well


class LibraryItem(OwnedRow):
    key = models.CharField(max_length=80, blank=True, editable=False)
    name_nl = models.CharField(_("name in Dutch"), max_length=250, blank=True)
    name_en = models.CharField(_("name in English"), max_length=250, blank=True)
    note_nl = models.TextField(_("explanation in Dutch"), blank=True)
    note_en = models.TextField(_("explanation in English"), blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("name_nl", "name_en")
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "key"],
                condition=~Q(key=""),
                name="%(app_label)s_%(class)s_starter_item_comes_once",
            ),
            models.CheckConstraint(
                condition=~Q(name_nl="", name_en=""),
                name="%(app_label)s_%(class)s_has_a_name",
                violation_error_message=_("Give a name in at least one language."),
            ),
        )

    def __str__(self):
        return self.name

    @property
    def name(self):
        return self.named(get_language() or "nl")

    def named(self, language):
        """The name in `language`, or in the other one when it is missing."""
        return in_language(self.name_nl, self.name_en, language)


class DataCategory(LibraryItem):
    group = models.CharField(_("group"), max_length=40, blank=True)
    sensitivity = models.CharField(
        _("kind of data"), max_length=12, choices=law.Sensitivity, default=law.Sensitivity.ORDINARY
    )
    special_kind = models.CharField(_("kind of special data"), max_length=12, choices=law.SpecialKind, blank=True)


class SubjectCategory(LibraryItem):
    children = models.BooleanField(_("children"), default=False)
    vulnerable = models.BooleanField(_("vulnerable people"), default=False)
    employees = models.BooleanField(_("employees"), default=False)


class Measure(LibraryItem):
    """A security measure of the organisation. `evidence` is for insiders and never printed for the authority unless
    chosen.
    """

    class Status(models.TextChoices):
        UNKNOWN = "", _("Not filled in")
        PLANNED = "planned", _("Planned")
        IMPLEMENTED = "implemented", _("In place")
        VERIFIED = "verified", _("In place and tested")

    heading = models.CharField(_("heading of Art. 32"), max_length=8, choices=law.MeasureHeading)
    category = models.PositiveSmallIntegerField(_("category"), choices=law.MeasureCategory, null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.UNKNOWN, blank=True)
    owner = models.CharField(
        _("who looks after it"), max_length=150, blank=True, help_text=_("A function, such as head of IT.")
    )
    planned_for = models.DateField(_("planned for"), null=True, blank=True)
    last_tested_on = models.DateField(_("last tested on"), null=True, blank=True)
    evidence = models.TextField(_("evidence, internal"), blank=True)


class RetentionRule(LibraryItem):
    """A period counted from a trigger, or a criterion where no period can be given (Art. 30(1)(f), 13(2)(a))."""

    country = models.CharField(_("country"), max_length=2, blank=True)
    period_value = models.PositiveSmallIntegerField(_("period"), null=True, blank=True)
    period_unit = models.CharField(_("unit"), max_length=5, choices=law.PeriodUnit, blank=True)
    trigger = models.CharField(_("counted from"), max_length=30, choices=law.RetentionTrigger, blank=True)
    trigger_nl = models.CharField(_("counted from, in own Dutch words"), max_length=250, blank=True)
    trigger_en = models.CharField(_("counted from, in own English words"), max_length=250, blank=True)
    criterion_nl = models.TextField(_("criterion in Dutch"), blank=True)
    criterion_en = models.TextField(_("criterion in English"), blank=True)
    bound = models.CharField(_("minimum or maximum"), max_length=10, choices=law.RetentionBound, blank=True)
    ground_kind = models.CharField(_("kind of source"), max_length=10, choices=law.RetentionGround, blank=True)
    source = models.CharField(
        _("source"), max_length=250, blank=True, help_text=_("The law and article, guideline or selection list.")
    )
    justification = models.TextField(_("why this period"), blank=True)
    end_action = models.CharField(_("what happens at the end"), max_length=10, choices=law.EndAction, blank=True)
    responsible = models.CharField(_("who carries it out"), max_length=150, blank=True)
    confirmed = models.BooleanField(_("checked against the source"), default=False)

    class Meta(LibraryItem.Meta):
        constraints = (
            *LibraryItem.Meta.constraints,
            models.CheckConstraint(
                condition=Q(period_value=None, period_unit="") | Q(period_value__isnull=False) & ~Q(period_unit=""),
                name="register_retentionrule_period_has_a_unit",
                violation_error_message=_("Give both a number and a unit, or neither."),
            ),
        )


class Law(LibraryItem):
    short_nl = models.CharField(_("short name in Dutch"), max_length=60, blank=True)
    short_en = models.CharField(_("short name in English"), max_length=60, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("NL, BE or EU."))
    url = models.URLField(_("address on the web"), max_length=400, blank=True, validators=[ON_THE_WEB])


class Country(LibraryItem):
    """A country or an international organisation (Art. 30(1)(d)-(e)); `code` is ISO 3166-1 or an own code."""

    code = models.CharField(_("code"), max_length=20)
    eea = models.BooleanField(_("in the European Economic Area"), default=False)
    is_international_organisation = models.BooleanField(_("international organisation"), default=False)

    class Meta(LibraryItem.Meta):
        verbose_name_plural = "countries"
        constraints = (
            *LibraryItem.Meta.constraints,
            models.UniqueConstraint(fields=["organisation", "code"], name="register_country_code_is_unique"),
        )


class InternalRole(LibraryItem):
    """A function inside the organisation that may see data (Art. 29, 32(4))."""


class Label(OwnedRow):
    class Colour(models.TextChoices):
        GREY = "grey", _("Grey")
        RED = "red", _("Red")
        ORANGE = "orange", _("Orange")
        YELLOW = "yellow", _("Yellow")
        GREEN = "green", _("Green")
        TEAL = "teal", _("Teal")
        BLUE = "blue", _("Blue")
        PURPLE = "purple", _("Purple")
        PINK = "pink", _("Pink")

    name = models.CharField(_("name"), max_length=60, validators=[RegexValidator(r"\S")])
    colour = models.CharField(_("colour"), max_length=8, choices=Colour, default=Colour.GREY)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="register_label_name_is_unique",
                violation_error_message=_("There is already a label with this name."),
            ),
        )

    def __str__(self):
        return self.name
