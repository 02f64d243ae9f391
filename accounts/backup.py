"""Everything that must not be lost, in one file that either kind of database can take in.

A zip: `manifest.json`, one member `tables/<table>.jsonl` per table, and the kept files by their name on disk. The first
line of a table names its columns, every other line is one row in canonical JSON, by primary key; so equal registers
give equal members. The one rule: the whole file is one moment, and it is there whole or not at all.
"""

import contextlib
import hashlib
import zipfile
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import FileField
from django.utils import timezone

from core import canonical
from core.fields import EncryptedTextField, seal
from core.whole import whole

from . import events
from .models import ChainHead, Event, Organisation, StoredFile

FORMAT, SCHEMA = "dertig-backup", 1
OURS = ("accounts", "register", "breaches", "consent", "portal")
OF_OTHERS = ("account.EmailAddress", "mfa.Authenticator", "socialaccount.SocialAccount")  # without these no sign-in
MIGRATED = (*OURS, "account", "mfa", "socialaccount")
_left_out = {"accounts.WorkerBeat", "accounts.SweepSlot"}
_rebuilding = []
CHUNK = 1 << 20


def leave_out(*labels, rebuild):
    """Tables of an app above that can be made again; `rebuild()` does so after a restore."""
    _left_out.update(labels)
    _rebuilding.append(rebuild)


def rebuild():
    for each in _rebuilding:
        each()


def models():
    """The tables of a backup, in a fixed order."""
    ours = (model for app in OURS for model in apps.get_app_config(app).get_models())
    kept = (model for model in ours if model._meta.label not in _left_out)
    return [*kept, *(apps.get_model(label) for label in OF_OTHERS)]


def member_of(model):
    return f"tables/{model._meta.db_table}.jsonl"


def columns(model):
    return [field for field in model._meta.concrete_fields if field.column]


def lines(model):
    """The member of a table, line by line, as bytes. Secrets stay encrypted."""
    fields = columns(model)
    yield canonical.encode([field.attname for field in fields]) + b"\n"
    for row in model._base_manager.order_by("pk").iterator(chunk_size=500):
        yield canonical.encode([_stored(field, getattr(row, field.attname)) for field in fields]) + b"\n"


def _stored(field, value):
    if isinstance(field, FileField):
        return value.name if value else ""
    if isinstance(field, EncryptedTextField) and value is not None:
        return seal(value)
    return value


def migrations():
    """The last migration of each app whose tables a backup holds."""
    applied = MigrationRecorder(connection).applied_migrations()
    return {app: max((name for label, name in applied if label == app), default="") for app in MIGRATED}


@contextlib.contextmanager
def one_moment():
    """Read everything as it stood at one moment, without keeping others from writing."""
    if connection.in_atomic_block:  # within a transaction already: its own view
        yield
        return
    connection.ensure_connection()
    before = getattr(connection, "transaction_mode", None)
    connection.transaction_mode = None  # on SQLite: a reader, so that nobody has to wait
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        connection.transaction_mode = before


def write(path, *, at=None):
    """Write the backup; returns its manifest. An older file of that name stays until the new one is whole."""
    path, at = Path(path), at or timezone.now()
    with whole(path) as file:
        manifest = _fill(file, at)
    details = {"rows": sum(table["rows"] for table in manifest["tables"].values()), "files": len(manifest["files"])}
    for organisation in Organisation.objects.all():
        events.record(Event.Kind.BACKED_UP, organisation=organisation, subject=path.name, details=details, at=at)
    return manifest


def _fill(file, at):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, one_moment():
        manifest = {
            "format": FORMAT,
            "schema": SCHEMA,
            "version": settings.VERSION,
            "made_at": at,
            "database": connection.vendor,
            "migrations": migrations(),
            "heads": {head.organisation.slug: [head.number, head.digest] for head in _heads()},
            "tables": {},
            "files": {},
            "missing_files": [],
        }
        for model in models():
            manifest["tables"][model._meta.db_table] = _add_table(archive, model)
        for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=500):
            _add_file(archive, manifest, stored)
        archive.writestr("manifest.json", canonical.encode(manifest))
    return manifest


def _heads():
    return ChainHead.objects.select_related("organisation")


def _add_table(archive, model):
    rows, digest = -1, hashlib.sha256()
    with archive.open(member_of(model), "w", force_zip64=True) as member:
        for line in lines(model):
            rows += 1
            digest.update(line)
            member.write(line)
    return {"rows": rows, "sha256": digest.hexdigest()}


def _add_file(archive, manifest, stored):
    digest, storage = hashlib.sha256(), storages["private"]
    try:
        source = storage.open(stored.file.name)
    except FileNotFoundError:
        manifest["missing_files"].append(stored.file.name)
        return
    with source, archive.open(f"files/{stored.file.name}", "w", force_zip64=True) as member:
        for chunk in source.chunks(CHUNK):
            digest.update(chunk)
            member.write(chunk)
    manifest["files"][stored.file.name] = digest.hexdigest()
