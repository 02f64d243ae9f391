"""What people can consent to, and the words in which they are asked."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, StoredFile
from consent.kinds import Purpose
from core.languages import in_language
from register.models import Activity
from register.models.base import Keyed, Owned, OwnedRow, Row

USER = settings.AUTH_USER_MODEL


class Purposes(Owned):
    def visible_to(self, membership):
        """Of the activities that this member may see."""
        activities = Activity.objects.visible_to(membership)
        return self.filter(organisation_id=membership.organisation_id, activity__in=activities)


class Wordings(Owned):
    def visible_to(self, membership):
        return self.filter(purpose__in=ConsentPurpose.objects.visible_to(membership))


class ConsentPurpose(OwnedRow):
    """One thing that somebody can say yes or no to: a purpose of an activity whose basis is consent.

    `line` is the id of that purpose in the activity. It is no foreign key: a purpose may go from the working copy while
    versions, and the consents, still speak of it; that it went is then a finding and not an obstacle. What concerns one
    kind of event only (`event_kind`) is a purpose of its own, so that nobody who came for an open day is mailed about
    something else.
    """

    code = models.SlugField(_("code"), max_length=60, help_text=_("Short, for files and the API."))
    name_nl = models.CharField(_("name in Dutch"), max_length=150, blank=True)
    name_en = models.CharField(_("name in English"), max_length=150, blank=True)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+", verbose_name=_("activity"))
    line = models.UUIDField(_("purpose in the activity"))
    kind = models.CharField(_("kind"), max_length=12, choices=Purpose, default=Purpose.OTHER)
    event_kind = models.CharField(_("only for this kind of event"), max_length=80, blank=True)
    is_explicit = models.BooleanField(
        _("explicit consent is needed"), default=False, help_text=_("Art. 9(2)(a), 22(2)(c) or 49(1)(a) GDPR.")
    )
    is_online_service = models.BooleanField(
        _("for an online service that children may use"), default=False, help_text=_("Art. 8 GDPR.")
    )
    retired_on = models.DateField(_("no longer asked since"), null=True, blank=True)

    objects = Purposes.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "code"],
                name="consent_purpose_code_is_unique",
                violation_error_message=_("Another purpose has this code already."),
            ),
            models.CheckConstraint(
                condition=~Q(name_nl="", name_en=""),
                name="consent_purpose_has_a_name",
                violation_error_message=_("Give a name in Dutch or in English."),
            ),
        )

    def __str__(self):
        return self.name(get_language())

    def name(self, language):
        return in_language(self.name_nl, self.name_en, language)


class Wording(OwnedRow):
    """A text that asks for consent to exactly one purpose. This row and its texts are the draft; what people are shown
    is a `WordingVersion`.

    `checklist` holds the answers to the questions of validity (`consent.validity`).
    """

    purpose = models.ForeignKey(ConsentPurpose, models.PROTECT, related_name="wordings", verbose_name=_("purpose"))
    name = models.CharField(_("name"), max_length=150, help_text=_("For yourselves: “newsletter, at the till”."))
    checklist = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    retired_on = models.DateField(null=True, blank=True)

    objects = Wordings.as_manager()

    class Meta:
        ordering = ("name", "id")

    def __str__(self):
        return self.name


class WordingText(Row):
    """The draft of a wording in one language."""

    wording = models.ForeignKey(Wording, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    text = models.TextField(_("what people read"), help_text=_("One purpose, in plain words, said by the person."))
    withdrawal = models.TextField(_("how to withdraw it"), blank=True)
    script = models.TextField(
        _("what is said aloud"), blank=True, help_text=_("For consent by telephone or in person.")
    )

    class Meta:
        ordering = ("language",)
        constraints = (
            models.UniqueConstraint(fields=["wording", "language"], name="consent_wordingtext_is_one_per_language"),
        )


class Shown:
    """What people are shown from `valid_from` until before `valid_until`; without an end it is shown still."""

    def holds_at(self, moment):
        return self.valid_from <= moment and (self.valid_until is None or moment < self.valid_until)


class WordingVersion(Shown, Keyed):
    """A wording as it is shown to people: frozen, but for the moment it stops being valid, which is said once.

    `content` holds by value all that a proof needs: texts per language, purpose, controllers, recipients who decide for
    themselves, kinds of data, the notice and its version, and the checklist. `digest` is the SHA-256 of it.
    `valid_from` and `valid_until` are moments; nobody consents to it outside them, which the database guards.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    shown = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    """The form or script as people saw it, when that was kept."""
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    review_on = models.DateField(_("look at it again on"))
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("wording", "-number")
        constraints = (
            models.UniqueConstraint(fields=["wording", "number"], name="consent_wordingversion_number_is_given_once"),
            models.UniqueConstraint(
                fields=["wording"], condition=Q(valid_until=None), name="consent_wordingversion_is_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="consent_wordingversion_period",
            ),
        )
