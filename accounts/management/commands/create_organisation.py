"""Start a register: `manage.py create_organisation acme "Acme Foundation" --administrator ann@example.org`."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.actions import members, organisations, people
from accounts.models import Organisation, User
from accounts.permissions import Role
from core.refusal import Refused


class Command(BaseCommand):
    help = "Make an organisation with its first administrator, and print a link to choose a password with."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the part of the web address that names it")
        parser.add_argument("name")
        parser.add_argument("--administrator", required=True, metavar="EMAIL")
        parser.add_argument("--country", choices=Organisation.Country.values, default="NL")
        parser.add_argument("--languages", choices=Organisation.Languages.values, default="nl")

    @transaction.atomic
    def handle(self, *, slug, name, administrator, country, languages, **options):
        now = timezone.now()
        organisation = Organisation(slug=slug, name=name, country=country, languages=languages)
        try:
            organisation.full_clean()
            organisations.create(organisation, by=None, at=now)
            self._appoint(organisation, administrator, now)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def _appoint(self, organisation, email, now):
        user = User.objects.filter(email__iexact=email).first()
        if user is not None:
            members.start(organisation, user=user, role=Role.ADMINISTRATOR, by=None, at=now)
            self.stdout.write(f"{organisation.slug}: {user.email} is its administrator and can sign in.")
            return
        user = people.create(email, name=email.partition("@")[0], language=organisation.main_language)
        members.start(organisation, user=user, role=Role.ADMINISTRATOR, by=None, at=now)
        self.stdout.write(
            f"{organisation.slug}: {user.email} is its administrator. Choose a password here, within three days:"
        )
        self.stdout.write(people.password_link(user))
