"""Check the hash chains: `manage.py verify_history --organisation acme`. Exit code 0 when all fits, 1 when not."""

import sys

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Change, Organisation
from accounts.verification import verify


class Command(BaseCommand):
    help = "Check that the change log and the established versions say what was written, and name what does not fit."

    def add_arguments(self, parser):
        parser.add_argument("--organisation", help="its slug; all organisations when left out")

    def handle(self, *, organisation, **options):
        chosen = None
        if organisation:
            chosen = Organisation.objects.filter(slug=organisation).first()
            if chosen is None:
                raise CommandError(f"No organisation is called '{organisation}'.")
        changes = Change.objects.filter(organisation=chosen) if chosen else Change.objects.all()
        faults = 0
        for fault in verify(chosen):
            faults += 1
            self.stdout.write(("First fault: " if faults == 1 else "Also: ") + str(fault))
        if faults:
            self.stderr.write(f"{faults} faults found.")
            sys.exit(1)
        self.stdout.write(f"All {changes.count()} changes fit.")
