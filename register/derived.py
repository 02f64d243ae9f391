"""The one door for facts that follow from others: fingerprint, gaps, list columns, filter rows, search text and
findings of a draft.

Whoever changes an activity calls `refresh`, in the same transaction. Whoever changes something shared (a party, a rule
of retention, a measure) calls `shared_changed`: a few activities at once, many by the worker, marked stale until then.
Everything written here can be made again from the rows.
"""

from collections import defaultdict

from django.db import transaction

from core import canonical, search

from . import checks, reading
from .checks import storing
from .models import Activity, ActivityFacet, StaleActivity
from .record import to_plain

AT_ONCE = 20
BATCH = 100


def refresh(activities, *, edited_by=None, edited_at=None, at=None):
    """Recalculate the derived facts of these activities (a queryset or rows). Costs some seventeen queries in all, and
    twenty more when the rules are asked as well: about a few, at a moment. Others are left to the worker.

    With `edited_at`, it is noted as an edit by somebody: the revision goes up by one.
    """
    ids = [activity.pk for activity in activities]
    found = Activity.objects.filter(pk__in=ids).select_related("organisation", *reading.NAMED)
    rows = {row.pk: row for row in found}
    facets = []
    entries = reading.drafts_of(list(rows.values()))
    for entry in entries:
        row = rows[entry.id]
        row.draft_digest = digest(entry)
        row.gaps = len(checks.gaps(entry, row.organisation.language_codes))
        row.columns = columns(entry)
        row.search_text = search_text(entry)
        if edited_at is not None:
            row.edited_at, row.edited_by = edited_at, edited_by
            row.revision += 1
        facets += facets_of(entry, row.organisation_id)
    ActivityFacet.objects.filter(activity__in=ids).delete()
    ActivityFacet.objects.bulk_create(facets, batch_size=1000)
    Activity.objects.bulk_update(
        rows.values(),
        ["draft_digest", "gaps", "columns", "search_text", "edited_at", "edited_by", "revision"],
        batch_size=200,
    )
    StaleActivity.objects.filter(activity__in=ids).delete()
    judge({row.pk: row.organisation for row in rows.values()}, entries, at=at or edited_at)


def judge(organisations, entries, *, at):
    """Ask the rules about these working copies ({id: organisation}): at once when they are few, by the worker when
    many.
    """
    if at is None or len(entries) > AT_ONCE:
        storing.wait([entry.id for entry in entries])
        return
    by_organisation = defaultdict(list)
    for entry in entries:
        by_organisation[organisations[entry.id]].append(entry)
    for organisation, some in by_organisation.items():
        storing.judge(organisation, some, at=at)


def judge_again(activities, *, at):
    """Ask the rules about these activities, of which something changed that is not in their entries."""
    ids = [activity.pk for activity in activities]
    if len(ids) > AT_ONCE:
        storing.wait(ids)
        return
    entries = reading.drafts(Activity.objects.filter(pk__in=ids))
    judge({activity.pk: activity.organisation for activity in activities}, entries, at=at)


def digest(entry):
    """The fingerprint of an entry's content: equal content, equal digest, on every database."""
    return canonical.digest(to_plain(entry))


def shared_changed(row, *, at):
    """Something shared has changed: its activities are recalculated now when they are few, by the worker when many."""
    from .usage import activities_using

    ids = list(activities_using(row).values_list("pk", flat=True))
    if len(ids) <= AT_ONCE:
        if ids:
            refresh(Activity.objects.filter(pk__in=ids), at=at)
        return
    StaleActivity.objects.bulk_create(
        [StaleActivity(activity_id=key, since=at) for key in ids], batch_size=1000, ignore_conflicts=True
    )


def refresh_stale(at):
    """Recalculate every activity that waits, the longest first, a few at a time so that nobody waits for the write.

    The worker does this every few seconds.
    """
    while _refresh_waiting(at):
        pass


