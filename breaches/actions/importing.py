"""Taking over an existing register of breaches: bringing a file, choosing, taking it in as one act, and undoing that.

The one rule: what is taken over wakes nobody. It has no clock until somebody here says since when you were aware.
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.fernet import Fernet
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import files
from accounts.history import act, create_many
from accounts.models import Counter
from breaches import states
from breaches.imports import reading, rows
from breaches.models import Breach, BreachImport, BreachKey, BreachSettings, SealedText
from core import uploads
from core.dates import add_months
from core.refusal import Refused
from core.spreadsheets import Limits
from register.imports.values import clean

from .reporting import new_reference

OWN = ("key_row", "sealed_rows")
"""What hangs on a breach from the beginning."""


@dataclass(frozen=True)
class Read:
    """A file by what was chosen so far: its table, and each row as the breach that it becomes."""

    table: reading.Table
    taken: list = field(default_factory=list)

    @property
    def problems(self):
        return [(one, problem) for one in self.taken for problem in one.problems]


def bring(organisation, source, name, *, by, at):
    """Keep a file, sealed, when it can be read. BadFile or, by the virus scanner, ValidationError otherwise."""
    name = clean(Path(name).name)[:250]
    content = source.read(Limits.of_settings().bytes + 1)
    uploads.scan(content)
    reading.read(content, name)
    key = Fernet.generate_key()
    with transaction.atomic():
        kept = files.keep(
            organisation,
            "sealed",
            Fernet(key).encrypt(content),
            content_type="application/octet-stream",
            by=by,
            at=at,
        )
        return BreachImport.objects.create(
            organisation=organisation,
            name=name,
            sha256=hashlib.sha256(content).hexdigest(),
            key=key.decode(),
            file=kept,
            by=by,
            at=at,
        )


def look(batch, *, at, plan=None):
    """`Read` of a batch that was not taken in yet; by another `plan` than the one that was kept, when given."""
    with batch.file.file.open("rb") as file:
        content = Fernet(batch.key.encode()).decrypt(file.read())
    return read(content, batch.name, batch.plan if plan is None else plan, at=at)


def read(content, name, plan, *, at):
    table = reading.chosen(reading.read(content, name), plan)
    return Read(table, [] if table.asks else rows.of(table, at=at))


def choose(batch, plan):
    """Keep what somebody chose for the columns and the days."""
    if BreachImport.objects.filter(pk=batch.pk, state=BreachImport.State.BROUGHT).update(plan=plan):
        batch.plan = plan


def take(batch, *, by, at):
    """Take it in, as it was last chosen, as one act. The file goes; what it said stays with each breach."""
    organisation = batch.organisation
    with _imported(organisation, batch.name, by=by, at=at) as going_on:
        locked = BreachImport.objects.select_for_update(of=("self",)).select_related("file").get(pk=batch.pk)
        if locked.state != BreachImport.State.BROUGHT:
            raise Refused(_("This file was taken in already."))
        _ask_new(locked)
        found = look(locked, at=at)
        made = _keep(locked, found, by=by, at=at)
        going_on.details["count"] = len(made)
        stored = locked.file
        locked.state, locked.taken_at, locked.count = BreachImport.State.TAKEN, at, len(made)
        locked.key = locked.file = None
        locked.save()
        files.forget(stored)
    return locked


def take_file(organisation, content, name, plan, *, by, at):
    """From the command line: read and taken in at once. Returns the `BreachImport`."""
    with _imported(organisation, name, by=by, at=at) as going_on:
        batch = BreachImport(
            organisation=organisation,
            name=name[:250],
            sha256=hashlib.sha256(content).hexdigest(),
            plan=plan,
            state=BreachImport.State.TAKEN,
            by=by,
            at=at,
            taken_at=at,
        )
        _ask_new(batch)
        batch.save(force_insert=True)
        made = _keep(batch, read(content, name, plan, at=at), by=by, at=at)
        going_on.details["count"] = batch.count = len(made)
        batch.save(update_fields=["count"])
    return batch


def throw_away(batch):
    """Before it was taken in nothing of it stays."""
    with transaction.atomic():
        locked = BreachImport.objects.select_for_update(of=("self",)).select_related("file").get(pk=batch.pk)
        if locked.state != BreachImport.State.BROUGHT:
            raise Refused(_("This file was taken in already."), remedy=_("Undo that instead."))
        stored = locked.file
        locked.delete()
        files.forget(stored)


def untouched(batch):
    """The breaches of a batch on which nobody did anything since. One query."""
    found = batch.breach_rows.filter(revision=1)
    for relation in Breach._meta.related_objects:
        if relation.get_accessor_name() not in OWN and relation.field.name == "breach":
            found = found.exclude(Exists(relation.related_model.objects.filter(breach=OuterRef("pk"))))
    more = SealedText.objects.filter(breach=OuterRef("pk")).exclude(about=rows.SEALED)
    return found.exclude(Exists(more))


def undo(batch, *, by, at):
    """Take the breaches out again on which nobody did anything; returns how many stay."""
    with act(batch.organisation, by=by, at=at, kind="breach.import_undone", details={"name": batch.name}):
        locked = BreachImport.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if locked.state != BreachImport.State.TAKEN:
            raise Refused(_("There is nothing to undo."))
        going = list(untouched(locked).select_for_update(of=("self",)))
        SealedText.objects.filter(breach__in=going).delete()
        BreachKey.objects.filter(breach__in=going).delete()
        for breach in going:
            breach.delete()
        stay = locked.breach_rows.count()
        if not going:
            raise Refused(_("Somebody worked on each of these breaches, so all of them stay."))
        if not stay:
            locked.state, locked.undone_at = BreachImport.State.UNDONE, at
        locked.count = stay
        locked.save()
    return stay


def _imported(organisation, name, *, by, at):
    return act(organisation, by=by, at=at, kind="breach.imported", details={"name": name, "count": 0})


def _ask_new(batch):
    same = BreachImport.objects.of(batch.organisation).filter(sha256=batch.sha256, state=BreachImport.State.TAKEN)
    before = same.exclude(pk=batch.pk).first()
    if before is not None:
        day = timezone.localdate(before.taken_at).isoformat()
        raise Refused(
            _("This very file was taken in on %(day)s.") % {"day": day}, remedy=_("Undo that first to do it again.")
        )


def _keep(batch, found, *, by, at):
    if found.table.asks:
        raise Refused(_("Say first in which order day and month are written in this file."))
    organisation = batch.organisation
    first = Counter.draw(organisation, "breach", len(found.taken))
    kept = BreachSettings.objects.filter(organisation=organisation).first() or BreachSettings()
    until = add_months(timezone.localdate(at), 12 * kept.details_years)
    with translation.override(organisation.main_language):
        breaches = [
            _breach(batch, taken, first + offset, until, by=by, at=at) for offset, taken in enumerate(found.taken)
        ]
    create_many(breaches)
    boxes = {breach.pk: Fernet.generate_key() for breach in breaches}
    BreachKey.objects.bulk_create(BreachKey(breach=breach, key=boxes[breach.pk].decode()) for breach in breaches)
    SealedText.objects.bulk_create(
        SealedText(
            breach=breach,
            about=rows.SEALED,
            sealed=Fernet(boxes[breach.pk]).encrypt(json.dumps(taken.kept, ensure_ascii=False).encode()).decode(),
        )
        for breach, taken in zip(breaches, found.taken, strict=True)
        if taken.kept
    )
    return breaches


def _breach(batch, taken, number, until, *, by, at):
    breach = Breach(
        organisation=batch.organisation,
        imported=batch,
        number=number,
        reference=new_reference(),
        reported_at=taken.reported_at,
        state=taken.state,
        earlier=taken.claims,
        **taken.fields,
    )
    if taken.state not in states.OPEN:
        breach.closed_at, breach.closed_by = taken.closed_at or at, by
        breach.details_until = until
    if taken.state == states.State.NOT_A_BREACH:
        breach.outcome_reason = taken.claims.get("authority_reason") or _(
            "So says the register it was taken over from."
        )
    return breach
