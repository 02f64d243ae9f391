"""What is published in privacy notices, and where people give their data, as facts for rules."""

import uuid
from dataclasses import replace

from register.models import Activity, CollectionPoint
from register.notices import points as terms
from register.notices import reading
from register.record import Item

from .facts import NoticeFacts, PointFacts


def by_activity(organisation, *, on, known_at=None):
    """{activity id: the notices that speak of it}. One query."""
    found = {}
    for version in reading.published(organisation, on=on, known_at=known_at).defer("content"):
        facts = _facts(version)
        for key, about in version.activities.items():
            found.setdefault(uuid.UUID(key), []).append(replace(facts, timing=about["timing"]))
    return {key: tuple(notices) for key, notices in found.items()}


def all_notices(organisation, *, on, known_at=None):
    """Every notice with the activities whose register it no longer matches. Five queries; one without notices."""
    versions = list(reading.published(organisation, on=on, known_at=known_at))
    moved = reading.drifts(versions, organisation, on=on, known_at=known_at)
    running = set()
    if any(moved.values()):
        ids = reading.ids_of(versions)
        running = set(Activity.objects.of(organisation).running().filter(pk__in=ids).values_list("pk", flat=True))
    return tuple(replace(_facts(version), moved=_causes(moved[version.pk], running)) for version in versions)


def _causes(differences, running):
    found = {origin.activity if origin.activity in running else None for one in differences for origin in one.origins}
    return tuple(sorted(found, key=str))


def _facts(version):
    said = version.summary
    return NoticeFacts(
        id=version.notice_id,
        title=Item(version.notice_id, said["title"]["nl"], said["title"]["en"]),
        languages=tuple(said["languages"]),
        sections=frozenset(said["sections"]),
        keys=frozenset(said["keys"]),
    )


def points(organisation, values, *, on):
    """The places in use. One query."""
    months = terms.term(values)
    rows = CollectionPoint.objects.of(organisation).in_use().select_related("notice")
    return tuple(
        PointFacts(
            id=row.pk,
            name=row.name,
            linked=row.notice is not None and row.notice.ended_at is None,
            checked_on=row.checked_on,
            due_on=terms.due_on(row, months),
        )
        for row in rows
    )
