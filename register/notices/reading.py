"""From rows to the text of a notice: what it would say now, what was published, and what differs.

Every function costs a constant number of queries, however many activities a notice is about.
"""

import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from accounts import controllers
from register import legal, reading
from register.models import Activity, NoticeVersion, SubjectCategory
from register.models.notices import Audience

from . import drift
from .text import Text, Words, from_plain
from .writer import Material
from .writing import Own, write

AUTHORITIES = {"AP": "authority-ap", "GBA": "authority-gba"}
PROPOSED = {
    Audience.CUSTOMERS: "customers customers-minor former-customers account-holders loyalty-card-holders",
    Audience.PROSPECTS: "prospects newsletter-subscribers event-participants enquirers",
    Audience.VISITORS: "website-visitors app-users social-media-followers webcare-contacts visitors passers-by",
    Audience.APPLICANTS: "applicants",
    Audience.EMPLOYEES: "employees former-employees agency-workers self-employed-contractors trainees",
    Audience.PUPILS: "pupils-primary pupils-secondary pupils-special students-vocational students adult-learners "
    "prospective-pupils former-pupils children-in-childcare parents legal-representatives",
    Audience.PATIENTS: "patients care-clients youth-care-clients informal-carers",
    Audience.CITIZENS: "residents benefit-recipients debtors permit-applicants neighbours",
    Audience.MEMBERS: "members donors volunteers",
    Audience.SUPPLIERS: "business-contacts supplier-contacts authority-contacts",
}
"""Of whom a notice for these people speaks: keys of kinds of people in the library."""


@dataclass(frozen=True)
class State:
    """A notice as it is and as it would be: `version` is the one in force, `draft` what it would say now."""

    draft: Text
    version: NoticeVersion | None
    published: Text | None
    drift: tuple

    @property
    def by_register(self):
        return drift.of_register(self.drift)


def established(organisation, *, on, known_at=None, ids=None):
    """Versions in force of our own activities that run; of these ids, or of all. One query."""
    visible = None if ids is None else Activity.objects.of(organisation).filter(pk__in=ids)
    found = reading.read(organisation, on=on, known_at=known_at, visible=visible)
    return [one for one in found if not one.ends and not one.entry.is_processor_record]


@dataclass(frozen=True)
class Around:
    """What notices say besides activities: details of controllers and dated facts, on a day. Two queries."""

    details: dict
    values: dict
    languages: tuple

    @classmethod
    def of(cls, organisation, *, on, known_at=None):
        return cls(
            details=controllers.details_on(organisation, on, known_at),
            values=legal.values_in_force(organisation, on),
            languages=tuple(organisation.language_codes),
        )

    def material(self, standings):
        named = {one.entry.controller.id for one in standings if one.entry.controller}
        return Material(
            standings=tuple(standings),
            controllers={key: content for key, content in self.details.items() if key in named},
            authorities={code: self.values.get(name, "") for code, name in AUTHORITIES.items()},
            languages=self.languages,
        )


def draft(notice, *, on):
    """What the notice would say if it were published now. Six queries."""
    ids = [line.activity_id for line in notice.lines.all()]
    standings = established(notice.organisation, on=on, ids=ids)
    material = Around.of(notice.organisation, on=on).material(standings)
    return write(material, blocks=blocks_of(notice), own=own_of(notice))


def blocks_of(notice):
    return {row.kind: Words(row.text_nl, row.text_en) for row in notice.blocks.all()}


def own_of(notice):
    return [
        Own(str(row.pk), row.section, Words(row.text_nl, row.text_en), row.anchor, row.side)
        for row in notice.own_sentences.all()
    ]


def in_force(notice, *, on):
    """The version that people read on a day, or None. One query."""
    return NoticeVersion.objects.filter(notice=notice).in_force(on).first()


def latest(ids):
    """{notice id: the last version} of these notices. One query."""
    newer = NoticeVersion.objects.filter(notice=OuterRef("notice"), number__gt=OuterRef("number"))
    return {row.notice_id: row for row in NoticeVersion.objects.filter(~Exists(newer), notice__in=ids)}


def ids_of(versions):
    """The ids of the activities that these versions speak of."""
    return {uuid.UUID(key) for version in versions for key in version.activities}


def text_of(version):
    return from_plain(version.content, version.schema)


def state(notice, *, on):
    """The draft beside the latest version, and sentence by sentence what differs."""
    now, version = draft(notice, on=on), notice.versions.order_by("-number").first()
    published = text_of(version) if version else None
    found = tuple(drift.differences(published, now)) if version else ()
    return State(now, version, published, found)


def drifts(versions, organisation, *, on, known_at=None):
    """{version id: what the register brought about since}: written again from its activities as they stand. Three
    queries, and none without versions.
    """
    if not versions:
        return {}
    standings = established(organisation, on=on, known_at=known_at, ids=ids_of(versions))
    around = Around.of(organisation, on=on, known_at=known_at)
    return {version.pk: _drift(version, standings, around) for version in versions}


def _drift(version, standings, around):
    now = write(around.material([one for one in standings if str(one.entry.id) in version.activities]))
    return drift.of_register(drift.differences(text_of(version), now))


def published(organisation, *, on, known_at=None):
    """Versions in force of notices that run, with their notice. One query."""
    versions = NoticeVersion.objects.of(organisation).in_force(on, known_at).select_related("notice")
    runs = Q(notice__ended_at=None)
    return versions.filter(runs if known_at is None else runs | Q(notice__ended_at__gt=known_at))


def proposed(organisation, audience, *, on):
    """Ids of the running activities whose established version is about these people. Two queries."""
    keys = PROPOSED.get(audience, "").split()
    people = set(SubjectCategory.objects.of(organisation).filter(key__in=keys).values_list("pk", flat=True))
    return {
        one.entry.id
        for one in established(organisation, on=on)
        if people & {line.category.id for line in one.entry.subjects}
    }
