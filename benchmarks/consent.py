"""Measure the ledger of consents: `python -m benchmarks.consent [EVENTS ...]`.

A database of its own for each size: SQLite files under var/bench/, or beside the server in DATABASE_URL. They are kept,
so that a second run only measures. What each run found is kept there too, and everything found so far makes the table
that is printed and written to benchmarks/results/consent.md.
"""

import io
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from random import Random

from .__main__ import ENVIRONMENT, ROOT, database_of

SIZES = {"sqlite": (1_000_000,), "postgresql": (100_000, 1_000_000, 10_000_000)}
FORM = 2
"""Goes up when the made-up ledger changes, so that an older one is not measured."""
LINES = int(os.environ.get("LINES", 1_000_000))
ROWS = int(os.environ.get("ROWS", 10_000))
FOUND = ROOT / "var" / "bench"
SHOWN = ["fsync", "server_version", "shared_buffers", "synchronous_commit"]


def main(arguments):
    if arguments[:1] == ["one"]:
        one(int(arguments[1]))
        return
    FOUND.mkdir(parents=True, exist_ok=True)
    server = os.environ.get("DATABASE_URL", "")
    engine = "postgresql" if server.startswith("postgres") else "sqlite"
    for size in [int(argument) for argument in arguments] or SIZES[engine]:
        url = database_of(engine, server, f"consent{FORM}_{size}")
        command = [sys.executable, "-m", "benchmarks.consent", "one", str(size)]
        subprocess.run(command, env=os.environ | ENVIRONMENT | {"DATABASE_URL": url}, check=True, cwd=ROOT)
    page = _page([json.loads(file.read_text()) for file in sorted(FOUND.glob("consent-*.json"))])
    print(page)
    (ROOT / "benchmarks" / "results" / "consent.md").write_text(page)


