"""Asking owners whether what the register says of their activities is still true, by a link in a mail.

The one rule: an answer is a statement of whoever holds the link, not of somebody who signed in. It is kept as such,
moves a review date on at most, and changes neither the working copy nor the end of an activity: a keeper does that.
"""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import links, mail
from accounts.history import act, create_many
from accounts.models import Membership
from core.addresses import full_address
from core.refusal import Refused
from register import derived
from register.models import Activity, Attestation, AttestationLine, NoteLine

from . import activities as drafting
from . import establish as establishing

PURPOSE = "attestation"
LASTS = timedelta(days=28)
REMIND_AFTER = timedelta(days=14)
Answer, Outcome = AttestationLine.Answer, AttestationLine.Outcome


def askable(activities, *, at):
    """Whom a question about these activities would go to: ({owner: activities}, [(activity, sentence why not)]).

    `activities` are rows with their organisation and owner loaded. Two queries.
    """
    activities = list(activities)
    members = Membership.objects.on(timezone.localdate(at)).filter(
        organisation__in={row.organisation_id for row in activities}, user__is_active=True
    )
    present = set(members.values_list("organisation_id", "user_id"))
    open_questions = Attestation.objects.open(at)
    waiting = AttestationLine.objects.waiting().filter(activity__in=activities, attestation__in=open_questions)
    asked = set(waiting.values_list("activity_id", flat=True))
    found, refused = defaultdict(list), []
    for row in sorted(activities, key=lambda row: row.number):
        why_not = _why_not(row, present, asked)
        if why_not:
            refused.append((row, why_not))
        else:
            found[row.owner].append(row)
    return dict(found), refused


def _why_not(row, present, asked):
    if row.ended_on is not None:
        return _("It has ended.")
    if row.owner_id is None:
        return _("It has no owner with an e-mail address.")
    if (row.organisation_id, row.owner_id) not in present:
        return _("Its owner is no longer a member.")
    if row.pk in asked:
        return _("Its owner was asked already and has not answered yet.")
    return ""


def ask(activities, *, by, at, note=""):
    """Mail each owner one link to all of their activities among these. Returns (questions, [(activity, why not)])."""
    ids = [row.pk for row in activities]
    if not ids:
        return [], []
    organisation = activities[0].organisation
    with act(organisation, by=by, at=at, kind="attestation.asked") as going_on:
        rows = Activity.objects.select_for_update(of=("self",)).select_related("organisation", "owner")
        found, refused = askable(rows.filter(pk__in=ids), at=at)
        questions = [
            Attestation(
                organisation=organisation, owner=owner, asked_by=by, asked_at=at, expires_at=at + LASTS, note=note
            )
            for owner in found
        ]
        create_many(questions)
        lines = [
            AttestationLine(attestation=question, activity=row)
            for question in questions
            for row in found[question.owner]
        ]
        create_many(lines)
        for question in questions:
            _mail(question, found[question.owner], stage="asked", by=by, at=at)
        codes = [line.activity.code for line in lines[:20]]
        going_on.details.update(owners=len(questions), count=len(lines), codes=codes)
    return questions, refused


def send_again(question, *, by, at):
    """Mail a new link, which works for four weeks again; older links stop working."""
    with act(question.organisation, by=by, at=at, kind="attestation.resent") as going_on:
        question = _locked(question)
        activities = _outstanding(question)
        if question.withdrawn_at is not None:
            raise Refused(_("This question was taken back."), remedy=_("Ask the owner anew."))
        if not activities:
            raise Refused(_("There is nothing left to answer."))
        if not _is_present(question, at=at):
            raise Refused(_("The owner is no longer a member."))
        links.revoke(question, purpose=PURPOSE, at=at)
        question.expires_at = at + LASTS
        question.save()
        _mail(question, activities, stage=f"again {at:%Y-%m-%dT%H:%M:%S.%f}", by=by, at=at)
        going_on.details.update(owner=question.owner.name)
        going_on.touch(*activities)


def withdraw(question, *, by, at):
    """Take the question back: its links stop working. What was answered stays."""
    with act(question.organisation, by=by, at=at, kind="attestation.withdrawn") as going_on:
        question = _locked(question)
        if question.withdrawn_at is not None:
            raise Refused(_("This question was taken back already."))
        question.withdrawn_at = at
        question.save()
        links.revoke(question, purpose=PURPOSE, at=at)
        going_on.details.update(owner=question.owner.name)
        going_on.touch(*question.lines.values_list("activity_id", flat=True))


def remind(at):
    """Remind once whoever has not answered half-way. The worker does this every hour; returns how many were."""
    due = Attestation.objects.open(at).filter(reminded_at=None, asked_at__lte=at - REMIND_AFTER)
    waiting = AttestationLine.objects.waiting().filter(attestation=OuterRef("pk"))
    reminded = 0
    for question in due.filter(Exists(waiting)).select_related("organisation"):
        reminded += _remind(question, at=at)
    return reminded


def _remind(question, *, at):
    with act(question.organisation, by=None, at=at, kind="attestation.reminded") as going_on:
        question = _locked(question)
        activities = _outstanding(question)
        if question.reminded_at or not question.is_open(at) or not activities or not _is_present(question, at=at):
            return 0
        question.reminded_at = at
        question.save()
        _mail(question, activities, stage="reminder", by=None, at=at)
        going_on.details.update(owner=question.owner.name)
        going_on.touch(*activities)
    return 1


def answerable(link, *, at):
    """The question that a link opens, as long as its owner is somebody of the organisation; None otherwise."""
    found = Attestation.objects.open(at).filter(pk=link.subject_id, organisation=link.organisation_id)
    question = found.select_related("organisation", "owner").first()
    return question if question is not None and _is_present(question, at=at) else None


