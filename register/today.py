"""What needs somebody today, and how the record stands: a fixed number of queries, whatever its size."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.urls import reverse
from django.utils.translation import get_language

from accounts.models import Membership
from accounts.permissions import Permission
from register import change_log, checks, legal
from register.checks.engine import Outcome, Severity
from register.models import (
    Activity,
    Advice,
    ApprovalAnswer,
    ApprovalRound,
    AttestationLine,
    Finding,
    SubjectCategory,
)

FEW = 5


@dataclass(frozen=True)
class Waiting:
    """Things of one kind that wait for this person: the first few, how many there are, and where all of them are."""

    kind: str
    rows: tuple
    count: int
    url: str

    @property
    def more(self):
        return self.count - len(self.rows)


def waiting_for(membership, *, on):
    """What this member has to do, most pressing kind first; kinds with nothing to do are left out. Two queries each."""
    found = [
        _approvals(membership),
        _sent_back(membership),
        _owner_answers(membership),
        _reviews(membership, on),
        _advice(membership),
        _law(membership),
        _controllers(membership),
    ]
    return [waiting for waiting in found if waiting and waiting.count]


def _approvals(membership):
    if not membership.can(Permission.REGISTER_APPROVE):
        return None
    answers = ApprovalAnswer.objects.filter(
        approver=membership.user_id,
        answer="",
        round__state=ApprovalRound.State.OPEN,
        round__activity__in=Activity.objects.visible_to(membership),
    )
    rows = answers.select_related("round__activity", "round__asked_by").order_by("round__asked_at")
    return _few("approval", rows, _url("approvals", membership))


def _sent_back(membership):
    """What this member asked approval for and got back, as long as it was not asked or established again."""
    if not membership.can(Permission.REGISTER_EDIT):
        return None
    rounds = ApprovalRound.objects.filter(
        asked_by=membership.user_id,
        state=ApprovalRound.State.SENT_BACK,
        activity__in=Activity.objects.visible_to(membership).running(),
    ).filter(Q(activity__established_at=None) | Q(activity__established_at__lt=F("closed_at")))
    later = ApprovalRound.objects.filter(activity=OuterRef("activity"), asked_at__gt=OuterRef("asked_at"))
    rows = rounds.filter(~Exists(later)).select_related("activity").order_by("-closed_at")
    return _few("sent_back", rows, _url("activities", membership, "status=sent_back"))


def _owner_answers(membership):
    """What owners said is wrong or over, as long as no keeper dealt with it."""
    if not membership.can(Permission.REGISTER_EDIT):
        return None
    seen = Activity.objects.visible_to(membership)
    rows = AttestationLine.objects.requests().filter(activity__in=seen).select_related("activity", "attestation__owner")
    return _few("owner_answer", rows.order_by("answered_at"), _url("attestations", membership))


def _reviews(membership, on):
    """Reviews that are due: one's own, and for whoever keeps the register all of them."""
    if not membership.can(Permission.REGISTER_EDIT):
        return None
    due = Activity.objects.visible_to(membership).running().filter(review_on__lte=on)
    query = "review=late&sort=review"
    if not membership.can(Permission.REGISTER_ESTABLISH):
        due, query = due.filter(owner=membership.user_id), f"{query}&owner={membership.user_id}"
    rows = due.select_related("owner").only("number", "name", "review_on", "owner__name", "owner__email")
    return _few("review", rows.order_by("review_on", "number"), _url("activities", membership, query))


def _advice(membership):
    if not membership.can(Permission.ADVICE_ANSWER):
        return None
    open_advice = Advice.objects.of(membership.organisation).filter(answer=Advice.Answer.OPEN)
    open_advice = open_advice.filter(Q(activity=None) | Q(activity__in=Activity.objects.visible_to(membership)))
    rows = open_advice.select_related("activity", "given_by").order_by("given_on")
    return _few("advice", rows, _url("advice", membership))


def _law(membership):
    """Values of facts of law that somebody added here and nobody checked yet."""
    if not membership.can(Permission.LAW_EDIT):
        return None
    rows = legal.unconfirmed(membership.organisation, get_language() or "nl")
    return Waiting("law", tuple(rows[:FEW]), len(rows), _url("legal_parameters", membership, "checked=no"))


