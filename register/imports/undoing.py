"""Taking back what an import brought in, as far as it is still just that.

What the import made is what its change wrote; history tells what became of it. The one rule: whatever somebody has
changed since, was established, or is named by something that stays, stays too, and is listed with the reason.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import CASCADE, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import bulk, history, jobs
from accounts.models import ChainHead, Change, Controller, Department, Job
from core.refusal import Refused
from register import kinds
from register.models import Activity, ActivityVersion, ImportBatch
from register.models.activity import ActivityLabel
from register.models.lines import Line

KIND = "register.import_undo"
CHANGE_KIND = "register.import_undone"
ESTABLISHED, CHANGED, NAMED = "established", "changed", "named"
REASONS = {
    ESTABLISHED: gettext_lazy("Established since"),
    CHANGED: gettext_lazy("Changed since"),
    NAMED: gettext_lazy("Named by something that stays"),
}
AT_A_TIME = 1_000
MOST_LISTED = 500
NOTHING = gettext_lazy("Nothing of this import can be taken away: everything is in use, or was changed.")
TRIES = 3
State = ImportBatch.State


@dataclass
class Undoing:
    """What goes (ids per model, parts of activities left out), and why the rest stays ({(model, id): reason})."""

    goes: dict
    stays: dict
    head: int

    @property
    def activities(self):
        return self.goes.get(Activity, set())

    def counts(self):
        return {model: len(ids) for model, ids in self.goes.items() if ids}

    def why_it_stays(self):
        return Counter((model, reason) for (model, _key), reason in self.stays.items())


def look(batch):
    """What of a batch would go and what would stay. The number of queries depends on the tables, not on the rows."""
    head = ChainHead.objects.number_of(batch.organisation)
    made = {model: _made(model, batch.taken_id) for model in own_models()}
    made = {model: ids for model, ids in made.items() if ids}
    stays = {}
    for model in made:
        for key in _changed(model, batch.taken_id) & made[model]:
            stays[model, key] = CHANGED
    established = Activity.objects.filter(_by(batch.taken_id, Activity, "pk"), established_number__isnull=False)
    versions = ActivityVersion.objects.filter(_by(batch.taken_id, Activity, "activity"))
    for key in {*established.values_list("pk", flat=True), *versions.values_list("activity", flat=True)}:
        stays[Activity, key] = ESTABLISHED
    _keep_what_is_named(made, stays, list(_references(made, batch.taken_id)))
    goes = {model: {key for key in ids if (model, key) not in stays} for model, ids in made.items()}
    return Undoing(goes, stays, head)


def can_undo(batch):
    """Whether it is in, or was taken back and something stayed that may have become free since."""
    return batch.state == State.TAKEN or (batch.state == State.UNDONE and bool(batch.left))


@transaction.atomic
def ask(batch, *, by, at):
    """Put the undoing in the queue; once more for what stayed behind."""
    again = batch.state == State.UNDONE
    if again and not (can_undo(batch) and any(look(batch).goes.values())):
        raise Refused(NOTHING)
    parameters = {"batch": str(batch.pk), "undone": str(batch.undone_id) if again else ""}
    job = Job(organisation=batch.organisation, kind=KIND, asked_by=by, asked_at=at, parameters=parameters)
    jobs.enqueue(job)
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=batch.state if again else State.TAKEN)
    if not waiting.update(state=State.UNDOING, undone=None, job=job):
        raise Refused(_("Only what was taken in can be undone."))


def back(batch):
    """After an undoing that failed: as it was before that was asked."""
    undone = batch.job.parameters.get("undone") or None
    failed = ImportBatch.objects.filter(pk=batch.pk, state=State.UNDOING, job__state=Job.State.FAILED)
    failed.update(state=State.UNDONE if undone else State.TAKEN, undone=undone)


def undo(batch, job, progress, *, at):
    """Take away what may go, in one act. Nothing is written when the register is changed while this is prepared."""
    if batch.state != State.UNDOING:
        return
    for _attempt in range(TRIES):
        found = look(batch)
        if not any(found.goes.values()):
            raise Refused(NOTHING)
        rows = bulk.Rows(uuid4(), by=job.asked_by, at=at)
        for done, (model, some) in enumerate(_rows(found), 1):
            rows.take_away(model, some)
            progress(done * AT_A_TIME)
        try:
            _write(batch, job, found, rows, at)
        except (_Moved, IntegrityError):
            continue
        return
    raise Refused(_("The register was changed each time this was about to be undone."), remedy=_("Try again."))


class _Moved(Exception):
    """Something was written since it was looked at."""


def _write(batch, job, found, rows, at):
    organisation = batch.organisation
    details = {"file": batch.name, "count": len(found.activities), "left": len(found.stays)}
    with history.act(
        organisation, by=job.asked_by, at=at, kind=CHANGE_KIND, details=details, change_id=rows.change_id
    ) as act:
        mine = ImportBatch.objects.worked_on(batch, job, State.UNDOING)
        if not mine.update(state=State.UNDONE, undone=rows.change_id, left=_listed(found)):
            raise jobs.Overtaken
        _hold(found)
        if Change.objects.filter(organisation=organisation, number__gt=found.head).exists():
            raise _Moved
        for model, ids in found.goes.items():
            _clear_derived(model, ids)
        rows.write(act)
        act.touch(*(key for ids in found.goes.values() for key in ids))


def _hold(found):
    """Lock what goes: whoever is writing it now is waited for, and what they wrote is seen; who comes later waits.

    Activities first, as those who edit them do.
    """
    for model in sorted(found.goes, key=lambda model: model is not Activity):
        ids = sorted(found.goes[model])
        for start in range(0, len(ids), AT_A_TIME):
            rows = model._base_manager.select_for_update().filter(pk__in=ids[start : start + AT_A_TIME])
            list(rows.order_by("pk").values_list("pk", flat=True))


def own_models():
    """Every tracked model of which rows stand by themselves, not as a part of an activity."""
    return [model.instance_type for model in history.history_models() if not _is_part(model.instance_type)]


def _is_part(model):
    return issubclass(model, Line | ActivityLabel)


def made_by(model, change_id):
    """The ids of the rows that a change made, as a subquery."""
    return _past(model, change_id).values(model._meta.pk.attname)


def _past(model, change_id):
    return model.history.model.objects.filter(change_id=change_id, history_type="+")


def _by(change_id, model, name):
    """Condition: `name` is one of the rows of `model` that the change made."""
    return Q(**{f"{name}__in": made_by(model, change_id)})


def _made(model, change_id):
    """The rows that the change made and that are still there."""
    return set(model._base_manager.filter(_by(change_id, model, "pk")).values_list("pk", flat=True))


def _changed(model, change_id):
    """The rows of which they themselves or, for an activity, a line or label was written by another act since."""
    past = model.history.model.objects.filter(_by(change_id, model, model._meta.pk.attname))
    found = set(past.exclude(change_id=change_id).values_list(model._meta.pk.attname, flat=True))
    if model is Activity:
        for part in history.history_models():
            if _is_part(part.instance_type):
                later = part.objects.filter(_by(change_id, Activity, "activity_id")).exclude(change_id=change_id)
                found |= set(later.values_list("activity_id", flat=True))
    return found


def _references(made, change_id):
    """(model, id, model of the owner, id of the owner) for whatever names, or ever named, a row that was made.

    What is gone itself no longer counts: the past of both is told by their histories.
    """
    for model in made:
        for relation in model._meta.get_fields(include_hidden=True):
            if not relation.auto_created or relation.concrete or not (relation.one_to_many or relation.one_to_one):
                continue
            other, name = relation.related_model, relation.field.attname
            tracked = hasattr(other, "history")
            if issubclass(other, history.Tracked) or (relation.on_delete is CASCADE and not tracked):
                continue  # histories stay, and what was derived goes along
            if model is Activity and _is_part(other):
                continue
            owner, key = (Activity, "activity_id") if _is_part(other) else (other, other._meta.pk.attname)
            sources = [other._base_manager]
            if tracked:
                there = {f"{key}__in": owner._base_manager.values("pk")}
                sources.append(other.history.model.objects.filter(**there))
            for rows in sources:
                found = rows.filter(_by(change_id, model, name)).order_by()
                for named, of in found.values_list(name, key).distinct():
                    yield model, named, owner, of


def _keep_what_is_named(made, stays, references):
    """What stays keeps what it names, and that keeps what it names in turn."""
    named_by = defaultdict(list)
    waiting = []
    for model, key, owner, of in references:
        if (model, key) == (owner, of):
            continue
        if of in made.get(owner, ()):
            named_by[owner, of].append((model, key))
        else:
            waiting.append((model, key))
    waiting += [named for stay in stays for named in named_by[stay]]
    while waiting:
        model, key = waiting.pop()
        if key in made[model] and (model, key) not in stays:
            stays[model, key] = NAMED
            waiting += named_by[model, key]


def _rows(found):
    """(model, rows as values) of all that goes, with the parts of activities, some at a time."""
    parts = [model.instance_type for model in history.history_models() if _is_part(model.instance_type)]
    for model, ids in found.goes.items():
        ids = sorted(ids)
        for start in range(0, len(ids), AT_A_TIME):
            some = ids[start : start + AT_A_TIME]
            if model is Activity:
                for part in parts:
                    yield part, part.objects.filter(activity__in=some).order_by().values().iterator(AT_A_TIME)
            yield model, model._base_manager.filter(pk__in=some).values().iterator(AT_A_TIME)


def _clear_derived(model, ids):
    """Take away what hangs on these rows and has no history: it can be made again, or says nothing without them."""
    ids = sorted(ids)
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or not (relation.one_to_many or relation.one_to_one):
            continue
        if relation.on_delete is CASCADE and not hasattr(relation.related_model, "history"):
            for start in range(0, len(ids), AT_A_TIME):
                named = {f"{relation.field.name}__in": ids[start : start + AT_A_TIME]}
                relation.related_model._base_manager.filter(**named).delete()


def _listed(found):
    """What stays, for people: kind, id, name and reason; the first few hundred."""
    listed = []
    by_model = defaultdict(list)
    for model, key in found.stays:
        by_model[model].append(key)
    for model, keys in by_model.items():
        rows = model._base_manager.in_bulk(keys[:MOST_LISTED])
        listed += [
            {"kind": model._meta.model_name, "id": str(key), "name": str(row)[:250], "why": found.stays[model, key]}
            for key, row in rows.items()
        ]
    return sorted(listed, key=lambda one: (one["kind"] != "activity", one["kind"], one["name"]))[:MOST_LISTED]


def title_of(model):
    """What rows of a model are called, in the plural."""
    titles = {kind.model: kind.title for kind in kinds.KINDS} | {
        Activity: gettext_lazy("Processing activities"),
        Department: gettext_lazy("Departments"),
        Controller: gettext_lazy("Controllers"),
    }
    return titles.get(model, model._meta.verbose_name_plural)
