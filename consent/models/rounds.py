"""Asking people again: who consented with a version that is old, or no longer covers what is done.

The one rule: being asked changes nothing. Only an answer does, or the end of a round for consents that no longer cover
what is done.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consent.kinds import AgeBand, Channel, GivenBy
from register.models.base import Keyed, Owned, OwnedRow

from .people import Person
from .purposes import ConsentPurpose, WordingVersion


class Rounds(Owned):
    def visible_to(self, membership):
        return self.filter(before__wording__purpose__in=ConsentPurpose.objects.visible_to(membership))


class RenewalRound(OwnedRow):
    """Who consented with `before` is asked with `after`, until `ends_on`. `asked_at`: everybody was asked by then."""

    before = models.ForeignKey(WordingVersion, models.PROTECT, related_name="+")
    after = models.ForeignKey(WordingVersion, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ends_on = models.DateField(_("until"))
    asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = Rounds.as_manager()

    class Meta:
        ordering = ("-started_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["before"], condition=Q(ended_at=None), name="consent_renewalround_is_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(before=F("after")), name="consent_renewalround_asks_with_another"),
        )


class RenewalAsked(Keyed):
    """One person in a round, over one channel; `is_mailed`: the question went by e-mail, else it goes by letter.

    Who answered for the person before (`given_by`, `age`) answers now.
    """

    round = models.ForeignKey(RenewalRound, models.PROTECT, related_name="asked")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel)
    given_by = models.CharField(max_length=12, choices=GivenBy)
    age = models.CharField(max_length=8, choices=AgeBand, blank=True)
    at = models.DateTimeField()
    is_mailed = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["round", "person", "channel"], name="consent_renewalasked_is_once_per_person_and_channel"
            ),
        )
