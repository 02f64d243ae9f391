"""The background worker: killed with SIGKILL while it works, it loses nothing and finishes nothing twice."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from accounts import jobs, sweeps, workers
from accounts.models import Job, SweepSlot, WorkerBeat
from accounts.workers import Worker
from core.refusal import Refused
from tests.factories.accounts import OrganisationFactory

AT = timezone.now


@pytest.fixture
def kinds(monkeypatch):
    monkeypatch.setattr(jobs, "_known", {})


def ask(kind, **fields):
    return jobs.ask(OrganisationFactory(), kind, by=None, at=AT(), **fields)


@pytest.mark.django_db
def test_a_job_runs_shows_how_far_it_is_and_ends(kinds):
    seen = []

    @jobs.does("count")
    def count(job, progress):
        progress(1, 2)
        seen.append(Job.objects.get(pk=job.pk).done)
        return "Two of two."

    job = ask("count")
    Worker().run_once()
    job.refresh_from_db()
    assert (job.state, job.message, job.attempt, seen) == ("done", "Two of two.", 1, [1])


@pytest.mark.django_db
def test_what_the_rules_refuse_is_told_and_not_tried_again(kinds):
    @jobs.does("no")
    def no(job, progress):
        raise Refused("The file is empty.")

    job = ask("no")
    Worker().run_once()
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "The file is empty.")
    assert DBTaskResult.objects.get().status == Status.SUCCESSFUL


@pytest.mark.django_db
def test_a_failure_is_tried_again_a_few_times_only(kinds):
    tries = []

    @jobs.does("breaks")
    def breaks(job, progress):
        tries.append(job.attempt)
        raise ValueError("disk is full")

    job = ask("breaks")
    for _ in range(jobs.MAX_ATTEMPTS + 3):
        DBTaskResult.objects.filter(status=Status.READY).update(run_after=AT() - timedelta(seconds=1))
        Worker().run_once()
    job.refresh_from_db()
    assert tries == [1, 2, 3]
    assert job.state == "failed"
    assert job.message
    assert "disk" not in job.message


@pytest.mark.django_db
def test_the_job_of_a_silent_worker_goes_back_and_the_old_run_cannot_end_it(kinds):
    @jobs.does("long")
    def long(job, progress):
        return "by the second"

    job = ask("long")
    first, second = Worker(), Worker()
    WorkerBeat.objects.create(worker=first.name, at=AT() - timedelta(minutes=5))
    row = first._claim()
    overtaken = jobs._begin(str(job.pk))
    second.run_once()
    jobs._finish(overtaken, Job.State.DONE, message="by the first")
    job.refresh_from_db()
    assert (job.message, job.attempt) == ("by the second", 2)
    assert workers._held(row).count() == 0
    with pytest.raises(jobs.Overtaken):
        jobs.Progress(overtaken)(1)


@pytest.mark.django_db
def test_a_job_that_kills_its_workers_is_given_up(kinds):
    job = ask("deadly")
    for _ in range(workers.MAX_ATTEMPTS):
        assert Worker()._claim()
        Worker().free_orphans()
    job.refresh_from_db()
    assert DBTaskResult.objects.get().status == Status.FAILED
    assert job.state == "failed"


@pytest.mark.django_db
def test_the_job_of_a_living_worker_is_left_alone(kinds):
    ask("long")
    other = Worker()
    other.beat()
    other._claim()
    Worker().free_orphans()
    assert DBTaskResult.objects.get().status == Status.RUNNING


@pytest.mark.django_db
def test_a_sweep_is_done_once_per_turn_whoever_comes(monkeypatch):
    done = []
    monkeypatch.setattr(sweeps, "_known", {})
    sweeps.add("remind", done.append, every=60)
    at = AT().replace(second=0, microsecond=0)
    for moment in (at, at + timedelta(seconds=59), at + timedelta(seconds=60)):
        sweeps.take_turns(moment)
        sweeps.take_turns(moment)
    assert done == [at, at + timedelta(seconds=60)]
    sweeps.forget_old_turns(at + timedelta(days=2))
    assert not SweepSlot.objects.exists()


@pytest.mark.django_db
def test_one_failing_sweep_stops_no_other(monkeypatch):
    monkeypatch.setattr(sweeps, "_known", {})
    sweeps.add("broken", lambda at: 1 / 0)
    sweeps.add("fine", lambda at: None)
    assert sweeps.take_turns(AT()) == ["fine"]


@pytest.mark.django_db
def test_the_health_page_tells_of_database_and_worker(client):
    assert client.get("/healthz").json() == {"database": "answers", "worker": "silent"}
    assert client.get("/healthz?worker=required").status_code == 503
    Worker().beat()
    assert client.get("/healthz?worker=required").json()["worker"] == "works"
    WorkerBeat.objects.update(at=AT() - timedelta(minutes=2))
    assert client.get("/healthz").json()["worker"] == "silent"


# The real thing: separate processes on a real database.

JOBS = 40
SCRIPT = """
import os, sys, time, django
django.setup()
from accounts import jobs
from accounts.management.commands.worker import Command

