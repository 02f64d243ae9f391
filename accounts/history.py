"""History of rows, and the act that binds it: every change to a tracked row belongs to exactly one `Change`.

The one rule: tracked rows change only inside `act(...)`. A row's history record names its change; the change lists the
digest of each record it wrote and the digest of the change before it. `update()` and `bulk_create` write no history, so
tracked rows change by `save()`, or by `bulk_create_with_history` inside an act.
"""

import uuid
from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.db import models, transaction
from simple_history.models import HistoricalRecords
from simple_history.signals import post_create_historical_record, pre_create_historical_record

from core import canonical

_current = ContextVar("act", default=None)


class NoAct(RuntimeError):
    """A tracked row was written outside `act(...)`."""


class Tracked(models.Model):
    """What each history record carries besides the row's own fields."""

    change = models.ForeignKey("accounts.Change", models.DO_NOTHING, related_name="+", db_index=True)

    class Meta:
        abstract = True


def tracked(**options):
    """`history = tracked()` on a model: a record per save and delete, bound to the act that did it."""
    return HistoricalRecords(bases=[Tracked], user_db_constraint=False, **options)


def tables(app_label):
    """The history tables of an app; all of them are append-only."""
    return [model._meta.db_table for model in history_models() if model._meta.app_label == app_label]


def history_models():
    return [model for model in apps.get_models() if issubclass(model, Tracked)]


class Act:
    """The act that is going on. `rows` gathers what it wrote; `touch` names things for their timeline."""

    def __init__(self, organisation, *, by, at, kind, reason, details, change_id=None):
        self.change_id = change_id or uuid.uuid4()
        self.organisation, self.by, self.at = organisation, by, at
        self.kind, self.reason, self.details = kind, reason, details
        self.rows = defaultdict(list)
        self.listed = {}
        self.subjects = set()

    def touch(self, *things):
        self.subjects.update(thing if isinstance(thing, uuid.UUID) else thing.pk for thing in things)

    def wrote(self, row):
        """Note a history record or frozen version that this act wrote."""
        self.rows[row._meta.label_lower].append(row)
        for name in getattr(row, "timeline_fields", ("activity_id",)):
            subject = getattr(row, name, None)
            if isinstance(subject, uuid.UUID):
                self.subjects.add(subject)
        if isinstance(row, Tracked) and isinstance(getattr(row, "id", None), uuid.UUID):
            self.subjects.add(row.id)

    def wrote_listed(self, label, fields, rows):
        """Note history records whose digests over `fields` are known already: `rows` is [[id, digest], ...].

        They are on no timeline but those that `touch` names.
        """
        self.listed[label] = (fields, rows)


def current():
    """The act going on, or None."""
    return _current.get()


@contextmanager
def act(organisation, *, by, at, kind, reason="", details=None, change_id=None):
    """Do something to an organisation's record as one atomic act that leaves one `Change`.

    `at` is the aware moment it happens; `kind` a stable word such as "activity.established" whose sentence for people
    is in `accounts.wording`; `details` are that sentence's parameters (JSON). An act inside an act joins the outer one.
    An act that wrote nothing leaves nothing. Costs five queries besides its own; the chain head is locked last.
    """
    running = _current.get()
    if running is not None:
        if running.organisation.pk != organisation.pk:
            raise ValueError("An act belongs to one organisation.")
        yield running
        return
    with transaction.atomic():
        details = details or {}
        going_on = Act(organisation, by=by, at=at, kind=kind, reason=reason, details=details, change_id=change_id)
        token = _current.set(going_on)
        try:
            yield going_on
        finally:
            _current.reset(token)
        if going_on.rows or going_on.listed:
            _close(going_on)


