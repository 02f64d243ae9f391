"""Write everything to one file: `manage.py backup dertig.zip`. Safe while people work; exit code 1 when it fails."""

from django.core.management.base import BaseCommand, CommandError

from accounts import backup


class Command(BaseCommand):
    help = "Write all data and files to one archive, which `restore` takes in on SQLite or PostgreSQL."

    def add_arguments(self, parser):
        parser.add_argument("file", help="the archive to write; an older one of that name is replaced when all is done")

    def handle(self, *, file, **options):
        try:
            manifest = backup.write(file)
        except OSError as error:
            raise CommandError(f"Nothing was written: {error.strerror or error}.") from None
        rows = sum(table["rows"] for table in manifest["tables"].values())
        for name in manifest["missing_files"]:
            self.stderr.write(f"This file is missing on disk, and so in the backup: {name}")
        self.stdout.write(f"{rows} rows and {len(manifest['files'])} files were written to {file}.")
        self.stdout.write(
            "Not in it: FIELD_KEYS, which open second factors and all that is encrypted, CONSENT_KEYS, which find "
            "people by their address, and the file of ERASURE_LOG. Keep copies of these in another place."
        )
