"""Bring in consents that were collected elsewhere: `manage.py import_consents FILE --organisation SLUG [--dry-run]`."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from accounts import events
from accounts.models import Event
from consent.mailing import importing, lists
from consent.models import ConsentPurpose
from core.whole import whole
from register.management.commands._organisation import add_organisation, find_organisation

from ._lists import saying_what_is_wrong


class Command(BaseCommand):
    help = "Bring in consents from CSV or a workbook. Those without proof are kept, and count for nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help=".csv, .xlsx or .ods: see docs/mailing.md for its columns")
        add_organisation(parser)
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="what became of every row")
        parser.add_argument("--dry-run", action="store_true", help="read and report; store nothing")
        parser.add_argument("--language", choices=["nl", "en"], help="of the reasons; that of the organisation")

    def handle(self, *, file, organisation, report, dry_run, language, **options):
        found = find_organisation(organisation)
        language = language or found.main_language
        purposes = ConsentPurpose.objects.filter(organisation=found).select_related("organisation")
        with translation.override(language):
            with saying_what_is_wrong(file), whole(report) if report else open(os.devnull, "wb") as target:
                source = lists.Source(file.name, lambda: file.open("rb"))
                at = timezone.now()
                counts = importing.run(
                    found, purposes, source, target, by=None, at=at, language=language, dry_run=dry_run
                )
            if not dry_run:
                events.record(Event.Kind.IMPORTED, organisation=found, subject="consents", details=counts)
            for result, words in importing.RESULTS.items():
                self.stdout.write(f"{words}: {counts[result]}")
