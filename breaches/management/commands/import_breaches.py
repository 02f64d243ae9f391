"""Take over a register of breaches: `manage.py import_breaches datalekken.csv --organisation acme --dry-run`."""

import json
import os
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from breaches.actions import importing
from breaches.imports.meanings import KEEP, MEANINGS
from breaches.states import State
from core.refusal import Refused
from register.imports.days import DMY, MDY
from register.management.commands._organisation import add_organisation, find_organisation


class Command(BaseCommand):
    help = "Take over a register of breaches from a spreadsheet. All of it, or nothing; nobody is mailed."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help=".csv, .xlsx, .xls, .ods")
        add_organisation(parser)
        parser.add_argument(
            "--days", choices=(DMY, MDY), default="", help="how 3/4 is read, when the file does not show"
        )
        parser.add_argument(
            "--mapping", type=Path, metavar="FILE.json", help=f'{{"heading": "meaning"}}; one of: {", ".join(MEANINGS)}'
        )
        parser.add_argument("--dry-run", action="store_true", help="read and report; store nothing")

    def handle(self, *, file, organisation, days, mapping, dry_run, **options):
        found, at = find_organisation(organisation), timezone.now()
        name = os.fsencode(file.name).decode(errors="replace")  # a name on disk need not be text
        try:
            content = file.read_bytes()
            plan = _plan(content, name, days, mapping, at)
            read = importing.read(content, name, plan, at=at)
            for line in _told(read):
                self.stdout.write(line)
            if dry_run:
                self.stdout.write(_("Nothing was stored."))
                return
            batch = importing.take_file(found, content, name, plan, by=None, at=at)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror or error}") from None
        self.stdout.write(_("Taken over: %(count)d breaches.") % {"count": batch.count})


def _plan(content, name, days, mapping, at):
    """What the mapping says of headings, as a choice for columns."""
    plan = {"columns": {}, "order": days}
    if mapping is None:
        return plan
    said = _mapping(mapping)
    for column in importing.read(content, name, plan, at=at).table.columns:
        if column.heading in said:
            plan["columns"][column.number] = said[column.heading]
    return plan


def _mapping(path):
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        raise CommandError(_("%(file)s: this is no JSON.") % {"file": path}) from None
    if not isinstance(said, dict) or any(meaning not in list(MEANINGS) for meaning in said.values()):
        known = ", ".join(MEANINGS)
        raise CommandError(_("%(file)s: give each heading one of: %(known)s.") % {"file": path, "known": known})
    return said


def _told(read):
    for column in read.table.columns:
        yield f"{column.place} {column.heading}: {column.meaning if column.meaning != KEEP else '–'} ({column.why})"
    if read.table.asks:
        raise Refused(
            _("In this file a day can be read in two ways."), remedy=_("Say with --days how they are written.")
        )
    states = Counter(taken.state for taken in read.taken)
    for state, count in sorted(states.items()):
        yield f"{State(state).label}: {count}"
    for _taken, problem in read.problems:
        yield f"! {problem.place} {problem.heading}: {problem.text} – {problem.words}"
