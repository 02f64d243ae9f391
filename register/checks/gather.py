"""Gathering what rules may know: from the rows of today, or from their history as they stood at a moment.

Costs some fifteen queries, however many entries there are; fewer where they name little.
"""

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from accounts import controllers, history
from accounts.models import Change, Membership
from register import legal, models, reading
from register.past_rows import as_row, as_they_stood

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

IMPORTED = "register.imported"
STANDING = (
    "review_on",
    "reviewed_on",
    "owner",
    "established_number",
    "established_at",
    "established_digest",
    "draft_digest",
)


def for_entries(organisation, entries, *, on, known_at=None):
    """The context of these entries: everything they name. `known_at` is None for the working copies."""
    named = _Named(entries)
    about = organisation_facts(organisation, on=on, known_at=known_at)
    rows = _Rows(organisation, known_at)
    agreements = rows.of(
        models.Agreement, Q(party__in=named.parties) | Q(id__in=named.agreements), ("party", "document")
    )
    shared = _shared(
        agreements,
        rows.of(models.Party, Q(id__in=named.parties), ("country",)),
        rows.of(models.System, Q(id__in=named.systems), ("hosting_country",)),
        rows.of(models.RetentionRule, Q(id__in=named.retentions)),
    )
    return Context(
        on=on,
        organisation=about,
        parameters={code: said.value for code, said in legal.in_force(organisation, on).items()},
        of_entries=_of_entries(entries, about, on, rows),
        measures=_measures(rows, Q(id__in=named.measures)),
        documents={row.id: _document(row) for row in rows.of(models.Document, Q(id__in=named.documents))},
        **shared,
    )


def for_shared(organisation, *, on):
    """The context of everything shared that running activities use today, each with the ids of these activities."""
    uses = _Uses(organisation)
    rows = _Rows(organisation, None)
    agreements = rows.of(models.Agreement, Q(party__in=list(uses.of["party"]), retired_on=None), ("party", "document"))
    shared = _shared(
        agreements,
        rows.of(models.Party, Q(id__in=list(uses.of["party"])), ("country",)),
        rows.of(models.System, Q(id__in=list(uses.of["system"])), ("hosting_country",)),
        rows.of(models.RetentionRule, Q(id__in=list(uses.of["retention"]))),
        uses,
    )
    return Context(
        on=on,
        organisation=organisation_facts(organisation, on=on),
        parameters={code: said.value for code, said in legal.in_force(organisation, on).items()},
        measures=_measures(rows, Q(id__in=_measures_in_use(organisation))),
        **shared,
    )


def _measures_in_use(organisation):
    running = models.MeasureLine.objects.order_by().filter(activity__organisation=organisation, activity__ended_on=None)
    return running.values("measure")


def _measures(rows, condition):
    found = rows.of(models.Measure, condition)
    return {row.id: _taken(row, MeasureFacts, nl=row.name_nl, en=row.name_en) for row in found}


def organisation_facts(organisation, *, on, known_at=None):
    """The organisation with its controllers, as drafted or as established and in force. One query."""
    if known_at is None:
        found = [
            ControllerFacts(id=row.pk, **controllers.content_of(row))
            for row in organisation.controllers.filter(retired_on=None)
        ]
    else:
        details = controllers.details_on(organisation, on, known_at)
        found = [ControllerFacts(id=key, **content) for key, content in details.items()]
    return OrganisationFacts(
        controllers=tuple(found),
        languages=tuple(organisation.language_codes),
        **{
            name: getattr(organisation, name)
            for name in OrganisationFacts.__dataclass_fields__
            if name not in ("controllers", "languages")
        },
    )


class _Named:
    """The ids of the shared rows that entries name."""

    def __init__(self, entries):
        self.parties, self.agreements, self.retentions = set(), set(), set()
        self.systems, self.measures, self.documents = set(), set(), set()
        for entry in entries:
            lines = (*entry.recipients, *entry.joint_controllers, *entry.clients)
            self.parties |= {line.party.id for line in (*lines, *entry.transfers) if line.party}
            self.parties |= {line.source_party.id for line in entry.data if line.source_party}
            self.agreements |= {line.agreement.id for line in lines if line.agreement}
            self.retentions |= {line.retention.id for line in entry.data if line.retention}
            self.systems |= {line.system.id for line in entry.systems}
            self.measures |= {line.measure.id for line in entry.measures}
            self.documents |= {line.document.id for line in (*entry.documents, *entry.transfers) if line.document}


class _Uses:
    """Which running activities use a shared row, and in which roles a party is named. Six queries."""

    def __init__(self, organisation):
        self.of = {kind: defaultdict(set) for kind in ("party", "agreement", "system", "retention")}
        self.roles = defaultdict(set)
        self.organisation = organisation
        for party, agreement, role, activity in self._lines(models.RecipientLine, "party", "agreement", "role"):
            self.roles[party].add(role)
            self._note(activity, party=party, agreement=agreement)
        for party, agreement, activity in self._lines(models.ClientLine, "party", "agreement"):
            self.roles[party].add("client")
            self._note(activity, party=party, agreement=agreement)
        for party, activity in self._lines(models.TransferLine, "party"):
            self._note(activity, party=party)
        for party, retention, activity in self._lines(models.DataLine, "source_party", "retention"):
            self._note(activity, party=party, retention=retention)
        for system, activity in self._lines(models.SystemLine, "system"):
            self._note(activity, system=system)

    def _lines(self, model, *names):
        running = model.objects.order_by().filter(activity__organisation=self.organisation, activity__ended_on=None)
        return running.values_list(*names, "activity").distinct()

    def _note(self, activity, **used):
        for kind, key in used.items():
            if key is not None:
                self.of[kind][key].add(activity)


