"""One breach as the register of Art. 33(5) knows it: facts, effects, remedy, and the moments from which clocks run.

The one rule: nothing here names a victim or a reporter. What may do so is sealed (`.sealed`), outside the history.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Controller, Department
from accounts.permissions import Permission
from breaches.kinds import (
    Cause,
    Discovery,
    Extent,
    Incident,
    Intent,
    Lasting,
    Origin,
    Protection,
    Recipients,
    Reporter,
    Seriousness,
)
from breaches.law import Known, NotificationScope, Regime, Role
from breaches.states import LEFT_OUT, OPEN, State
from register.models import Party
from register.models.base import Owned, OwnedRow

from .drill import Drill
from .imports import BreachImport

USER = settings.AUTH_USER_MODEL


def period(start, end):
    """That `end`, where both are known, is not before `start`."""
    return Q(**{start: None}) | Q(**{end: None}) | Q(**{f"{end}__gte": F(start)})


class Breaches(Owned):
    def visible_to(self, membership):
        """All of them for who may read breaches; for others what they reported themselves."""
        found = self.of(membership.organisation)
        if membership.can(Permission.BREACHES_VIEW):
            return found
        return found.filter(reported_by=membership.user)

    def open(self):
        return self.filter(state__in=OPEN)

    def real(self):
        """Without drills."""
        return self.filter(is_drill=False)

    def on_register(self):
        """The register of Art. 33(5): no drills, no withdrawn reports, nothing that turned out to be no breach."""
        return self.real().exclude(state__in=LEFT_OUT)


class Breach(OwnedRow):
    """A breach, or what was reported as one. All moments are UTC; `aware_at` alone starts the clock of 72 hours.

    Lists hold codes of `breaches.kinds`, `countries` those of ISO 3166. `state` is what `breaches.states` says, stored
    by every act. `revision` counts the saves, so that a form can tell whether somebody else was first.
    """

    number = models.PositiveIntegerField(editable=False)
    is_drill = models.BooleanField(_("drill"), default=False, editable=False)
    drill = models.ForeignKey(Drill, models.PROTECT, null=True, editable=False, related_name="breach_rows")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.REPORTED, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    title = models.CharField(_("short name"), max_length=200, help_text=_("Names nobody: it stands in lists."))
    scope = models.CharField(
        _("one breach, or several alike"), max_length=14, choices=NotificationScope, default=NotificationScope.ONE
    )
    alike_count = models.PositiveIntegerField(
        _("how many alike"),
        null=True,
        blank=True,
        help_text=_("Only for several breaches of the same kind that are dealt with and notified as one."),
    )
    role = models.CharField(_("our role"), max_length=20, choices=Role, default=Role.CONTROLLER)
    regime = models.CharField(_("under which law"), max_length=12, choices=Regime, default=Regime.GDPR)
    controller = models.ForeignKey(
        Controller, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("controller")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("department")
    )

    reporter = models.CharField(_("reported by"), max_length=12, choices=Reporter, default=Reporter.STAFF)
    reported_at = models.DateTimeField(_("reported"), editable=False)
    reported_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")
    reference = models.CharField(max_length=20, unique=True, editable=False)
    """What the reporter was told. It cannot be guessed, and says nothing."""

    occurred_from = models.DateTimeField(_("happened from"), null=True, blank=True)
    occurred_until = models.DateTimeField(_("happened until"), null=True, blank=True)
    is_ongoing = models.CharField(_("still going on"), max_length=3, choices=Known, blank=True)
    first_signal_at = models.DateTimeField(_("first signal"), null=True, blank=True)
    discovery = models.CharField(_("how it was discovered"), max_length=20, choices=Discovery, blank=True)
    discovery_note = models.TextField(_("more about the discovery"), blank=True)
    examined_from = models.DateTimeField(_("examination began"), null=True, blank=True)
    aware_at = models.DateTimeField(
        _("aware since"),
        null=True,
        blank=True,
        help_text=_("When it was reasonably certain that personal data were hit. The 72 hours run from here."),
    )
    aware_reason = models.TextField(_("why from that moment"), blank=True)
    aware_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")
    processor = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("processor where it happened")
    )
    processor_aware_at = models.DateTimeField(_("processor aware since"), null=True, blank=True)
    processor_told_at = models.DateTimeField(_("processor told us"), null=True, blank=True)

    facts = models.TextField(_("what happened"), blank=True)
    place = models.CharField(_("where it happened"), max_length=200, blank=True)
    kinds = models.JSONField(_("kind of breach"), default=list, blank=True)
    incident = models.CharField(_("kind of incident"), max_length=30, choices=Incident, blank=True)
    cause = models.CharField(_("cause"), max_length=30, choices=Cause, blank=True)
    cause_note = models.TextField(_("more about the cause"), blank=True)
    origin = models.CharField(_("from inside or outside"), max_length=10, choices=Origin, blank=True)
    intent = models.CharField(_("an accident or on purpose"), max_length=12, choices=Intent, blank=True)
    lasting = models.CharField(_("how long data are out of reach"), max_length=12, choices=Lasting, blank=True)

    data_kinds = models.JSONField(_("which data"), default=list, blank=True)
    data_note = models.TextField(_("more about the data"), blank=True)
    records_min = models.PositiveIntegerField(_("data records, at least"), null=True, blank=True)
    records_max = models.PositiveIntegerField(_("data records, at most"), null=True, blank=True)
    groups = models.JSONField(_("whose data"), default=list, blank=True)
    groups_note = models.TextField(_("more about these people"), blank=True)
    people_min = models.PositiveIntegerField(_("people, at least"), null=True, blank=True)
    people_max = models.PositiveIntegerField(_("people, at most"), null=True, blank=True)
    countries = models.JSONField(_("other countries where people live"), default=list, blank=True)
    is_cross_border = models.CharField(_("people in other countries"), max_length=3, choices=Known, blank=True)
    lead_authority = models.CharField(_("lead authority"), max_length=200, blank=True)

    protection = models.CharField(_("protected beforehand"), max_length=12, choices=Protection, blank=True)
    protection_note = models.TextField(_("how it was protected"), blank=True)
    unintelligible = models.CharField(
        _("how much nobody can read"),
        max_length=10,
        choices=Extent,
        blank=True,
        help_text=_("Encrypted or made unreadable beforehand, with the key safe."),
    )
    recipients = models.CharField(_("in whose hands the data came"), max_length=12, choices=Recipients, blank=True)
    is_deletion_confirmed = models.CharField(
        _("they confirmed that it was deleted"), max_length=3, choices=Known, blank=True
    )

    effects = models.TextField(_("likely consequences"), blank=True)
    effects_on_data = models.JSONField(_("consequences for the data"), default=list, blank=True)
    effects_on_people = models.JSONField(_("consequences for people"), default=list, blank=True)
    seriousness = models.CharField(_("how serious"), max_length=12, choices=Seriousness, blank=True)
    seriousness_note = models.TextField(_("why so serious"), blank=True)
    remedy = models.TextField(_("what was done about it"), blank=True)
    late_reason = models.TextField(_("why later than 72 hours"), blank=True)
    lessons = models.TextField(_("what we learned"), blank=True)

    outcome_reason = models.TextField(_("why it was closed so"), blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")
    reopened_at = models.DateTimeField(null=True, editable=False)
    details_until = models.DateField(_("details kept until"), null=True, editable=False)

    imported = models.ForeignKey(BreachImport, models.PROTECT, null=True, editable=False, related_name="breach_rows")
    earlier = models.JSONField(default=dict, editable=False)
    """What the register that it was taken over from claims: codes, days and reasons by the names of `imports.rows`."""

    objects = Breaches.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "is_drill", "number"], name="breaches_breach_number_is_given_once"
            ),
            models.CheckConstraint(
                condition=period("occurred_from", "occurred_until"),
                name="breaches_breach_ends_after_it_starts",
                violation_error_message=_("It cannot have ended before it began."),
            ),
            models.CheckConstraint(
                condition=period("first_signal_at", "aware_at"),
                name="breaches_breach_aware_after_first_signal",
                violation_error_message=_("Nobody can be aware of it before the first signal."),
            ),
            models.CheckConstraint(
                condition=period("processor_aware_at", "processor_told_at"),
                name="breaches_breach_told_after_processor_knew",
                violation_error_message=_("The processor cannot have told us before it knew."),
            ),
            models.CheckConstraint(
                condition=period("people_min", "people_max"),
                name="breaches_breach_people_range",
                violation_error_message=_("The most people cannot be fewer than the least."),
            ),
            models.CheckConstraint(
                condition=period("records_min", "records_max"),
                name="breaches_breach_records_range",
                violation_error_message=_("The most records cannot be fewer than the least."),
            ),
            models.CheckConstraint(
                condition=Q(alike_count=None) | Q(scope=NotificationScope.SEVERAL_ALIKE, alike_count__gte=2),
                name="breaches_breach_alike_are_several",
                violation_error_message=_("Only several breaches alike have a number, and it is two or more."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, closed_at=None) | (~Q(state__in=OPEN) & Q(closed_at__isnull=False)),
                name="breaches_breach_is_open_or_closed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(*OPEN, State.CLOSED)) | ~Q(outcome_reason=""),
                name="breaches_breach_is_left_out_for_a_reason",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "is_drill", "state"], name="breaches_breach_listed"),
            models.Index(fields=["aware_at"], condition=Q(closed_at=None), name="breaches_breach_running"),
        )

    def __str__(self):
        return f"{self.code} {self.title}".strip()

    @property
    def code(self):
        return f"{'OEF' if self.is_drill else 'B'}-{self.number}"

    @property
    def is_open(self):
        return self.state in OPEN
