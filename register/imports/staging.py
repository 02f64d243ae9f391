"""From an uploaded file to rows that wait: what each will become is worked out as if it were taken in, without writing.

The one rule: what people decided (a meaning, a row left out, a look-alike) survives reading the file again.
"""

import hashlib
from collections import Counter
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import files, jobs
from accounts.models import Job
from core import uploads
from core.refusal import Refused
from core.spreadsheets import Limits
from register.exports.making import now_and_then
from register.models import ImportBatch, ImportLookAlike, ImportRow, KeptPlan

from . import apply, own_files, own_json, packing, reading, records
from .matching import folded
from .plan import NOTHING, OURS, carry_over, of_plain
from .proposal import CHANGED, NOTE
from .values import clean, plain

KIND = "register.import_read"
AT_A_TIME = 250
MOST_OUTSIDE = 500
ENOUGH_ALIKE = 0.6
DECIDED = ("model", "text", "decision")
State = ImportBatch.State


def bring(organisation, upload, *, by, at):
    """Keep an uploaded file and say what its columns seem to be. BadFile when it cannot be read; nothing is kept then.

    ValidationError when the virus scanner refuses it. A file without columns to choose can be read at once.
    """
    name = _shortened(clean(Path(upload.name).name))
    limits = Limits.of_settings()
    content = own_json.bounded(upload, limits.unpacked if name.lower().endswith(".json") else limits.bytes)
    uploads.scan(content)
    batch = ImportBatch(organisation=organisation, name=name, by=by, at=at)
    own = own_files.read(content, name, limits)
    if own:
        batch.counts = {"activities": len({entry.id for entry in own_json.entries(own.register)})}
        batch.plan, batch.state = {"template": OURS}, State.STAGED
    else:
        plan = reading.propose(content, name, language=organisation.main_language, choosing=True)
        proposed = [sheet.layout for sheet in plan.sheets]
        kept = _kept(organisation, plan)
        if kept:
            new, gone = carry_over(plan, of_plain(kept.plan))
            batch.differs = {"kept_on": kept.at.isoformat(), "new": new, "gone": gone}
        batch.plan = plan.to_plain()
        for sheet, layout in zip(batch.plan["sheets"], proposed, strict=True):
            sheet["proposed"] = layout
    with transaction.atomic():
        batch.file = files.keep(organisation, name, content, content_type="application/octet-stream", by=by, at=at)
        batch.save()
        if not is_own(batch) and not batch.plan["sheets"]:
            read_by(batch, batch.plan, by=by, at=at)
    return batch


def _shortened(name, longest=250):
    """A name that fits, with its ending: by that the file is read again."""
    ending = Path(name).suffix[-10:]
    return name if len(name) <= longest else name[: longest - len(ending)] + ending


def again(batch, *, by, at):
    """The same file once more, after it was undone or to choose anew."""
    if batch.file is None:
        raise Refused(_("The file has been thrown away."), remedy=_("Upload it again."))
    state = State.STAGED if is_own(batch) else State.CHOOSING
    fields = {"organisation": batch.organisation, "name": batch.name, "file": batch.file, "plan": batch.plan}
    counts = {"activities": batch.counts.get("activities", 0)} if is_own(batch) else {}
    with transaction.atomic():
        other = ImportBatch.objects.create(**fields, counts=counts, state=state, by=by, at=at)
        if not is_own(batch) and not batch.plan["sheets"]:
            read_by(other, other.plan, by=by, at=at)
    return other


def is_own(batch):
    """A record of ours that comes in whole. A table of ours bears the same template, but has sheets to choose from."""
    return batch.plan.get("template") == OURS and not batch.plan.get("sheets")


@transaction.atomic
def read_by(batch, plan, *, by, at):
    """Have the file read by this plan (a plain value), and keep the plan for the next file with such headings."""
    waiting = ImportBatch.objects.filter(pk=batch.pk, state__in=[State.CHOOSING, State.STAGED])
    job = Job(organisation=batch.organisation, kind=KIND, asked_by=by, asked_at=at, parameters={"batch": str(batch.pk)})
    jobs.enqueue(job)
    if not waiting.update(state=State.READING, plan=plan, job=job):
        raise Refused(_("This import is busy or over, so its columns can no longer be changed."))
    headings = _headings(plan)
    if headings:
        KeptPlan.objects.update_or_create(
            organisation=batch.organisation,
            fingerprint=_fingerprint(headings),
            defaults={"headings": headings, "plan": _to_keep(plan), "by": by, "at": at},
        )