class _Rows:
    """Rows of the organisation as they are, or as they stood at a moment."""

    def __init__(self, organisation, known_at):
        self.organisation, self.known_at = organisation, known_at

    def of(self, model, condition, related=()):
        if self.known_at is None:
            return list(model.objects.of(self.organisation).filter(condition).select_related(*related))
        past = as_they_stood(model, self.organisation, self.known_at).filter(condition).select_related(*related)
        return [as_row(record, related) for record in past]

    def activities(self, ids):
        """Rows, or history records of them, with what `EntryFacts` asks."""
        if self.known_at is None:
            return models.Activity.objects.filter(id__in=ids).only(*STANDING)
        return as_they_stood(models.Activity, self.organisation, self.known_at).filter(id__in=ids)


def _shared(agreements, parties, systems, retentions, uses=None):
    """The shared rows of a context, by id and by kind."""
    used = uses.of if uses else defaultdict(dict)
    of_agreements = {row.pk: _agreement(row, used["agreement"]) for row in agreements}
    of_party = defaultdict(list)
    for one in of_agreements.values():
        if one.retired_on is None:
            of_party[one.party].append(one)
    return {
        "agreements": of_agreements,
        "parties": {
            row.pk: _taken(
                row,
                PartyFacts,
                country=reading.country_item(row.country),
                roles=frozenset(uses.roles[row.pk]) if uses else frozenset(),
                agreements=tuple(of_party[row.pk]),
                activities=_ids(used["party"], row),
            )
            for row in parties
        },
        "systems": {
            row.pk: _taken(
                row,
                SystemFacts,
                supplier=row.supplier_id,
                hosting_country=reading.country_item(row.hosting_country),
                activities=_ids(used["system"], row),
            )
            for row in systems
        },
        "retentions": {
            row.pk: _taken(row, RetentionFacts, nl=row.name_nl, en=row.name_en, activities=_ids(used["retention"], row))
            for row in retentions
        },
    }


def _ids(uses, row):
    return tuple(sorted(uses.get(row.pk, ())))


def _taken(row, kind, **given):
    """The facts of a row: fields of the same name, and what is given."""
    return kind(**given, **{name: getattr(row, name) for name in kind.__dataclass_fields__ if name not in given})


def _agreement(row, uses):
    return _taken(
        row,
        AgreementFacts,
        party=row.party_id,
        party_name=row.party.name if row.party else "",
        document=row.document and _document(row.document),
        activities=_ids(uses, row),
    )


def _document(row):
    return _taken(row, DocumentFacts)


def _of_entries(entries, about, on, rows):
    """What is known of each activity beside its entry. Four queries."""
    ids = [entry.id for entry in entries]
    activities = {row.id: row for row in rows.activities(ids)}
    owners = {row.owner_id for row in activities.values()} - {None}
    active = set(
        Membership.objects.of(rows.organisation)
        .on(on)
        .filter(user__in=owners, user__is_active=True)
        .values_list("user", flat=True)
    )
    of_controller = {one.id: one for one in about.controllers}
    imported = imported_among(ids)
    labels = defaultdict(set)
    for activity, name in models.ActivityLabel.objects.filter(activity__in=ids).values_list("activity", "label__name"):
        labels[activity].add(name)
    found = {}
    for entry in entries:
        row = activities.get(entry.id)
        found[entry.id] = EntryFacts(
            review_on=row.review_on if row else None,
            reviewed_on=row.reviewed_on if row else None,
            owner_active=entry.owner in active if entry.owner else None,
            imported=entry.id in imported,
            controller=of_controller.get(entry.controller.id) if entry.controller else None,
            labels=frozenset(labels[entry.id]),
            **_standing(row, rows.known_at),
        )
    return found


def _standing(row, known_at):
    """How the activity stood with its versions. Who is asked about a past day has a version in hand."""
    if known_at is not None:
        return {"approved": True}
    return {
        "approved": row.established_number is not None,
        "changed": row.established_number is not None and row.has_changes(),
        "established_on": row.established_at and timezone.localdate(row.established_at),
    }


def imported_among(ids):
    """Which of these activities came by import. One query; knows also those of the import that is going on."""
    made = models.Activity.history.model.objects.filter(id__in=ids, history_type="+")
    running = history.current()
    came = Q(change__in=Change.objects.filter(kind=IMPORTED).values("pk"))
    if running is not None and running.kind == IMPORTED:
        came |= Q(change_id=running.change_id)
    return set(made.filter(came).values_list("id", flat=True))
