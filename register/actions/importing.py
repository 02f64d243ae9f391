"""Bringing in a register from a file: read it, make drafts of it in one act, and say what became of every cell."""

from pathlib import Path

from register.imports import apply, own_files, own_store, reading
from register.imports.report import Gathering
from register.imports.values import clean
from register.models import ImportBatch


def import_file(
    organisation, source, filename, *, by, at, sheet=None, mapping=None, reason="", dry_run=False, whole=True
):
    """The report of the import, of every cell when it is to be `whole`. BadFile when the file cannot be taken in; then,
    and on a dry run, nothing is stored. What is stored is listed among the imports, where it can be undone.
    """
    filename = clean(Path(filename).name)

    def listed(act, count, made):
        ImportBatch.objects.create(
            organisation=organisation,
            name=filename[:250],
            state=ImportBatch.State.TAKEN,
            counts={"activities": count, "made": made},
            by=by,
            at=at,
            taken_id=act.change_id,
        )

    own = own_files.read(source, filename) if sheet is None and not mapping else None
    if own:
        more = {"found": own, "by": by, "at": at, "reason": reason, "dry_run": dry_run, "claim": listed}
        return own_store.bring_in(organisation, source, filename, **more)
    opened = reading.Opened(source, filename, language=organisation.main_language, sheet=sheet, mapping=mapping)
    gathering = Gathering(opened, whole)
    options = {"by": by, "at": at, "reason": reason, "each": gathering.add}
    if dry_run:
        stored = apply.prepare(organisation, gathering.keyed(), **options)
    else:
        stored = apply.take(
            organisation,
            gathering.keyed,
            filename=filename,
            claim=lambda act, prepared: listed(act, len(prepared.activities), prepared.made_counts()),
            **options,
        )
    return gathering.report(organisation, filename, stored, dry_run=dry_run)
