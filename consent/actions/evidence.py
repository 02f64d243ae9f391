"""Files that prove an event, such as the scan of a paper form: sealed with the key of the person, handed out on record.

The one rule: their names and contents are readable nowhere but here.
"""

import hashlib
import io

from accounts import events, files
from accounts.models import Event
from consent import vault
from consent.models import Evidence
from core import uploads


def attach(event, upload, *, by, at):
    """Keep an uploaded file, checked by `core.uploads`, with an event; the same file may prove several."""
    upload.seek(0)
    content = upload.read()
    person = event.person
    sealed = vault.seal_bytes(person, content)
    kept = files.keep(person.organisation, "sealed", sealed, content_type="application/octet-stream", by=by, at=at)
    return Evidence.objects.create(
        event=event,
        file=kept,
        sealed_name=vault.seal(person, uploads.safe_name(upload.name)),
        content_type=uploads.content_type_of(upload.name),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        at=at,
    )


def hand_out(request, person, evidence):
    """Answer with the file as a download, and record that, by the id of the person and the hash."""
    with evidence.file.file.open("rb") as file:
        content = vault.open_bytes(person, file.read())
    name = vault.opened(person, evidence.sealed_name)
    details = {"evidence": str(evidence.pk), "sha256": evidence.sha256, "size": evidence.size}
    events.record(Event.Kind.DOWNLOADED, request=request, subject=person.pk, details=details)
    return uploads.attachment(io.BytesIO(content), name, evidence.content_type)
