"""What people do to a register, measured: how many queries, and how many milliseconds (the median of some runs).

Acts are undone after each run. Whatever is measured ran once before, as on a server that has been up for a while.
"""

import statistics
import time
import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Department, User
from register import editing, reading, sections
from register.actions import activities, establish
from register.checks import storing
from register.models import Activity, JudgedActivity, JudgedRegister

from . import filling

RUNS = 15
DAY = date(2025, 3, 3)


@dataclass(frozen=True)
class Measured:
    name: str
    queries: int
    milliseconds: float


def measure(organisation, runs=RUNS):
    """Every measurement, in the order in which it is printed."""
    return [_measured(name, act, runs) for name, act in _pages(organisation) + _acts(organisation)]


def _measured(name, act, runs):
    act()
    with CaptureQueriesContext(connection) as captured:
        act()
    queries = len(captured)  # now, because the next request forgets them
    taken = []
    for _ in range(runs if name not in SLOW else 3):
        started = time.perf_counter()
        act()
        taken.append((time.perf_counter() - started) * 1000)
    return Measured(name, queries, round(statistics.median(taken), 1))


SLOW = {
    "all findings of the register",
    "the register as of a day",
    "every activity compared between two days",
    "establish 100 at once",
}


def _pages(organisation):
    client = Client()
    client.force_login(User.objects.get(email="bench@example.org"))
    url = reverse("register:activities", args=[organisation.slug])
    activity = filling.some(organisation)
    department = Department.objects.filter(organisation=organisation).first()
    choices = reverse("register:activity_facet", args=[organisation.slug, "party"])
    last = Activity.objects.of(organisation).running().count() // 50 + 1

    def page(address, **headers):
        def get():
            response = client.get(address, headers=headers)
            if response.status_code != 200:
                raise RuntimeError(f"{address} answered {response.status_code}")

        return get

    fragment = {"HX-Request": "true"}
    return [
        ("list page", page(url)),
        ("list page, last one", page(f"{url}?page={last}")),
        ("list page, by name", page(f"{url}?sort=name")),
        ("list page, one department", page(f"{url}?department={department.pk}")),
        ("search inside words", page(f"{url}?q=administratie", **fragment)),
        ("search, two words", page(f"{url}?q=leverancier+007", **fragment)),
        ("search, nothing found", page(f"{url}?q=zonnepaneel", **fragment)),
        ("choices of a filter with counts", page(choices, **fragment)),
        ("list of a past day", page(f"{url}?on={DAY}")),
        ("dashboard", page(reverse("register:dashboard", args=[organisation.slug]))),
        ("fact sheet", page(reverse("register:activity", args=[organisation.slug, activity.pk]))),
    ]


def _acts(organisation):
    user = User.objects.get(email="bench@example.org")
    activity = filling.some(organisation)
    changed = Activity.objects.of(organisation).running().changed()
    at = timezone.now()

    def save():
        section = sections.BY_KEY["purposes"]
        base = editing.snapshot(activity, section)
        mine = {"fields": base["fields"], "lines": {"purposes": dict(base["lines"]["purposes"])}}
        mine["lines"]["purposes"][str(uuid.uuid4())] = {"text_nl": "Een nieuw doel", "basis": "c", "position": 9}
        activities.save_section(activity, "purposes", mine, base, by=user, at=at)

    def establish_some(count):
        _made, refused = establish.establish_many(changed[:count], by=user, at=at, reason="Meting")
        if refused:
            raise RuntimeError(refused)

    def judge_all():
        JudgedActivity.objects.filter(activity__organisation=organisation).delete()
        JudgedRegister.objects.filter(organisation=organisation).delete()
        storing.catch_up(organisation, at)

    def catch_up_after_one():
        save()
        storing.catch_up(organisation, at)

    return [
        ("all findings of the register", judge_all),
        ("save of one section, with its findings", _undone(save)),
        ("findings caught up after one change", _undone(catch_up_after_one)),
        ("establish one", _undone(lambda: establish_some(1))),
        ("establish 100 at once", _undone(lambda: establish_some(100))),
        ("the register as of a day", lambda: reading.read(organisation, on=DAY, known_at=reading.end_of(DAY))),
        ("two days compared, one in ten changed", _compared(organisation, timedelta(days=10))),
        ("every activity compared between two days", _compared(organisation, timedelta(days=100))),
    ]


def _compared(organisation, apart):
    first, second = DAY - apart, DAY
    known = {"first_known": reading.end_of(first), "second_known": reading.end_of(second)}
    return lambda: reading.changes_between(organisation, first, second, **known)


def _undone(act):
    def run():
        with transaction.atomic():
            act()
            transaction.set_rollback(True)

    return run
