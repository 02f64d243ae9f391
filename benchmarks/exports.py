"""Measure every export but the PDF, and our own JSON back in: `python -m benchmarks.exports [SIZE ...]`.

100 and 1,000 activities when none is given. The databases are those of `python -m benchmarks`. Each format is made in a
process of its own, so that its memory is its own; seconds are of the processor. The import is undone.
"""

import os
import resource
import subprocess
import sys
import time
from datetime import UTC, date, datetime

from .__main__ import ENVIRONMENT, ROOT, database_of

SIZES = (100, 1_000)
FORMATS = ("xlsx", "csv", "json", "jsonld", "docx", "json back in")
DAY = date(2025, 3, 3)
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def main(arguments):
    if arguments[:1] == ["one"]:
        measure(int(arguments[1]), arguments[2])
        return
    server = os.environ.get("DATABASE_URL", "")
    engine = "postgresql" if server.startswith("postgres") else "sqlite"
    print("activities  what            CPU s    MB peak      KB")
    for size in [int(argument) for argument in arguments] or SIZES:
        environment = os.environ | ENVIRONMENT | {"DATABASE_URL": database_of(engine, server, size)}
        for what in FORMATS:
            if what == "docx" and size > 500:
                continue
            command = [sys.executable, "-m", "benchmarks.exports", "one", str(size), what]
            done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
            seconds, megabytes, kilobytes = done.stdout.split()[-3:]
            print(f"{size:>10}  {what:<13} {seconds:>7} {megabytes:>10} {kilobytes:>7}", flush=True)


def measure(size, what):
    import django

    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "IMPORT_MAX_BYTES": str(2**30)}
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from . import filling

    organisation = filling.organisation_with(size)
    content = made(organisation, "json") if what == "json back in" else None
    started = time.process_time()
    content = back_in(content) if content else made(organisation, what)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds:.1f} {peak:.0f} {len(content) // 1024}")


def made(organisation, format):
    from register.exports import formats
    from register.exports.selection import Selection

    return formats.make(format, organisation, Selection(), on=DAY, known_at=AT, language="nl", made_at=AT).content


def back_in(content):
    """Into a new organisation, and out again: nothing of it stays."""
    from django.db import transaction

    from accounts import history
    from accounts.models import Organisation
    from register.imports import own_store

    with transaction.atomic():
        target = Organisation(slug="bench-in", name="Meetorganisatie")
        with history.act(target, by=None, at=AT, kind="organisation.created"):
            target.save()
        own_store.bring_in(target, content, "register.json", by=None, at=AT)
        transaction.set_rollback(True)
    return content


if __name__ == "__main__":
    main(sys.argv[1:])
