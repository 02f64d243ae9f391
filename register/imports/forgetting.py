"""Files of others and what was read from them are kept for a number of days, no longer than needed to look back.

The one rule: what was taken in stays, and can still be undone: that needs the history only.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core.refusal import Refused
from register.models import ImportBatch

State = ImportBatch.State


def forget_old(at):
    """Throw away what is older than the setting says; what was never taken in goes altogether."""
    before = at - timedelta(days=settings.IMPORT_KEEP_DAYS)
    for batch in ImportBatch.objects.filter(at__lt=before).exclude(state__in=[State.TAKING, State.UNDOING]):
        if not batch.is_in:
            forget(batch)
        elif batch.file_id is not None:
            _forget_file(batch)


@transaction.atomic
def forget(batch):
    """Throw away a batch that was not taken in, with its file and all that was read from it."""
    locked = ImportBatch.objects.select_for_update(of=("self",)).filter(pk=batch.pk).first()
    if locked is None or locked.is_in or locked.state == State.TAKING:
        raise Refused(_("This import is busy, or was taken in; then it can only be undone."))
    _forget_file(locked)
    locked.delete()


@transaction.atomic
def _forget_file(batch):
    """The file, its rows and samples. A file that another batch reads too stays for that one."""
    stored = batch.file
    batch.rows.all().delete()
    batch.look_alikes.all().delete()
    ImportBatch.objects.filter(pk=batch.pk).update(file=None, plan={}, outside=[])
    if stored is not None and not ImportBatch.objects.filter(file=stored).exists():
        storage, name = stored.file.storage, stored.file.name
        stored.delete()
        transaction.on_commit(lambda: storage.delete(name))
