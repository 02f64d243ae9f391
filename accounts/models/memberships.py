import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.history import tracked
from accounts.permissions import STANDING_IN, Role, granted
from core.periods import PeriodLookups

from .organisations import Department, Organisation


class Memberships(PeriodLookups, models.QuerySet):
    def of(self, organisation):
        return self.filter(organisation=organisation)


class Membership(models.Model):
    """Somebody's role in an organisation for a period: valid_from <= day < valid_until; no end means until further
    notice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until (not included)"), null=True, blank=True)
    stands_in_from = models.DateField(_("stands in for the DPO from"), null=True, editable=False)
    stands_in_until = models.DateField(_("stands in until (not included)"), null=True, editable=False)
    columns = models.CharField(max_length=500, blank=True, editable=False)

    objects = Memberships.as_manager()
    history = tracked(excluded_fields=["columns"])

    class Meta:
        ordering = ("organisation", "user")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="accounts_membership_ends_after_it_starts",
                violation_error_message=_("The end must lie after the start."),
            ),
            models.CheckConstraint(
                condition=Q(stands_in_from=None, stands_in_until=None)
                | Q(stands_in_from__isnull=False, stands_in_until__gt=F("stands_in_from")),
                name="accounts_membership_stands_in_until_a_day",
            ),
        )

    stands_in = False
    """Whether this member stands in for the DPO now; the gate says so (`accounts.access`), for the day it looks at."""

    def __str__(self):
        return f"{self.user} · {self.get_role_display()}"

    def is_valid(self, on):
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)

    @property
    def last_day(self):
        """The last day of the period as people say it; None when it has no end."""
        return self.valid_until - timedelta(days=1) if self.valid_until else None

    def is_standing_in(self, on):
        return self.stands_in_from is not None and self.stands_in_from <= on < self.stands_in_until

    @property
    def stands_in_last_day(self):
        return self.stands_in_until - timedelta(days=1) if self.stands_in_until else None

    @property
    def own_permissions(self):
        """What this role may do here; `organisation` must be loaded (no query then)."""
        return granted(Role(self.role), **self.organisation.who_keeps)

    @property
    def permissions(self):
        """The same, and what is lent to who stands in for the DPO."""
        return self.own_permissions | STANDING_IN if self.stands_in else self.own_permissions

    def can(self, permission):
        return permission in self.permissions


class MembershipDepartment(models.Model):
    """Limits a membership to departments: with none, all of them; with some, only activities of these are seen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="department_rows")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")

    history = tracked()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["membership", "department"], name="accounts_membershipdepartment_is_unique"
            ),
        )

    @property
    def organisation_id(self):
        return self.membership.organisation_id


class Invitation(models.Model):
    """An offer of membership by mail. The token itself is never stored, only its hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    valid_until = models.DateField(_("membership until (not included)"), null=True, blank=True)
    departments = models.JSONField(default=list, blank=True)
    language = models.CharField(_("language"), max_length=5, default="nl")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-invited_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="accounts_invitation_accepted_by_somebody_at_a_moment",
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="accounts_invitation_is_open_once_per_address",
                violation_error_message=_(
                    "This address already has an open invitation. Withdraw it first, or send it again."
                ),
            ),
        )

    def __str__(self):
        return self.email

    def is_open(self, at):
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at
