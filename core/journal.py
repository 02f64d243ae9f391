"""The journal of SQLite, the file beside the database that ends in `-wal`.

The one rule: what was deleted from the database does not stay readable beside it. SQLite writes new pages over old ones
in its journal, which on a quiet machine takes weeks.
"""

from django.db import connection

PATIENCE = 1_000  # milliseconds; whoever writes waits as long


def empty(at=None, *, of=connection):
    """A sweep: bring the journal over into the database and empty it. While somebody reads, the next turn does it."""
    if of.vendor != "sqlite" or of.in_atomic_block:
        return
    with of.cursor() as cursor:
        [before] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
