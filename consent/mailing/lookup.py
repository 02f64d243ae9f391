"""What the ledger knows of very many addresses at once.

The one rule: some thousands of addresses cost the same few queries as one; each goes to the database as one parameter,
and what it says is what `standing` and `suppressions` say of each person alone.
"""

import json
from collections import defaultdict

from django.db import connection
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.expressions import RawSQL

from consent import identifiers, vault
from consent.kinds import DECIDING, Happening
from consent.models import ConsentEvent, CustomerRelation, Identifier, Person, Suppression
from consent.question import Relation
from consent.standing import LATEST, Standing
from consent.suppressions import Mark

HAPPENINGS = {one.value: one for one in Happening}


def listed(texts):
    """A subquery of many texts, however many, which is one parameter."""
    return _unpacked(json.dumps(list(texts)), "text")


def ids(keys):
    """As `listed`, of UUIDs."""
    return _unpacked(json.dumps([key.hex for key in keys]), "uuid")


def _unpacked(texts, kind):
    """PostgreSQL unpacks it once, whatever it makes of the query around it."""
    if connection.vendor != "postgresql":
        return RawSQL("SELECT value FROM json_each(%s)", [texts])
    unpacked = "WITH listed AS MATERIALIZED (SELECT json_array_elements_text(%s) AS one)"
    return RawSQL(f"{unpacked} SELECT one::{kind} FROM listed", [texts])


def people(organisation, digests):
    """{digest: id of the person}. One query."""
    found = Identifier.objects.filter(organisation=organisation, digest__in=listed(digests))
    return dict(found.values_list("digest", "person_id"))


def standings(persons, purpose, channel, *, at):
    """{person: Standing} of those who decided; who was only asked says nothing. One query."""
    decided = ConsentEvent.objects.filter(purpose=purpose, channel=channel, happened_at__lte=at, kind__gte=DECIDING)
    rows = _last_of(persons, decided)
    said = rows.values_list("person_id", "kind", "happened_at", "is_provable", "given_by", "age", "pk")
    return {person: Standing(HAPPENINGS[kind], *rest) for person, kind, *rest in said}


def _last_of(persons, events):
    """The last of these events of each person."""
    if connection.vendor == "postgresql":
        return events.filter(person__in=ids(persons)).order_by("person_id", *LATEST).distinct("person_id")
    last = events.filter(person=OuterRef("pk")).order_by(*LATEST).values("pk")[:1]
    return ConsentEvent.objects.filter(pk__in=Person.objects.filter(pk__in=ids(persons)).values_list(Subquery(last)))


def marks(organisation, digests, persons):
    """({digest: marks}, {person: marks}) against these addresses, and any other of these people. Two queries."""
    against = Suppression.objects.filter(organisation=organisation)
    marked = Identifier.objects.filter(Exists(against.filter(digest=OuterRef("digest"))), person__in=ids(persons))
    theirs = dict(marked.values_list("digest", "person_id"))
    by_digest, by_person = defaultdict(tuple), defaultdict(tuple)
    for row in against.filter(digest__in=listed({*digests, *theirs})).order_by("since"):
        mark = Mark(row.reason, row.since, row.purpose_id, row.channel)
        by_digest[row.digest] += (mark,)
        if row.digest in theirs:
            by_person[theirs[row.digest]] += (mark,)
    return by_digest, by_person


def marked(organisation, pairs):
    """Those of these addresses, as (kind, normal), against which there is a mark. Two queries."""
    by_pair = {pair: list(identifiers.digests(organisation, *pair).values()) for pair in pairs}
    found, _by_person = marks(organisation, [digest for each in by_pair.values() for digest in each], ())
    return {pair for pair, digests in by_pair.items() if any(digest in found for digest in digests)}


def relations(persons, purpose):
    """{person: Relation}: the last one that was recorded for this purpose; of one file a refusal counts. One query."""
    found = CustomerRelation.objects.filter(person__in=ids(persons), purpose=purpose)
    rows = found.order_by("recorded_at", F("refused").asc(nulls_first=True), "pk")
    return {row.person_id: Relation(row.since, row.similar_offer, row.told_when_collected, row.refused) for row in rows}


def opened(persons):
    """{person: [(kind, address)]} of who was not erased; of whom the key is gone nothing. One query."""
    found = defaultdict(list)
    rows = Identifier.objects.filter(person__in=ids(persons)).select_related("person__key_row").order_by("added_at")
    for row in rows:
        address = vault.opened(row.person, row.sealed)
        if address is not None:
            found[row.person_id].append((row.kind, address))
    return found


def readable(persons):
    """As `opened`, for a file that somebody with a right to it takes along: of who was erased what is kept as proof.
    Two queries."""
    found = opened(persons)
    erased = Person.objects.filter(pk__in=ids(persons), erased_at__isnull=False).exclude(proof="")
    for person in erased.select_related("key_row"):
        found[person.pk] += [("", address) for address in vault.facts_of(person, person.proof) or ()]
    return found
