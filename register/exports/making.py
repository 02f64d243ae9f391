"""Asking for a document, and making it in the background: one `Export` row, one job, one file with its SHA-256."""

import time

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import events, files, jobs
from accounts.models import Event, Job
from core.refusal import Refused
from register import reading
from register.models import Export

from . import formats
from .selection import Selection, Status

KIND = "register.pdf"
THEN, NOW = "then", "now"


def moment_of(on, known, *, at):
    """Until when something counts as known: the end of the day, or now. Never later than the moment of asking."""
    return min(reading.end_of(on), at) if known == THEN else at


def is_afterwards(on, known_at):
    """Whether this is the other reading of a day: as it became known later."""
    return known_at > reading.end_of(on)


def check(selection, *, on, at):
    """Refuse what cannot be made."""
    if (selection.drafts or selection.status == Status.DRAFT) and on < timezone.localdate(at):
        raise Refused(
            _("Working copies have no past, so they cannot be shown as on a day that is over."),
            remedy=_("Leave them out, or ask for today."),
        )


@transaction.atomic
def ask(organisation, selection, *, on, known, language, by, at, format=Export.Format.PDF, request=None):
    """Put a file in the queue. Returns its `Export`; that it was asked for is written down as an event."""
    check(selection, on=on, at=at)
    export = Export.objects.create(
        organisation=organisation,
        format=format,
        language=language,
        on=on,
        known_at=moment_of(on, known, at=at),
        selection=selection.to_json(),
        made_by=by,
        asked_at=at,
    )
    export.job = jobs.ask(organisation, KIND, by=by, at=at, parameters={"export": str(export.pk)})
    export.save(update_fields=["job"])
    note_asked(organisation, selection, format=format, on=on, language=language, by=by, at=at, request=request)
    return export


def note_asked(organisation, selection, *, format, on, language, by, at, request=None):
    """The event of a document being asked for, from the page or the command line."""
    details = {"format": format, "on": on.isoformat(), "language": language, "selection": selection.to_json()}
    subject = _("Record as it stood on %(day)s") % {"day": on.isoformat()}
    events.record(
        Event.Kind.EXPORT_REQUESTED,
        request=request,
        organisation=organisation,
        user=by,
        subject=subject,
        details=details,
        at=at,
    )


def make(export, attempt, progress):
    """Make the file of an export, as the attempt with this number of its job. Running it again does no harm.

    The row is written only while that attempt is the job's present one; a later attempt has taken over otherwise.
    """
    if export.file is not None:
        return export.file
    selection = Selection.from_json(export.selection)
    made = formats.make(
        export.format,
        export.organisation,
        selection,
        on=export.on,
        known_at=export.known_at,
        language=export.language,
        made_at=export.asked_at,
        progress=now_and_then(progress),
    )
    with transaction.atomic():
        name = file_name(export.organisation, selection, export.on, export.language, export.format)
        stored = files.keep(
            export.organisation,
            name,
            made.content,
            content_type=formats.CONTENT_TYPES[export.format],
            by=export.made_by,
            at=timezone.now(),
        )
        mine = Export.objects.filter(pk=export.pk, job__attempt=attempt, job__state=Job.State.RUNNING)
        if not mine.update(file=stored, pages=made.pages, activities=made.activities):
            raise jobs.Overtaken
    return stored


def file_name(organisation, selection, on, language, format=Export.Format.PDF):
    """What the file is called when it is downloaded."""
    codes = [row.code for row in selection.rows(organisation)] if selection.is_single else []
    return "-".join([slugify(organisation.slug), "art30", *codes, on.isoformat(), language]) + formats.ENDINGS[format]


def now_and_then(progress, seconds=1.0):
    """Pass on progress once a second at most: a row of the database is written each time."""
    last = [0.0]

    def passed_on(done, total):
        if time.monotonic() - last[0] >= seconds:
            last[0] = time.monotonic()
            progress(done, total)

    return passed_on


def visible_to(membership):
    """The exports a member may see, latest first.

    A member of some departments sees the own ones, as far as they hold nothing of other departments.
    """
    found = Export.objects.filter(organisation_id=membership.organisation_id)
    found = found.select_related("job", "file", "made_by").order_by("-asked_at", "pk")
    within = within_of(membership)
    if not within:
        return found
    own = found.filter(made_by=membership.user_id).values_list("pk", "selection")
    fitting = [pk for pk, chosen in own if chosen.get("within") and set(chosen["within"]) <= set(within)]
    return found.filter(pk__in=fitting)


def within_of(membership):
    """The departments that limit a member, as they are kept in a selection; empty when nothing does."""
    return tuple(sorted(str(row.department_id) for row in membership.department_rows.all()))
