"""Severity and suggestion for the facts of a breach alone: `manage.py assess_breach --input FACTS.json`.

Touches no database: it works before the first migration, and measures by the facts of law that came with Dertig.
"""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from breaches import facts_format, terms
from breaches.law import Risk
from breaches.reasons import ASKED
from breaches.suggestion import suggest

REFUSED, WRONG_USE = 1, 2
SCHEMA = "dertig-breach-suggestion/1"
LARGEST = 1_000_000  # bytes; facts take one or two thousand


class Command(BaseCommand):
    help = (
        "Score the severity of a breach and suggest what to do, from facts in a file: see docs/assess-breach.md. "
        "Exit code 0: done; 1: the facts were refused, with reasons; 2: wrong use."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--input", required=True, type=Path, metavar="FACTS.json")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument(
            "--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day of awareness; else today"
        )
        parser.add_argument("--language", choices=("nl", "en"))

    def handle(self, *, input, format, on, language, **options):
        day = on or timezone.localdate()
        with translation.override(language or translation.get_language()):
            facts = read(input)
            suggestion = suggest(facts, terms.shipped(day))
            if format == "json":
                told = as_json(facts, suggestion, day)
                self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            else:
                self.stdout.write("\n".join(as_text(suggestion)))


def read(path):
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError(_("%(file)s: this file is too large for facts.") % {"file": path}, returncode=REFUSED)
        return facts_format.read(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror or error}", returncode=WRONG_USE) from None
    except UnicodeDecodeError:
        raise CommandError(_("%(file)s: this is no text in UTF-8.") % {"file": path}, returncode=REFUSED) from None
    except facts_format.Unreadable as error:
        raise CommandError("\n".join(error.problems), returncode=REFUSED) from None


def as_json(facts, suggestion, day):
    """What is kept with an assessment, and each key with its sentence."""
    told = {"schema": SCHEMA, "on": day.isoformat(), "facts": facts_format.to_json(facts)} | suggestion.as_json()
    for name in ("reasons", "warnings"):
        told[name] = [one.as_json() | {"sentence": one.sentence} for one in getattr(suggestion, name)]
    told["ask_first"] = [{"fact": name, "question": str(ASKED[name])} for name in suggestion.ask_first]
    return told


def as_text(suggestion):
    if suggestion.highest:
        yield _severity(suggestion)
        yield _("Risk: %(risk)s") % {"risk": Risk(suggestion.risk).label}
    yield _("Suggestion: %(conclusion)s") % {"conclusion": suggestion.conclusion.label}
    if not suggestion.settled:
        yield _("At least: %(conclusion)s") % {"conclusion": suggestion.at_least.label}
    sections = (
        (_("Why"), [one.sentence for one in suggestion.reasons]),
        (_("Mind"), [one.sentence for one in suggestion.warnings]),
        (_("Find out first"), [str(ASKED[name]) for name in suggestion.ask_first]),
    )
    for heading, sentences in sections:
        if sentences:
            yield from ("", heading, *(f"- {sentence}" for sentence in sentences))
    yield from ("", _("This is a suggestion. A named person decides, and writes down why."))


def _severity(suggestion):
    if suggestion.severity:
        return _("Severity: %(sum)s") % {"sum": suggestion.severity.arithmetic}
    words = {"lowest": suggestion.lowest.arithmetic, "highest": suggestion.highest.arithmetic}
    return _("Severity: from %(lowest)s up to %(highest)s") % words
