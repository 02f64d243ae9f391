"""Bring in a register: `manage.py import_register verwerkingen.xlsx --organisation acme --report report.json`."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.refusal import Refused
from register.actions.importing import import_file
from register.imports.report import summary

from ._organisation import add_organisation, find_organisation


class Command(BaseCommand):
    help = "Bring in a register from a spreadsheet or the government's register tool, as drafts. All of it, or nothing."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", type=Path, help=".csv, .xlsx, .xls, .ods; our own .json; .json or .zip of the government's tool"
        )
        add_organisation(parser)
        parser.add_argument("--sheet", help="the one sheet to read; all visible sheets with headings when left out")
        parser.add_argument(
            "--mapping", type=Path, metavar="FILE.json", help='{"heading": "meaning"}: see docs/import.md'
        )
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="what became of every cell")
        parser.add_argument("--dry-run", action="store_true", help="read and report; store nothing")

    def handle(self, *, file, organisation, sheet, mapping, report, dry_run, **options):
        found = find_organisation(organisation)
        try:
            result = import_file(
                found,
                file,
                file.name,
                by=None,
                at=timezone.now(),
                sheet=sheet,
                mapping=read_mapping(mapping) if mapping else None,
                dry_run=dry_run,
                whole=report is not None,
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror or error}") from None
        if report:
            write(report, result)
        for line in summary(result):
            self.stdout.write(line)


def read_mapping(path):
    """{heading: meaning}, or a saved plan, from a JSON file."""
    try:
        mapping = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise CommandError(_("%(file)s: This is not valid JSON.") % {"file": path}) from None
    if isinstance(mapping, dict) and "schema" in mapping:
        return mapping
    if not isinstance(mapping, dict) or not all(isinstance(value, str) for value in mapping.values()):
        raise CommandError(_("%(file)s: A mapping is an object of headings and meanings.") % {"file": path})
    return mapping


def write(path, result):
    try:
        path.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None