@jobs.does("slow")
def slow(job, progress):
    with open(os.environ["LEDGER"], "a") as ledger:
        ledger.write(f"start {job.pk}\\n")
        ledger.flush()
        time.sleep(0.03)
        ledger.write(f"end {job.pk}\\n")
    return "done"

Command().handle(once=False, beat=0.3, interval=0.05)
"""


def start_worker(environment, log):
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT], env=environment, stdout=log, stderr=log, cwd=settings.BASE_DIR
    )


def wait_until(true, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def database_of_its_own(tmp_path, django_db_blocker):
    """A file or a PostgreSQL database that other processes can open too; the tests' own is hidden in memory."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        yield from _on_postgresql(url, django_db_blocker)
    else:
        yield f"sqlite:///{tmp_path / 'worker.sqlite3'}"


def _on_postgresql(url, blocker):
    name = f"dertig_worker_{os.getpid()}"
    with blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield url.rsplit("/", 1)[0] + f"/{name}"
    with blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


ASK = """
import django; django.setup()
from django.utils import timezone
from accounts import jobs, mail
from tests.factories.accounts import OrganisationFactory
organisation = OrganisationFactory()
for number in range({jobs}):
    jobs.ask(organisation, "slow", by=None, at=timezone.now())
mail.post(thing="t", stage="s", recipient="a@example.org", subject="s", body="b", language="nl", at=timezone.now())
"""
COUNT = """
import django; django.setup()
from accounts.models import Job, OutgoingMail
from django_tasks_db.models import DBTaskResult
print(Job.objects.filter(state="done").count(), DBTaskResult.objects.filter(status="SUCCESSFUL").count(),
      OutgoingMail.objects.exclude(sent_at=None).count())
"""


def test_a_worker_killed_at_work_loses_nothing(database_of_its_own, tmp_path):
    ledger = tmp_path / "ledger"
    ledger.touch()
    environment = os.environ | {
        "DATABASE_URL": database_of_its_own,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LEDGER": str(ledger),
        "EMAIL_URL": "dummymail://",
        "PYTHONPATH": str(settings.BASE_DIR),
    }

    def run(*words):
        result = subprocess.run(
            [sys.executable, *words], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    run("manage.py", "migrate", "-v0")
    run("-c", ASK.format(jobs=JOBS))
    lines = lambda: Path(ledger).read_text().splitlines()  # noqa: E731  (asked again and again)
    with open(tmp_path / "log", "w") as log:
        for killed in range(1, 4):
            worker = start_worker(environment, log)
            assert wait_until(lambda: len(lines()) >= killed * 8 and lines()[-1].startswith("start"))  # noqa: B023
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
        worker = start_worker(environment, log)
        try:
            finished = wait_until(lambda: len({line for line in lines() if line.startswith("end")}) == JOBS)
            assert finished, (tmp_path / "log").read_text()[-3000:]
            assert wait_until(lambda: run("-c", COUNT).split() == [str(JOBS), str(JOBS), "1"], seconds=30)
        finally:
            worker.terminate()
            assert worker.wait(timeout=30) == 0
    assert len([line for line in lines() if line.startswith("start")]) >= JOBS
