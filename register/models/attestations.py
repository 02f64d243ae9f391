from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .activity import Activity
from .base import Owned, OwnedRow, Row


class Attestations(Owned):
    def open(self, at):
        """Questions whose link still works at that moment."""
        return self.filter(withdrawn_at=None, expires_at__gt=at)


class Attestation(OwnedRow):
    """The question to one owner, by mail: is what the register says of your activities still true?"""

    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("owner"))
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked on"))
    expires_at = models.DateTimeField(_("can be answered until"))
    note = models.TextField(_("a word to the owner"), blank=True)
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back on"), null=True, blank=True)

    objects = Attestations.as_manager()

    class Meta:
        ordering = ("-asked_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")), name="register_attestation_can_be_answered_for_a_while"
            ),
        )
        indexes = (models.Index(fields=["organisation", "-asked_at"], name="register_attestation_latest"),)

    def is_open(self, at):
        return self.withdrawn_at is None and at < self.expires_at


class AttestationLines(models.QuerySet):
    def waiting(self):
        """What the owner has not answered yet, and can: the activity runs and is still theirs."""
        return self.filter(answer="", activity__ended_on=None, activity__owner=F("attestation__owner"))

    def requests(self):
        """What an owner says is wrong or over, of activities that run, as long as nobody dealt with it."""
        return self.filter(answer__in=AttestationLine.REQUESTS, outcome="", activity__ended_on=None)


class AttestationLine(Row):
    """One activity in a question, the owner's answer, and what became of an answer that asks for something.

    `draft_digest` is the fingerprint of the working copy that the owner had before them.
    """

    class Answer(models.TextChoices):
        WAITING = "", _("Not answered yet")
        CONFIRMED = "confirmed", _("Still true")
        CORRECTED = "corrected", _("Something is wrong")
        ENDED = "ended", _("It has stopped")

    class Outcome(models.TextChoices):
        OPEN = "", _("Not dealt with yet")
        TAKEN_OVER = "taken_over", _("Taken over")
        DECLINED = "declined", _("Not taken over")

    REQUESTS = (Answer.CORRECTED, Answer.ENDED)

    attestation = models.ForeignKey(Attestation, models.PROTECT, related_name="lines")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="attestation_lines", verbose_name=_("activity"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True, default="")
    text = models.TextField(_("in the owner's words"), blank=True)
    ended_on = models.DateField(_("stopped on"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    draft_digest = models.CharField(_("fingerprint of what was read"), max_length=64, blank=True)
    outcome = models.CharField(_("what became of it"), max_length=10, choices=Outcome, blank=True, default="")
    outcome_reason = models.TextField(_("why"), blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("dealt with by")
    )
    settled_at = models.DateTimeField(_("dealt with on"), null=True, blank=True)

    objects = AttestationLines.as_manager()

    class Meta:
        ordering = ("activity__number",)
        constraints = (
            models.UniqueConstraint(
                fields=["attestation", "activity"], name="register_attestationline_is_one_per_activity"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="register_attestationline_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=["corrected", "ended"]) | ~Q(text=""),
                name="register_attestationline_says_what_is_wrong",
            ),
            models.CheckConstraint(
                condition=Q(answer="ended", ended_on__isnull=False) | ~Q(answer="ended") & Q(ended_on=None),
                name="register_attestationline_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None, settled_by=None)
                | Q(answer__in=["corrected", "ended"], settled_at__isnull=False) & ~Q(outcome=""),
                name="register_attestationline_settled_once_it_asks_for_something",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="declined") | ~Q(outcome_reason=""),
                name="register_attestationline_declined_for_a_reason",
                violation_error_message=_("Say why it is not taken over."),
            ),
        )

    @property
    def state(self):
        """What an answer form started from: another value means that somebody answered meanwhile."""
        return self.answered_at.isoformat() if self.answered_at else ""
