"""A made-up ledger of consents of any size, the same every time.

Every person has one address and three events: given, renewed, and then renewed again, or for one in three withdrawn.
They lie in the order of time, so that the events of one person lie apart. Rows go to the database as text, past the
models and on PostgreSQL past its guards (the user must be a superuser): ten million events take minutes.
"""

import hashlib
from datetime import UTC, datetime, timedelta

from django.db import connection

from accounts.actions import api_keys
from accounts.models import ApiKey, Scope
from consent import identifiers
from consent.kinds import Happening
from consent.models import ConsentEvent, ConsentPurpose, Identifier, Person, Wording, WordingVersion
from core import guards
from register.models import Activity

from . import filling

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
SEALED = "x" * 140
PER_PERSON = 3
BATCH = 20_000
LAST = (Happening.RENEWED, Happening.RENEWED, Happening.WITHDRAWN)


def address(number):
    return f"persoon.{number}@voorbeeld{number % 97}.example"


def version():
    """The wording that everybody agreed to, made when it is not there."""
    organisation = filling.organisation_with(1, versions=1)
    rows = WordingVersion.objects.select_related("organisation", "wording__purpose__organisation")
    return rows.filter(organisation=organisation).first() or _version(organisation)


def _version(organisation):
    activity = Activity.objects.of(organisation).first()
    with filling.history.act(organisation, by=None, at=AT, kind="bench.made"):
        purpose = ConsentPurpose(organisation=organisation, code="newsletter", name_nl="Nieuwsbrief", kind="marketing")
        purpose.activity, purpose.line = activity, activity.pk
        purpose.save()
        wording = Wording(organisation=organisation, purpose=purpose, name="On the site")
        wording.save()
    return WordingVersion.objects.create(
        organisation=organisation,
        wording=wording,
        number=1,
        content={"texts": {"nl": {"text": "Ja."}}},
        digest="0" * 64,
        valid_from=AT - timedelta(days=4000),
        review_on=AT.date(),
        published_at=AT - timedelta(days=4000),
    )


def key_of(organisation):
    """The headers of a new key of the API, let in as often as a key can be."""
    key = ApiKey(organisation=organisation, name="Measuring", scopes=Scope.values, per_minute=60_000)
    return {"Authorization": f"Bearer {api_keys.make(key, by=None, at=AT)}"}


def fill(version, events):
    """As many people as make so many events, unless somebody is there."""
    if Person.objects.filter(organisation=version.organisation).exists():
        return
    with guards.open_door("a measurement is filled"), connection.cursor() as cursor:
        for model, rows in _rows(version, events // PER_PERSON):
            names = [
                field.column for field in model._meta.concrete_fields if field.column != "id" or model != ConsentEvent
            ]
            (_copy if connection.vendor == "postgresql" else _insert)(cursor, model._meta.db_table, names, rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _rows(version, people):
    """[(model, its rows)]: each the values of all columns in their order, but for the number of an event."""
    organisation, purpose, shown = (each.pk.hex for each in (version.organisation, version.wording.purpose, version))
    hashed, newest = identifiers.hasher(version.organisation, "email"), next(iter(identifiers.keys()))
    ids = [hashlib.md5(b"%d" % number, usedforsecurity=False).hexdigest() for number in range(people)]
    began = _text(AT - timedelta(days=1000))

    def events():
        for turn in range(PER_PERSON):
            for number, person in enumerate(ids):
                at = _text(AT - timedelta(days=900 - 300 * turn, seconds=-(number % 80_000)))
                kind = int((Happening.GIVEN, Happening.RENEWED, LAST[number % 3])[turn])
                who, what = (organisation, person, purpose, "email"), (kind, at, at, shown, None, "nl")
                yield *who, *what, "web_form", "subject", "", True, None, ""

    return (
        (Person, ((person, organisation, began, "", None, "") for person in ids)),
        (
            Identifier,
            (
                (person, organisation, person, "email", hashed(address(number))[0], newest, SEALED, began)
                for number, person in enumerate(ids)
            ),
        ),
        (ConsentEvent, events()),
    )


def _text(moment):
    return str(moment.replace(tzinfo=None))


def _insert(cursor, table, names, rows):
    places = ", ".join(["%s"] * len(names))
    cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", rows)


def _copy(cursor, table, names, rows):
    """Without triggers, and with the indexes made afterwards."""
    cursor.execute("SET LOCAL session_replication_role = replica")
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN "
        "(SELECT conname FROM pg_constraint)",
        [table],
    )
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    for _name, definition in indexes:
        cursor.execute(definition)
