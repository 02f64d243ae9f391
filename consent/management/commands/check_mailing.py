"""Which addresses of a list may be written to, and by which rule: `manage.py check_mailing --organisation webshop
--purpose nieuwsbrief --channel email list.csv --output checked.csv`."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import events
from accounts.models import Event
from consent.kinds import Channel
from consent.mailing import checking, list_check, lists
from consent.models import ConsentPurpose
from consent.question import Outcome, Sender
from core.whole import whole
from register.management.commands._organisation import add_organisation, find_organisation

from ._lists import saying_what_is_wrong


class Command(BaseCommand):
    help = "Say of each line of a list whether it may be written to for a purpose, by which rule, and what proves it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="CSV with a column of addresses or numbers")
        add_organisation(parser)
        parser.add_argument("--purpose", required=True, metavar="CODE", help="the purpose of consent, by its code")
        parser.add_argument("--channel", required=True, choices=Channel.values)
        parser.add_argument("--output", required=True, type=Path, metavar="FILE.csv", help="the list with the answers")
        parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day; today when left out")
        parser.add_argument("--event", default="", help="the kind of event that the message is about")
        parser.add_argument("--sender", choices=Sender.values, default=Sender.COMPANY.value)
        parser.add_argument("--country", help="of who is on the list, when it does not say; that of the organisation")
        parser.add_argument("--language", choices=["nl", "en"], help="of the reasons; that of the organisation")

    def handle(self, *, file, organisation, purpose, channel, output, language, **options):
        found = find_organisation(organisation)
        language = language or found.main_language
        with translation.override(language):
            asked = self.asked(found, purpose, channel, **options)
            with saying_what_is_wrong(file), file.open("rb"), whole(output) as target:
                source = lists.Source(file.name, lambda: file.open("rb"))
                counts = list_check.run(asked, source, target, language=language)
            note(asked, counts)
            for outcome in Outcome:
                self.stdout.write(f"{outcome.label}: {counts['outcomes'].get(outcome.value, 0)}")

    def asked(self, organisation, code, channel, *, on, event, sender, country, **options):
        purpose = ConsentPurpose.objects.select_related("organisation").filter(organisation=organisation, code=code)
        if not purpose:
            raise CommandError(_("No purpose of consent has the code “%(code)s”.") % {"code": code})
        country = country or organisation.country
        said = {"country": country.upper(), "sender": sender, "event_kind": event}
        return checking.ask(purpose[0], channel, on=on or timezone.localdate(), at=timezone.now(), **said)


def note(asked, counts):
    """That a list was checked, without any address."""
    details = {"channel": asked.channel, "purpose": asked.purpose.code, "on": asked.on.isoformat(), **counts}
    events.record(Event.Kind.LIST_CHECKED, organisation=asked.organisation, subject=asked.purpose.code, details=details)