def answer(line, *, answer, state, shown="", text="", ended_on=None, at):
    """Keep what the owner answers about one activity. The same answer twice is one answer.

    `state` is that of the line when its form was opened, `shown` the fingerprint of what was read. A confirmation moves
    the review date on. Refused when somebody answered, changed or dealt with it meanwhile.
    """
    organisation = line.attestation.organisation
    with act(organisation, by=None, at=at, kind=f"attestation.{answer}", reason=text) as going_on:
        line = _line_locked(line)
        activity, question = line.activity, line.attestation
        if (line.answer, line.text, line.ended_on) == (answer, text, ended_on):
            return line
        _refuse_what_came_between(line, answer=answer, state=state, shown=shown, at=at)
        line.answer, line.text, line.ended_on, line.answered_at = answer, text, ended_on, at
        line.draft_digest = activity.draft_digest
        line.save()
        going_on.details.update(code=activity.code, name=activity.name, owner=_told_by(question, activity))
        if ended_on:
            going_on.details.update(on=ended_on.isoformat())
        if answer == Answer.CONFIRMED:
            drafting.mark_reviewed([activity], by=None, at=at)
    return line


def _refuse_what_came_between(line, *, answer, state, shown, at):
    activity, question = line.activity, line.attestation
    if not question.is_open(at):
        raise Refused(_("This question was taken back."))
    if activity.owner_id != question.owner_id:
        raise Refused(_("Somebody else looks after this activity now."))
    if activity.ended_on is not None:
        raise Refused(_("This activity has ended and can no longer be changed."))
    if line.outcome:
        raise Refused(_("Your earlier answer was dealt with already."))
    if line.state != state:
        raise Refused(_("This was answered in another window."), remedy=_("Open the link again to see the answer."))
    if answer == Answer.CONFIRMED and shown != activity.draft_digest:
        raise Refused(
            _("The description was changed while you were reading it."), remedy=_("Open the link again to read it.")
        )


def _told_by(question, activity):
    """Whom the link was mailed to, with the function as the activity has it: all that we know of who answered."""
    return ", ".join(part for part in (question.owner.name, activity.owner_function) if part)


def take_over(line, *, by, at, on=None, reason=""):
    """A keeper takes over what an owner says: a correction into the working copy, a stop as the end of the activity.

    The words of a correction stand in the working copy as a remark until somebody has put them in their place. `on` and
    `reason` are those of the end, when they differ from what the owner said.
    """
    ends = line.answer == Answer.ENDED
    kind = "activity.ended" if ends else "attestation.taken_over"
    reason = (reason or line.text) if ends else ""
    with act(line.attestation.organisation, by=by, at=at, kind=kind, reason=reason) as going_on:
        line = _settled(line, Outcome.TAKEN_OVER, reason="", by=by, at=at)
        activity = line.activity
        if ends:
            establishing.end(activity, on=on or line.ended_on, reason=reason, by=by, at=at)
        else:
            _put_in_the_working_copy(line)
            derived.refresh([activity], edited_by=by, edited_at=at)
            going_on.details.update(code=activity.code, name=activity.name)
    return line


def decline(line, *, reason, by, at):
    """A keeper leaves the register as it is, and says why."""
    with act(line.attestation.organisation, by=by, at=at, kind="attestation.declined", reason=reason) as going_on:
        line = _settled(line, Outcome.DECLINED, reason=reason, by=by, at=at)
        going_on.details.update(code=line.activity.code, name=line.activity.name)
    return line


def _settled(line, outcome, *, reason, by, at):
    line = _line_locked(line)
    if line.answer not in AttestationLine.REQUESTS or line.outcome:
        raise Refused(_("This was dealt with already."))
    if line.activity.ended_on is not None:
        raise Refused(_("This activity has ended and can no longer be changed."))
    if outcome == Outcome.DECLINED and not reason.strip():
        raise Refused(_("Say why it is not taken over."))
    line.outcome, line.outcome_reason, line.settled_by, line.settled_at = outcome, reason, by, at
    line.save()
    return line


def _put_in_the_working_copy(line):
    activity = line.activity
    with translation.override(activity.language):
        heading = _("Correction by the owner")
    last = NoteLine.objects.filter(activity=activity).count()
    NoteLine(activity=activity, heading=heading, text=line.text, origin=PURPOSE, position=last).save()


def _line_locked(line):
    """The line as it stands now, after its activity: whoever locks both does so in this order."""
    Activity.objects.select_for_update(of=("self",)).get(pk=line.activity_id)
    lines = AttestationLine.objects.select_for_update(of=("self",))
    return lines.select_related("attestation__owner", "activity__organisation").get(pk=line.pk)


def _locked(question):
    found = Attestation.objects.select_for_update(of=("self",)).select_related("organisation", "owner", "asked_by")
    return found.get(pk=question.pk)


def _outstanding(question):
    lines = question.lines.waiting().select_related("activity__organisation", "activity__owner")
    return [line.activity for line in lines.order_by("activity__number")]


def _is_present(question, *, at):
    members = Membership.objects.on(timezone.localdate(at)).filter(organisation=question.organisation_id)
    return members.filter(user=question.owner_id, user__is_active=True).exists()


def _mail(question, activities, *, stage, by, at):
    _link, token = links.make(
        question.organisation, purpose=PURPOSE, subject=question, expires_at=question.expires_at, by=by, at=at
    )
    mail.write(
        "attestation",
        thing=f"attestation:{question.pk}",
        stage=stage,
        recipient=question.owner.email,
        language=question.owner.language,
        at=at,
        context={
            "question": question,
            "activities": activities,
            "reminder": stage == "reminder",
            "url": full_address("portal:attestation", token),
        },
    )