def _controllers(membership):
    """Controllers of established activities of whom the record knows the name only."""
    if not membership.can(Permission.ORGANISATION_EDIT):
        return None
    url = reverse("accounts:organisation", args=[membership.organisation.slug])
    return _few("controller", nameless_controllers(membership.organisation), url)


def nameless_controllers(organisation):
    """Those in the record of whom nothing was established, so that documents give no contact details. Art. 30(1)(a)."""
    in_record = Activity.objects.of(organisation).running().filter(established_number__isnull=False)
    found = organisation.controllers.filter(retired_on=None, versions=None)
    return found.filter(pk__in=in_record.values("controller")).order_by("name")


def _few(kind, rows, url):
    count = rows.count()
    return Waiting(kind, tuple(rows[:FEW]) if count else (), count, url)


def _url(name, membership, query=""):
    url = reverse(f"register:{name}", args=[membership.organisation.slug])
    return f"{url}?{query}" if query else url


def standing(membership, *, on):
    """The figures of the record as it is now. One query."""
    running = Q(ended_on=None)
    established = running & Q(established_number__isnull=False)
    figures = Activity.objects.visible_to(membership).aggregate(
        running=Count("pk", filter=running),
        drafts=Count("pk", filter=running & Q(established_number=None)),
        established=Count("pk", filter=established),
        changed=Count("pk", filter=established & ~Q(draft_digest=F("established_digest"))),
        incomplete=Count("pk", filter=running & Q(gaps__gt=0)),
        ended=Count("pk", filter=Q(ended_on__isnull=False)),
        late=Count("pk", filter=running & Q(review_on__lte=on)),
        controller=Count("pk", filter=running & Q(kind="controller")),
        processor=Count("pk", filter=running & Q(kind="processor")),
        missing=Sum("gaps", filter=running, default=0),
    )
    asked = sum(checks.LIMBS[kind] * figures[kind] for kind in checks.LIMBS)
    answered = max(asked - figures["missing"], 0)
    return figures | {"asked": asked, "answered": answered, "percent": answered * 100 // asked if asked else 0}


def found(membership, *, on):
    """How many findings stand: (severity, number) of what does not hold, and how many are not known. Two queries.

    Grouped as the index of findings is ordered, so that ten thousand activities are counted from the index alone.
    """
    present = Finding.objects.visible_to(membership).present().order_by()
    grouped = ("rule", "cause_kind", "cause_id", "severity", "outcome")
    counts, not_known = dict.fromkeys(Severity, 0), 0
    for some in (present.filter(acceptance=None), present.filter(acceptance__until__lte=on)):
        for row in some.values(*grouped).annotate(number=Count("*")):
            if row["outcome"] == Outcome.FAILS:
                counts[Severity(row["severity"])] += row["number"]
            else:
                not_known += row["number"]
    return {"severities": list(counts.items()), "not_known": not_known, "any": any(counts.values()) or not_known}


def least_complete(membership):
    """The running activities that miss most of what Art. 30 asks. One query."""
    rows = Activity.objects.visible_to(membership).running().filter(gaps__gt=0).only("number", "name", "kind", "gaps")
    return list(rows.order_by("-gaps", "number")[:FEW])


def last_changes(membership):
    """The last acts of people that this member may read about. At most two queries."""
    return list(change_log.seen_by(membership).filter(by__isnull=False)[: FEW + 3])


def nobody_keeps(membership, on):
    """Whether this member may invite people and nobody here keeps the register yet. One query for whoever may."""
    if not membership.can(Permission.MEMBERS_EDIT):
        return False
    members = Membership.objects.of(membership.organisation).on(on)
    return not any(one.can(Permission.REGISTER_EDIT) for one in members.select_related("organisation"))


def first_steps(membership, figures):
    """Four steps for a new organisation, with whether each was done; None once one was established. Three queries."""
    if figures["established"] or figures["ended"] or not membership.can(Permission.REGISTER_EDIT):
        return None
    organisation = membership.organisation
    return {
        "controller": organisation.controllers.filter(versions__isnull=False).exists(),
        "unestablished": organisation.controllers.filter(retired_on=None, versions=None).first(),
        "library": SubjectCategory.objects.of(organisation).exclude(key="").exists(),
        "activity": bool(figures["running"]),
        "establish": False,
    }
