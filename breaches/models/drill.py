from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from register.models.base import OwnedRow

USER = settings.AUTH_USER_MODEL


class Drill(OwnedRow):
    """A practice: from its start it is measured how long each step takes. What is reported for it is marked so.

    The one rule: nothing of a drill counts as a breach, anywhere.
    """

    title = models.CharField(_("short name"), max_length=200)
    scenario = models.TextField(
        _("what happens in the drill"), help_text=_("What you tell people. Invent names; use no real data.")
    )
    lessons = models.TextField(_("what we learned"), blank=True)
    started_at = models.DateTimeField(_("started"), editable=False)
    started_by = models.ForeignKey(USER, models.PROTECT, editable=False, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    class Meta:
        ordering = ("-started_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(ended_at=None),
                name="breaches_drill_is_on_once",
                violation_error_message=_("A drill is going on already."),
            ),
        )

    def __str__(self):
        return self.title
