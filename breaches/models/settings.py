from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.fields import EncryptedTextField
from register.models.base import Row


class BreachSettings(Row):
    """How an organisation deals with breaches: who stands in for the DPO, and how long details are kept."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="breach_settings")
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who stands in for the DPO"),
    )
    away_from = models.DateField(_("the DPO is away from"), null=True, blank=True)
    away_until = models.DateField(_("until (not included)"), null=True, blank=True)
    details_years = models.PositiveSmallIntegerField(
        _("years to keep the details"),
        default=5,
        validators=[MaxValueValidator(100)],
        help_text=_("From closing. Then somebody is asked to destroy names, reports and files; the register stays."),
    )
    is_financial = models.BooleanField(
        _("a financial undertaking under the Wft"),
        default=False,
        help_text=_("Then Art. 34 does not apply in the Netherlands (Art. 42 UAVG)."),
    )
    link_token = EncryptedTextField(null=True, editable=False)
    """The secret link for outsiders, so that it can be shown again for a poster; None while there is none."""
    link_note = models.TextField(_("words for outsiders who report"), blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(away_from=None) | Q(away_until=None) | Q(away_until__gt=F("away_from")),
                name="breaches_breachsettings_away_for_a_while",
                violation_error_message=_("The end must be after the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(details_years__lte=100), name="breaches_breachsettings_details_kept_a_lifetime_at_most"
            ),
        )
