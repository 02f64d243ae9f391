"""Bringing in a register from a file: read it, make drafts of it in one act, and say what became of every cell."""

from pathlib import Path

from register.imports import apply, own_json, own_store, reading
from register.imports.report import report
from register.imports.values import clean


def import_file(organisation, source, filename, *, by, at, sheet=None, mapping=None, reason="", dry_run=False):
    """The report of the import. BadFile when the file cannot be taken in; then, and on a dry run, nothing is stored."""
    filename = clean(Path(filename).name)
    if own_json.is_ours(source, filename):
        return own_store.bring_in(organisation, source, filename, by=by, at=at, reason=reason, dry_run=dry_run)
    read = reading.read(source, filename, language=organisation.main_language, sheet=sheet, mapping=mapping)
    stored = apply.store(organisation, read.proposals, by=by, at=at, filename=filename, reason=reason, dry_run=dry_run)
    return report(organisation, filename, read, stored, dry_run=dry_run)
