"""What the fact sheet of an activity shows: an entry, section by section, with its gaps and what is known about it.

The entry may be the working copy, a version, or what held on a day. The number of queries does not grow with its lines.
"""

from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission

from . import activity_findings, checks, extensions, flow, words
from . import sections as layout
from .models import Activity, ActivityVersion, ApprovalAnswer, AttestationLine


@dataclass(frozen=True)
class FieldTold:
    """A field of the activity in words; `language` is that of a text as somebody wrote it."""

    label: str
    words: str
    language: str


@dataclass
class SectionView:
    """A section as it is drawn: what is filled in, what is not, and what Art. 30 still asks."""

    section: layout.Section
    kind: str
    facts: list
    blanks: list
    gaps: list
    findings: list = ()
    accepted: list = ()

    @property
    def template(self):
        return f"register/activity/sections/{self.section.key}.html"

    @property
    def blocks(self):
        return any(gap.blocks for gap in self.gaps) or any(one.finding.severity == "critical" for one in self.findings)

    @property
    def has_remarks(self):
        return bool(self.gaps or self.findings or self.accepted)

    @property
    def open_count(self):
        return len(self.gaps) + len(self.findings)

    @property
    def article(self):
        return self.section.article_for(self.kind)


def gathered(activity, standing, membership, *, on, at, held_on=None):
    """The context of the fact sheet. `activity` comes with its organisation, owner, stale and edited_by loaded.

    `held_on` is the day looked back to: by it is judged whether agreements and decisions were in force.
    """
    entry = standing.entry
    gaps = checks.gaps(entry, activity.organisation.language_codes)
    beside = activity_findings.of_activity(activity, standing, on=on, at=at, held_on=held_on or on)
    near = _related(activity, entry, membership)
    latest_round = _latest_round(activity)
    limbs = checks.limbs(entry)
    owner_name = _owner_name(activity, entry)
    return _titles(activity, standing) | {
        "activity": activity,
        "standing": standing,
        "entry": entry,
        "sections": section_views(entry, gaps, beside, owner=owner_name),
        "findings": [one for one in beside if not one.accepted],
        "findings_accepted": [one for one in beside if one.accepted],
        "gaps": gaps,
        "limbs": limbs,
        "answered": max(limbs - len(gaps), 0),
        "owner_name": owner_name,
        "parent": near.get(entry.parent.id) if entry.parent else None,
        "successor": near.get(entry.successor.id) if entry.successor else None,
        "parts": [row for row in near.values() if row.parent_id == activity.pk],
        "predecessors": [row for row in near.values() if row.successor_id == activity.pk],
        "labels": [row.label for row in activity.label_rows.select_related("label").order_by("label__name")],
        "advices": list(activity.advices.select_related("given_by", "answered_by")),
        "last_version": _version(activity),
        "round": latest_round if latest_round and latest_round.state == "open" else None,
        "sent_back": latest_round if latest_round and latest_round.state == "sent_back" else None,
        "stale": getattr(activity, "stale", None),
        "owner_says": list(
            AttestationLine.objects.requests().filter(activity=activity).select_related("attestation__owner")
        ),
        "panels": _panels(activity, membership) if standing.is_draft else [],
        "picture": flow.drawn(entry, words.language()),
        "matrix": Matrix.of(entry),
        "editable": may_edit(activity, standing, membership),
        "on": on,
        "held_on": held_on or on,
    }


def may_edit(activity, standing, membership):
    return standing.is_draft and activity.ended_on is None and membership.can(Permission.REGISTER_EDIT)


def section_views(entry, gaps, beside=(), owner=""):
    found = activity_findings.by_section(beside, entry.kind)
    return [
        _view(entry, section, gaps, found[section.key], {entry.owner: owner}) for section in layout.for_kind(entry.kind)
    ]


def _view(entry, section, gaps, beside, people):
    facts, blanks = [], []
    for name in section.fields:
        if name not in _OWN_PLACE:
            said = words.field_words(entry, name, people)
            told = FieldTold(words.label(Activity, name), said, entry.language if _is_text(name) else "")
            if said:
                facts.append(told)
            elif _asked(entry, name):
                blanks.append(told)
    gaps, findings = activity_findings.said_once([gap for gap in gaps if gap.section == section.key], beside)
    standing, accepted = (
        [one for one in findings if not one.accepted],
        [one for one in findings if one.accepted],
    )
    return SectionView(section, entry.kind, facts, blanks, gaps, standing, accepted)


