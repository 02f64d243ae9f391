"""Bringing hashes of addresses to the newest of CONSENT_KEYS, and the keys of people to the newest of FIELD_KEYS.

The one rule: a row is brought over in one short transaction, and what is over is left alone, so that a run that was
killed goes on where it stopped. Marks of people who were erased stay as they are: nobody knows their address.
"""

from collections import Counter

from django.db import transaction
from django.db.models import Count, TextField
from django.db.models.functions import Cast

from core import fields

from . import identifiers, suppressions, vault
from .models import Identifier, PersonKey, Suppression

AT_A_TIME = 500


def rehash(progress=lambda done: None):
    """Hash anew every address that is not on the newest key, with its marks; returns how many were.

    One that another person has under the newest key already is left (`left` counts it): two people were made of one.
    """
    newest = next(iter(identifiers.keys()))
    waiting = Identifier.objects.exclude(key_version=newest)
    done = 0
    for ids in _pieces(list(waiting.order_by("pk").values_list("pk", flat=True))):
        with transaction.atomic():
            locked = waiting.filter(pk__in=ids).select_for_update(of=("self",))
            done += _rehash(list(locked.select_related("person__key_row", "organisation")))
        progress(done)
    return done


def _rehash(rows):
    fresh = {}
    for row in rows:
        normal = vault.opened(row.person, row.sealed)
        if normal is not None:
            fresh[row.pk] = (row, normal, *identifiers.newest(row.organisation, row.kind, normal))
    digests = [digest for _row, _normal, _version, digest in fresh.values()]
    taken = set(Identifier.objects.filter(digest__in=digests).values_list("organisation", "digest"))
    moved = []
    for row, normal, version, digest in fresh.values():
        if (row.organisation_id, digest) in taken:
            continue
        suppressions.bring_over(row.organisation, row.kind, normal)
        row.digest, row.key_version = digest, version
        moved.append(row)
    Identifier.objects.bulk_update(moved, ["digest", "key_version"])
    return len(moved)


def relock(progress=lambda done: None):
    """Encrypt anew every key of a person that the newest of FIELD_KEYS does not open; returns how many were."""
    done = 0
    for some in _pieces(list(_locked_otherwise())):
        with transaction.atomic():
            rows = list(PersonKey.objects.select_for_update().filter(pk__in=some, key__isnull=False))
            PersonKey.objects.bulk_update(rows, ["key"])  # every write is with the newest
        done += len(rows)
        progress(done)
    return done


def left():
    """What is on which key: ({version: addresses}, {version: marks}, keys of people not on the newest)."""
    addresses = dict(Identifier.objects.values_list("key_version").annotate(Count("pk")).order_by())
    marks = dict(Suppression.objects.values_list("key_version").annotate(Count("pk")).order_by())
    return Counter(addresses), Counter(marks), sum(1 for _id in _locked_otherwise())


def _locked_otherwise():
    """The ids of keys that are not locked with the newest of FIELD_KEYS."""
    rows = PersonKey.objects.filter(key__isnull=False).annotate(locked=Cast("key", TextField())).order_by("pk")
    for pk, locked in rows.values_list("pk", "locked").iterator(chunk_size=2000):
        if not fields.is_newest(locked):
            yield pk


def _pieces(ids):
    return (ids[start : start + AT_A_TIME] for start in range(0, len(ids), AT_A_TIME))
