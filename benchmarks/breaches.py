"""Measure the room of breaches at 100 and 10,000 of them: `python -m benchmarks.breaches [SIZE ...]`.

SQLite files of its own under var/bench/, or with DATABASE_URL the database named there, in which each size gets an
organisation of its own. They are kept, so that a second run only measures. Milliseconds are of the processor, the
median of some runs after a first one.
"""

import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from random import Random

from .__main__ import ENVIRONMENT, ROOT

SIZES = (100, 10_000)
RUNS = 5
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
ON = "closed", "notified", "decided", "reported"


def main(arguments):
    if arguments[:1] == ["one"]:
        one(int(arguments[1]))
        return
    for size in [int(argument) for argument in arguments] or SIZES:
        environment = os.environ | ENVIRONMENT
        if "DATABASE_URL" not in os.environ:
            file = ROOT / "var" / "bench" / f"breaches_{size}.sqlite3"
            file.parent.mkdir(parents=True, exist_ok=True)
            environment |= {"DATABASE_URL": f"sqlite:///{file}"}
        subprocess.run([sys.executable, "-m", "benchmarks.breaches", "one", str(size)], env=environment, check=True)


def one(size):
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    organisation, user = _organisation(f"breaches-{size}")
    _fill(organisation, user, size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{size:,} breaches")
    for name, act in [*_pages(organisation, user), *_acts(organisation)]:
        queries, worked = _measured(act)
        print(f"  {name}: {queries} queries, {worked:,.0f} ms", flush=True)


def _measured(act):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    act()
    with CaptureQueriesContext(connection) as captured:
        act()
    queries, taken = len(captured), []
    for _each in range(RUNS):
        started = time.process_time()
        act()
        taken.append((time.process_time() - started) * 1000)
        if taken[-1] > 2_000:
            break
    return queries, statistics.median(taken)


def _organisation(slug):
    from django.db import transaction

    from accounts import history
    from accounts.actions import members
    from accounts.models import Organisation, User

    user, _is_new = User.objects.get_or_create(email="bench@example.org", defaults={"name": "Bench"})
    there = Organisation.objects.filter(slug=slug).first()
    if there is not None:
        return there, user
    organisation = Organisation(slug=slug, name="Gemeente Voorbeeld")
    with transaction.atomic(), history.act(organisation, by=None, at=AT, kind="organisation.created"):
        organisation.save()
    members.start(organisation, user=user, role="dpo", by=None, at=AT)
    return organisation, user


def _fill(organisation, user, size):
    """In every state, over five years, a thousand an act; what hangs on one is made as history asks."""
    from accounts import history
    from breaches.models import Breach

    for start in range(Breach.objects.of(organisation).count(), size, 1_000):
        with history.act(organisation, by=user, at=AT, kind="breach.imported"):
            draws = {number: Random(number) for number in range(start, min(start + 1_000, size))}
            breaches = history.create_many([_breach(organisation, number, draw) for number, draw in draws.items()])
            _keys(breaches)
            for rows in zip(*(_rows(organisation, user, breach) for breach in breaches), strict=True):
                history.create_many([row for row in rows if row is not None])


def _breach(organisation, number, draw):
    from breaches.models import Breach
    from breaches.states import OPEN

    aware = AT - timedelta(hours=draw.randrange(5 * 365 * 24)) if number % 50 else AT - timedelta(hours=number % 70)
    state = "reported" if number % 50 == 0 else draw.choice(ON[:3] if number % 20 else ON)
    return Breach(
        organisation=organisation,
        number=number + 1,
        reference=f"B{organisation.pk.hex[:8]}-{number}",
        state=state,
        closed_at=None if state in OPEN else aware + timedelta(days=9),
        title=f"Brief {number} naar het verkeerde adres",
        facts="Een brief van de afdeling ging naar een oud adres en kwam geopend terug. " * 3,
        effects="Een ander kent het adres.",
        remedy="De brief is opgehaald.",
        kinds=draw.sample(["confidentiality", "integrity", "availability"], draw.randrange(1, 3)),
        cause=draw.choice(["misdirected", "human_error", "phishing", "lost_or_stolen"]),
        data_kinds=["name", "contact"],
        groups=["citizens"],
        people_min=draw.randrange(90),
        reported_at=aware,
        first_signal_at=aware - timedelta(hours=draw.randrange(40)),
        aware_at=aware,
        aware_reason="De ontvanger belde.",
    )


def _keys(breaches):
    from cryptography.fernet import Fernet

    from breaches.models import BreachKey

    BreachKey.objects.bulk_create(BreachKey(breach=breach, key=Fernet.generate_key().decode()) for breach in breaches)


def _rows(organisation, user, breach):
    """An assessment, two decisions and a notification, as far as its state asks for them."""
    from breaches.models import Assessment, Decision, Notification

    told = breach.state in ("notified", "closed") and breach.number % 2
    common = {"organisation": organisation, "breach": breach, "by": user}
    if breach.state == "reported":
        return None, None, None, None
    at = breach.aware_at + timedelta(hours=20)
    reason = "Een risico is niet waarschijnlijk."
    assessed = {"number": 1, "facts": {}, "suggestion": "authority", "reasoning": reason}
    sent = {"kind": "first", "form": "ap-2022-08", "authority": "ap", "is_complete": True, "digest": "0" * 64}
    return (
        Assessment(**common, **assessed, at=at),
        Decision(**common, about="authority", tell=bool(told), reason=reason, at=at + timedelta(hours=1)),
        Decision(**common, about="people", tell=False, reason=reason, at=at + timedelta(hours=1)),
        Notification(**common, **sent, sent_at=at + timedelta(hours=2), at=at + timedelta(hours=2)) if told else None,
    )


def _pages(organisation, user):
    from django.test import Client
    from django.urls import reverse

    from breaches.models import Breach

    client = Client()
    client.force_login(user)

    def page(name, *words, **query):
        address = reverse(name, args=[organisation.slug, *words], query=query)

        def get():
            response = client.get(address)
            if response.status_code != 200:
                raise RuntimeError(f"{address} answered {response.status_code}")

        return get

    every = Breach.objects.of(organisation)
    last = every.on_register().count() // 50 + 1
    return [
        ("list page, open", page("breaches:breaches")),
        ("list page, the register", page("breaches:breaches", tab="register")),
        ("list page, the last one", page("breaches:breaches", tab="register", page=last)),
        (
            "list page, one kind and one cause",
            page("breaches:breaches", tab="register", kind="integrity", cause="paper"),
        ),
        ("list page, two words", page("breaches:breaches", tab="register", q="brief 77")),
        ("page of one breach", page("breaches:breach", every.order_by("number")[7].pk)),
        ("figures of twelve months", page("breaches:figures", since="2025-07-01", until="")),
        ("figures of all years", page("breaches:figures", since="", until="")),
        ("dashboard", page("register:dashboard")),
    ]


def _acts(organisation):
    from breaches.actions import warning
    from breaches.exports import making, reading
    from breaches.models import Breach

    def export(format):
        def run():
            rows = Breach.objects.of(organisation).on_register()
            making.make(reading.read(organisation, rows, at=AT), format, "nl")

        return run

    yield from ((f"export as {format}", export(format)) for format in ("csv", "xlsx", "json"))
    yield "mails that are due", lambda: warning.remind(AT)


if __name__ == "__main__":
    main(sys.argv[1:])
