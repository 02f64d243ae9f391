"""What Art. 30 still asks: `manage.py check_register --organisation acme --on 2026-03-03 --format json`."""

import json
from datetime import date

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from register import checks, reading
from register.models import Activity

from ._organisation import add_organisation, find_organisation


class Command(BaseCommand):
    help = "Say what Art. 30 still asks of the drafts, or of the versions in force on a day."

    def add_arguments(self, parser):
        add_organisation(parser)
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the versions in force then; else the drafts",
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, organisation, on, format, **options):
        found = find_organisation(organisation)
        if on is None:
            running = Activity.objects.of(found).running().order_by("number")
            checked = [(entry, 0) for entry in reading.drafts(running)]
        else:
            known_at = reading.end_of(on)
            standings = reading.read(found, on=on, known_at=known_at)
            checked = [(one.entry, one.version) for one in standings if not one.ends]
        result = [_findings(entry, version, found.language_codes) for entry, version in checked]
        if format == "json":
            answer = {"organisation": found.slug, "on": on and on.isoformat(), "activities": result}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self._write(result)

    def _write(self, result):
        for activity in result:
            for gap in activity["gaps"]:
                mark = _("needed before it can be established") if gap["blocks"] else ""
                line = f"{activity['code']} {activity['name']}: {gap['message']} (art. {gap['article']})"
                self.stdout.write(f"{line} {mark}".rstrip())
        count = sum(len(activity["gaps"]) for activity in result)
        words = {"activities": len(result), "count": count}
        self.stdout.write(_("Activities: %(activities)s. Open points: %(count)s.") % words)


def _findings(entry, version, languages):
    gaps = [
        {
            "key": gap.key,
            "section": gap.section,
            "article": gap.article,
            "blocks": gap.blocks,
            "message": str(gap.message),
        }
        for gap in checks.gaps(entry, languages)
    ]
    return {"code": entry.code, "name": entry.name, "version": version, "gaps": gaps}
