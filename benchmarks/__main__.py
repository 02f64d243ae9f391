"""Measure the register at 100, 1,000 and 10,000 activities of ten versions each.

`python -m benchmarks [SIZE ...]` uses SQLite files of its own under var/bench/. With a PostgreSQL server in
DATABASE_URL it makes databases of its own beside the one named there. Both are kept, so that a second run only
measures. The table is printed, and written to benchmarks/results/<engine>.md when all sizes were measured.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from . import FORM

ROOT = Path(__file__).resolve().parent.parent
SIZES = (100, 1_000, 10_000)
ENVIRONMENT = {
    "DEBUG": "0",
    "SECRET_KEY": "measuring-only",
    "FIELD_KEYS": "bWVhc3VyaW5nLW9ubHktbWVhc3VyaW5nLW9ubHktISE=",
    "CONSENT_KEYS": "1:measuring-only",
    "ALLOWED_HOSTS": "testserver",
    "HTTPS": "0",
    "STATIC_HASHED": "0",
    "LOG_LEVEL": "ERROR",
}


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, help="numbers of activities; 100 1000 10000 when left out")
    sizes = parser.parse_args().sizes or list(SIZES)
    server = os.environ.get("DATABASE_URL", "")
    engine = "postgresql" if server.startswith("postgres") else "sqlite"
    results = {}
    for size in sizes:
        print(f"{engine}, {size} activities", file=sys.stderr)
        results[size] = _one(size, database_of(engine, server, size))
    table = _table(results)
    print(table)
    if sizes == list(SIZES):
        target = ROOT / "benchmarks" / "results" / f"{engine}.md"
        target.parent.mkdir(exist_ok=True)
        target.write_text(_page(engine, table))


def _one(size, url):
    environment = os.environ | ENVIRONMENT | {"DATABASE_URL": url}
    command = [sys.executable, "-m", "benchmarks.one", str(size)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def database_of(engine, server, size):
    name = f"dertig_bench_{FORM}_{size}"
    if engine == "sqlite":
        folder = ROOT / "var" / "bench"
        folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{folder / name}.sqlite3"
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def _table(results):
    """One line per measurement: queries, milliseconds per size, and how it grows from the smallest to the largest."""
    sizes = list(results)
    lines = [
        "| | queries | " + " | ".join(f"{size:,}" for size in sizes) + " | growth |",
        "|---|" + "---:|" * (len(sizes) + 2),
    ]
    for row in zip(*results.values(), strict=True):
        queries = sorted({measured["queries"] for measured in row})
        taken = [measured["milliseconds"] for measured in row]
        growth = f"{taken[-1] / taken[0]:.1f} x" if taken[0] else ""
        asked = str(queries[0]) if len(queries) == 1 else f"{queries[0]}-{queries[-1]}"
        lines.append(f"| {row[0]['name']} | {asked} | " + " | ".join(f"{ms:,.1f}" for ms in taken) + f" | {growth} |")
    return "\n".join(lines)


def _page(engine, table):
    machine = f"{os.cpu_count()} processors, Python {platform.python_version()}"
    return (
        f"# {engine}: the register at 100, 1,000 and 10,000 activities\n\n"
        "Ten versions per activity. Milliseconds, the median of some runs after a first one, in one process on "
        f"{machine}. Pages go through all middleware and are rendered whole. Compare the columns, not the machine.\n\n"
        f"{table}\n"
    )


if __name__ == "__main__":
    main()
