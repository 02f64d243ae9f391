"""The background worker: `manage.py worker`. Run as many as the work needs; each may be killed at any moment."""

import signal

from django.core.management.base import BaseCommand

from accounts.workers import Worker


class Command(BaseCommand):
    help = "Run the jobs in the queue, send the mail that waits, and do what recurs."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what can be done now, then stop")
        parser.add_argument("--beat", type=float, default=5.0, help="seconds between two signs of life (5)")
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between two looks at the queue (0.5)")

    def handle(self, *, once, beat, interval, **options):
        worker = Worker(beat=beat, interval=interval)
        if once:
            worker.run_once()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, worker.stop)
        worker.run()
