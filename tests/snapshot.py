"""A migrated SQLite database, kept between test runs: running all migrations takes ten times as long as copying one.

The copy is named after everything that shapes it, and migrate runs over it all the same, so a guard or a migration that
is newer than the copy is never missed.
"""

import hashlib
import os
import sqlite3
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections


def install(patch):
    handle = migrate.Command.handle

    def from_snapshot(self, *args, **options):
        connection = connections[options["database"]]
        if connection.vendor != "sqlite" or connection.introspection.table_names():
            return handle(self, *args, **options)
        kept = snapshot_path()
        if kept.exists():
            with sqlite3.connect(f"file:{kept}?mode=ro", uri=True) as source:
                source.backup(connection.connection)
            source.close()
            return handle(self, *args, **options)
        answer = handle(self, *args, **options)
        save(connection, kept)
        return answer

    patch.setattr(migrate.Command, "handle", from_snapshot)


def save(connection, kept):
    for old in kept.parent.glob("tests-*.sqlite3"):
        old.unlink(missing_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}")
    target = sqlite3.connect(unfinished)
    connection.connection.backup(target)
    target.close()
    unfinished.replace(kept)


def snapshot_path():
    digest = hashlib.sha256((settings.BASE_DIR / "requirements-dev.txt").read_bytes())
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return settings.BASE_DIR / "var" / f"tests-{digest.hexdigest()[:16]}.sqlite3"