def one(size):
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from . import ledger

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    version = ledger.version()
    started = time.perf_counter()
    ledger.fill(version, size)
    print(f"{connection.vendor}, {size:,} events: there after {time.perf_counter() - started:,.0f} s", file=sys.stderr)
    found = {"engine": connection.vendor, "events": size, "server": _server(connection), "measured": []}
    for name, times, of, act in _acts(version, size // ledger.PER_PERSON):
        found["measured"].append([name, of, *_measured(act, times)])
        print(*found["measured"][-1], file=sys.stderr)
    (FOUND / f"consent-{connection.vendor}-{size:08}.json").write_text(json.dumps(found))


def _server(connection):
    """The settings of PostgreSQL that decide what the rows about writing and very many people cost."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY(%s) ORDER BY name", [SHOWN]
        )
        return ", ".join(f"{name} {value}" for name, value in cursor.fetchall())


def _measured(act, times):
    """Seconds by the clock and of this process on the processor, of the middle one of so many times."""
    if times > 1:
        act()
    clock, worked = [], []
    for _time in range(times):
        started = time.perf_counter(), time.process_time()
        act()
        clock.append(time.perf_counter() - started[0])
        worked.append(time.process_time() - started[1])
    return statistics.median(clock), statistics.median(worked)


def _acts(version, people):
    """[(name, times, of how many things, what is done)]."""
    import csv
    from uuid import uuid4

    from django.db import connection, transaction
    from django.test import Client
    from django.utils import timezone

    from consent import identifiers
    from consent.kinds import Channel
    from consent.mailing import checking, importing, list_check, lists

    from .ledger import AT, address, key_of

    purpose, organisation = version.wording.purpose, version.organisation
    asked = checking.ask(purpose, Channel.EMAIL, on=AT.date(), at=AT)
    hashed, headers, client = identifiers.hasher(organisation, "email"), key_of(organisation), Client()
    draw, content, consents = Random(7), _list(people), _consents(version)

    def look_up():
        digest = hashed(address(draw.randrange(people)))[0]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT event.kind FROM consent_identifier who JOIN consent_consentevent event USING (person_id) "
                "WHERE who.organisation_id = %s AND who.digest = %s AND event.purpose_id = %s AND event.kind >= 10 "
                "AND event.channel = 'email' ORDER BY event.happened_at DESC, event.kind DESC LIMIT 1",
                [_plain(organisation.pk), digest, _plain(purpose.pk)],
            )
            cursor.fetchone()

    def hash_all():
        for row in csv.reader(io.StringIO(content.decode()), delimiter=";"):
            hashed(row[1].lower())

    def check():
        checking.one(asked, checking.Line("email", address(draw.randrange(people)), "NL"))

    def record(value):
        said = {"reference": str(uuid4()), "address": {"value": value}, "purpose": purpose.code, "channel": "email"}
        said |= {"kind": "given", "happened_at": timezone.now().isoformat(), "wording": str(version.pk)}
        answer = client.post("/api/v1/events", said, content_type="application/json", headers=headers)
        if answer.status_code != 201:
            raise RuntimeError(answer.content)

    def check_list():
        source = lists.Source("list.csv", lambda: io.BytesIO(content))
        list_check.run(asked, source, io.BytesIO(), language="nl")

    def bring_in():
        source = lists.Source("old.csv", lambda: io.BytesIO(consents))
        with transaction.atomic():
            counts = importing.run(organisation, [purpose], source, io.BytesIO(), by=None, at=AT, language="nl")
            if counts["taken"] != ROWS:
                raise RuntimeError(counts)
            transaction.set_rollback(True)

    return (
        ("to compare: the state of one address, in plain SQL", 500, 1, look_up),
        ("one check", 200, 1, check),
        ("one event over the API, of somebody known", 100, 1, lambda: record(address(draw.randrange(people)))),
        ("one event over the API, of somebody new", 100, 1, lambda: record(f"{uuid4()}@example.org")),
        (f"to compare: {LINES:,} lines only read and hashed", 1, LINES, hash_all),
        (f"a list of {LINES:,} lines", 1, LINES, check_list),
        (f"{ROWS:,} consents of new people brought in", 1, ROWS, bring_in),
    )


def _plain(key):
    from django.db import connection

    return key if connection.vendor == "postgresql" else key.hex


def _list(people):
    """Half of the lines are of people whom the ledger knows."""
    from .ledger import address

    draw = Random(3)
    lines = (f"Naam {number};{address(draw.randrange(2 * people))};Utrecht\r\n" for number in range(LINES))
    return ("naam;e-mail;plaats\r\n" + "".join(lines)).encode()


def _consents(version):
    row = f"newsletter;email;2026-05-23 09:00;{version.wording.name};web\r\n"
    lines = (f"ingebracht.{number}@example.org;{row}" for number in range(ROWS))
    return ("email;purpose;channel;given at;wording;method\r\n" + "".join(lines)).encode()


def _page(runs):
    """One column for each run; seconds by the clock, and of the process on the processor in brackets."""
    head = [f"{run['engine']}, {run['events']:,} events" for run in runs]
    lines = [f"| | {' | '.join(head)} |", "|---|" + "---:|" * len(runs)]
    for row in zip(*(run["measured"] for run in runs), strict=True):
        lines.append(f"| {row[0][0]} | " + " | ".join(_cell(*measured) for _name, *measured in row) + " |")
    servers = "; ".join(sorted({run["server"] for run in runs if run["server"]}))
    server = f"\n\nPostgreSQL with {servers}.\n" if servers else "\n"
    return (
        "# the ledger of consents\n\n"
        "`python -m benchmarks.consent`: by the clock, and in brackets of this process on the processor (that of the "
        f"database server is not in it). One process on {os.cpu_count()} processors, Python "
        f"{platform.python_version()}. Three events a person; half of the lines of the list are of people whom the "
        "ledger knows. Single acts are the median of a hundred or more. An event over the API is a whole request with "
        "a key, through all middleware to the end of its transaction. Compare with the rows “to compare”, which were "
        "measured in the same run.\n\n" + "\n".join(lines) + server
    )


def _cell(of, clock, worked):
    if of == 1:
        return f"{clock * 1000:,.2f} ms ({worked * 1000:,.2f})"
    return f"{clock:,.1f} s ({worked:,.1f}), {worked / of * 1e6:,.1f} µs each"


if __name__ == "__main__":
    main(sys.argv[1:])
