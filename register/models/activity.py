from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.history import tracked
from accounts.models import Controller, Department, Organisation, User
from register import law
from register.codes import code_of

from .base import Keyed, Owned, Row
from .library import Label


class Activities(Owned):
    def visible_to(self, membership):
        """The activities a member may see: of the organisation, and of their departments when they are limited to some.

        Reads `membership.department_rows` once (one query, unless prefetched).
        """
        found = self.filter(organisation_id=membership.organisation_id)
        departments = [row.department_id for row in membership.department_rows.all()]
        return found.filter(department__in=departments) if departments else found

    def running(self):
        return self.filter(ended_on=None)

    def changed(self):
        """Established once, and edited since."""
        return self.filter(established_number__isnull=False).exclude(draft_digest=F("established_digest"))


DERIVED = [
    "revision",
    "established_number",
    "established_at",
    "established_digest",
    "draft_digest",
    "edited_at",
    "edited_by",
    "gaps",
    "columns",
    "search_text",
]


class Activity(Keyed):
    """The working copy of one processing activity: Art. 30(1), or Art. 30(2) when the organisation is the processor.

    Its lines are rows of their own (`lines.py`). What was established is in `versions.py` and never changes. The fields
    from `established_number` on are derived; only `register.derived` writes them. `revision` counts the acts that wrote
    this activity or its lines, and is what an edit form started from.
    """

    class Kind(models.TextChoices):
        CONTROLLER = "controller", _("As controller, Art. 30(1)")
        PROCESSOR = "processor", _("As processor, Art. 30(2)")

    class Medium(models.TextChoices):
        UNKNOWN = "", _("Not filled in")
        DIGITAL = "digital", _("Digital")
        PAPER = "paper", _("On paper")
        BOTH = "both", _("Digital and on paper")

    class Informed(models.TextChoices):
        UNKNOWN = "", _("Not filled in")
        YES = "yes", _("Yes")
        NO = "no", _("No")
        EXEMPT = "exempt", _("Not needed, with a reason")

    class CouncilState(models.TextChoices):
        UNKNOWN = "", _("Not filled in")
        NOT_NEEDED = "not_needed", _("Not needed")
        TO_ASK = "to_ask", _("Still to be asked")
        ASKED = "asked", _("Asked")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Refused")

    class Assessment(models.TextChoices):
        UNKNOWN = "", _("Not filled in")
        NOT_NEEDED = "not_needed", _("Not needed, with a reason")
        NEEDED = "needed", _("Needed, not done yet")
        BUSY = "busy", _("Being done")
        DONE = "done", _("Done")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="activities")
    number = models.PositiveBigIntegerField(_("number"), editable=False)
    kind = models.CharField(_("part of the register"), max_length=10, choices=Kind, default=Kind.CONTROLLER)
    name = models.CharField(_("name"), max_length=250)
    language = models.CharField(
        _("language of the texts"), max_length=5, choices=[("nl", _("Dutch")), ("en", _("English"))], default="nl"
    )
    description = models.TextField(_("description"), blank=True)
    reference = models.CharField(_("own reference"), max_length=100, blank=True)
    controller = models.ForeignKey(
        Controller, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("controller")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("department")
    )
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("process owner")
    )
    owner_function = models.CharField(_("function of the process owner"), max_length=150, blank=True)
    contact = models.CharField(
        _("contact for questions"),
        max_length=200,
        blank=True,
        help_text=_("A function or mailbox rather than a person."),
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of activity")
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("replaced by")
    )
    started_on = models.DateField(_("started on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.TextField(_("why it ended"), blank=True)
    review_on = models.DateField(_("next review"), null=True, blank=True)
    reviewed_on = models.DateField(_("last reviewed"), null=True, blank=True)

    joint_answer = models.CharField(_("joint controllers"), max_length=4, choices=law.Answer, blank=True, default="")
    recipients_answer = models.CharField(_("recipients"), max_length=4, choices=law.Answer, blank=True, default="")
    transfers_answer = models.CharField(
        _("transfers outside the EEA"), max_length=4, choices=law.Answer, blank=True, default=""
    )
    systems_answer = models.CharField(_("systems"), max_length=4, choices=law.Answer, blank=True, default="")
    retention_reason = models.TextField(_("why no period can be given"), blank=True)
    measures_reason = models.TextField(_("why no measures are described"), blank=True)
    measures_text = models.TextField(_("measures in own words"), blank=True)

    medium = models.CharField(_("paper or digital"), max_length=8, choices=Medium, blank=True, default="")
    people_min = models.PositiveIntegerField(_("number of people, at least"), null=True, blank=True)
    people_max = models.PositiveIntegerField(_("number of people, at most"), null=True, blank=True)
    large_scale = models.CharField(_("large scale"), max_length=3, choices=law.YesNo, blank=True, default="")
    scale_note = models.TextField(_("explanation of the scale"), blank=True)
    vulnerable = models.CharField(_("vulnerable people"), max_length=3, choices=law.YesNo, blank=True, default="")
    children = models.CharField(_("children"), max_length=3, choices=law.YesNo, blank=True, default="")
    children_ages = models.CharField(_("ages of the children"), max_length=60, blank=True)
    collection = models.TextField(_("how the data are collected"), blank=True)
    provision = models.CharField(
        _("must people give the data?"), max_length=12, choices=law.Provision, blank=True, default=""
    )
    provision_consequence = models.TextField(_("what happens if they do not"), blank=True)
    informed = models.CharField(_("are people informed?"), max_length=6, choices=Informed, blank=True, default="")
    informed_how = models.TextField(_("how people are informed, or why not"), blank=True)
    accuracy = models.TextField(_("how the data stay correct"), blank=True)
    aggregated_only = models.CharField(
        _("only totals come out"), max_length=3, choices=law.YesNo, blank=True, default=""
    )

    automated = models.CharField(_("automated decisions"), max_length=3, choices=law.YesNo, blank=True, default="")
    profiling = models.CharField(_("profiling"), max_length=3, choices=law.YesNo, blank=True, default="")
    automated_ground = models.CharField(
        _("ground for automated decisions"), max_length=1, choices=law.AutomatedGround, blank=True, default=""
    )
    automated_logic = models.TextField(_("the logic behind it"), blank=True)
    automated_consequences = models.TextField(_("what it means for people"), blank=True)
    automated_intervention = models.TextField(_("how a person can step in"), blank=True)
    ai_use = models.TextField(_("use of artificial intelligence"), blank=True)

    council = models.CharField(
        _("works council or participation council"), max_length=10, choices=CouncilState, blank=True, default=""
    )
    council_asked_on = models.DateField(_("asked on"), null=True, blank=True)
    council_decided_on = models.DateField(_("answered on"), null=True, blank=True)
    council_note = models.TextField(_("outcome in words"), blank=True)
    assessment = models.CharField(_("DPIA"), max_length=10, choices=Assessment, blank=True, default="")
    assessment_on = models.DateField(_("DPIA dated"), null=True, blank=True)
    assessment_note = models.TextField(_("reason or outcome of the DPIA"), blank=True)
    codes_of_conduct = models.TextField(_("codes of conduct and certification"), blank=True)
    remarks = models.TextField(_("remarks, internal"), blank=True)

    revision = models.PositiveIntegerField(default=0, editable=False)
    established_number = models.PositiveIntegerField(null=True, blank=True, editable=False)
    established_at = models.DateTimeField(null=True, blank=True, editable=False)
    established_digest = models.CharField(max_length=64, blank=True, editable=False)
    draft_digest = models.CharField(max_length=64, blank=True, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    gaps = models.PositiveSmallIntegerField(default=0, editable=False)
    columns = models.JSONField(default=dict, editable=False)
    search_text = models.TextField(blank=True, editable=False)

    objects = Activities.as_manager()
    history = tracked(excluded_fields=DERIVED)

    class Meta:
        ordering = ("number",)
        verbose_name_plural = "activities"
        constraints = (
            models.UniqueConstraint(fields=["organisation", "number"], name="register_activity_number_is_unique"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | ~Q(end_reason=""),
                name="register_activity_ended_for_a_reason",
                violation_error_message=_("Say why the activity ended."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(started_on=None) | Q(ended_on__gte=F("started_on")),
                name="register_activity_ends_after_it_starts",
                violation_error_message=_("The end must lie after the start."),
            ),
            models.CheckConstraint(
                condition=Q(people_min=None) | Q(people_max=None) | Q(people_min__lte=F("people_max")),
                name="register_activity_people_in_order",
                violation_error_message=_("The lowest number of people is higher than the highest."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="register_activity_is_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("id")), name="register_activity_does_not_replace_itself"
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "name"], name="register_activity_by_name"),
            models.Index(fields=["organisation", "review_on"], name="register_activity_by_review"),
            models.Index(fields=["organisation", "department"], name="register_activity_by_dept"),
        )

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def code(self):
        return code_of(self.number)

    @property
    def status(self):
        """ "ended", "draft" (never established), "changed" (edited since) or "established"."""
        if self.ended_on is not None:
            return "ended"
        if self.established_number is None:
            return "draft"
        return "established" if self.draft_digest == self.established_digest else "changed"

    def has_changes(self):
        return self.established_number is None or self.draft_digest != self.established_digest


class ActivityLabel(Row):
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="label_rows")
    label = models.ForeignKey(Label, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["activity", "label"], name="register_activitylabel_is_unique"),)


class ApprovalRound(Row):
    """The question to one or more approvers: may this working copy be established? It stands for one draft, by its
    digest.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        SENT_BACK = "sent_back", _("Sent back")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="rounds")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.TextField(_("reason"))
    valid_from = models.DateField(_("valid from"))
    draft_digest = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["activity"], condition=Q(state="open"), name="register_approvalround_is_open_once_per_activity"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | ~Q(state="open") & Q(closed_at__isnull=False),
                name="register_approvalround_closed_at_a_moment",
            ),
        )


class ApprovalAnswer(Row):
    """One approver's answer in a round; empty until it is given."""

    class Answer(models.TextChoices):
        WAITING = "", _("Not answered yet")
        APPROVED = "approved", _("Approved")
        SENT_BACK = "sent_back", _("Sent back")

    round = models.ForeignKey(ApprovalRound, models.PROTECT, related_name="answers")
    approver = models.ForeignKey(User, models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True, default="")
    comment = models.TextField(_("comment"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["round", "approver"], name="register_approvalanswer_is_one_per_approver"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="register_approvalanswer_given_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(answer="sent_back") | ~Q(comment=""),
                name="register_approvalanswer_sent_back_with_a_comment",
                violation_error_message=_("Say what has to change."),
            ),
        )
