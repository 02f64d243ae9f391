"""Load a list of known cookies for everybody: `manage.py load_cookie_database open-cookie-database.csv`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from consent.actions import scans
from core.spreadsheets import BadFile


class Command(BaseCommand):
    help = (
        "Read a list of known cookies, such as the Open Cookie Database (CSV), in the place of the one before. "
        "Trackers are recognised by it in every organisation that brought no list of its own."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="csv, xlsx or ods with headings such as Name, Domain and Category")

    def handle(self, *, file, **options):
        try:
            said = scans.load_known(file, file.name)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except BadFile as bad:
            raise CommandError(str(bad)) from None
        self.stdout.write(said)
