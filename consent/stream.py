"""The ledger as a stream: events in the order of their numbers, up to where no earlier one can still appear.

The one rule: a reader who comes back with the last number misses nothing. On PostgreSQL numbers are given out before
their transactions end, so an event may appear after one with a higher number. Therefore each transaction that writes to
the ledger holds, until it ends, a shared advisory lock that names the last number before its own (`Tide`, a trigger);
nobody waits for it, but readers stop below it. SQLite lets one writer in at a time, and needs nothing of the kind.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Max

from core.guards import Piece, fitting

from .kinds import Happening
from .models import ConsentEvent

SPACE = 7 << 48  # of the advisory locks that are about the ledger; below it 48 bits for the number of an event
SETTING = "dertig.ledger"


@dataclass(frozen=True)
class Tide:
    """Each transaction that adds to `table` says once below which number it adds nothing."""

    table: str

    @property
    def name(self):
        return fitting(f"{self.table}_tide")

    def on_sqlite(self):
        return ()

    def on_postgresql(self):
        function, numbers = fitting(f"{self.name}_fn"), f"{self.table}_id_seq"
        yield Piece(
            self.name,
            "TRIGGER",
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF coalesce(current_setting('{SETTING}', true), '') = '' THEN "
            f"PERFORM pg_advisory_xact_lock_shared({SPACE} + last_value - CASE WHEN is_called THEN 0 ELSE 1 END) "
            f"FROM \"{numbers}\"; PERFORM set_config('{SETTING}', '1', true); "
            "END IF; RETURN NULL; END $$; "
            f'CREATE TRIGGER "{self.name}" BEFORE INSERT ON "{self.table}" FOR EACH STATEMENT EXECUTE FUNCTION '
            f"{function}()",
        )


def horizon():
    """The last number up to which the ledger is complete. One query, two on PostgreSQL, outside any transaction."""
    last = ConsentEvent.objects.aggregate(last=Max("pk"))["last"] or 0
    if connection.vendor != "postgresql":
        return last
    with connection.cursor() as cursor:  # after the last number was read: who wrote below it is done, or stands here
        cursor.execute(
            "SELECT min(((classid::bigint << 32) | objid::bigint) - %s) FROM pg_locks "
            "WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 16 = %s "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND pid <> pg_backend_pid()",
            [SPACE, SPACE >> 48],
        )
        [lowest] = cursor.fetchone()
    return last if lowest is None else min(last, lowest)


def after(organisation, number, *, limit, until=None):
    """(events, next number, whether there are more) of what came after a number. At most three queries.

    Where fewer than `limit` are left the next number is the horizon itself, so that nobody reads twice over what
    belongs to others.
    """
    until = horizon() if until is None else until
    found = ConsentEvent.objects.filter(organisation=organisation, pk__gt=number, pk__lte=until)
    events = list(found.select_related("purpose").order_by("pk")[: limit + 1])
    if len(events) > limit:
        return events[:limit], events[limit - 1].pk, True
    return events, max(number, until), False


def told(event, addresses=None):
    """An event as other systems hear it: a random id, and no address unless `addresses` holds it."""
    return {
        "id": event.pk,
        "person": event.person_id,
        "purpose": event.purpose.code,
        "channel": event.channel,
        "kind": Happening(event.kind).code,
        "happened_at": event.happened_at,
        "recorded_at": event.recorded_at,
        "method": event.method,
        "addresses": None if addresses is None else addresses[event.person_id],
    }
