"""Forms on which people give consent: choices of a wording and a channel, published in versions that stay as they are.

The one rule: a choice is one wording over one channel. There is no field by which a box could be ticked beforehand, nor
one by which a box could ask two things.
"""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from consent.kinds import AgeBand, Channel, GivenBy, Method
from core.languages import in_language
from register.models import CollectionPoint, Notice
from register.models.base import Keyed, Owned, OwnedRow, Row

from .people import Person
from .purposes import Shown, Wording

USER = settings.AUTH_USER_MODEL


class ConsentForms(Owned):
    def visible_to(self, membership):
        """Those of the organisation, unless they ask for something of an activity that this member may not see."""
        seen = Wording.objects.visible_to(membership)
        hidden = FormChoice.objects.filter(form=OuterRef("pk")).exclude(wording__in=seen)
        return self.filter(~Exists(hidden), organisation_id=membership.organisation_id)


class ConsentForm(OwnedRow):
    """The working copy of a form; what people see is its `FormVersion`. `slug` is its address on the street."""

    slug = models.SlugField(_("address"), max_length=60, editable=False)
    title_nl = models.CharField(_("title in Dutch"), max_length=150, blank=True)
    title_en = models.CharField(_("title in English"), max_length=150, blank=True)
    intro_nl = models.TextField(_("introduction in Dutch"), blank=True, max_length=3000)
    intro_en = models.TextField(_("introduction in English"), blank=True, max_length=3000)
    asks_email = models.BooleanField(_("asks for an e-mail address"), default=True)
    asks_phone = models.BooleanField(_("asks for a telephone number"), default=False)
    asks_number = models.BooleanField(_("asks for a customer number"), default=False)
    asks_name = models.BooleanField(
        _("asks for a name, which nobody has to give"), default=False, help_text=_("Encrypted with the person's key.")
    )
    confirms_by_mail = models.BooleanField(
        _("people confirm by e-mail (double opt-in)"),
        default=True,
        help_text=_("The proof that whoever filled it in reads that address. Without it anybody can fill in anybody."),
    )
    keeps_refused = models.BooleanField(
        _("keeps what was refused too"), default=False, help_text=_("An empty box is recorded as a no.")
    )
    notice = models.ForeignKey(
        Notice, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("privacy notice")
    )
    point = models.ForeignKey(
        CollectionPoint, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("collection point")
    )
    kept_nl = models.TextField(_("how long a paper form is kept, in Dutch"), blank=True, max_length=500)
    kept_en = models.TextField(_("how long a paper form is kept, in English"), blank=True, max_length=500)
    revision = models.PositiveIntegerField(default=1, editable=False)
    retired_on = models.DateField(null=True, blank=True, editable=False)

    objects = ConsentForms.as_manager()

    class Meta:
        ordering = ("slug",)
        constraints = (
            models.UniqueConstraint(fields=["organisation", "slug"], name="consent_form_address_is_unique"),
            models.CheckConstraint(
                condition=~Q(title_nl="", title_en=""),
                name="consent_form_has_a_title",
                violation_error_message=_("Give a title in Dutch or in English."),
            ),
            models.CheckConstraint(
                condition=Q(asks_email=True) | Q(asks_phone=True) | Q(asks_number=True),
                name="consent_form_asks_who_it_is",
                violation_error_message=_("Ask for an address or number: a consent of nobody proves nothing."),
            ),
            models.CheckConstraint(
                condition=Q(confirms_by_mail=False) | Q(asks_email=True),
                name="consent_form_confirms_to_an_address",
                violation_error_message=_("Confirming by e-mail needs the e-mail address: ask for it too."),
            ),
        )

    def __str__(self):
        return self.title_nl or self.title_en

    @property
    def name(self):
        return self.titled(get_language())

    def titled(self, language):
        return in_language(self.title_nl, self.title_en, language)


class FormChoice(Row):
    """One empty box: a wording, over one channel."""

    form = models.ForeignKey(ConsentForm, models.CASCADE, related_name="choices")
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="+", verbose_name=_("wording"))
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["form", "wording", "channel"],
                name="consent_formchoice_asks_once",
                violation_error_message=_("The same wording over the same channel stands there twice."),
            ),
        )


class FormVersion(Shown, Keyed):
    """A form as it was published: frozen, but for the moment it stops, which is said once.

    `content` holds by value texts, choices with their wording versions, the notice and its version, what is asked, and
    `shown`: the boxes as HTML, per language. `digest` is the SHA-256 of it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    form = models.ForeignKey(ConsentForm, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("form", "-number")
        constraints = (
            models.UniqueConstraint(fields=["form", "number"], name="consent_formversion_number_is_given_once"),
            models.UniqueConstraint(
                fields=["form"], condition=Q(valid_until=None), name="consent_formversion_is_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="consent_formversion_period",
            ),
        )

    @property
    def languages(self):
        return list(self.content.get("texts", {}))

    @property
    def papers(self):
        """The languages in which it can be printed: those that say how long the paper is kept."""
        return [one for one in self.languages if self.content["texts"][one]["kept"]]

    def asks_with(self, wording):
        """Whether this very version of a wording is a choice on it."""
        return any(choice["wording"] == str(wording.pk) for choice in self.content["choices"])

    def title(self, language):
        texts = self.content.get("texts", {})
        said = texts.get(language) or next(iter(texts.values()), {})
        return said.get("title", "")


class ConfirmationRequest(Keyed):
    """What somebody ticked and has yet to confirm by mail. `choices` are places in the choices of the version.

    `recipient` is the keyed hash of whom the mail went to: a parent, for a child. No address is kept here.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="confirmations")
    choices = models.JSONField()
    language = models.CharField(max_length=5)
    method = models.CharField(max_length=12, choices=Method)
    given_by = models.CharField(max_length=12, choices=GivenBy, default=GivenBy.SUBJECT)
    age = models.CharField(max_length=8, choices=AgeBand, blank=True)
    recipient = models.CharField(max_length=64, validators=[RegexValidator(r"^[0-9a-f]{64}$")])
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "recipient", "asked_at"], name="consent_confirmation_mails"),
            models.Index(fields=["asked_at"], condition=Q(confirmed_at=None), name="consent_confirmation_waiting"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(confirmed_at__gte=F("asked_at")),
                name="consent_confirmation_comes_after_asking",
            ),
        )
