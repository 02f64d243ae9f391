"""Establish what has changed: `manage.py establish_register --organisation acme --reason "First version"`."""

import sys
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.refusal import Refused
from register.actions.establish import establish_many
from register.codes import number_of
from register.models import Activity

from ._organisation import add_organisation, find_organisation


class Command(BaseCommand):
    help = "Establish every changed activity that may be; say which may not and why. Exit code 1 when some may not."

    def add_arguments(self, parser):
        add_organisation(parser)
        parser.add_argument("--reason", required=True, help="why; it stays with every version")
        parser.add_argument(
            "--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="valid from; today when left out"
        )
        parser.add_argument("--activity", nargs="+", type=number, metavar="NUMBER", help="only these: VA-0012, or 12")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; store nothing")

    def handle(self, *, organisation, reason, on, activity, dry_run, **options):
        found = find_organisation(organisation)
        chosen = self._chosen(found, activity)
        try:
            with transaction.atomic():
                made, refused = establish_many(chosen, by=None, at=timezone.now(), reason=reason, valid_from=on)
                if dry_run:
                    transaction.set_rollback(True)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        names = {row.pk: str(row) for row in chosen}
        for version in made:
            words = {"name": names[version.activity_id], "number": version.number, "day": version.valid_from}
            self.stdout.write(_("%(name)s: version %(number)s, valid from %(day)s") % words)
        for row, sentences in refused:
            self.stderr.write(f"{row}: {' '.join(map(str, sentences))}")
        self.stdout.write(closing(len(made), dry_run))
        if refused:
            sys.exit(1)

    def _chosen(self, organisation, numbers):
        running = Activity.objects.of(organisation).select_related("organisation").order_by("number")
        if numbers is None:
            return [row for row in running.running() if row.has_changes()]
        chosen = list(running.filter(number__in=numbers))
        missing = sorted(set(numbers) - {row.number for row in chosen})
        if missing:
            raise CommandError(_("There is no activity with number %(number)s.") % {"number": missing[0]})
        return chosen


def number(text):
    found = number_of(text)
    if found is None:
        raise ValueError(text)
    return found


def closing(count, dry_run):
    if dry_run:
        text = ngettext("%(count)s activity would be established.", "%(count)s activities would be established.", count)
    else:
        text = ngettext("%(count)s activity was established.", "%(count)s activities were established.", count)
    return text % {"count": count}
