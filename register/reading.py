"""From rows to entries: the working copy of some activities, and the record as it stood on a day."""

import datetime
from collections import defaultdict

from django.utils import timezone

from . import comparison, models
from .record import (
    AccessValue,
    AgreementValue,
    ClientValue,
    CountryItem,
    DataItem,
    DataValue,
    DocumentUse,
    Entry,
    Item,
    LawItem,
    MeasureItem,
    MeasureUse,
    Named,
    NoteValue,
    PartyValue,
    PurposeValue,
    RecipientValue,
    RetentionItem,
    Standing,
    SubjectItem,
    SubjectValue,
    SystemUse,
    SystemValue,
    TransferValue,
    from_plain,
)

LINES = {
    "purposes": (models.Purpose, ("basis_law", "special_law", "national_id_law")),
    "subjects": (models.SubjectLine, ("category",)),
    "data": (models.DataLine, ("category", "subject", "retention", "source_party__country")),
    "recipients": (models.RecipientLine, ("party__country", "country", "agreement__party")),
    "transfers": (models.TransferLine, ("party__country", "country", "document")),
    "systems": (models.SystemLine, ("system__hosting_country", "system__supplier")),
    "measures": (models.MeasureLine, ("measure",)),
    "access": (models.AccessLine, ("role", "data")),
    "documents": (models.DocumentLine, ("document",)),
    "clients": (models.ClientLine, ("party__country", "agreement__party")),
    "notes": (models.NoteLine, ()),
}

MANY = 20
NAMED = ("controller", "department", "parent", "successor")
"""What an entry names of the row of its activity."""


def start_of(day):
    """The first moment of a day where the organisation lives."""
    return datetime.datetime.combine(day, datetime.time(), timezone.get_default_timezone())


def end_of(day):
    """The last moment of a day where the organisation lives: what was known "on" that day."""
    return datetime.datetime.combine(day, datetime.time.max, timezone.get_default_timezone())


def names_of(ids):
    """{activity id: "VA-0001 Payroll"} for those of `ids` that are activities. One query."""
    return {row.pk: str(row) for row in models.Activity.objects.filter(pk__in=ids).only("number", "name")}


def standings(versions):
    """Versions (rows of ActivityVersion) as standings, in the given order. No query."""
    return [standing(version) for version in versions]


def standing(version):
    return Standing(
        entry=from_plain(version.content, version.schema),
        version=version.number,
        valid_from=version.valid_from,
        established_at=version.established_at,
        established_by=version.established_by_id,
        reason=version.reason,
        digest=version.digest,
        late=version.late,
        ends=version.ends,
        open_points=tuple(version.open_points),
    )


def read(organisation, *, on, known_at=None, visible=None):
    """The register in force on `on`, as known at `known_at` (as we now know it, when None), by number. One query.

    Ended activities are included as the version that ends them; `entry.ended_on` tells. `visible` is an optional
    queryset of activities that narrows the result (a member's departments, a selection).
    """
    versions = _in_force(organisation, on, known_at, visible).defer("columns")
    return standings(versions.order_by("activity__number"))


def changes_between(organisation, first, second, *, first_known=None, second_known=None, visible=None):
    """What changed in the register between two days (comparison.RegisterChange), each as known at a moment of its own.

    Which version held on either day is asked first; content is read only where the versions differ. Three queries, and
    one more for every few hundred changes.
    """
    before = _held(organisation, first, first_known, visible)
    after = _held(organisation, second, second_known, visible)
    differing = models.ActivityVersion.objects.defer("columns").in_bulk(before.keys() ^ after.keys())
    by_number = {key: (before.get(key) or after[key], version) for key, version in differing.items()}
    ordered = [version for _number, version in sorted(by_number.values(), key=lambda pair: pair[0])]
    return comparison.compare_registers(
        standings(version for version in ordered if version.pk in before),
        standings(version for version in ordered if version.pk in after),
    )


def _held(organisation, on, known_at, visible):
    """The number of the activity, by the id of the version in force. One query."""
    versions = _in_force(organisation, on, known_at, visible)
    return dict(versions.order_by().values_list("pk", "activity__number"))


def _in_force(organisation, on, known_at, visible):
    activities = models.Activity.objects.of(organisation) if visible is None else visible
    return models.ActivityVersion.objects.in_force(activities, on, known_at)


def draft(activity):
    """The working copy of one activity as an entry. Twelve queries."""
    return drafts(models.Activity.objects.filter(pk=activity.pk))[0]


def drafts(activities):
    """The working copies of a queryset of activities, in its order. Twelve queries, or some forty for many."""
    return drafts_of(list(activities.select_related(*NAMED)))


def drafts_of(rows):
    """The same of rows at hand, which come with `NAMED`."""
    ids = [row.pk for row in rows]
    lines = {name: _lines_of(model, related, ids) for name, (model, related) in LINES.items()}
    return [entry(row, {name: found[row.pk] for name, found in lines.items()}) for row in rows]


def _lines_of(model, related, ids):
    """Lines with what they name: of a few activities joined, of many fetched apart, so that each row is made once."""
    found = defaultdict(list)
    queryset = model.objects.filter(activity__in=ids).order_by("activity_id", "position", "id")
    if related:
        queryset = queryset.prefetch_related(*related) if len(ids) > MANY else queryset.select_related(*related)
    for line in queryset:
        found[line.activity_id].append(line)
    return found


