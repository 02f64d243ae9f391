"""What an organisation starts activities from: templates it made itself, where each activity came from, and how far it
is on the path for small organisations.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User

from .activity import Activity
from .base import OwnedRow


class OwnStarter(OwnedRow):
    """A template that the organisation made from one of its activities: the entry's plain content, by value."""

    name = models.CharField(_("name of the template"), max_length=200, validators=[RegexValidator(r"\S")])
    about = models.CharField(_("what it is for"), max_length=400, blank=True)
    schema = models.PositiveSmallIntegerField(default=1, editable=False)
    content = models.JSONField(editable=False)
    retired_on = models.DateField(_("retired on"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=models.Q(retired_on=None),
                name="register_ownstarter_name_is_unique_in_use",
                violation_error_message=_("There is already a template with this name."),
            ),
        )

    def __str__(self):
        return self.name


class StartedActivity(OwnedRow):
    """From which template an activity was made. The path makes one of each, however often it is gone through."""

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="started_from")
    starter = models.CharField(max_length=80)
    on_path = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "starter"],
                condition=models.Q(on_path=True),
                name="register_startedactivity_comes_once_on_the_path",
            ),
        )


class StartPath(models.Model):
    """The answers so far of an organisation on the path of ten questions. Working notes: no history, and no part of
    the record.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, primary_key=True, related_name="start_path")
    answers = models.JSONField(default=dict)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(User, models.PROTECT, related_name="+")