FOLLOWS = {
    "children_ages": (("children",), {"", "no"}),
    "scale_note": (("large_scale",), {"", "no"}),
    "provision_consequence": (("provision",), {"", "voluntary"}),
    "informed_how": (("informed",), {""}),
    **dict.fromkeys(
        ("automated_ground", "automated_logic", "automated_consequences", "automated_intervention"),
        (("automated", "profiling"), {"", "no"}),
    ),
    "assessment_on": (("assessment",), {"", "not_needed"}),
    "assessment_note": (("assessment",), {""}),
    **dict.fromkeys(("council_asked_on", "council_decided_on", "council_note"), (("council",), {"", "not_needed"})),
}
"""Questions that only follow from other ones: which, and the answers after which there is nothing more to ask."""


def _asked(entry, name):
    """Whether an empty field is still an open question, given the answers that it follows from."""
    if name in ("people_min", "people_max") and _counted(entry.subjects):
        return False
    before, settled = FOLLOWS.get(name, ((), set()))
    return not before or not {getattr(entry, other) or "" for other in before} <= settled


def _counted(subjects):
    """Whether it is said of every kind of people about how many there are, so that no total has to be asked."""
    return bool(subjects) and all((line.number_min, line.number_max) != (None, None) for line in subjects)


def _is_text(name):
    column = Activity._meta.get_field(name)
    return not column.choices and column.get_internal_type() in ("TextField", "CharField")


_OWN_PLACE = {"name", "joint_answer", "recipients_answer", "transfers_answer", "systems_answer", "controller"}
_OWN_PLACE |= {"retention_reason", "remarks"}


def _titles(activity, standing):
    """Sentences with a number in them, for the banner."""
    number = {"number": activity.established_number}
    return {
        "version_title": _("Version %(number)d") % {"number": standing.version},
        "changed_title": _("Changed since version %(number)s") % number,
        "established_title": _("Established: version %(number)s") % number,
        "established_by": User.objects.filter(pk=standing.established_by).first() if standing.established_by else None,
    }


def _owner_name(activity, entry):
    if entry.owner and activity.owner_id == entry.owner:
        return str(activity.owner)
    return words.value_words(Activity, "owner", entry.owner) if entry.owner else ""


def _panels(activity, membership):
    return extensions.panels([activity.pk], membership).get(activity.pk, [])


def _related(activity, entry, membership):
    """Parent, successor, parts and predecessors that the member may see, by id. One query."""
    above = [named.id for named in (entry.parent, entry.successor) if named]
    found = Activity.objects.visible_to(membership).filter(Q(parent=activity) | Q(successor=activity) | Q(pk__in=above))
    return {row.pk: row for row in found.order_by("number")}


def _latest_round(activity):
    answers = Prefetch("answers", ApprovalAnswer.objects.select_related("approver").order_by("answered_at", "id"))
    return activity.rounds.select_related("asked_by").prefetch_related(answers).order_by("-asked_at").first()


def _version(activity):
    if activity.established_number is None:
        return None
    versions = ActivityVersion.objects.filter(activity=activity, number=activity.established_number)
    return versions.select_related("established_by").defer("content", "columns").first()


@dataclass
class MatrixRow:
    """Data of one category that are treated alike: of whom they are, and the line that says the rest.

    `told` says that a row above tells the same rule of retention in full.
    """

    line: object
    lines: list
    marks: list
    told: bool = False


@dataclass
class Matrix:
    """The table of data against people; with more than `WIDE` groups of people they are named instead of ticked."""

    subjects: list
    rows: list

    WIDE = 5

    @classmethod
    def of(cls, entry):
        named = {line.category.id: line.category for line in entry.subjects}
        named |= {line.subject.id: line.subject for line in entry.data if line.subject}
        rows = {}
        for line in entry.data:
            alike = (line.category.id, line.retention, line.retention_note, line.source, line.source_party)
            alike += (line.source_note, line.necessity, line.necessity_reason, line.detail, line.provision)
            rows.setdefault(alike, []).append(line)
        found, told = [], set()
        for lines in rows.values():
            of_all = any(line.subject is None for line in lines)
            whom = {line.subject.id for line in lines if line.subject}
            marks = [(item, of_all or key in whom) for key, item in named.items()]
            found.append(MatrixRow(lines[0], lines, marks, lines[0].retention in told))
            told.add(lines[0].retention or ())
        return cls(list(named.values()), found)

    @property
    def ticked(self):
        return 0 < len(self.subjects) <= self.WIDE