TAKEN = {"controller", "department", "owner", "parent", "successor", "joint_controllers", *LINES}
PLAIN = [name for name in Entry.__dataclass_fields__ if name not in TAKEN]


def entry(row, lines):
    """The entry of an activity and its lines ({name of `LINES`: rows}); history records of them read the same."""
    recipients = [_recipient(line) for line in lines["recipients"]]
    return Entry(
        **{name: getattr(row, name) for name in PLAIN},
        controller=_named(row.controller),
        department=_named(row.department),
        owner=row.owner_id,
        parent=_activity(row.parent),
        successor=_activity(row.successor),
        purposes=tuple(_purpose(line) for line in lines["purposes"]),
        subjects=tuple(_subject(line) for line in lines["subjects"]),
        data=tuple(_data(line) for line in lines["data"]),
        joint_controllers=tuple(line for line in recipients if line.role == "joint_controller"),
        recipients=tuple(line for line in recipients if line.role != "joint_controller"),
        transfers=tuple(_transfer(line) for line in lines["transfers"]),
        systems=tuple(SystemUse(line.id, system_value(line.system), line.use) for line in lines["systems"]),
        measures=tuple(MeasureUse(line.id, measure_item(line.measure), line.note) for line in lines["measures"]),
        access=tuple(
            AccessValue(line.id, item(line.role), data_item(line.data), line.purpose_id, line.note)
            for line in lines["access"]
        ),
        documents=tuple(DocumentUse(line.id, _document(line.document), line.note) for line in lines["documents"]),
        clients=tuple(_client(line) for line in lines["clients"]),
        notes=tuple(NoteValue(line.id, line.heading, line.text, line.origin) for line in lines["notes"]),
    )


def _purpose(line):
    plain = {name: getattr(line, name) for name in PurposeValue.__dataclass_fields__ if not name.endswith("_law")}
    return PurposeValue(
        **plain,
        basis_law=law_item(line.basis_law),
        special_law=law_item(line.special_law),
        national_id_law=law_item(line.national_id_law),
    )


def _subject(line):
    return SubjectValue(line.id, subject_item(line.category), line.number_min, line.number_max, line.note)


def _data(line):
    return DataValue(
        id=line.id,
        category=data_item(line.category),
        subject=subject_item(line.subject),
        detail=line.detail,
        retention=retention_item(line.retention),
        retention_note=line.retention_note,
        source=line.source,
        source_party=party_value(line.source_party),
        source_note=line.source_note,
        necessity=line.necessity,
        necessity_reason=line.necessity_reason,
        provision=line.provision,
    )


def _recipient(line):
    return RecipientValue(
        id=line.id,
        party=party_value(line.party),
        description_nl=line.description_nl,
        description_en=line.description_en,
        role=line.role,
        country=country_item(line.country),
        agreement=agreement_value(line.agreement),
        ground=line.ground,
    )


def _transfer(line):
    taken = {"party", "country", "document"}
    plain = {name: getattr(line, name) for name in TransferValue.__dataclass_fields__ if name not in taken}
    return TransferValue(
        **plain, party=party_value(line.party), country=country_item(line.country), document=_document(line.document)
    )


def _client(line):
    return ClientValue(
        line.id,
        party_value(line.party),
        line.processing_nl,
        line.processing_en,
        agreement_value(line.agreement),
        line.since,
        line.until,
    )


def _named(row):
    return row and Named(row.id, row.name)


def _document(row):
    return row and Named(row.id, row.title)


def _activity(row):
    return row and Named(row.id, row.name, row.code)


def item(row, kind=Item, **more):
    """A library row as its value; None stays None."""
    return row and kind(row.id, row.name_nl, row.name_en, **more)


def _taken(row, kind):
    names = [name for name in kind.__dataclass_fields__ if name not in ("id", "nl", "en")]
    return row and item(row, kind, **{name: getattr(row, name) for name in names})


def data_item(row):
    return _taken(row, DataItem)


def subject_item(row):
    return _taken(row, SubjectItem)


def measure_item(row):
    return _taken(row, MeasureItem)


def law_item(row):
    return _taken(row, LawItem)


def country_item(row):
    return _taken(row, CountryItem)


def retention_item(row):
    return _taken(row, RetentionItem)


def party_value(row):
    if row is None:
        return None
    names = [name for name in PartyValue.__dataclass_fields__ if name != "country"]
    return PartyValue(**{name: getattr(row, name) for name in names}, country=country_item(row.country))


def agreement_value(row):
    if row is None:
        return None
    return AgreementValue(
        row.id, str(row.title), row.kind, row.status, row.reference, row.signed_on, row.valid_from, row.valid_until
    )


def system_value(row):
    return SystemValue(
        id=row.id,
        name=row.name,
        kind=row.kind,
        location=row.location,
        hosting_country=country_item(row.hosting_country),
        supplier=row.supplier.name if row.supplier else "",
        supports_erasure=row.supports_erasure,
        supports_export=row.supports_export,
        supports_correction=row.supports_correction,
    )
