"""Making one of two look-alike parties or systems.

The one rule: nothing that pointed at either is lost. Everything that names the other one names the kept one afterwards;
the other stays, retired, and says where it went. Established versions keep saying what they said.
"""

from django.db.models import CASCADE, CharField, TextField, UniqueConstraint
from django.utils.translation import gettext as _

from accounts import history
from core import text
from core.refusal import Refused
from register import derived, extensions, usage
from register.models import Activity, PartyLabel, RecipientLine, SystemLabel

NOT_CHOSEN = {"id", "organisation", "retired_on", "merged_into"}
LABELS = {"party": PartyLabel, "system": SystemLabel}
DOUBLE = {RecipientLine: ("activity", "party", "role")}
"""Lines that say the same twice when these agree and nothing else contradicts; the database allows them."""


def choosable(model):
    """The fields of which people choose whose value stays."""
    return [field for field in model._meta.concrete_fields if field.name not in NOT_CHOSEN]


def look_alikes(model, organisation):
    """Groups of rows that may be one and the same: by name without legal form and case, or by number. One query."""
    groups = {}
    rows = list(model.objects.of(organisation).in_use().order_by("name", "pk"))
    for row in rows:
        for key in _keys(row):
            groups.setdefault(key, []).append(row)
    found = {}
    for group in groups.values():
        if len(group) > 1:
            found.setdefault(frozenset(row.pk for row in group), group)
    return sorted(found.values(), key=lambda group: group[0].name.casefold())


def _keys(row):
    yield "name", text.normalise(row.name)
    number = "".join(sign for sign in getattr(row, "registration_number", "") if sign.isalnum()).casefold()
    if number:
        yield "number", number


def merge(kept, other, *, take=(), by, at, on, reason=""):
    """Merge `other` into `kept`; returns how many rows moved. `take` names the fields whose value of `other` stays.

    Two lines of one activity that would become the same are joined: the kept one gets what it lacked, texts are put
    together.
    """
    model = type(kept)
    if type(other) is not model or kept.organisation_id != other.organisation_id:
        raise Refused(_("Only two of the same kind, in one organisation, can be merged."))
    details = {"model": model._meta.model_name, "name": kept.name, "other": other.name, "id": str(kept.pk)}
    with history.act(kept.organisation, by=by, at=at, kind="shared.merged", reason=reason, details=details) as act:
        rows = {row.pk: row for row in model.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, other.pk])}
        kept, other = rows.get(kept.pk), rows.get(other.pk)
        _may_merge(kept, other)
        act.touch(kept, other)
        touched = set(usage.activities_using(other).values_list("pk", flat=True))
        repointed = sum(_repoint(*reference, kept, other) for reference in usage.references(model))
        repointed += _repoint(LABELS[model._meta.model_name], model._meta.model_name, kept, other)
        repointed += extensions.repoint(kept, other)
        for name in take:
            setattr(kept, name, getattr(other, name))
        kept.full_clean()
        kept.save()
        other.retired_on = other.retired_on or on
        other.merged_into = kept
        other.save()
        _recalculate(kept, touched, by=by, at=at)
    return repointed


def _may_merge(kept, other):
    if kept is None or other is None or kept.pk == other.pk:
        raise Refused(_("Choose two different ones to merge."))
    if kept.retired_on is not None:
        raise Refused(_("The one that stays has been retired."), remedy=_("Bring it back first."))
    if other.merged_into_id is not None:
        raise Refused(_("This has been merged into another one already."))


def _recalculate(kept, touched, *, by, at):
    """The activities whose lines changed are edited by this; those that only name the kept one must be recalculated."""
    if len(touched) <= derived.AT_ONCE:
        derived.refresh(Activity.objects.filter(pk__in=touched), edited_by=by, edited_at=at)
    derived.shared_changed(kept, at=at)


def _repoint(model, name, kept, other):
    """Let the rows of `model` that name `other` name `kept`; two that become the same are joined into one."""
    moving = list(model.objects.filter(**{name: other}).exclude(pk=kept.pk))
    if not moving:
        return 0
    keys, forced = _same_by(model, name)
    there = {}
    if keys:
        there = {_key(row, keys): row for row in model.objects.filter(**{name: kept})}
    stay = []
    for row in moving:
        setattr(row, name, kept)
        twin = there.get(_key(row, keys)) if keys else None
        if twin is not None and (forced or not _contradict(twin, row)):
            _join(twin, row)
        else:
            stay.append(row)
            there.setdefault(_key(row, keys), row)
    history.change_many(stay, [name])
    return len(moving)


def _same_by(model, name):
    """The fields by which two rows are the same, and whether the database insists on it."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and name in constraint.fields and constraint.condition is None:
            return constraint.fields, True
    fields = DOUBLE.get(model, ())
    return (fields, False) if name in fields else ((), False)


def _key(row, fields):
    return tuple(getattr(row, row._meta.get_field(field).attname) for field in fields)


def _contents(row):
    return [
        field
        for field in row._meta.concrete_fields
        if not field.primary_key
        and field.name != "position"
        and not (field.is_relation and field.remote_field.on_delete is CASCADE)
    ]


def _contradict(twin, row):
    return any(
        getattr(twin, field.attname) != getattr(row, field.attname)
        for field in _contents(twin)
        if not _is_text(field) and not _blank(getattr(twin, field.attname)) and not _blank(getattr(row, field.attname))
    )


def _join(twin, row):
    """Put into `twin` what only `row` says, and take `row` away."""
    changed = False
    for field in _contents(twin):
        mine, theirs = getattr(twin, field.attname), getattr(row, field.attname)
        if _blank(theirs) or mine == theirs or (not _blank(mine) and not _is_text(field)):
            continue
        setattr(twin, field.attname, theirs if _blank(mine) else _together(field, mine, theirs))
        changed = True
    if changed:
        twin.save()
    row.delete()


def _is_text(field):
    return isinstance(field, CharField | TextField) and not field.choices


def _blank(value):
    return value is None or value == ""


def _together(field, mine, theirs):
    if theirs in mine:
        return mine
    joined = f"{mine}\n{theirs}" if isinstance(field, TextField) else f"{mine}; {theirs}"
    return joined if field.max_length is None or len(joined) <= field.max_length else mine
