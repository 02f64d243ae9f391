"""Giving many activities the same answer at once, each with its history."""

from django.utils.translation import gettext as _

from accounts.history import act
from register import derived, sections
from register.models import Activity, RecipientLine, TransferLine

LISTS = {
    "joint_answer": lambda: RecipientLine.objects.filter(role="joint_controller"),
    "recipients_answer": lambda: RecipientLine.objects.exclude(role="joint_controller"),
    "transfers_answer": TransferLine.objects.all,
}
"""Answers that say something about a list: "none" contradicts lines that stand there."""


def answer(activities, *, by, at, reason="", **fields):
    """Set these fields of the activities that they fit, in one act; the rest stays as it is.

    Returns (activities that were changed, [(activity, why not)]).
    """
    rows = list(activities)
    if not rows:
        return [], []
    organisation = rows[0].organisation
    with act(organisation, by=by, at=at, kind="activity.answered", reason=reason) as going_on:
        locked = Activity.objects.select_for_update(of=("self",)).select_related("organisation")
        found = locked.filter(pk__in=[row.pk for row in rows]).order_by("pk")  # as all who lock several
        rows = sorted(found, key=lambda row: row.number)
        taken = _with_lines(rows, fields)
        changed, refused = [], []
        for row in rows:
            why_not = _why_not(row, fields, taken)
            if why_not:
                refused.append((row, [why_not]))
                continue
            for name, value in fields.items():
                setattr(row, name, value)
            row.save()
            going_on.touch(row)
            changed.append(row)
        codes = [row.code for row in changed[:20]]
        going_on.details.update(fields=sorted(fields), count=len(changed), codes=codes)
        if changed:
            derived.refresh(changed, edited_by=by, edited_at=at)
    return changed, refused


def _with_lines(rows, fields):
    """The activities whose list is not empty while the answer would be none. A query per list."""
    found = set()
    for name in fields.keys() & LISTS.keys():
        if fields[name] == "none":
            found |= set(LISTS[name]().filter(activity__in=rows).values_list("activity_id", flat=True))
    return found


def _why_not(row, fields, taken):
    if row.ended_on is not None:
        return _("It has ended.")
    if row.pk in taken:
        return _("There are lines in its list, so the answer cannot be “None”.")
    asked = {name for section in sections.for_kind(row.kind) for name in section.fields}
    if not fields.keys() <= asked:
        return _("This is not asked of this kind of activity.")
    return ""
