"""Establishing (Dutch: vaststellen): freezing the working copy as an immutable, numbered, chained version."""

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.history import act
from core import canonical
from core.refusal import Refused
from register import checks, derived, reading
from register.models import Activity, ActivityVersion, ApprovalRound
from register.record import SCHEMA, from_plain, to_plain

from .activities import locked

SIGNED = (
    "activity_id",
    "number",
    "schema",
    "content",
    "valid_from",
    "established_at",
    "established_by_id",
    "reason",
    "open_points",
    "ends",
    "late",
    "previous",
)


def version_digest(version):
    """SHA-256 over everything a version says and the digest of the version before it."""
    return canonical.digest({name: getattr(version, name) for name in SIGNED})


def obstacles(activity, entry, *, by, at, approved=False):
    """Why this working copy cannot be established by `by`, as sentences; empty when it can. One query at most."""
    found = []
    if activity.ended_on is not None:
        found.append(_("It has ended."))
    if not activity.has_changes():
        found.append(_("Nothing has changed since the last version."))
    found += [str(gap.message) for gap in checks.gaps(entry, activity.organisation.language_codes) if gap.blocks]
    if approved:
        return found
    if activity.organisation.four_eyes and by is not None and activity.edited_by_id == by.pk:
        found.append(_("You changed it last, and your organisation asks for a second pair of eyes."))
    if activity.organisation.approvals_required:
        found.append(_("Your organisation asks for approval first. Send it for approval."))
    return found


def establish(activity, *, by, at, reason, valid_from=None, late=False, approved=False):
    """Freeze the working copy of one activity. Raises Refused with the reasons when it may not be."""
    made, refused = establish_many(
        [activity], by=by, at=at, reason=reason, valid_from=valid_from, late=late, approved=approved
    )
    if refused:
        raise Refused(" ".join(refused[0][1]), where=activity.code)
    return made[0]


def establish_many(activities, *, by, at, reason, valid_from=None, late=False, approved=False):
    """Freeze several working copies in one act with one reason.

    Returns (versions made, [(activity, sentences why not)]). What may be established is; the rest stays as it is.
    `valid_from` is the day of `at` when not given; it may lie in the future, never before that of the version before.
    Some thirty queries for one activity, and few more for many.
    """
    activities = list(activities)
    if not activities:
        return [], []
    if not reason.strip():
        raise Refused(_("Give a reason for establishing: it stays with the version."))
    organisation = activities[0].organisation
    valid_from = valid_from or timezone.localdate(at)
    made, refused = [], []
    with act(organisation, by=by, at=at, kind="activity.established", reason=reason) as going_on:
        rows = {
            row.pk: row
            for row in Activity.objects.select_for_update(of=("self",))
            .select_related("organisation")
            .filter(pk__in=[activity.pk for activity in activities])
            .order_by("pk")
        }
        latest = _latest(rows)
        entries = {entry.id: entry for entry in reading.drafts(Activity.objects.filter(pk__in=list(rows)))}
        for row in sorted(rows.values(), key=lambda row: row.number):
            entry, before = entries[row.pk], latest.get(row.pk)
            row.draft_digest = derived.digest(entry)
            why_not = obstacles(row, entry, by=by, at=at, approved=approved)
            if before and valid_from < before.valid_from:
                why_not.append(
                    _("The version before is valid from %(day)s; this one cannot start earlier.")
                    % {"day": formats.date_format(before.valid_from, "SHORT_DATE_FORMAT")}
                )
            if why_not:
                refused.append((row, why_not))
                continue
            made.append(
                _version(row, entry, before, going_on, by=by, at=at, reason=reason, valid_from=valid_from, late=late)
            )
        _write(made, rows, going_on, at=at)
        judged = [entries[version.activity_id] for version in made]
        derived.judge(dict.fromkeys(rows, organisation), judged, at=at)
        going_on.details.update(
            count=len(made),
            valid_from=valid_from.isoformat(),
            versions=[{"code": rows[version.activity_id].code, "number": version.number} for version in made[:20]],
        )
        if not approved:
            _withdraw_rounds([version.activity_id for version in made], at=at)
    return made, refused


