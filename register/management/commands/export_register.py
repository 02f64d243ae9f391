"""The record out of the database: `manage.py export_register --organisation acme --format pdf --output record.pdf`."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Organisation
from core.refusal import Refused
from core.whole import whole
from register.codes import number_of
from register.exports import formats, making
from register.exports.selection import Internal, Selection, Status
from register.models import Activity, Export

REFUSED, WRONG_USE = 1, 2


class Command(BaseCommand):
    help = "Write the record, or a part of it, to a file. Exit code 0: done; 1: refused, with reasons; 2: wrong use."

    def add_arguments(self, parser):
        parser.add_argument("--organisation", required=True, help="its slug")
        parser.add_argument("--format", required=True, choices=Export.Format.values)
        parser.add_argument("--output", required=True, type=Path, help="the file to write")
        parser.add_argument("--on", type=date.fromisoformat, help="YYYY-MM-DD; today when left out")
        parser.add_argument("--language", choices=["nl", "en"], help="the organisation's main language when left out")
        parser.add_argument(
            "--known",
            choices=[making.THEN, making.NOW],
            default=making.THEN,
            help="as it was known at the end of that day, or as it is known now",
        )
        parser.add_argument("--activity", action="append", default=[], help="a number such as VA-0001; may be repeated")
        parser.add_argument("--department", help="only activities of this department, by name")
        parser.add_argument("--controller", help="only activities of this controller, by name")
        parser.add_argument("--part", choices=Activity.Kind.values, default="", help="one part of the register")
        parser.add_argument("--status", choices=Status.values, default="", help="only activities in this state")
        parser.add_argument(
            "--internal",
            action="append",
            default=[],
            choices=Internal.values,
            help="also what is meant for inside; may be repeated",
        )
        parser.add_argument("--drafts", action="store_true", help="also working copies, marked as not established")

    def handle(self, *, organisation, language, on, output, **options):
        at = timezone.now()
        if not output.parent.is_dir():
            raise CommandError(f"There is no folder {output.parent}.", returncode=WRONG_USE)
        try:
            organisation = Organisation.objects.get(slug=organisation)
        except Organisation.DoesNotExist:
            raise CommandError(f"No organisation is called '{organisation}'.", returncode=WRONG_USE) from None
        language = language or organisation.main_language
        try:
            with translation.override(language):
                made = self.made(organisation, on or timezone.localdate(at), language, at, options)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from None
        with whole(output) as file:
            file.write(made.content)
        pages = f"{made.pages} pages, " if made.pages is not None else ""
        self.stdout.write(f"{output}: {pages}{made.activities} activities")

    def made(self, organisation, on, language, at, options):
        selection = selected(organisation, options)
        making.check(selection, on=on, at=at)
        known_at = making.moment_of(on, options["known"], at=at)
        format = options["format"]
        made = formats.make(format, organisation, selection, on=on, known_at=known_at, language=language, made_at=at)
        making.note_asked(organisation, selection, format=format, on=on, language=language, by=None, at=at)
        return made


def selected(organisation, options):
    return Selection(
        part=options["part"],
        status=options["status"],
        department=_by_name(organisation.departments, options["department"]),
        controller=_by_name(organisation.controllers, options["controller"]),
        activities=tuple(_by_code(organisation, code) for code in options["activity"]),
        drafts=options["drafts"],
        internal=tuple(part for part in Internal.values if part in options["internal"]),
    )


def _by_name(queryset, name):
    if not name:
        return ""
    row = queryset.filter(name=name).first()
    if row is None:
        raise Refused(_("This organisation has nothing called “%(name)s”.") % {"name": name})
    return str(row.pk)


def _by_code(organisation, code):
    number = number_of(code)
    row = Activity.objects.of(organisation).filter(number=number).first() if number is not None else None
    if row is None:
        raise Refused(_("There is no activity with number %(code)s.") % {"code": code})
    return str(row.pk)
