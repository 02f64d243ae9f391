"""A file on its way into the register: what it is taken for, a row per activity, and what people decided about it.

What was brought in is not listed here: it is what the change `taken` wrote, and its history says so for ever.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Change, Job, Organisation, StoredFile, User

IMPORTED = "register.imported"
"""The kind of the change that brings activities in."""
IN = ("taken", "undoing", "undone")
"""States in which the rows of a batch are, or were, in the register."""


class ImportBatches(models.QuerySet):
    def of(self, organisation):
        return self.filter(organisation=organisation)

    def visible_to(self, membership):
        """Those of the organisation; to a member of some departments only the own ones. One query more."""
        found = self.filter(organisation_id=membership.organisation_id)
        return found.filter(by=membership.user_id) if membership.department_rows.all() else found

    def worked_on(self, batch, job, state):
        """The batch while it is in this state and `job`, in this attempt, is what works on it; otherwise none."""
        mine = {"job": job, "job__attempt": job.attempt, "job__state": Job.State.RUNNING}
        return self.filter(pk=batch.pk, state=state, **mine)


class ImportBatch(models.Model):
    """One file, from upload to drafts and, if need be, back.

    `plan` says what its columns are taken for (register.imports.plan), `differs` how that differs from what was kept of
    an earlier file. `outside` is what belongs to no activity. `counts` holds how many cells became what, and after
    taking in how many rows of each kind were made; after undoing it, `left` holds what stayed and why.
    """

    class State(models.TextChoices):
        CHOOSING = "choosing", _("Choosing what columns mean")
        READING = "reading", _("Being read")
        STAGED = "staged", _("Ready to be looked through")
        TAKING = "taking", _("Being taken in")
        TAKEN = "taken", _("Taken in")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("file"), max_length=250)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CHOOSING)
    plan = models.JSONField(default=dict)
    differs = models.JSONField(default=dict)
    outside = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    left = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("brought by"))
    at = models.DateTimeField(_("brought on"))
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    taken = models.ForeignKey(Change, models.PROTECT, null=True, blank=True, related_name="+")
    undone = models.ForeignKey(Change, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ImportBatches.as_manager()

    class Meta:
        ordering = ("-at", "pk")
        verbose_name_plural = "import batches"
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=IN, taken__isnull=False) | ~Q(state__in=IN) & Q(taken=None),
                name="register_importbatch_in_by_a_change",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone__isnull=False) | ~Q(state="undone") & Q(undone=None),
                name="register_importbatch_undone_by_a_change",
            ),
        )
        indexes = (models.Index(fields=["organisation", "-at"], name="register_importbatch_latest"),)

    def __str__(self):
        return self.name

    @property
    def is_busy(self):
        return self.state in (self.State.READING, self.State.TAKING, self.State.UNDOING)

    @property
    def is_in(self):
        return self.state in IN


class ImportRow(models.Model):
    """One activity as the file tells it, before it is one (`register.imports.staging`); `id` is what the activity gets.

    `cells` says what becomes of each cell of `record`; `alike` is the code of an activity that bears its name already.
    """

    class Decision(models.TextChoices):
        TAKE = "take", _("Take in")
        LEAVE = "leave", _("Leave out")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=250)
    record = models.JSONField()
    cells = models.JSONField(default=list)
    doubts = models.PositiveSmallIntegerField(default=0)
    interpreted = models.PositiveSmallIntegerField(default=0)
    alike = models.CharField(max_length=20, blank=True)
    decision = models.CharField(max_length=5, choices=Decision, default=Decision.TAKE)

    class Meta:
        ordering = ("batch", "position")
        constraints = (
            models.UniqueConstraint(fields=["batch", "position"], name="register_importrow_position_is_unique"),
        )

    def __str__(self):
        return self.name


class ImportLookAlike(models.Model):
    """A name in the file that differs from one known here, or earlier in the file, by no more than a sign or its legal
    form: of a party or a system.
    """

    class Decision(models.TextChoices):
        OPEN = "", _("Not decided")
        SAME = "same", _("One and the same")
        APART = "apart", _("Two different ones")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="look_alikes")
    model = models.CharField(max_length=20)
    text = models.CharField(_("in the file"), max_length=250)
    other = models.CharField(_("known as"), max_length=250)
    row = models.UUIDField(null=True, blank=True)
    times = models.PositiveIntegerField(default=1)
    decision = models.CharField(max_length=5, choices=Decision, blank=True, default=Decision.OPEN)

    class Meta:
        ordering = ("batch", "text")
        constraints = (
            models.UniqueConstraint(fields=["batch", "model", "text"], name="register_importlookalike_asked_once"),
        )

    def __str__(self):
        return f"{self.text} - {self.other}"


class KeptPlan(models.Model):
    """What the columns of a sheet were taken for, for the next time that headings like these come by."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    headings = models.JSONField(default=list)
    plan = models.JSONField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.UniqueConstraint(fields=["organisation", "fingerprint"], name="register_keptplan_once_per_headings"),
        )

    def __str__(self):
        return self.fingerprint
