"""Work done in the background: jobs with progress, outgoing mail, and the heartbeat of the workers."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """Something long that was asked for, as its asker sees it. The queue itself is django-tasks' own table."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Busy")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="jobs")
    kind = models.CharField(max_length=40)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    parameters = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    message = models.TextField(blank=True)
    result = models.ForeignKey("accounts.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-asked_at",)
        indexes = (models.Index(fields=["organisation", "kind", "-asked_at"], name="accounts_job_latest"),)

    def __str__(self):
        return f"{self.kind} {self.state}"


class OutgoingMail(models.Model):
    """One mail to one recipient, unique per thing and stage: sent at least once, if twice with the same Message-ID.

    One that `is_private` forgets its recipient once it was sent or given up: it went to somebody who may be erased any
    day, and what is left of it names nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thing = models.CharField(max_length=100)
    stage = models.CharField(max_length=40)
    recipient = models.EmailField(blank=True)
    is_private = models.BooleanField(default=False)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    language = models.CharField(max_length=5, default="nl")
    created_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["thing", "stage", "recipient"],
                condition=~models.Q(recipient=""),
                name="accounts_outgoingmail_is_one_per_stage_and_recipient",
            ),
            models.CheckConstraint(
                condition=models.Q(is_private=False) | models.Q(sent_at=None) | models.Q(recipient="", body=""),
                name="accounts_outgoingmail_forgets_whom_it_reached",
            ),
            models.CheckConstraint(
                condition=models.Q(is_private=True) | ~models.Q(recipient=""),
                name="accounts_outgoingmail_has_a_recipient",
            ),
        )
        indexes = (models.Index(fields=["created_at"], condition=models.Q(sent_at=None), name="accounts_mail_to_send"),)


class WorkerBeat(models.Model):
    """The last sign of life of each background worker; no recent beat means that nobody works."""

    worker = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()

    def __str__(self):
        return self.worker


class SweepSlot(models.Model):
    """One turn of something that is done every so often. Whoever inserts the row does it; for others it is taken."""

    sweep = models.CharField(max_length=60)
    slot = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["sweep", "slot"], name="accounts_sweepslot_is_taken_once"),)

    def __str__(self):
        return f"{self.sweep} {self.slot}"
