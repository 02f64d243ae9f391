"""Make the demo organisations: `manage.py load_demo`. Safe to run twice: what is there stays as it is."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from register import extensions
from register.checks import storing
from register.demo import people, school, shop
from register.demo.build import Demo


class Command(BaseCommand):
    help = "Make two demo organisations with members for every role, and print how to sign in."

    @transaction.atomic
    def handle(self, **options):
        self.password = make_password(people.password())  # once for all: it is slow on purpose
        users = {key: self._user(**values) for key, values in people.PEOPLE.items()}
        for content in (school, shop):
            slug = content.ORGANISATION["slug"]
            there = Organisation.objects.filter(slug=slug).first()
            if there and there.name != content.ORGANISATION["name"]:
                raise CommandError(f"An organisation of your own is called '{slug}' already; the demo leaves it alone.")
            if there is None:
                made, at = Demo(content, users).build(), timezone.now()
                extensions.demo(made, users, at=at)
                storing.catch_up(Organisation.objects.get(slug=slug), at)
                self.stdout.write(f"Made {content.ORGANISATION['name']}.")
        self.stdout.write(f"Sign in with one of these addresses and the password {people.password()}:")
        for values in people.PEOPLE.values():
            self.stdout.write(f"  {values['email']:<38} {values['job_title']}")

    def _user(self, *, email, **values):
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create(email=email, password=self.password, **values)
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        return user
