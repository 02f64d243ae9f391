"""The change log of an organisation: every act, and what one act wrote besides activities.

The one rule: a member who is limited to departments sees the acts on their own activities, and those on none.
"""

from dataclasses import dataclass

from django.db import models as db
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts import history
from accounts.models import (
    ApiKey,
    Change,
    ChangeSubject,
    Controller,
    Department,
    Membership,
    MembershipDepartment,
    Organisation,
)

from . import kinds, reading, row_history
from .models import (
    Activity,
    ActivityLabel,
    Advice,
    ApprovalAnswer,
    ApprovalRound,
    Attestation,
    AttestationLine,
    CollectionPoint,
    FindingAcceptance,
    LegalConfirmation,
    LegalValue,
    Notice,
    NoticeBlock,
    NoticeLine,
    NoticeSentence,
    PartyLabel,
    RuleSetting,
    SystemLabel,
)

FAMILIES = {  # of kinds of changes: by their first words
    "drafts": (
        _("Drafting and upkeep"),
        (
            "activity.created",
            "activity.started",
            "register.started",
            "activity.section_saved",
            "activity.duplicated",
            "activity.labelled",
            "activity.upkeep",
            "activity.answered",
            "activity.reviewed",
        ),
    ),
    "establishing": (_("Establishing and ending"), ("activity.established", "activity.ended")),
    "approval": (
        _("Approval"),
        ("activity.sent_for_approval", "activity.approved", "activity.sent_back", "activity.approval_withdrawn"),
    ),
    "advice": (_("Advice of the DPO"), ("advice.",)),
    "attestations": (_("Questions to owners"), ("attestation.",)),
    "notices": (_("Privacy notices"), ("notice.", "point.")),
    "law": (_("Facts of law"), ("law.",)),
    "findings": (_("Findings and rules"), ("findings.", "rules.")),
    "shared": (_("Parties, systems, agreements and library"), ("shared.", "library.", "starter.")),
    "imports": (_("Imports"), ("register.import",)),
    "organisation": (
        _("Organisation, controllers and departments"),
        ("organisation.", "controller.", "department.", "api_key."),
    ),
    "members": (_("Members and roles"), ("membership.",)),
}
BY_NEED = {}
"""Of rooms above: how their kinds of changes begin, and the permission without which nobody sees them."""
ELSEWHERE = (
    Activity,
    ActivityLabel,
    ApprovalRound,
    ApprovalAnswer,
    *(model for model, _related in reading.LINES.values()),
)
SILENT = {"id", "organisation", "key", "position"}
JOINED = ("notice", "user", "owner", "activity", "party", "system", "label", "department")
LATEST = 50
NAMES = {
    Organisation: _("Organisation"),
    Department: _("Department"),
    Controller: _("Controller"),
    ApiKey: _("Key of the API"),
    Membership: _("Member"),
    MembershipDepartment: _("Department of a member"),
    PartyLabel: _("Label of a party"),
    SystemLabel: _("Label of a system"),
    Advice: _("Advice"),
    Attestation: _("Question to an owner"),
    AttestationLine: _("Answer of an owner"),
    Notice: _("Privacy notice"),
    NoticeLine: _("Activity of a privacy notice"),
    NoticeBlock: _("Part of a privacy notice"),
    NoticeSentence: _("Own sentence of a privacy notice"),
    CollectionPoint: _("Collection point"),
    LegalConfirmation: _("Check of a fact of law"),
    LegalValue: _("Value of a fact of law"),
    FindingAcceptance: _("Acceptance of a finding"),
    RuleSetting: _("Rule that counts or not"),
}
SIGNS = {"+": ("+", _("Added")), "~": ("±", _("Changed")), "-": ("−", _("Deleted"))}


def of_family(key):
    """The condition on changes of one family."""
    condition = Q()
    for word in FAMILIES[key][1]:
        condition |= Q(kind__startswith=word)
    return condition


def seen_by(membership):
    """The acts that a member may read about, newest first. No query yet, but one for the member's departments."""
    found = Change.objects.filter(organisation=membership.organisation).select_related("by").defer("rows")
    for beginning, permission in BY_NEED.items():
        if not membership.can(permission):
            found = found.exclude(kind__startswith=beginning)
    if membership.department_rows.all():
        about = ChangeSubject.objects.filter(change=OuterRef("pk"))
        activities = Activity.objects.filter(organisation=membership.organisation)
        mine = about.filter(subject__in=activities.visible_to(membership).values("pk"))
        found = found.filter(Exists(mine) | ~Exists(about.filter(subject__in=activities.values("pk"))))
    return found.order_by("-number")


def activities_of(change, membership):
    """The activities that an act touched, as far as the member may see them."""
    about = ChangeSubject.objects.filter(change=change).values("subject")
    return Activity.objects.visible_to(membership).filter(pk__in=about).order_by("number")


@dataclass(frozen=True)
class RowWritten:
    """A row that an act added, changed or deleted, with what differs (`row_history.Difference`)."""

    kind: str
    name: str
    sign: str
    word: str
    differences: tuple


def rows_of(change, membership, latest=LATEST):
    """What an act wrote besides activities, and how many rows more than `latest` there are. Three queries per table."""
    shown, more = [], 0
    for model in history.history_models():
        if model._meta.label_lower in change.schema.fields and model.instance_type not in ELSEWHERE:
            found = _visible(model, change, membership)
            records = _records(model, found, latest - len(shown))
            more += found.count() - len(records)
            shown += [_row(record, before) for record, before in records]
    return shown, more


def _visible(past, change, membership):
    """A member who is limited to departments reads no advice on activities of others."""
    found = past.objects.filter(change=change)
    if "activity" in {field.name for field in past._meta.fields}:
        found = found.filter(Q(activity=None) | Q(activity__in=Activity.objects.visible_to(membership)))
    return found


def _records(past, found, limit):
    related = [field.name for field in past.tracked_fields if isinstance(field, db.ForeignKey)]
    before = past.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    records = list(
        found.select_related(*related)
        .annotate(before=Subquery(before.values("history_id")[:1]))
        .order_by("history_id")[: max(limit, 0)]
    )
    earlier = past.objects.select_related(*related).in_bulk({record.before for record in records} - {None})
    return [(record, earlier.get(record.before)) for record in records]


def _row(record, before):
    model = type(record).instance_type
    kind = kinds.BY_MODEL.get(model)
    fields = [field for field in type(record).tracked_fields if field.name not in SILENT]
    changed = before is not None and record.history_type == "~"
    differences = row_history.differences_of(record, before, fields) if changed else []
    title = kind.singular if kind else NAMES.get(model, model._meta.verbose_name)
    sign, word = SIGNS[record.history_type]
    return RowWritten(str(title), _name(record), sign, str(word), tuple(differences))


def _name(record):
    """What a row was called at that moment; a row without a name of its own is called by what it joins."""
    if hasattr(record, "name_nl"):
        return record.name_nl or record.name_en
    for name in ("name", "title", "subject"):
        if getattr(record, name, ""):
            return getattr(record, name)
    joined = [getattr(record, name, None) for name in JOINED]
    return " · ".join(str(getattr(row, "name", row)) for row in joined if row is not None)
