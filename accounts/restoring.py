"""Taking a backup in, whole or not at all.

The one rule: what came back is read again, and must give the very bytes of the backup, before anything is kept.
"""

import hashlib
import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.core.files.base import File
from django.core.files.storage import storages
from django.core.management.color import no_style
from django.db import connection
from django.db.models import FileField
from django.utils import timezone
from django.utils.translation import gettext as _

from core import guards
from core.fields import EncryptedTextField, Unreadable, unseal
from core.refusal import Refused

from . import backup, events
from .models import Event, Job, Organisation, StoredFile

# What belongs to the people of a database that is replaced, and goes with them.
EMPTIED_TOO = ("account", "mfa", "socialaccount", "sessions", "usersessions", "django_tasks_database")
BATCH = 200
UNREADABLE = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError, RuntimeError)


@dataclass
class Archive:
    """A backup that was opened and found whole."""

    file: zipfile.ZipFile
    manifest: dict

    @property
    def name(self):
        return Path(self.file.filename).name


def opened(path):
    """The backup at `path`, after every check that needs no database but its list of migrations; or Refused."""
    try:
        file = zipfile.ZipFile(path)
        manifest = json.loads(file.read("manifest.json"))
    except FileNotFoundError:
        raise Refused(_("There is no file %(path)s.") % {"path": path}) from None
    except UNREADABLE:
        raise Refused(_("%(path)s is no backup of Dertig, or it is damaged.") % {"path": path}) from None
    if not isinstance(manifest, dict) or manifest.get("format") != backup.FORMAT:
        raise Refused(_("%(path)s is no backup of Dertig.") % {"path": path})
    _check_age(manifest)
    for name, digest in _members(manifest):
        if _digest_of(file, name) != digest:
            raise Refused(_("The backup is damaged: %(name)s is not what the manifest says.") % {"name": name})
    return Archive(file, manifest)


def _check_age(manifest):
    made_with = {"version": manifest.get("version", "?")}
    if manifest.get("schema") != backup.SCHEMA:
        raise Refused(_("This backup was made by another version of Dertig (%(version)s).") % made_with)
    here, there = backup.migrations(), manifest.get("migrations", {})
    if any(there.get(app, "") > name for app, name in here.items()):
        raise Refused(_("This backup was made by a newer version of Dertig (%(version)s). Upgrade first.") % made_with)
    if there != here:
        raise Refused(
            _("This backup was made by an older version of Dertig (%(version)s).") % made_with,
            remedy=_("Restore it with that version, and upgrade afterwards."),
        )


def _members(manifest):
    try:
        for model in backup.models():
            yield backup.member_of(model), manifest["tables"][model._meta.db_table]["sha256"]
        yield from ((f"files/{name}", digest) for name, digest in manifest["files"].items())
    except (KeyError, TypeError, AttributeError):
        raise Refused(_("The backup is damaged: its manifest is not complete.")) from None


def _digest_of(file, name):
    digest = hashlib.sha256()
    try:
        with file.open(name) as member:
            while chunk := member.read(backup.CHUNK):
                digest.update(chunk)
    except (*UNREADABLE, NotImplementedError):
        return ""
    return digest.hexdigest()


def is_empty():
    return not any(model._base_manager.exists() for model in backup.models())


def restore(archive, *, replace=False, at=None):
    """Put everything in; a database that holds something is emptied first, or Refused without `replace`."""
    at, written = at or timezone.now(), []
    if not replace and not is_empty():
        raise Refused(_("The database is not empty. A backup goes into an empty one."))
    try:
        with guards.open_door("a backup is restored"):
            if replace:
                _empty()
            for model in backup.models():
                _fill(archive, model)
            for model in backup.models():
                _compare(archive, model)
            _reset_numbers()
            _keep_files(archive, written)
            backup.rebuild()
            _settle_jobs(at)
            for organisation in Organisation.objects.all():
                events.record(Event.Kind.RESTORED, organisation=organisation, subject=archive.name, at=at)
    except BaseException:
        for name in written:
            storages["private"].delete(name)
        raise


def _empty():
    """Foreign keys are checked at the end of the transaction, so that the order does not matter."""
    with connection.cursor() as cursor:
        for app in (*backup.OURS, *EMPTIED_TOO):
            for model in apps.get_app_config(app).get_models(include_auto_created=True):
                if model._meta.managed and not model._meta.proxy:
                    cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def _fill(archive, model):
    fields = backup.columns(model)
    quote = connection.ops.quote_name
    names, places = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"
    with archive.file.open(backup.member_of(model)) as member, connection.cursor() as cursor:
        if json.loads(next(member)) != [field.attname for field in fields]:
            raise Refused(_("The table %(table)s has other columns here.") % {"table": model._meta.db_table})
        batch = []
        for line in member:
            batch.append([_value(field, value) for field, value in zip(fields, json.loads(line), strict=True)])
            if len(batch) == BATCH:
                cursor.executemany(statement, batch)
                batch = []
        if batch:
            cursor.executemany(statement, batch)


def _value(field, value):
    if field.is_relation:
        field = field.target_field
    if value is not None and isinstance(field, EncryptedTextField):
        try:
            value = unseal(value)
        except Unreadable as error:
            raise Refused(str(error)) from None
    if not isinstance(field, FileField):
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)


def _compare(archive, model):
    """Read back what was written. A table with secrets differs each time it is encrypted; its rows are counted."""
    expected = archive.manifest["tables"][model._meta.db_table]
    digest, rows = hashlib.sha256(), -1
    for line in backup.lines(model):
        digest.update(line)
        rows += 1
    secret = any(isinstance(field, EncryptedTextField) for field in backup.columns(model))
    if rows != expected["rows"] or (not secret and digest.hexdigest() != expected["sha256"]):
        message = _("The table %(table)s did not come back as it was; nothing was restored.")
        raise Refused(message % {"table": model._meta.db_table})


def _reset_numbers():
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), backup.models()):
            cursor.execute(statement)


def _keep_files(archive, written):
    """Put the files back under their own names; notes each new one in `written`. What is there already stays."""
    storage, known = storages["private"], set(StoredFile.objects.values_list("file", flat=True))
    for name, digest in archive.manifest["files"].items():
        if name not in known:
            raise Refused(_("The backup is damaged: no row names the file %(name)s.") % {"name": name})
        if storage.exists(name):
            with storage.open(name) as present:
                if hashlib.file_digest(present, "sha256").hexdigest() == digest:
                    continue
            raise Refused(_("Another file stands in the place of %(name)s. Move it away first.") % {"name": name})
        with archive.file.open(f"files/{name}") as member:
            written.append(storage.save(name, File(member)))


def _settle_jobs(at):
    """The queue is not part of a backup: what was waiting must be asked for again."""
    unfinished = Job.objects.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])
    message = _("Stopped by the restore of a backup. Ask again.")
    unfinished.update(state=Job.State.FAILED, finished_at=at, message=message)
