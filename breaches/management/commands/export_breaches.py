"""The register of breaches out of the database: `manage.py export_breaches --organisation acme --format pdf ...`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Organisation
from breaches.exports import making, reading
from breaches.models import Breach
from core.whole import whole
from register.management.commands.export_register import REFUSED, WRONG_USE


class Command(BaseCommand):
    help = "Write the register of breaches (Art. 33(5)) to a file. Exit code 0: done; 1: refused; 2: wrong use."

    def add_arguments(self, parser):
        parser.add_argument("--organisation", required=True, help="its slug")
        parser.add_argument("--format", required=True, choices=list(making.FORMATS))
        parser.add_argument("--output", required=True, type=Path, help="the file to write")
        parser.add_argument("--language", choices=["nl", "en"], help="the organisation's main language when left out")

    def handle(self, *, organisation, format, output, language, **options):
        at = timezone.now()
        found = Organisation.objects.filter(slug=organisation).first()
        if found is None:
            message = _("No organisation is called “%(slug)s”.") % {"slug": organisation}
            raise CommandError(message, returncode=WRONG_USE)
        if not output.parent.is_dir():
            raise CommandError(_("There is no folder %(name)s.") % {"name": output.parent}, returncode=WRONG_USE)
        language = language or found.main_language
        read = reading.read(found, Breach.objects.of(found).on_register(), at=at)
        content = making.make(read, format, language)
        try:
            with whole(output) as file:
                file.write(content)
        except OSError as error:
            message = _("The file could not be written: %(reason)s") % {"reason": error.strerror}
            raise CommandError(message, returncode=REFUSED) from None
        count = len(read.entries)
        name = making.file_name(found, at, language, format)
        making.note_taken(found, name, content, format=format, language=language, count=count, at=at)
        said = ngettext("%(count)s breach", "%(count)s breaches", count) % {"count": count}
        self.stdout.write(f"{output}: {said}")
