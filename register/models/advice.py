from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .activity import Activity
from .base import OwnedRow


class Advice(OwnedRow):
    """Advice of the DPO (Art. 38(1), 39(1)(a)), on an activity or in general, and what was done with it."""

    class Answer(models.TextChoices):
        OPEN = "", _("Not answered yet")
        FOLLOWED = "followed", _("Followed")
        PARTLY = "partly", _("Partly followed")
        NOT_FOLLOWED = "not_followed", _("Not followed")

    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="advices", verbose_name=_("activity")
    )
    subject = models.CharField(_("subject"), max_length=250)
    question = models.TextField(_("question"), blank=True)
    advice = models.TextField(_("advice"))
    given_on = models.DateField(_("given on"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("given by"))
    answer = models.CharField(_("answer"), max_length=12, choices=Answer, blank=True, default="")
    answer_reason = models.TextField(_("why"), blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    class Meta:
        ordering = ("-given_on",)
        verbose_name_plural = "advice"
        constraints = (
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_on=None)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_on__isnull=False),
                name="register_advice_answered_by_somebody_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=["partly", "not_followed"]) | ~Q(answer_reason=""),
                name="register_advice_not_followed_for_a_reason",
                violation_error_message=_("Say why the advice is not, or not wholly, followed."),
            ),
        )

    def __str__(self):
        return self.subject
