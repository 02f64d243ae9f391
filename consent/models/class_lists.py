"""The pupils of a school, class by class, and which parent said what.

The one rule: a pupil is a person of the ledger. What can be read about one is sealed with the key of that person; the
rows that keep a history hold no name.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from register.models.base import Keyed, OwnedRow

from .ledger import ConsentEvent
from .people import Person
from .purposes import ConsentPurpose


class ClassList(OwnedRow):
    """One class; who sits in it may change each year."""

    name = models.CharField(_("class"), max_length=40)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="consent_classlist_name_is_unique",
                violation_error_message=_("There is a class with this name already."),
            ),
        )

    def __str__(self):
        return self.name


class Pupil(Keyed):
    """A person on a class list. `sealed`: {"name", "birth"} (a day in ISO form or nothing), with the person's key.

    The row goes when the pupil leaves the list or is erased; the events stay.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.OneToOneField(Person, models.PROTECT, related_name="pupil")
    class_list = models.ForeignKey(ClassList, models.PROTECT, related_name="pupils")
    sealed = models.TextField()
    added_at = models.DateTimeField()


class ParentVoice(models.Model):
    """Which of two parents said what an event of the ledger tells: 1 or 2. Without this row nobody knows which."""

    event = models.OneToOneField(ConsentEvent, models.PROTECT, primary_key=True, related_name="parent_voice")
    parent = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(parent__in=(1, 2)), name="consent_parentvoice_is_one_of_two"),
        )


class ClassSettings(OwnedRow):
    """What an organisation chose for its class lists: its own words in the letter, and how soon an image comes down.

    Empty words mean the sentence that comes with Dertig.
    """

    letter_nl = models.TextField(_("letter to parents, in Dutch"), blank=True)
    letter_en = models.TextField(_("letter to parents, in English"), blank=True)
    take_down_days = models.PositiveSmallIntegerField(
        _("take an image down within (days)"),
        default=7,
        help_text=_("Your own term, counted from the withdrawal. The law says: without undue delay."),
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation"], name="consent_classsettings_is_one_per_organisation"),
            models.CheckConstraint(
                condition=Q(take_down_days__gte=1, take_down_days__lte=90),
                name="consent_classsettings_term",
                violation_error_message=_("Choose 1 to 90 days."),
            ),
        )


class YearReminder(OwnedRow):
    """The parents were reminded of one purpose in one school year, which is named by the year it begins in."""

    purpose = models.ForeignKey(ConsentPurpose, models.PROTECT, related_name="+", verbose_name=_("purpose"))
    school_year = models.PositiveSmallIntegerField(_("school year"))
    done_on = models.DateField(_("reminded on"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["purpose", "school_year"], name="consent_yearreminder_is_one_per_year"),
        )
