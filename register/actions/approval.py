"""Asking for approval: one or several approvers, each from their own desk, before a version is established."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.history import act
from accounts.models import Membership
from accounts.permissions import Permission
from core.refusal import Refused
from register import derived, reading
from register.models import Activity, ApprovalAnswer, ApprovalRound

from . import establish as establishing


def approvers(organisation, *, on):
    """The members who may approve on that day. One query."""
    memberships = Membership.objects.of(organisation).on(on).select_related("user", "organisation")
    return [membership for membership in memberships if membership.can(Permission.REGISTER_APPROVE)]


def ask(activities, *, approvers, by, at, reason, valid_from=None):
    """Send working copies for approval, each in its own round. Returns (rounds, [(activity, sentences why not)])."""
    activities, approvers = list(activities), list(approvers)
    if not reason.strip():
        raise Refused(_("Give a reason: it stays with the version."))
    if not activities:
        return [], []
    organisation = activities[0].organisation
    needed = max(1, organisation.approvals_required)
    if len({person.pk for person in approvers} - {by.pk}) < needed:
        raise Refused(_("Choose at least %(number)d approvers other than yourself.") % {"number": needed})
    rounds, refused = [], []
    with act(organisation, by=by, at=at, kind="activity.sent_for_approval", reason=reason) as going_on:
        for activity in (
            Activity.objects.select_for_update(of=("self",))
            .select_related("organisation")
            .filter(pk__in=[row.pk for row in activities])
        ):
            entry = reading.draft(activity)
            why_not = establishing.obstacles(activity, entry, by=by, at=at, approved=True)
            if activity.rounds.filter(state=ApprovalRound.State.OPEN).exists():
                why_not.append(_("It is waiting for approval already."))
            if why_not:
                refused.append((activity, why_not))
                continue
            row = ApprovalRound(
                activity=activity,
                asked_by=by,
                asked_at=at,
                reason=reason,
                valid_from=valid_from or timezone.localdate(at),
                draft_digest=derived.digest(entry),
            )
            row.save()
            for person in approvers:
                if person.pk != by.pk:
                    ApprovalAnswer(round=row, approver=person).save()
            going_on.touch(activity)
            rounds.append(row)
        going_on.details.update(count=len(rounds), codes=[row.activity.code for row in rounds[:20]])
    return rounds, refused


def answer(round, *, by, at, approve, comment=""):
    """One approver approves or sends back. The last approval that is needed establishes the activity.

    An approval stands for the draft that was sent: when it changed since, Refused, and the round must be asked anew.
    """
    activity = round.activity
    kind = "activity.approved" if approve else "activity.sent_back"
    with act(activity.organisation, by=by, at=at, kind=kind, reason=comment) as going_on:
        round = _locked(round)
        mine = round.answers.filter(approver=by).first()
        if mine is None:
            raise Refused(_("You were not asked to approve this."))
        if mine.answer:
            raise Refused(_("You have answered already."))
        if approve and derived.digest(reading.draft(activity)) != round.draft_digest:
            raise Refused(
                _("The activity was changed after it was sent to you."),
                remedy=_("Send it back, so that it is sent anew."),
            )
        if not approve and not comment.strip():
            raise Refused(_("Say what has to change."))
        mine.answer = ApprovalAnswer.Answer.APPROVED if approve else ApprovalAnswer.Answer.SENT_BACK
        mine.comment, mine.answered_at = comment, at
        mine.save()
        going_on.details.update(code=activity.code, name=activity.name)
        going_on.touch(activity)
        if not approve:
            _close(round, ApprovalRound.State.SENT_BACK, at=at)
        elif not round.answers.filter(answer="").exists():
            _close(round, ApprovalRound.State.APPROVED, at=at)
            establishing.establish(
                activity, by=by, at=at, reason=round.reason, valid_from=round.valid_from, approved=True
            )
    return round


def withdraw(round, *, by, at, reason=""):
    """Take back the question; the working copy stays as it is."""
    with act(round.activity.organisation, by=by, at=at, kind="activity.approval_withdrawn", reason=reason) as going_on:
        round = _locked(round)
        _close(round, ApprovalRound.State.WITHDRAWN, at=at)
        going_on.details.update(code=round.activity.code)
        going_on.touch(round.activity_id)
    return round


def _locked(round):
    """The open round, locked after its activity: establishing locks in that order too."""
    Activity.objects.select_for_update(of=("self",)).get(pk=round.activity_id)
    round = ApprovalRound.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if round.state != ApprovalRound.State.OPEN:
        raise Refused(_("This question was closed already."))
    return round


def _close(round, state, *, at):
    round.state, round.closed_at = state, at
    round.save()
