"""Files of a breach: sealed when they come in, opened for those who handle it, and each handing out is recorded."""

import hashlib
import io

from django.utils.translation import gettext as _

from accounts import events, files
from accounts.models import Event
from breaches import sealing
from breaches.models import Attachment
from core import uploads
from core.refusal import Refused

from .acting import acting


def attach(breach, upload, *, by, at):
    """Keep an uploaded file, checked by `core.uploads`. The same file a second time is kept once."""
    content = upload.read()
    sha256 = hashlib.sha256(content).hexdigest()
    with acting(breach, by=by, at=at, kind="breach.attached", details={"sha256": sha256}) as locked:
        found = locked.attachments.filter(sha256=sha256).first()
        if found is not None:
            return found
        kept = files.keep(
            locked.organisation,
            "sealed",
            sealing.seal_bytes(locked, content),
            content_type="application/octet-stream",
            by=by,
            at=at,
        )
        locked.revision += 1  # the act leaves its mark on the timeline of the breach
        return Attachment.objects.create(
            breach=locked,
            file=kept,
            sealed_name=sealing.seal_bytes(locked, uploads.safe_name(upload.name).encode()).decode(),
            content_type=uploads.content_type_of(upload.name),
            size=len(content),
            sha256=sha256,
            by=by,
            at=at,
        )


def named(breach):
    """[(attachment, name)], the name None when the key was destroyed. Two queries."""
    box = sealing.box_of(breach)
    rows = breach.attachments.select_related("by")
    return [(row, box.decrypt(row.sealed_name.encode()).decode() if box else None) for row in rows]


def opened(attachment):
    """(name, bytes); refused when it was destroyed."""
    if attachment.file is None:
        raise Refused(_("The details of this breach were destroyed."))
    with attachment.file.file.open("rb") as file:
        content = sealing.open_bytes(attachment.breach, file.read())
    name = sealing.open_bytes(attachment.breach, attachment.sealed_name.encode()).decode()
    return name, content


def hand_out(request, attachment):
    """Answer with the file as a download and record that, by the number of the breach and the hash, never by name."""
    name, content = opened(attachment)
    events.record(
        Event.Kind.DOWNLOADED,
        request=request,
        organisation=attachment.breach.organisation,
        subject=attachment.breach.code,
        details={"attachment": str(attachment.pk), "sha256": attachment.sha256, "size": attachment.size},
    )
    return uploads.attachment(io.BytesIO(content), name, attachment.content_type)
