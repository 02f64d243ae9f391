import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.history import tracked


class Organisation(models.Model):
    """A tenant: one register, one set of members, one chain of changes."""

    class Country(models.TextChoices):
        NETHERLANDS = "NL", _("Netherlands")
        BELGIUM = "BE", _("Belgium")

    class Languages(models.TextChoices):
        DUTCH = "nl", _("Dutch")
        ENGLISH = "en", _("English")
        BOTH = "nl,en", _("Dutch and English")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        help_text=_("The part of the web address that names your organisation."),
    )
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2, choices=Country, default=Country.NETHERLANDS)
    languages = models.CharField(
        _("languages of the register"),
        max_length=5,
        choices=Languages,
        default=Languages.DUTCH,
        help_text=_("Texts for data subjects are asked in each of these languages."),
    )
    dpo_keeps_register = models.BooleanField(
        _("the DPO keeps the register"),
        default=True,
        help_text=_("Off: the DPO reads and advises, and others keep the register (Art. 38-39)."),
    )
    administrator_keeps_register = models.BooleanField(
        _("administrators keep the register too"),
        default=False,
        help_text=_(
            "For an organisation of one or two people: an administrator may then do all that a privacy officer may."
        ),
    )
    four_eyes = models.BooleanField(
        _("four eyes"), default=False, help_text=_("Whoever last changed an activity cannot establish it.")
    )
    approvals_required = models.PositiveSmallIntegerField(
        _("approvals required"),
        default=0,
        validators=[MaxValueValidator(5)],
        help_text=_(
            "How many approvers must agree before an activity can be established. 0 means that nobody is asked."
        ),
    )
    review_after_months = models.PositiveSmallIntegerField(
        _("review an activity every (months)"),
        default=12,
        help_text=_("Art. 24(1): measures are reviewed and updated where necessary."),
    )
    keep_ended_years = models.PositiveSmallIntegerField(
        _("keep ended activities for (years)"),
        default=5,
        help_text=_("The Belgian authority advises up to five years after the end."),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    history = tracked()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(approvals_required__lte=5), name="accounts_organisation_asks_at_most_five_approvals"
            ),
            models.CheckConstraint(
                condition=Q(review_after_months__gte=1), name="accounts_organisation_reviews_after_a_month_at_least"
            ),
        )

    def __str__(self):
        return self.name

    @property
    def organisation_id(self):
        return self.id

    @property
    def who_keeps(self):
        """What this organisation chose about who keeps the register, as `permissions.granted` asks it."""
        return {
            "dpo_keeps_register": self.dpo_keeps_register,
            "administrator_keeps_register": self.administrator_keeps_register,
        }

    @property
    def language_codes(self):
        """The languages in which texts for data subjects are asked, main language first."""
        return self.languages.split(",")

    @property
    def main_language(self):
        return self.language_codes[0]