def end(activity, *, on, reason, by, at, successor=None):
    """End an activity: it keeps its number, its versions and its place; an ending version is added to what was
    established.

    Edits that were never established are not smuggled in: the ending version is the last established one plus the end.
    """
    if not reason.strip():
        raise Refused(_("Say why the activity ended."))
    with act(activity.organisation, by=by, at=at, kind="activity.ended", reason=reason) as going_on:
        activity = locked(activity)
        if activity.ended_on is not None:
            raise Refused(_("This activity has ended already."))
        before = _latest({activity.pk: activity}).get(activity.pk)
        activity.ended_on, activity.end_reason, activity.successor = on, reason, successor
        activity.full_clean(exclude=["organisation", "number"])
        activity.save()
        if before is not None:
            if on < before.valid_from:
                raise Refused(
                    _("The last version is valid from %(day)s; the end cannot lie before that.")
                    % {"day": formats.date_format(before.valid_from, "SHORT_DATE_FORMAT")}
                )
            drafted = reading.draft(activity)
            frozen = from_plain(before.content, before.schema)
            ended = {name: to_plain(getattr(drafted, name)) for name in ("ended_on", "end_reason", "successor")}
            entry = from_plain(to_plain(frozen) | {name: value for name, value in ended.items() if value})
            version = _version(
                activity, entry, before, going_on, by=by, at=at, reason=reason, valid_from=on, late=False, ends=True
            )
            _write([version], {activity.pk: activity}, going_on, at=at)
        _withdraw_rounds([activity.pk], at=at)
        derived.refresh([activity], edited_by=by, edited_at=at)
        going_on.details.update(code=activity.code, name=activity.name, on=on.isoformat())
        going_on.touch(activity)
    activity.refresh_from_db()
    return activity


def _latest(rows):
    versions = ActivityVersion.objects.filter(activity__in=list(rows)).order_by("activity", "number")
    return {version.activity_id: version for version in versions.defer("columns")}


def _version(row, entry, before, going_on, *, by, at, reason, valid_from, late, ends=False):
    version = ActivityVersion(
        organisation_id=row.organisation_id,
        activity_id=row.pk,
        number=before.number + 1 if before else 1,
        schema=SCHEMA,
        content=to_plain(entry),
        draft_digest=derived.digest(entry),
        columns=derived.columns(entry),
        valid_from=valid_from,
        established_at=at,
        established_by=by,
        reason=reason,
        open_points=[gap.key for gap in checks.gaps(entry, row.organisation.language_codes)],
        ends=ends,
        late=late or valid_from < timezone.localdate(at),
        previous=before.digest if before else "",
        change_id=going_on.change_id,
        department_id=entry.department.id if entry.department else None,
        controller_id=entry.controller.id if entry.controller else None,
    )
    version.digest = version_digest(version)
    return version


def _write(versions, rows, going_on, *, at):
    ActivityVersion.objects.bulk_create(versions, batch_size=200)
    for version in versions:
        going_on.wrote(version)
        row = rows[version.activity_id]
        row.established_number, row.established_at = version.number, at
        row.established_digest = row.draft_digest = version.draft_digest
    Activity.objects.bulk_update(
        [rows[version.activity_id] for version in versions],
        ["established_number", "established_at", "established_digest", "draft_digest"],
        batch_size=200,
    )


def _withdraw_rounds(activities, *, at):
    """An open question for approval is over once its activity was established by another way, or ended."""
    for row in ApprovalRound.objects.filter(activity__in=activities, state=ApprovalRound.State.OPEN):
        row.state, row.closed_at = ApprovalRound.State.WITHDRAWN, at
        row.save()
