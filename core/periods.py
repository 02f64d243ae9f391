"""What holds from one day until another. The one rule: periods are half-open, valid_from <= day < valid_until.

No end means: still in force. Half-open periods can follow one another without a gap, and no day belongs to two of them.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PeriodLookups:
    """Questions for the queryset of anything that has `valid_from` and `valid_until`."""

    def on(self, day):
        """What held in the world on `day`, whenever we came to know of it."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=day), valid_from__lte=day)


class Period(models.Model):
    """Base of a row that holds for a period. Two rows that may not overlap also need `core.guards.no_overlap`."""

    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until (not included)"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message=_("The end must lie after the start."),
            ),
        )

    def holds_on(self, day):
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)
