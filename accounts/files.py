"""Files kept for an organisation, on disk under a name that says nothing.

The one rule: the bytes are on disk before the row commits, so that no row lacks its file; bytes whose row never came
are swept away a day later.
"""

import hashlib
import uuid
from datetime import timedelta

from django.core.files.base import ContentFile, File
from django.core.files.storage import storages
from django.db import transaction

from core import uploads

from . import events
from .models import Event, StoredFile


def keep(organisation, name, content, *, content_type, by, at):
    """Store bytes or an open file; returns the `StoredFile`. Uploads are checked by `core.uploads` before this."""
    file = ContentFile(content) if isinstance(content, bytes) else File(content)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    stored = StoredFile(
        id=uuid.uuid4(),
        organisation=organisation,
        name=name[:200],
        content_type=content_type,
        size=file.size,
        sha256=digest.hexdigest(),
        created_at=at,
        created_by=by,
    )
    stored.file.save(str(stored.pk), file, save=False)
    stored.save(force_insert=True)
    return stored


def hand_out(request, stored):
    """Answer with the file as a download, and record that it was handed out. The view has checked who asks."""
    details = {"file": str(stored.pk), "sha256": stored.sha256, "size": stored.size}
    events.record(
        Event.Kind.DOWNLOADED,
        request=request,
        organisation=stored.organisation,
        subject=stored.name,
        details=details,
    )
    return uploads.attachment(stored.file.open("rb"), stored.name, stored.content_type)


def forget(stored):
    """Take a file away that nothing names any more: the row in this transaction, the bytes as soon as it commits."""
    storage, name = stored.file.storage, stored.file.name
    stored.delete()
    transaction.on_commit(lambda: storage.delete(name), robust=True)


def remove_orphans(at, *, older_than=timedelta(days=1)):
    """Delete bytes that no row names, once they are too old to belong to a transaction that still runs."""
    storage = storages["private"]
    removed = 0
    for folder in _folders(storage):
        for name in storage.listdir(folder)[1]:
            path = f"{folder}/{name}"
            if storage.get_modified_time(path) < at - older_than and not StoredFile.objects.filter(file=path).exists():
                storage.delete(path)
                removed += 1
    return removed


def _folders(storage):
    try:
        return storage.listdir("")[0]
    except FileNotFoundError:
        return []
