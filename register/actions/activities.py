"""Drafting: make an activity, change a section, copy it, say that it was reviewed."""

import uuid

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.history import act
from accounts.models import Counter
from core.dates import add_months
from core.refusal import Refused
from register import derived, editing
from register import sections as layout
from register.models import Activity, ActivityLabel, Advice, NoteLine


class Conflict(Exception):
    """Two people wrote different things in the same place; `merged` (editing.Merged) says where and what. Nothing is
    saved.
    """

    def __init__(self, merged):
        super().__init__("conflict")
        self.merged = merged


def create(organisation, *, by, at, reason="", content=None, **fields):
    """Make a working copy with the next number. Nothing is asked but what was given; numbers are never reused.

    `content` may fill sections at once: {section key: snapshot as of register.editing}.
    """
    with act(organisation, by=by, at=at, kind="activity.created", reason=reason) as going_on:
        activity = Activity(organisation=organisation, number=Counter.draw(organisation, "activity"), **fields)
        if activity.review_on is None:
            activity.review_on = add_months(timezone.localdate(at), organisation.review_after_months)
        activity.full_clean(exclude=["organisation", "number"])
        activity.save()
        for key, wanted in (content or {}).items():
            editing.apply(activity, layout.BY_KEY[key], wanted)
        derived.refresh([activity], edited_by=by, edited_at=at)
        going_on.details.setdefault("name", activity.name)
        going_on.details.setdefault("code", activity.code)
        going_on.touch(activity)
    activity.refresh_from_db()
    return activity


def save_section(activity, key, mine, base, *, by, at, reason="", choices=None):
    """Save one section by difference. `base` is the snapshot the form started from, `mine` what it now says.

    What somebody else changed meanwhile elsewhere in the section stays; where both changed the same place, Conflict is
    raised until `choices` settles each one. Returns editing.Merged, whose `theirs` names what the other changed.
    """
    section = layout.BY_KEY[key]
    with act(activity.organisation, by=by, at=at, kind="activity.section_saved", reason=reason) as going_on:
        activity = locked(activity)
        if activity.ended_on is not None:
            raise Refused(_("This activity has ended and can no longer be changed."))
        merged = editing.merge(base, mine, editing.snapshot(activity, section), choices)
        if merged.clashes:
            raise Conflict(merged)
        if editing.apply(activity, section, merged.snapshot):
            going_on.details.update(section=key, code=activity.code, name=activity.name)
            going_on.touch(activity)
            derived.refresh([activity], edited_by=by, edited_at=at)
    return merged


def set_upkeep(activities, *, by, at, reason="", **fields):
    """Set owner, review date or department of several activities in one act. Only these three may be given."""
    activities = list(activities)
    if not activities:
        return []
    unknown = set(fields) - {"owner", "owner_function", "review_on", "department"}
    if unknown:
        raise ValueError(f"Not upkeep: {unknown}")
    organisation = activities[0].organisation
    with act(organisation, by=by, at=at, kind="activity.upkeep", reason=reason) as going_on:
        activities = _running(activities)
        for activity in activities:
            for name, value in fields.items():
                setattr(activity, name, value)
            activity.save()
            going_on.touch(activity)
        going_on.details.update(fields=sorted(fields), count=len(activities), codes=_codes(activities))
        derived.refresh(activities, edited_by=by, edited_at=at)
    return activities


def set_labels(activities, *, add=(), remove=(), by, at):
    """Put labels on activities and take them off; what is there already stays as it is."""
    activities = list(activities)
    if not activities:
        return
    with act(activities[0].organisation, by=by, at=at, kind="activity.labelled") as going_on:
        present = set(ActivityLabel.objects.filter(activity__in=activities).values_list("activity_id", "label_id"))
        for activity in activities:
            for label in add:
                if (activity.pk, label.pk) not in present:
                    ActivityLabel(activity=activity, label=label).save()
                    going_on.touch(activity)
        for row in ActivityLabel.objects.filter(activity__in=activities, label__in=list(remove)):
            row.delete()
            going_on.touch(row.activity_id)
        going_on.details.update(add=[label.name for label in add], remove=[label.name for label in remove])
        going_on.details.update(count=len(activities), codes=_codes(activities))


def mark_reviewed(activities, *, by, at, reason=""):
    """Reviewed, nothing changed: the review date moves on by the organisation's interval."""
    activities = list(activities)
    if not activities:
        return
    organisation, on = activities[0].organisation, timezone.localdate(at)
    with act(organisation, by=by, at=at, kind="activity.reviewed", reason=reason) as going_on:
        activities = _running(activities)
        for activity in activities:
            activity.reviewed_on = on
            activity.review_on = add_months(on, organisation.review_after_months)
            activity.save()
            going_on.touch(activity)
        derived.judge_again(activities, at=at)
        going_on.details.update(count=len(activities), codes=_codes(activities))


