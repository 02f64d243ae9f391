"""What the register still lacks: `manage.py check_register --organisation acme --on 2026-03-03 --format json`."""

import json
from collections import defaultdict
from datetime import date

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from register import checks, reading
from register.checks import judging
from register.models import Activity

from ._organisation import add_organisation, find_organisation


class Command(BaseCommand):
    help = "Say what Art. 30 still asks and what the rules find, in the drafts or in the versions in force on a day."

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
        asked, at = find_organisation(organisation), timezone.now()
        if on is None:
            running = Activity.objects.of(asked).running().order_by("number")
            checked = [(entry, 0) for entry in reading.drafts(running)]
            found = judging.now(asked, on=timezone.localdate(at), at=at)
        else:
            standings = reading.read(asked, on=on, known_at=reading.end_of(on))
            checked = [(one.entry, one.version) for one in standings if not one.ends]
            found = judging.on_day(asked, on=on, at=at)
        by_activity = defaultdict(list)
        for finding in sorted(found, key=lambda one: (one.rank, one.rule, one.key)):
            by_activity[finding.activity_id].append(finding)
        result = [_of_entry(*one, asked.language_codes) for one in checked]
        for (entry, _version), activity in zip(checked, result, strict=True):
            activity["findings"] = [_plain(finding) for finding in by_activity[entry.id]]
        shared = [_plain(finding) for finding in by_activity[None]]
        if format == "json":
            answer = {"organisation": asked.slug, "on": on and on.isoformat(), "activities": result, "findings": shared}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self._write(result, shared)

    def _write(self, result, shared):
        for activity in result:
            named = f"{activity['code']} {activity['name']}"
            for gap in activity["gaps"]:
                mark = _("needed before it can be established") if gap["blocks"] else ""
                self.stdout.write(f"{named}: {gap['message']} (art. {gap['article']}) {mark}".rstrip())
            for finding in activity["findings"]:
                self._write_finding(finding, f"{named}: ")
        for finding in shared:
            self._write_finding(finding)
        words = {
            "activities": len(result),
            "count": sum(len(activity["gaps"]) for activity in result),
            "findings": len(shared) + sum(len(activity["findings"]) for activity in result),
        }
        self.stdout.write(_("Activities: %(activities)s. Open points: %(count)s. Findings: %(findings)s.") % words)

    def _write_finding(self, finding, named=""):
        self.stdout.write(f"{named}{finding['rule']} [{finding['severity']}] {finding['message']}")


def _of_entry(entry, version, languages):
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


def _plain(finding):
    return {
        "rule": finding.rule,
        "article": finding.article,
        "severity": finding.severity,
        "outcome": finding.outcome,
        "about": finding.subject_kind,
        "id": str(finding.subject_id),
        "section": finding.place,
        "line": finding.line and str(finding.line),
        "message": finding.message,
        "remedy": finding.remedy,
        "key": finding.key,
    }