def stage(batch, job, progress):
    """Read the file into rows, as this attempt of the job. What an earlier attempt left is cleared away first."""
    if batch.state != State.READING:
        return
    left_out = _left_out(batch)
    decided = {(kind, text): decision for kind, text, decision in batch.look_alikes.values_list(*DECIDED)}
    batch.rows.all().delete()
    by = of_plain(batch.plan) if batch.plan["sheets"] else None
    read = records.Reading()
    apart = [(kind, folded(text)) for (kind, text), decision in decided.items() if decision == "apart"]
    with batch.file.file.open("rb") as file:
        opened = reading.Opened(file, batch.name, language=batch.organisation.main_language, by=by)
        staging = _Staging(batch, now_and_then(progress), opened.rows, left_out)
        prepared = apply.look_up(batch.organisation, staging.each(opened, read), apart=apart, each=staging.became)
    staging.flush()
    alike = apply.alike(batch.organisation, staging.names)
    with transaction.atomic():
        mine = ImportBatch.objects.worked_on(batch, job, State.READING)
        counts = staging.counts | {"activities": staging.position, "outside": len(read.outside)}
        if not mine.update(state=State.STAGED, counts=counts, outside=read.outside[:MOST_OUTSIDE]):
            raise jobs.Overtaken
        _note_alike(batch, alike)
        _note_look_alikes(batch, prepared.look_alikes, decided)


class _Staging:
    """Rows on their way to the staging table: each is noted before it is looked up, and what became of it after."""

    def __init__(self, batch, progress, total, left_out):
        self.batch, self.progress, self.total, self.left_out = batch, progress, total, left_out
        self.rows, self.names, self.counts, self.position = [], set(), Counter(), 0
        self.packed = None

    def each(self, opened, read):
        """The proposals one by one; each is let go after it was looked up, so that they are not all kept."""
        for proposal in opened.each(read):
            self.packed = packing.pack(proposal, whole=False)
            yield proposal

    def became(self, proposal, name):
        outcomes = Counter([found.outcome for found in proposal.founds])
        self.counts.update(outcomes)
        left_out = (proposal.origin, name) in self.left_out
        self.rows.append(
            ImportRow(
                batch=self.batch,
                position=self.position,
                name=name,
                record=self.packed,
                cells=[packing.became(found) for found in proposal.founds],
                doubts=sum(bool(found.doubts or found.refused) for found in proposal.founds),
                interpreted=outcomes[CHANGED] + outcomes[NOTE],
                decision=ImportRow.Decision.LEAVE if left_out else ImportRow.Decision.TAKE,
            )
        )
        self.names.add(name)
        self.position += 1
        if len(self.rows) == AT_A_TIME:
            self.flush()

    def flush(self):
        ImportRow.objects.bulk_create(self.rows)
        self.rows = []
        self.progress(self.position, self.total)


def cells_of(row):
    """The cells of a staged row with what becomes of each (proposal.Found)."""
    return [packing.found_of(cell + became) for cell, became in zip(row.record["founds"], row.cells, strict=True)]


def _left_out(batch):
    rows = batch.rows.filter(decision=ImportRow.Decision.LEAVE)
    return {(record["origin"], name) for record, name in rows.values_list("record", "name")}


def _note_alike(batch, alike):
    """Note the code of the activity that bears the same name already."""
    for key, name in batch.rows.values_list("pk", "name") if alike else ():
        code = alike.get(name.casefold())
        if code:
            ImportRow.objects.filter(pk=key).update(alike=code)


def _note_look_alikes(batch, found, decided):
    batch.look_alikes.all().delete()
    ImportLookAlike.objects.bulk_create(
        ImportLookAlike(
            batch=batch,
            model=model._meta.model_name,
            text=text[:250],
            other=row.name,
            row=None if row._state.adding else row.pk,
            times=times,
            decision=decided.get((model._meta.model_name, text[:250]), ""),
        )
        for (model, text), (row, times) in found.items()
    )


def _headings(plan):
    """The compared headings of the sheets that hold activities; empty when the file has no columns to choose."""
    sheets = [sheet for sheet in plan["sheets"] if sheet["layout"] != NOTHING]
    return sorted({plain(column["heading"]) for sheet in sheets for column in sheet["columns"]})


def _fingerprint(headings):
    return hashlib.sha256("\n".join(headings).encode()).hexdigest()


def _to_keep(plan):
    """The plan without samples: what stood in the file goes with the file."""
    sheets = [
        sheet | {"columns": [column | {"samples": []} for column in sheet["columns"]]} for sheet in plan["sheets"]
    ]
    return plan | {"sheets": sheets}


def _kept(organisation, plan):
    """What was kept for just these headings, or else for the most of them."""
    headings = set(_headings(plan.to_plain()))
    if not headings:
        return None
    best, most = None, ENOUGH_ALIKE
    for kept in KeptPlan.objects.filter(organisation=organisation):
        together = headings | set(kept.headings)
        alike = len(headings & set(kept.headings)) / len(together)
        if alike >= most:
            best, most = kept, alike
    return best