def locked(activity):
    """The row as it stands now, for this act alone; Refused when it went with the import that brought it."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("organisation")
    found = rows.filter(pk=activity.pk).first()
    if found is None:
        raise _gone()
    return found


def _gone():
    return Refused(
        _("This activity is no longer there: the import that it came from was undone."),
        remedy=_("Go back to the list."),
    )


def _running(activities):
    """The rows as they stand now, locked: saving what was read earlier would undo what somebody else wrote since."""
    found = Activity.objects.select_for_update(of=("self",)).select_related("organisation").order_by("pk")
    rows = {row.pk: row for row in found.filter(pk__in=[activity.pk for activity in activities])}
    if any(activity.pk not in rows for activity in activities):
        raise _gone()
    if any(row.ended_on for row in rows.values()):
        raise Refused(_("This activity has ended and can no longer be changed."))
    return [rows[activity.pk] for activity in activities]


def _codes(activities):
    """Of the first few, for the sentence about the act."""
    return [activity.code for activity in activities[:20]]


def duplicate(activity, *, name, by, at, organisation=None):
    """A new draft with the content of this working copy. Into another organisation, shared rows are found or made
    there.

    Lines get new UUIDs, and so does the activity. Not copied: versions, approvals, advice, review dates, notes of an
    import and, into another organisation, controller, department, owner, parent and documents.
    """
    from .copying import counterpart

    target = organisation or activity.organisation
    elsewhere = target.pk != activity.organisation_id
    with act(target, by=by, at=at, kind="activity.duplicated", details={"of": activity.code, "name": name}) as going_on:
        left_out = {
            "id",
            "organisation",
            "number",
            "name",
            "reviewed_on",
            "review_on",
            "ended_on",
            "end_reason",
            "successor",
        }
        left_out |= set(_derived())
        if elsewhere:
            left_out |= {"controller", "department", "owner", "parent", "reference"}
        fields = {
            field.name: getattr(activity, field.name)
            for field in Activity._meta.concrete_fields
            if field.name not in left_out
        }
        copy = create(target, by=by, at=at, name=name, **fields)
        renamed = {}
        for lines in layout.LINE_SETS:
            if lines.model is NoteLine or (elsewhere and lines.name == "documents"):
                continue
            for row in lines.rows(activity):
                _copy_line(row, copy, renamed, counterpart if elsewhere else None, by=by, at=at)
        derived.refresh([copy], edited_by=by, edited_at=at)
        going_on.details["code"] = copy.code
        going_on.touch(copy)
    copy.refresh_from_db()
    return copy


def _derived():
    from register.models.activity import DERIVED

    return DERIVED


def _copy_line(row, copy, renamed, counterpart, *, by, at):
    values = {}
    for field in row._meta.concrete_fields:
        if field.name in ("id", "activity"):
            continue
        value = getattr(row, field.name)
        if field.is_relation and value is not None:
            if value.pk in renamed:
                value = renamed[value.pk]
            elif counterpart:
                value = counterpart(value, copy.organisation)
        values[field.name] = value
    new = type(row)(id=uuid.uuid4(), activity=copy, **values)
    new.save()
    renamed[row.pk] = new


def give_advice(organisation, *, subject, advice, by, at, given_on, activity=None, question=""):
    """Record advice of the DPO, on an activity or in general."""
    with act(organisation, by=by, at=at, kind="advice.given", details={"subject": subject}) as going_on:
        row = Advice(
            organisation=organisation,
            activity=activity,
            subject=subject,
            question=question,
            advice=advice,
            given_on=given_on,
            given_by=by,
        )
        row.full_clean(exclude=["organisation"])
        row.save()
        if activity:
            going_on.details["code"] = activity.code
            going_on.touch(activity)
    return row


def answer_advice(advice, *, answer, answer_reason="", by, at, on):
    """Say whether the advice is followed; if not, why. An answer can be replaced, with history."""
    with act(
        advice.organisation, by=by, at=at, kind="advice.answered", details={"subject": advice.subject, "answer": answer}
    ):
        advice.answer, advice.answer_reason = answer, answer_reason
        advice.answered_by, advice.answered_on = by, on
        advice.full_clean(exclude=["organisation"])
        advice.save()
    return advice
