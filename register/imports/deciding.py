"""What people decide about a batch on its way: sheets, columns, rows and look-alikes; and a step back after failure."""

from accounts.models import Job
from register.models import ImportBatch, ImportLookAlike, ImportRow

from . import undoing

State = ImportBatch.State
BEFORE = {State.READING: State.CHOOSING, State.TAKING: State.STAGED}
ANSWERS = {ImportLookAlike.Decision.SAME, ImportLookAlike.Decision.APART}


def keep_plan(batch, plan):
    """Keep what its sheets and columns are taken for, without reading by it."""
    ImportBatch.objects.filter(pk=batch.pk, state=batch.state).update(plan=plan)


def decide_row(batch, position, decision):
    """Take a row in, or leave it out."""
    batch.rows.filter(position=position).update(decision=ImportRow.Decision(decision))


def decide_look_alikes(look_alikes, answers):
    """Whether they are one and the same: `answers` is {id: decision}; what has no usable one stays as it is."""
    changed = []
    for one in look_alikes:
        decision = answers.get(one.pk)
        if decision in ANSWERS and decision != one.decision:
            one.decision = decision
            changed.append(one)
    ImportLookAlike.objects.bulk_update(changed, ["decision"], batch_size=200)


def back(batch):
    """After work that failed: to the step before it."""
    if batch.state == State.UNDOING:
        undoing.back(batch)
    elif batch.state in BEFORE:
        failed = ImportBatch.objects.filter(pk=batch.pk, state=batch.state, job__state=Job.State.FAILED)
        failed.update(state=BEFORE[batch.state])
