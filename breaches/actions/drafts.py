"""A report in the making: kept as somebody types, with its files sealed, until it is sent and becomes a breach.

The one rule: the breach takes the id of its draft, so whatever is pressed twice or sent again after a lost answer makes
one breach.
"""

import hashlib
import json
from datetime import timedelta

from cryptography.fernet import Fernet
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import files
from accounts.history import act
from breaches.models import Attachment, Breach, ReportDraft, ReportFile
from core import uploads
from core.refusal import Refused

from . import reporting, warning

MAX_FILES = 10
MAX_FILES_OUTSIDE = 100
"""Of all reports together that wait by one secret link: whoever has it cannot fill the disk."""
KEEP = timedelta(days=14)
LONGEST = 20_000
"""Signs of one answer."""


def find(author, draft_id):
    """The draft that this author is writing under this id, or None. What is another's does not exist (404)."""
    draft = ReportDraft.objects.filter(pk=draft_id).select_related("drill").first()
    if draft is not None and not _is_of(draft, author):
        raise Http404
    return draft


def sent(author, draft_id):
    """The breach that this draft became, or None."""
    breach = Breach.objects.filter(pk=draft_id).select_related("organisation").first()
    if breach is None:
        return None
    if (breach.organisation_id, breach.reported_by_id) != (author.organisation.pk, author.user and author.user.pk):
        raise Http404
    return breach


def latest(author, drill=None):
    """What a member was writing last and has not sent."""
    found = ReportDraft.objects.filter(organisation=author.organisation, by=author.user, drill=drill)
    return found.order_by("-saved_at").first() if author.user else None


def keep(author, draft_id, answers, *, at):
    """Keep what was answered so far ({name: [values]}), whatever it is. Returns the draft, or None when it was sent."""
    answers = {name: [value[:LONGEST] for value in values[:50]] for name, values in answers.items()}
    with transaction.atomic():
        if sent(author, draft_id):
            return None
        draft, is_new = ReportDraft.objects.select_for_update(of=("self",)).get_or_create(
            pk=draft_id,
            defaults={
                "organisation": author.organisation,
                "by": author.user,
                "link": author.link,
                "drill": author.drill,
                "key": Fernet.generate_key().decode(),
                "answers": json.dumps(answers),
                "saved_at": at,
            },
        )
        if not _is_of(draft, author):
            raise Http404
        if is_new and sent(author, draft_id):  # by another request, just before this one
            draft.delete()
            return None
        if not is_new:
            draft.answers, draft.saved_at = json.dumps(answers), at
            draft.save(update_fields=["answers", "saved_at"])
    return draft


def add_file(draft, upload, *, at):
    """Seal an uploaded file, checked by `core.uploads`. The same file a second time is kept once."""
    content = upload.read()
    sha256 = hashlib.sha256(content).hexdigest()
    box = Fernet(draft.key)
    with transaction.atomic():
        if not ReportDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).exists():
            raise Refused(_("This report was sent or thrown away in another window, so the file was not added."))
        if draft.files.filter(sha256=sha256).exists():
            return
        if draft.link_id and ReportFile.objects.filter(draft__link=draft.link_id).count() >= MAX_FILES_OUTSIDE:
            raise Refused(_("There is no room for files now. Send the report without; they can be handed over later."))
        if draft.files.count() >= MAX_FILES:
            raise Refused(
                _("A report takes %(count)d files. The others can be handed over later.") % {"count": MAX_FILES}
            )
        stored = files.keep(
            draft.organisation,
            "sealed",
            box.encrypt(content),
            content_type="application/octet-stream",
            by=draft.by,
            at=at,
        )
        ReportFile.objects.create(
            draft=draft,
            file=stored,
            sealed_name=box.encrypt(uploads.safe_name(upload.name).encode()).decode(),
            content_type=uploads.content_type_of(upload.name),
            size=len(content),
            sha256=sha256,
            at=at,
        )


@transaction.atomic
def remove_file(draft, file_id):
    for row in draft.files.filter(pk=file_id).select_related("file"):
        row.delete()
        files.forget(row.file)


def files_of(draft):
    """[(row, name)] of the files of a draft. One query."""
    if draft is None:
        return []
    box = Fernet(draft.key)
    return [(row, box.decrypt(row.sealed_name.encode()).decode()) for row in draft.files.all()]


def answers_of(draft):
    return json.loads(draft.answers) if draft is not None else {}


def send(draft, breach, texts, *, by, at):
    """Make a breach of a draft: `breach` is unsaved, `texts` are sealed. Whoever watches over breaches is mailed.

    Sent a second time it gives the breach of the first.
    """
    with act(draft.organisation, by=by, at=at, kind="breach.reported"):
        locked = ReportDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
        if locked is None:
            return _sent_before(draft)
        breach.pk, breach.organisation = locked.pk, draft.organisation
        breach.drill_id, breach.is_drill = locked.drill_id, locked.drill_id is not None
        reporting.report(breach, texts, by=by, at=at, key=locked.key)
        Attachment.objects.bulk_create(
            Attachment(
                breach=breach,
                file_id=row.file_id,
                sealed_name=row.sealed_name,
                content_type=row.content_type,
                size=row.size,
                sha256=row.sha256,
                by=by,
                at=at,
            )
            for row in locked.files.all()
        )
        locked.delete()
        warning.reported(breach, at=at)
    return breach


def _sent_before(draft):
    breach = Breach.objects.select_related("organisation").filter(pk=draft.pk).first()
    if breach is None:
        raise Refused(_("This report was thrown away in another window, so it was not sent."))
    return breach


def throw_away(draft):
    """The author starts anew: nothing stays."""
    with transaction.atomic():
        kept = [row.file for row in draft.files.select_related("file")]
        draft.delete()
        for stored in kept:
            files.forget(stored)


def forget_old(at):
    """A sweep: what nobody went on with is thrown away."""
    for draft in ReportDraft.objects.filter(saved_at__lt=at - KEEP):
        throw_away(draft)


def _is_of(draft, author):
    """By ids: organisation, member or link, and the drill, since practice and earnest are never mixed."""
    whose = (author.organisation, author.user, author.link, author.drill)
    ids = (draft.organisation_id, draft.by_id, draft.link_id, draft.drill_id)
    return ids == tuple(row and row.pk for row in whose)