def _close(done):
    from .models import ChainHead, Change, ChangeSchema, ChangeSubject

    fields = {label: hashed_fields(rows[0]) for label, rows in done.rows.items()}
    fields |= {label: names for label, (names, _rows) in done.listed.items()}
    schema_digest = canonical.digest(fields)
    ChangeSchema.objects.bulk_create([ChangeSchema(digest=schema_digest, fields=fields)], ignore_conflicts=True)
    ChainHead.objects.bulk_create([ChainHead(organisation=done.organisation)], ignore_conflicts=True)
    head = ChainHead.objects.select_for_update().get(organisation=done.organisation)
    change = Change(
        id=done.change_id,
        organisation=done.organisation,
        number=head.number + 1,
        kind=done.kind,
        details=done.details,
        by=done.by,
        at=done.at,
        reason=done.reason,
        schema_id=schema_digest,
        rows={label: _listed(done, label, names) for label, names in sorted(fields.items())},
        previous=head.digest,
    )
    change.digest = change_digest(change)
    change.save(force_insert=True)
    ChangeSubject.objects.bulk_create(
        ChangeSubject(change=change, subject=subject) for subject in sorted(done.subjects)
    )
    ChainHead.objects.filter(pk=head.pk).update(number=change.number, digest=change.digest)


def _listed(done, label, fields):
    """The rows of one table that an act wrote, each with its digest."""
    rows = [[str(row.pk), row_digest(row, fields)] for row in done.rows.get(label, ())]
    return rows + list(done.listed.get(label, (fields, ()))[1])


def hashed_fields(row):
    """The columns of a history or version row that its digest covers: all but its own number in the table."""
    return sorted(field.attname for field in row._meta.concrete_fields if not field.primary_key)


def row_digest(row, fields):
    """SHA-256 over the named columns in canonical JSON; a column that no longer exists raises AttributeError."""
    return canonical.digest({name: _plain(row, name) for name in fields})


def _plain(row, name):
    value = getattr(row, name)
    field = next(field for field in row._meta.concrete_fields if field.attname == name)
    if field.is_relation:
        field = field.target_field
    return value.name if isinstance(value, models.fields.files.FieldFile) else field.to_python(value)


def change_digest(change):
    names = (
        "id",
        "organisation_id",
        "number",
        "kind",
        "details",
        "by_id",
        "at",
        "reason",
        "schema_id",
        "rows",
        "previous",
    )
    return canonical.digest({name: getattr(change, name) for name in names})


def create_many(rows):
    """Create tracked rows of one model with their history, in a few queries for any number. Inside an act only."""
    return _write_many(rows, "+", lambda objects: objects.bulk_create(rows, batch_size=500))


def change_many(rows, names):
    """Save the fields `names` of tracked rows of one model with their history, in a few queries. Inside an act only."""
    return _write_many(rows, "~", lambda objects: objects.bulk_update(rows, names, batch_size=200))


def _write_many(rows, history_type, write):
    if not rows:
        return []
    going_on = _current.get()
    if going_on is None:
        raise NoAct(f"{rows[0]._meta.label} was written outside an act.")
    model = type(rows[0])
    past = model.history.model
    write(model.objects)
    names = [field.attname for field in past.tracked_fields]
    records = [
        past(
            **{name: getattr(row, name) for name in names},
            change_id=going_on.change_id,
            history_date=going_on.at,
            history_user=going_on.by,
            history_change_reason=(going_on.reason or "")[:100] or None,
            history_type=history_type,
        )
        for row in rows
    ]
    past.objects.bulk_create(records, batch_size=500)
    for record in records:
        going_on.wrote(record)
    return rows


def _bind(sender, instance, history_instance, **kwargs):
    going_on = _current.get()
    if not isinstance(history_instance, Tracked):
        return
    if going_on is None:
        raise NoAct(f"{instance._meta.label} was written outside an act.")
    history_instance.change_id = going_on.change_id
    history_instance.history_date = going_on.at
    history_instance.history_user = going_on.by
    history_instance.history_change_reason = (going_on.reason or "")[:100] or None


def _gather(sender, instance, history_instance, **kwargs):
    if isinstance(history_instance, Tracked):
        _current.get().wrote(history_instance)


pre_create_historical_record.connect(_bind, dispatch_uid="accounts.history.bind")
post_create_historical_record.connect(_gather, dispatch_uid="accounts.history.gather")
