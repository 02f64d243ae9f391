"""What the rules found, and what people said about it.

A `Finding` is derived: only `register.checks` writes it. Its `key` says what it is about, so that it stays the same
finding however often it is judged again; what people decide hangs on that key, and is an act.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from register.checks.engine import RULES, Group, Outcome, Scope, Severity
from register.checks.speaking import spoken

from .activity import Activity
from .base import OwnedRow


class FindingAcceptance(OwnedRow):
    """Somebody lives with a finding, for a reason, until a day (not included) or until further notice.

    A row is only ever closed: by whoever withdraws it, or when a new acceptance takes its place. One that has lapsed
    stays open, and no longer counts.
    """

    key = models.CharField(max_length=64, editable=False)
    rule = models.CharField(max_length=4, editable=False)
    subject_kind = models.CharField(max_length=12, choices=Scope, editable=False)
    subject_id = models.UUIDField(editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, null=True, editable=False, related_name="acceptances")
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    until = models.DateField(_("until (not included)"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    close_reason = models.TextField(_("why it was withdrawn"), blank=True)

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "key"],
                condition=Q(closed_at=None),
                name="register_findingacceptance_is_open_once_per_finding",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="register_findingacceptance_has_a_reason"),
        )

    def holds_on(self, day):
        return self.closed_at is None and (self.until is None or day < self.until)


class Findings(models.QuerySet):
    def of(self, organisation):
        return self.filter(organisation=organisation)

    def visible_to(self, membership):
        """Those about activities the member may see; what is about no activity, for those who see all of them."""
        found = self.filter(organisation_id=membership.organisation_id)
        if not membership.department_rows.all():
            return found
        return found.filter(activity__in=Activity.objects.visible_to(membership))

    def present(self):
        """Those that are there now."""
        return self.filter(gone_at=None)

    def accepted(self, on):
        return self.filter(accepted_on(on))

    def standing(self, on):
        """Present, and not accepted on the day: what somebody should look at."""
        return self.present().exclude(accepted_on(on))

    def failing(self):
        return self.filter(outcome=Outcome.FAILS)


def accepted_on(day):
    """The condition that somebody lives with a finding on a day."""
    return Q(acceptance__isnull=False) & (Q(acceptance__until=None) | Q(acceptance__until__gt=day))


class Finding(models.Model):
    """What a rule says about one place of the working copy, the organisation or something shared.

    `bundle` is shared by findings with one cause: they are shown once, with their activities under it. `gone_at` is
    when it no longer held; the row stays, so that it is known again when it comes back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    bundle = models.CharField(max_length=64)
    rule = models.CharField(max_length=4)
    group = models.CharField(max_length=1, choices=Group)
    subject_kind = models.CharField(max_length=12, choices=Scope)
    subject_id = models.UUIDField()
    activity = models.ForeignKey(Activity, models.CASCADE, null=True, related_name="findings")
    place = models.CharField(max_length=20, blank=True)
    line = models.UUIDField(null=True)
    cause_kind = models.CharField(max_length=12, blank=True)
    cause_id = models.UUIDField(null=True)
    aspect = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    severity = models.CharField(max_length=12, choices=Severity)
    rank = models.PositiveSmallIntegerField()
    parameters = models.JSONField(default=dict)
    acceptance = models.ForeignKey(FindingAcceptance, models.SET_NULL, null=True, related_name="+")
    first_seen_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    objects = Findings.as_manager()

    class Meta:
        ordering = ("rank", "rule", "id")
        constraints = (models.UniqueConstraint(fields=["organisation", "key"], name="register_finding_is_known_once"),)
        indexes = (
            models.Index(  # holds all that the page of findings counts by, so that it need not read the rows
                fields=[
                    *("organisation", "rule", "cause_kind", "cause_id", "severity", "outcome"),
                    *("acceptance", "activity", "key"),
                ],
                condition=Q(gone_at=None),
                name="register_finding_counted",
            ),
            models.Index(fields=["organisation", "bundle"], condition=Q(gone_at=None), name="register_finding_bundle"),
            models.Index(fields=["organisation", "subject_kind", "subject_id"], name="register_finding_subject"),
        )

    def __str__(self):
        return f"{self.rule}: {self.message}"

    @property
    def about(self):
        """The rule itself; None for one that this version no longer has."""
        return RULES.get(self.rule)

    @property
    def article(self):
        return self.about.article if self.about else ""

    @property
    def message(self):
        return spoken(self.about.message_for(self.outcome), self.parameters) if self.about else ""

    @property
    def remedy(self):
        return spoken(self.about.remedy_for(self.outcome), self.parameters) if self.about else ""

    def is_accepted(self, on):
        """Needs `acceptance`."""
        return self.acceptance is not None and self.acceptance.holds_on(on)


class RuleSetting(OwnedRow):
    """Whether a rule ("L001") or a whole group ("L") counts here, and why. Without a row a rule counts.

    Of activities that came by import only the rules of the record count, until a group was switched on.
    """

    code = models.CharField(max_length=4)
    is_on = models.BooleanField()
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(fields=["organisation", "code"], name="register_rulesetting_is_one_per_rule"),
            models.CheckConstraint(
                condition=Q(is_on=True) | ~Q(reason=""),
                name="register_rulesetting_off_for_a_reason",
                violation_error_message=_("Say why this rule does not count here."),
            ),
        )


class FindingCount(models.Model):
    """How many findings stood at the end of a day, for the trend. The first day of a group is its baseline."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    day = models.DateField()
    group = models.CharField(max_length=1, choices=Group)
    severity = models.CharField(max_length=12, choices=Severity)
    outcome = models.CharField(max_length=8, choices=Outcome)
    accepted = models.BooleanField()
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ("day",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "day", "group", "severity", "outcome", "accepted"],
                name="register_findingcount_is_one_per_day",
            ),
        )


class JudgedActivity(models.Model):
    """When the rules were last asked about an activity. Without a row, or with one of before today, it waits."""

    activity = models.OneToOneField(Activity, models.CASCADE, primary_key=True, related_name="judged")
    at = models.DateTimeField(db_index=True)


class JudgedRegister(models.Model):
    """Up to which change of an organisation we looked, and on which day its shared things were last judged (None: they
    wait).

    Activities judged before `entries_since` are judged again: something changed that all of them depend on.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, primary_key=True, related_name="+")
    number = models.PositiveBigIntegerField(default=0)
    day = models.DateField(null=True)
    entries_since = models.DateTimeField(null=True)
