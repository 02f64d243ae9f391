"""What hangs on a breach and may still change: what it hit, who was involved, what is being done about it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from breaches.law import ActionKind, Involvement, Supervisor
from register.models import Activity, Party, System
from register.models.base import OwnedRow

from .breach import Breach

USER = settings.AUTH_USER_MODEL


class BreachLine(OwnedRow):
    breach = models.ForeignKey(Breach, models.PROTECT, related_name="%(class)s_rows")

    class Meta:
        abstract = True


class BreachActivity(BreachLine):
    """An activity whose data were hit. What it says is a hint for the breach, never copied as fact."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="breach_rows", verbose_name=_("activity"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["breach", "activity"], name="breaches_breachactivity_is_named_once"),
        )


class BreachSystem(BreachLine):
    system = models.ForeignKey(System, models.PROTECT, related_name="breach_rows", verbose_name=_("system"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["breach", "system"], name="breaches_breachsystem_is_named_once"),
        )


class BreachParty(BreachLine):
    """Another organisation involved. `told_at`: when we, as its processor, told this controller (Art. 33(2))."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="breach_rows", verbose_name=_("organisation"))
    involvement = models.CharField(_("role"), max_length=20, choices=Involvement)
    note = models.TextField(_("note"), blank=True)
    told_at = models.DateTimeField(_("told by us"), null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["breach", "party", "involvement"], name="breaches_breachparty_is_named_once"
            ),
        )


class Measure(BreachLine):
    """Something that somebody does about the breach by a day: it is a duty until `done_on`."""

    kind = models.CharField(_("kind"), max_length=12, choices=ActionKind)
    text = models.TextField(_("what is done"))
    owner = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who does it")
    )
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        ordering = ("due_on", "id")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="breaches_measure_says_what"),)


class OtherNotice(BreachLine):
    """A notification to somebody other than the privacy authority: NIS2, a sector's supervisor, police, insurer."""

    recipient = models.CharField(_("to whom"), max_length=20, choices=Supervisor)
    name = models.CharField(_("name"), max_length=200, blank=True)
    ground = models.CharField(_("on what ground"), max_length=200, blank=True)
    due_at = models.DateTimeField(_("before"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    reference = models.CharField(_("their reference"), max_length=100, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = (F("due_at").asc(nulls_last=True), "id")
