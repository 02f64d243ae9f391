"""The background worker: runs the queue, sends the mail, takes turns at the sweeps, and shows that it is alive.

The queue is django-tasks-db's table, whose own worker loses the job it holds when it is killed. Here every worker
leaves a heartbeat; the job of a worker without one goes back to the queue. The one rule: only the run that still holds
the job
writes its end, so that a job that was given to another is not finished twice.
"""

import logging
import os
import socket
import threading
import uuid
from datetime import timedelta
from traceback import format_exception

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult, get_date_max

from . import jobs, mail, sweeps
from .models import WorkerBeat

log = logging.getLogger("dertig.worker")

MAX_ATTEMPTS = 5
MISSED_BEATS = 3
ALIVE = timedelta(seconds=60)


def is_anybody_working(at):
    """Whether some worker gave a sign of life in the last minute. One query."""
    return WorkerBeat.objects.filter(at__gt=at - ALIVE).exists()


class Worker:
    """One process. The main thread runs jobs; one thread beats and frees orphans, another mails and sweeps."""

    def __init__(self, *, beat=5.0, interval=0.5):
        self.beat_every, self.interval = beat, interval
        self.name = f"{socket.gethostname()[:30]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self.stopping = threading.Event()

    def run(self):
        """Work until told to stop; the job at hand is finished first."""
        self.beat()
        threads = [
            threading.Thread(target=self._repeat, args=(pause, *chores), daemon=True)
            for pause, chores in (
                (self.beat_every, (self.beat, self.free_orphans)),
                (min(self.beat_every, 2), (self.send_mail, self.sweep)),
            )
        ]
        for thread in threads:
            thread.start()
        while not self.stopping.is_set():
            try:
                busy = self.run_one()
            except Exception as error:  # the database may be away for a moment
                log.error("the worker could not take a job", exc_info=error)
                connection.close()
                busy = False
            if not busy:
                self.stopping.wait(self.interval)
        for thread in threads:
            thread.join(timeout=30)
        WorkerBeat.objects.filter(worker=self.name).delete()

    def run_once(self):
        """Do all that can be done now, then return: for tests, and for machines that rather start it by cron."""
        self.beat()
        self.free_orphans()
        while self.run_one():
            self.beat()
        self.sweep()
        self.send_mail()
        WorkerBeat.objects.filter(worker=self.name).delete()

    def stop(self, *args):
        self.stopping.set()

    def _repeat(self, pause, *chores):
        while not self.stopping.is_set():
            for chore in chores:
                try:
                    chore()
                except Exception as error:
                    log.error("%s failed", chore.__name__, exc_info=error)
                    connection.close()
            self.stopping.wait(pause)
        connection.close()

    def beat(self):
        WorkerBeat.objects.update_or_create(worker=self.name, defaults={"at": timezone.now()})

    def send_mail(self):
        mail.send_waiting(timezone.now())

    def sweep(self):
        sweeps.take_turns(timezone.now())

    def free_orphans(self):
        """Give the jobs of silent workers back to the queue, or give up after too many attempts."""
        silent_since = timezone.now() - timedelta(seconds=MISSED_BEATS * self.beat_every)
        alive = set(WorkerBeat.objects.filter(at__gte=silent_since).values_list("worker", flat=True)) | {self.name}
        for row in DBTaskResult.objects.running():
            if row.worker_ids and row.worker_ids[-1] not in alive:
                self._put_back(row, run_after=get_date_max())
        WorkerBeat.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()

    def run_one(self):
        """Take a job and do it; False when there is none."""
        row = self._claim()
        if row is None:
            return False
        try:
            value = row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        except Exception as error:
            log.error("job %s failed", row.task_path, exc_info=error)
            wait = timedelta(seconds=10 * 3 ** len(row.worker_ids))
            self._put_back(row, run_after=timezone.now() + wait, error=error)
        else:
            _held(row).update(status=Status.SUCCESSFUL, finished_at=timezone.now(), return_value=value, traceback="")
        return True

    def _claim(self):
        ready = DBTaskResult.objects.ready()
        if not ready.exists():  # looking costs no lock
            return None
        with transaction.atomic():
            row = ready.select_for_update(skip_locked=True).first()
            if row is not None:
                row.claim(self.name)
        return row

    def _put_back(self, row, *, run_after, error=None):
        """Another attempt, at `run_after`; or the end of it, once the attempts are used up."""
        fields = {"status": Status.READY, "run_after": run_after}
        last = len(row.worker_ids) >= MAX_ATTEMPTS
        if last:
            fields = {"status": Status.FAILED, "finished_at": timezone.now()}
        if error is not None:
            kind = type(error)
            fields["exception_class_path"] = f"{kind.__module__}.{kind.__qualname__}"
            fields["traceback"] = "".join(format_exception(error))
        if _held(row).update(**fields) and last and row.task_path == jobs.run.module_path:
            jobs.give_up(row.args_kwargs["args"][0])


def _held(row):
    """The queue row, as long as the run that read it is the one that holds it."""
    return DBTaskResult.objects.filter(pk=row.pk, status=Status.RUNNING, worker_ids=row.worker_ids)


def forget_finished(at, *, older_than=timedelta(days=14)):
    """A sweep: finished queue rows are of no use to anybody."""
    DBTaskResult.objects.finished().filter(finished_at__lt=at - older_than).delete()