@transaction.atomic
def _refresh_waiting(at):
    """How many were recalculated. Their marks go first: a change that comes in meanwhile then leaves a new one."""
    waiting = StaleActivity.objects.filter(since__lte=at).order_by("since").values_list("activity", flat=True)[:BATCH]
    locked = Activity.objects.select_for_update(of=("self",)).filter(pk__in=list(waiting)).order_by("pk")
    ids = list(locked.values_list("pk", flat=True))
    StaleActivity.objects.filter(activity__in=ids).delete()
    if ids:
        refresh(Activity.objects.filter(pk__in=ids), at=at)
    return len(ids)


def rebuild():
    """Make everything derived again, as after a restore."""
    ids = list(Activity.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), 200):
        refresh(Activity.objects.filter(pk__in=ids[start : start + 200]))


def columns(entry):
    """What lists show of an entry: names by value, both languages, short."""
    return {
        "purposes": [{"nl": line.text_nl[:200], "en": line.text_en[:200]} for line in entry.purposes],
        "bases": sorted({line.basis for line in entry.purposes if line.basis}),
        "subjects": [_pair(line.category) for line in entry.subjects],
        "data": _unique(_pair(line.category) for line in entry.data),
        "sensitivities": sorted(entry.sensitivities),
        "recipients": [
            line.party.name if line.party else line.description_nl or line.description_en for line in entry.recipients
        ],
        "processors": [line.party.name for line in entry.processors if line.party],
        "countries": _unique(_pair(line.country) for line in entry.transfers if line.country),
        "systems": [line.system.name for line in entry.systems],
        "clients": [line.party.name for line in entry.clients],
        "department": entry.department.name if entry.department else "",
        "controller": entry.controller.name if entry.controller else "",
        "owner_function": entry.owner_function,
        "name": entry.name,
        "kind": entry.kind,
        "ended_on": entry.ended_on.isoformat() if entry.ended_on else "",
        "facets": sorted({f"{name}:{value}" for name, value in facet_values(entry)}),
    }


def facet_values(entry):
    """(name, value) pairs by which lists filter and count."""
    yield "kind", entry.kind
    if entry.controller:
        yield "controller", str(entry.controller.id)
    if entry.department:
        yield "department", str(entry.department.id)
    for line in entry.purposes:
        yield "basis", line.basis or "-"
        if line.category:
            yield "purpose", line.category[:60]
    for sensitivity in entry.sensitivities or {"ordinary"}:
        yield "sensitivity", sensitivity
    for line in entry.subjects:
        yield "subject", str(line.category.id)
    for line in (*entry.recipients, *entry.joint_controllers):
        if line.party:
            yield "party", str(line.party.id)
    for line in entry.clients:
        yield "party", str(line.party.id)
    for line in entry.systems:
        yield "system", str(line.system.id)
    for line in entry.transfers:
        yield "country", line.country.code if line.country else "-"
    yield "transfers", entry.transfers_answer or "-"


def facets_of(entry, organisation_id):
    pairs = sorted(set(facet_values(entry)))
    return [
        ActivityFacet(organisation_id=organisation_id, activity_id=entry.id, name=name, value=value)
        for name, value in pairs
    ]


def search_text(entry):
    """Everything a person may look for, plain: code, names, texts, parties, systems, categories in both languages."""
    parts = [entry.code, entry.name, entry.reference, entry.description, entry.owner_function, entry.contact]
    parts += [part for line in entry.purposes for part in (line.text_nl, line.text_en)]
    for line in (*entry.subjects, *entry.data):
        parts += [line.category.nl, line.category.en]
    for line in (*entry.recipients, *entry.joint_controllers):
        parts += [line.party.name if line.party else "", line.description_nl, line.description_en]
    parts += [line.party.name for line in entry.clients]
    parts += [line.system.name for line in entry.systems]
    parts += [entry.department.name if entry.department else "", entry.controller.name if entry.controller else ""]
    parts += [line.text for line in entry.notes]
    return " \n".join(dict.fromkeys(search.plain(part) for part in parts if part))[:20000]


def _pair(item):
    return {"nl": item.nl, "en": item.en}


def _unique(pairs):
    return list({(pair["nl"], pair["en"]): pair for pair in pairs}.values())
