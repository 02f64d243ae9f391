"""What was done: one `Change` per act, chained; one `Event` per thing that leaves no row behind. Nobody can edit
either.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeSchema(models.Model):
    """Which fields of which tables were hashed when a change was written, so that later migrations do not break old
    links.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    fields = models.JSONField()


class Change(models.Model):
    """One act: everything it wrote, by whom, when and why, chained to the act before it.

    `rows` is {table: [[id, digest], ...]} over the history and version rows of the act; `digest` covers this row and
    `previous`. Written last in its transaction by `accounts.history.act`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="changes")
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    details = models.JSONField(default=dict)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(_("reason"), blank=True)
    schema = models.ForeignKey(ChangeSchema, models.PROTECT, related_name="+")
    rows = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["organisation", "number"], name="accounts_change_number_is_unique"),
        )
        indexes = (models.Index(fields=["organisation", "-at"], name="accounts_change_latest"),)

    def __str__(self):
        return f"{self.number} {self.kind}"


class ChangeSubject(models.Model):
    """Which things an act touched, so that the timeline of one thing is one indexed query."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    change = models.ForeignKey(Change, models.PROTECT, related_name="subjects")
    subject = models.UUIDField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["subject", "change"], name="accounts_changesubject_is_unique"),)


class ChainHeads(models.QuerySet):
    def number_of(self, organisation):
        """The number of the organisation's last change; 0 before the first. One query."""
        return self.filter(organisation=organisation).values_list("number", flat=True).first() or 0


class ChainHead(models.Model):
    """The last link of an organisation's chain; locked last in every act, so that links follow one another."""

    organisation = models.OneToOneField(
        "accounts.Organisation", models.CASCADE, primary_key=True, related_name="chain_head"
    )
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    objects = ChainHeads.as_manager()


class Event(models.Model):
    """Something that happened and left no row behind: a sign-in, a download, an export, a change of role. Text copies
    only.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("Signed in")
        SIGNED_OUT = "signed_out", _("Signed out")
        SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        EMAIL_CHANGED = "email_changed", _("E-mail address changed")
        SECOND_FACTOR_CHANGED = "second_factor_changed", _("Second factor changed")
        SESSION_ENDED = "session_ended", _("Session ended")
        INVITED = "invited", _("Invited a member")
        INVITATION_ACCEPTED = "invitation_accepted", _("Accepted an invitation")
        INVITATION_WITHDRAWN = "invitation_withdrawn", _("Withdrew an invitation")
        ROLE_CHANGED = "role_changed", _("Changed a role")
        MEMBERSHIP_ENDED = "membership_ended", _("Ended a membership")
        EXPORT_REQUESTED = "export_requested", _("Asked for an export")
        DOWNLOADED = "downloaded", _("Downloaded a file")
        IMPORTED = "imported", _("Imported a file")
        BACKED_UP = "backed_up", _("Made a backup")
        RESTORED = "restored", _("Restored a backup")
        SETTINGS_CHANGED = "settings_changed", _("Changed settings")
        PERSON_SEEN = "person_seen", _("Looked at the consents of a person")
        LIST_CHECKED = "list_checked", _("Checked a mailing list")
        PUPIL_TAKEN_OFF = "pupil_taken_off", _("Took a pupil off a class list")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="events"
    )
    kind = models.CharField(_("what"), max_length=30, choices=Kind)
    at = models.DateTimeField(_("when"))
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.CharField(_("about"), max_length=300, blank=True)
    details = models.JSONField(default=dict, blank=True)
    address = models.CharField(_("network address, shortened"), max_length=60, blank=True)

    class Meta:
        ordering = ("-at",)
        indexes = (
            models.Index(fields=["organisation", "-at"], name="accounts_event_latest"),
            models.Index(fields=["user", "-at"], name="accounts_event_of_user"),
        )

    def __str__(self):
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
