"""Take a backup in: `manage.py restore dertig.zip`. Whole or not at all; exit code 1 when it is refused."""

import sys

from django.core.management.base import BaseCommand, CommandError

from accounts import restoring
from accounts.verification import verify
from core.refusal import Refused

WORD = "replace"


class Command(BaseCommand):
    help = "Take in an archive that `backup` wrote: into an empty database, or in place of everything that is there."

    def add_arguments(self, parser):
        parser.add_argument("file", help="the archive")
        parser.add_argument("--replace", action="store_true", help="throw away everything that is there now")
        parser.add_argument("--no-input", action="store_false", dest="ask", help="with --replace: do not ask again")

    def handle(self, *, file, replace, ask, **options):
        try:
            archive = restoring.opened(file)
            if replace and ask and not restoring.is_empty() and not self._is_sure():
                raise CommandError("Nothing was changed.")
            restoring.restore(archive, replace=replace)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        rows = sum(table["rows"] for table in archive.manifest["tables"].values())
        self.stdout.write(f"{rows} rows and {len(archive.manifest['files'])} files came back as they were.")
        self._verify()

    def _is_sure(self):
        self.stdout.write("Everything in this database will be thrown away, and the backup put in its place.")
        return input(f"Type {WORD} to go on: ").strip() == WORD

    def _verify(self):
        faults = [str(fault) for fault in verify()]
        if not faults:
            self.stdout.write("The chain of changes fits.")
            return
        self.stderr.write("The backup was restored, but what it holds does not fit, as when it was made:")
        for fault in faults[:20]:
            self.stderr.write(fault)
        sys.exit(1)
