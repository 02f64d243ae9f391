"""Mail what is due, for machines without the background worker: `manage.py send_reminders`.

Safe to run as often as one likes, also beside the worker: each mail goes once per thing, stage and recipient.
"""

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts import mail, sweeps
from breaches.actions import warning
from register.actions import attesting


class Command(BaseCommand):
    help = "Mail what is due: hours left to notify data breaches, and questions to owners that wait for an answer."

    def handle(self, **options):
        at = timezone.now()
        breaches, questions, others = warning.remind(at), attesting.remind(at), sweeps.remind(at)
        sent = 0
        while batch := mail.send_waiting(at):
            sent += batch
        self.stdout.write(f"breaches: {breaches}, questions: {questions}, others: {others}, mails sent: {sent}")