class Counter(models.Model):
    """The last number drawn per kind. Locked while drawing, so that a number is never given twice and never reused."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="counters")
    kind = models.CharField(max_length=30)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "kind"], name="accounts_counter_is_one_per_kind"),
        )

    @classmethod
    def draw(cls, organisation, kind, count=1):
        """The first of `count` consecutive new numbers. Call inside a transaction; costs two or three queries."""
        cls.objects.get_or_create(organisation=organisation, kind=kind)
        counter = cls.objects.select_for_update().get(organisation=organisation, kind=kind)
        first = counter.last + 1
        counter.last += count
        counter.save(update_fields=["last"])
        return first


class Department(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="departments")
    name = models.CharField(_("name"), max_length=150)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    history = tracked()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="accounts_department_name_is_unique",
                violation_error_message=_("There is already a department with this name."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="accounts_department_is_not_its_own_parent"
            ),
        )

    def __str__(self):
        return self.name


class ControllerDetails(models.Model):
    """What Art. 30(1)(a) wants to know of a controller. Shared by the working copy and its frozen versions."""

    class Kind(models.TextChoices):
        PUBLIC = "public", _("Public authority or body")
        PRIVATE_TASK = "private_task", _("Private, with a statutory task")
        PRIVATE = "private", _("Private")

    class Answer(models.TextChoices):
        UNKNOWN = "", _("Not filled in")
        NO = "no", _("None")
        YES = "yes", _("Yes")

    class Authority(models.TextChoices):
        AP = "AP", _("Autoriteit Persoonsgegevens (NL)")
        GBA = "GBA", _("Gegevensbeschermingsautoriteit (BE)")
        OTHER = "other", _("Another authority")

    name = models.CharField(_("name"), max_length=200)
    legal_form = models.CharField(_("legal form"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PRIVATE)
    registration_number = models.CharField(_("KvK or KBO number"), max_length=40, blank=True)
    sector = models.CharField(_("sector"), max_length=120, blank=True)
    address = models.TextField(_("address"), blank=True)
    country = models.CharField(_("country"), max_length=2, default="NL", help_text=_("Two letters, such as NL or BE."))
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    representative_answer = models.CharField(
        _("representative (Art. 27)"),
        max_length=3,
        choices=Answer,
        default=Answer.UNKNOWN,
        blank=True,
        help_text=_("Only for a controller outside the European Union; others answer “None”."),
    )
    representative_name = models.CharField(_("name of the representative"), max_length=200, blank=True)
    representative_contact = models.TextField(_("contact details of the representative"), blank=True)
    dpo_answer = models.CharField(
        _("data protection officer"), max_length=3, choices=Answer, default=Answer.UNKNOWN, blank=True
    )
    dpo_name = models.CharField(_("name of the DPO"), max_length=200, blank=True)
    dpo_email = models.EmailField(_("e-mail address of the DPO"), blank=True)
    dpo_phone = models.CharField(_("telephone of the DPO"), max_length=40, blank=True)
    dpo_address = models.TextField(_("address of the DPO"), blank=True)
    dpo_registration = models.CharField(
        _("registration number of the DPO with the authority"), max_length=60, blank=True
    )
    authority = models.CharField(_("supervisory authority"), max_length=5, choices=Authority, default=Authority.AP)
    authority_name = models.CharField(_("name of the other authority"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class Controller(ControllerDetails):
    """The working copy of one controller's details; what counts is its latest established `ControllerVersion`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="controllers")
    position = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    established_digest = models.CharField(max_length=64, blank=True, editable=False)
    draft_digest = models.CharField(max_length=64, blank=True, editable=False)

    history = tracked(excluded_fields=["established_digest", "draft_digest"])

    class Meta:
        ordering = ("position", "name")
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="accounts_controller_name_is_unique",
                violation_error_message=_("There is already a controller with this name."),
            ),
        )

    def has_changes(self):
        """Whether the working copy differs from the established version."""
        return self.draft_digest != self.established_digest


class ControllerVersions(models.QuerySet):
    def in_force(self, on, known_at=None):
        """Per controller the highest version valid on `on` and established by `known_at` (any time, when None)."""
        found = self.filter(valid_from__lte=on)
        if known_at is not None:
            found = found.filter(established_at__lte=known_at)
        later = found.filter(controller=models.OuterRef("controller"), number__gt=models.OuterRef("number"))
        return found.filter(~models.Exists(later))


class ControllerVersion(models.Model):
    """A controller's details as established: immutable, numbered, dated. Documents print `content`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="controller_versions")
    controller = models.ForeignKey(Controller, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    schema = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    valid_from = models.DateField(_("valid from"))
    established_at = models.DateTimeField(_("established on"))
    established_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"))
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    change = models.ForeignKey("accounts.Change", models.PROTECT, related_name="+")

    objects = ControllerVersions.as_manager()

    class Meta:
        ordering = ("controller", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=["controller", "number"], name="accounts_controllerversion_number_is_unique"
            ),
        )
        indexes = (models.Index(fields=["organisation", "valid_from"], name="accounts_cv_in_force"),)

    def __str__(self):
        return f"{self.controller_id} v{self.number}"
