"""Does the record still say what was written? Checks the chain of changes, every row it lists, and the chains of
versions.

The first link that does not fit is what matters; the rest is listed because it tells how far the harm goes.
An app above adds its chained versions with `add_chain`, and names for its things with `add_names`, in `ready()`.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from . import history
from .models import ChainHead, Change, Organisation

BATCH = 500
_chains = []
_names = []


@dataclass(frozen=True)
class Chain:
    """Frozen versions of one thing each: numbered from 1, each with the digest of the one before."""

    model: type
    key: str
    digest: object


@dataclass(frozen=True)
class Fault:
    """Something that does not fit. `change` is the number of the link, `table` and `row` name the row, if one is to
    blame.
    """

    organisation: str
    message: str
    change: int | None = None
    table: str = ""
    row: str = ""
    subject: str = ""

    def __str__(self):
        place = f"{self.table} {self.row}".strip()
        about = f" ({self.subject})" if self.subject else ""
        link = _("change %(number)s") % {"number": self.change} if self.change is not None else ""
        return ": ".join(part for part in (self.organisation, link, place + about, self.message) if part)


def add_chain(model, *, key, digest):
    """Have the versions in `model` checked, chained per `key`; `digest(version)` is how they were signed."""
    _chains.append(Chain(model, key, digest))


def add_names(names):
    """`names(ids)` gives {UUID: words} for the things it knows, so that a fault can be understood."""
    _names.append(names)


def verify(organisation=None):
    """Yield the faults of one organisation, or of all, in the order of the chain. Memory stays bounded.

    Costs a few queries per 500 changes and table.
    """
    organisations = [organisation] if organisation else Organisation.objects.order_by("slug")
    for each in organisations:
        yield from _changes(each)
        for chain in _chains:
            yield from _versions(chain, each)
    if organisation is None:
        yield from _without_change()


def chained_models():
    """Every model whose rows belong to a change."""
    return [*history.history_models(), *(chain.model for chain in _chains)]


def _changes(organisation):
    slug, number, digest = organisation.slug, 0, ""
    changes = Change.objects.filter(organisation=organisation).order_by("number").select_related("schema")
    for batch in _in_batches(changes.iterator(chunk_size=BATCH)):
        for change in batch:
            if change.number != number + 1:
                yield Fault(slug, _("Changes are missing before this one."), change.number)
            if change.previous != digest:
                yield Fault(slug, _("It does not follow on the change before it."), change.number)
            if history.change_digest(change) != change.digest:
                yield Fault(slug, _("The change itself was altered."), change.number)
            number, digest = change.number, change.digest
        yield from _rows(organisation, batch)
    head = ChainHead.objects.filter(organisation=organisation).first()
    if (head.number, head.digest) != (number, digest) if head else number:
        message = _("The chain ends at change %(last)s, but %(head)s was written.")
        yield Fault(slug, message % {"last": number, "head": head.number if head else 0}, number)


def _rows(organisation, batch):
    """The rows that these changes list, and rows that say they belong to them but are not listed."""
    listed = defaultdict(dict)
    for change in batch:
        for label, rows in change.rows.items():
            for key, digest in rows:
                listed[label][key] = (change, digest)
    for model in chained_models():
        label = model._meta.label_lower
        expected = listed.pop(label, {})
        for row in model.objects.filter(change__in=[change.pk for change in batch]).iterator(chunk_size=BATCH):
            change, digest = expected.pop(str(row.pk), (None, ""))
            if change is None:
                yield _row_fault(organisation, row, _("This row was put in afterwards."), None)
            elif not _fits(row, change, digest):
                yield _row_fault(organisation, row, _("This row was altered."), change.number)
        for key, (change, _digest) in expected.items():
            message = _("This row was taken away, or moved to another change.")
            yield Fault(organisation.slug, message, change.number, model._meta.db_table, key)
    for label, rows in listed.items():
        change = next(iter(rows.values()))[0]
        yield Fault(organisation.slug, _("The table of these rows no longer exists."), change.number, label)


def _fits(row, change, digest):
    try:
        return history.row_digest(row, change.schema.fields[row._meta.label_lower]) == digest
    except (AttributeError, KeyError, StopIteration):
        return False


def _versions(chain, organisation):
    """Each version follows on the one before, and says what was signed."""
    before = None
    versions = chain.model.objects.filter(organisation=organisation).order_by(chain.key, "number")
    for version in versions.iterator(chunk_size=BATCH):
        first = before is None or getattr(before, chain.key) != getattr(version, chain.key)
        number, digest = (1, "") if first else (before.number + 1, before.digest)
        if version.number != number:
            yield _row_fault(organisation, version, _("A version before this one is missing."), None)
        if version.previous != digest:
            yield _row_fault(organisation, version, _("It does not follow on the version before it."), None)
        if chain.digest(version) != version.digest:
            yield _row_fault(organisation, version, _("The version was altered."), None)
        before = version


def _without_change():
    for model in chained_models():
        lost = model.objects.filter(~Exists(Change.objects.filter(pk=OuterRef("change_id"))))
        for row in lost.iterator(chunk_size=BATCH):
            yield Fault("", _("This row belongs to no change."), None, model._meta.db_table, str(row.pk), _subject(row))


def _row_fault(organisation, row, message, number):
    return Fault(organisation.slug, message, number, row._meta.db_table, str(row.pk), _subject(row))


def _subject(row):
    ids = [getattr(row, name, None) for name in ("activity_id", "controller_id", "id")]
    ids = [key for key in ids if isinstance(key, UUID)]
    for names in _names:
        found = names(ids)
        for key in ids:
            if key in found:
                return found[key]
    return str(ids[0]) if ids else ""


def _in_batches(changes):
    while batch := list(islice(changes, BATCH)):
        yield batch


def models_without_chain():
    """Tables with a column `change` that no check looks at; a house test keeps this empty."""
    return [
        model
        for model in apps.get_models()
        if any(field.name == "change" for field in model._meta.concrete_fields)
        and model not in chained_models()
        and model._meta.label != "accounts.ChangeSubject"
    ]
