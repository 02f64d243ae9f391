"""From rows to the text of a notice: what it would say now, what was published, and what differs.

Every function costs a constant number of queries, however many activities a notice is about.
"""

import re
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from accounts import controllers
from register import extensions, legal, reading
from register.models import Activity, Notice, NoticeVersion, SubjectCategory
from register.models.notices import Audience

from . import drift
from .sentences import BLOCKS
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
NAMED = {
    Audience.CUSTOMERS: r"klant|afnemer|koper|customer|buyer",
    Audience.PROSPECTS: r"prospect|belangstellend|nieuwsbrief|abonnee|newsletter|subscriber",
    Audience.VISITORS: r"bezoeker|gebruikers? van|visitor|users? of",
    Audience.APPLICANTS: r"sollicitant|kandidaat|kandidaten|applicant|candidate",
    Audience.EMPLOYEES: r"medewerk|werknemer|personeel|uitzendkracht|stagiair|employee|staff|\bintern",
    Audience.PUPILS: r"leerling|student|ouders?\b|scholier|pupil|parent",
    Audience.PATIENTS: r"pati[eë]nt|cli[eë]nt|patient",
    Audience.CITIZENS: r"burger|inwoner|ingezeten|aanvrager|citizen|resident",
    Audience.MEMBERS: r"\blid\b|\bleden\b|donateur|vrijwillig|\bmembers?\b|donor|volunteer",
    Audience.SUPPLIERS: r"leverancier|zakelijke (relatie|contact)|opdrachtnemer|supplier|vendor|business contact",
}
"""The same for kinds of people that are not of the library, as after an import: words in their names."""


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
    blocks = blocks_of(notice)
    tables = extensions.notice_tables([notice], on=on).get(notice.pk, ()) if blocks else ()
    return write(material, blocks=blocks, own=own_of(notice), tables=tables)


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
    tables = _tables(versions, organisation, on=on) if known_at is None else {}
    found = {version.pk: _drift(version, standings, around, tables) for version in versions}
    if known_at is not None:  # what rooms listed then is not known any more
        found = {key: [one for one in moved if not one.is_listed] for key, moved in found.items()}
    return found


def _tables(versions, organisation, *, on):
    """{notice id: [Table]} of the versions with a part in which a room may list something."""
    ids = [version.notice_id for version in versions if BLOCKS.keys() & set(version.summary["sections"])]
    return extensions.notice_tables(Notice.objects.of(organisation).filter(pk__in=ids), on=on) if ids else {}


def _drift(version, standings, around, tables):
    material = around.material([one for one in standings if str(one.entry.id) in version.activities])
    parts = {key: Words() for key in version.summary["sections"] if key in BLOCKS}
    now = write(material, blocks=parts, tables=tables.get(version.notice_id, ()))
    return drift.of_register(drift.differences(text_of(version), now))


def published(organisation, *, on, known_at=None):
    """Versions in force of notices that run, with their notice. One query."""
    versions = NoticeVersion.objects.of(organisation).in_force(on, known_at).select_related("notice")
    runs = Q(notice__ended_at=None)
    return versions.filter(runs if known_at is None else runs | Q(notice__ended_at__gt=known_at))


def proposed(organisation, audience, *, on):
    """Ids of the running activities whose established version is about these people, by the library or by the name
    that the organisation gave them. Two queries."""
    if audience not in PROPOSED:
        return set()
    keys, named = PROPOSED[audience].split(), re.compile(NAMED[audience], re.IGNORECASE)
    kinds = SubjectCategory.objects.of(organisation).values_list("pk", "key", "name_nl", "name_en")
    people = {pk for pk, key, *names in kinds if (key in keys if key else named.search(" ".join(names)))}
    return {
        one.entry.id
        for one in established(organisation, on=on)
        if people & {line.category.id for line in one.entry.subjects}
    }
