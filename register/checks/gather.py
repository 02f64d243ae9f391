"""Gathering what rules may know: from the rows of today, or from their history as they stood at a moment.

Costs some five queries for entries, however many there are, and some ten for all that is shared; fewer where they name
little.
"""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts import controllers, history
from accounts.models import Change, Membership
from register import legal, models, reading
from register.models.imports import IMPORTED
from register.past_rows import as_row, as_they_stood

from . import told, uses
from .context import Context
from .facts import (
    AgreementFacts,
    ControllerFacts,
    DocumentFacts,
    EntryFacts,
    MeasureFacts,
    OrganisationFacts,
    PartyFacts,
    RetentionFacts,
    SystemFacts,
)

STANDING = ("review_on", "established_number", "established_at", "established_digest", "draft_digest")


def for_entries(organisation, entries, *, on, known_at=None):
    """The context of these entries: what the rules of one entry look at. `known_at` is None for the working copies."""
    named, rows = uses.of_entries(entries), _Rows(organisation, known_at)
    about = organisation_facts(organisation, on=on, known_at=known_at)
    agreements = [_taken(row, AgreementFacts, **_of_party(row)) for row in rows.agreements(named)]
    return Context(
        on=on,
        organisation=about,
        parameters=legal.values_in_force(organisation, on),
        of_entries=_of_entries(entries, about, on, rows, told.by_activity(organisation, on=on, known_at=known_at)),
        agreements={one.id: one for one in agreements},
        agreements_of=_by_party(agreements),
        documents=_facts(DocumentFacts, rows.of(models.Document, named.ids("document"))),
    )


def for_shared(organisation, used, *, on, known_at=None):
    """The context of everything shared that activities use (`used`), each with the ids of these activities.

    Of an agreement these are the activities that name it, and, until it has ended, all that name its party.
    """
    rows, values = _Rows(organisation, known_at), legal.values_in_force(organisation, on)
    agreements = [
        _taken(row, AgreementFacts, **_of_party(row), activities=_under(row, used, on))
        for row in rows.agreements(used)
        if row.retired_on is None
    ]
    return Context(
        on=on,
        organisation=organisation_facts(organisation, on=on, known_at=known_at),
        parameters=values,
        agreements={one.id: one for one in agreements},
        agreements_of=_by_party(agreements),
        parties=_parties(rows.of(models.Party, used.ids("party"), "country"), used),
        systems=_used(SystemFacts, rows.of(models.System, used.ids("system")), used, "system"),
        retentions=_used(RetentionFacts, rows.of(models.RetentionRule, used.ids("retention")), used, "retention"),
        measures=_facts(MeasureFacts, rows.of(models.Measure, used.ids("measure"))),
        notices=told.all_notices(organisation, on=on, known_at=known_at),
        points=told.points(organisation, values, on=on) if known_at is None else (),
    )


def organisation_facts(organisation, *, on, known_at=None):
    """The organisation with its controllers, as drafted or as established and in force. One query."""
    if known_at is None:
        rows = organisation.controllers.filter(retired_on=None)
        contents = {row.pk: controllers.content_of(row) for row in rows}
    else:
        contents = controllers.details_on(organisation, on, known_at)
    found = tuple(ControllerFacts(id=key, **content) for key, content in contents.items())
    return OrganisationFacts(organisation.pk, organisation.name, found, tuple(organisation.language_codes))


class _Rows:
    """Rows of the organisation as they are, or as they stood at a moment."""

    def __init__(self, organisation, known_at):
        self.organisation, self.known_at = organisation, known_at

    def of(self, model, ids, *related):
        return self._read(model, Q(id__in=ids), related) if ids else []

    def agreements(self, named):
        """Those that are named, and all with a party that is named. One query."""
        parties, ids = named.ids("party"), named.ids("agreement")
        return self._read(models.Agreement, Q(party__in=parties) | Q(id__in=ids), ["party"]) if parties or ids else []

    def _read(self, model, condition, related):
        if self.known_at is None:
            found = model.objects.of(self.organisation).filter(condition)
            return list(found.select_related(*related) if related else found)
        past = as_they_stood(model, self.organisation, self.known_at).filter(condition)
        return [as_row(record, related) for record in (past.select_related(*related) if related else past)]

    def activities(self, ids):
        """Rows, or history records of them, with what `EntryFacts` asks. One query."""
        if self.known_at is None:
            found = models.Activity.objects.order_by().filter(id__in=ids).only(*STANDING)
        else:
            found = as_they_stood(models.Activity, self.organisation, self.known_at).filter(id__in=ids)
        return found.annotate(imported=Exists(came_by_import().filter(id=OuterRef("id"))))


def _taken(row, kind, **given):
    """The facts of a row: fields of the same name, names in both languages, and what is given."""
    if hasattr(row, "name_nl"):
        given |= {"nl": row.name_nl, "en": row.name_en}
    names = [name for name in kind.__dataclass_fields__ if name not in given and name != "activities"]
    return kind(**given, **{name: getattr(row, name) for name in names})


def _facts(kind, rows):
    return {row.id: _taken(row, kind) for row in rows}


def _parties(rows, used):
    return {
        row.id: _taken(row, PartyFacts, country=reading.country_item(row.country), activities=used.by("party", row.id))
        for row in rows
    }


def _used(kind, rows, used, name):
    return {row.id: _taken(row, kind, activities=used.by(name, row.id)) for row in rows}


def _of_party(row):
    return {"party": row.party_id, "party_name": row.party.name if row.party else ""}


def _under(row, used, on):
    """The activities that an agreement is about."""
    ended = row.valid_until is not None and row.valid_until <= on
    of_party = () if ended else used.by("party", row.party_id)
    return tuple(sorted({*used.by("agreement", row.pk), *of_party}))


def _by_party(agreements):
    found = defaultdict(tuple)
    for one in agreements:
        if one.retired_on is None:
            found[one.party] += (one,)
    return dict(found)


def _of_entries(entries, about, on, rows, notices):
    """What is known of each activity beside its entry. Two queries."""
    activities = {row.id: row for row in rows.activities([entry.id for entry in entries])}
    owners = {entry.owner for entry in entries if entry.owner}
    people = Membership.objects.of(rows.organisation).on(on).filter(user__in=owners, user__is_active=True)
    active = set(people.values_list("user", flat=True)) if owners else set()
    of_controller = {one.id: one for one in about.controllers}
    return {
        entry.id: EntryFacts(
            owner_active=entry.owner in active if entry.owner else None,
            controller=of_controller.get(entry.controller.id) if entry.controller else None,
            notices=notices.get(entry.id, ()),
            **_standing(activities.get(entry.id), rows.known_at),
        )
        for entry in entries
    }


def _standing(row, known_at):
    """How the activity stood with its versions. Who is asked about a past day has a version in hand."""
    if row is None:
        return {"approved": known_at is not None}
    known = {"review_on": row.review_on, "imported": row.imported}
    if known_at is not None:
        return known | {"approved": True}
    return known | {
        "approved": row.established_number is not None,
        "changed": row.established_number is not None and row.has_changes(),
        "established_on": row.established_at and timezone.localdate(row.established_at),
    }


def came_by_import():
    """What history says of the making of activities by import, also by the one that is going on."""
    came = Q(change__in=Change.objects.filter(kind=IMPORTED).values("pk"))
    running = history.current()
    if running is not None and running.kind == IMPORTED:
        came |= Q(change_id=running.change_id)
    return models.Activity.history.model.objects.filter(came, history_type="+")


def imported_among(ids):
    """Which of these activities came by import. One query."""
    return set(came_by_import().filter(id__in=ids).values_list("id", flat=True))
