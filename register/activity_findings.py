"""The findings of one activity, section by section: beside its sheet, in its forms, and before it is established."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from . import findings, kinds, reading
from . import sections as layout
from .checks import judging
from .checks.engine import Scope
from .models import Finding

ELSEWHERE = {"R025": "upkeep", "R026": "ask_approval", "R029": "ask_approval"}
"""Rules whose remedy is not a field of a section but an act of its own: its address, for whoever may edit."""


@dataclass(frozen=True)
class Beside:
    """A finding as it is shown beside what it is about: `url` leads to the field, `anchor` is its line in the form."""

    finding: Finding
    url: str
    accepted: bool
    anchor: str = ""
    place: str = ""

    @property
    def in_section(self):
        """Whether it is put right in the form of its section, which can be opened in its place."""
        return self.finding.rule not in ELSEWHERE and self.finding.activity_id is not None

    @property
    def plain_url(self):
        return self.url.partition("#")[0]


def of_activity(activity, standing, *, on, at, held_on=None):
    """The findings of the working copy as they are stored, or those of a version on the day that is looked at.

    One query for the working copy; some twenty for the past, whose rules are asked anew.
    """
    if standing.is_draft:
        stored = findings.of_entry(activity.organisation, standing.entry)
        return [_beside(one, place, activity, standing.entry, on) for place, found in stored.items() for one in found]
    if standing.version == -1:
        return []
    found = judging.of_entries(
        activity.organisation, [standing.entry], on=held_on, at=at, known_at=reading.end_of(held_on)
    )
    found.sort(key=lambda finding: (finding.rank, finding.rule))
    return [Beside(finding, "", accepted=False, place=finding.place) for finding in found]


def of_section(activity, section, places, *, on):
    """The stored findings about one section, for its form; `places` is where each line stands in it. One query."""
    first = layout.for_kind(activity.kind)[0] == section
    known = [each.key for each in layout.for_kind(activity.kind)]
    found = Finding.objects.filter(activity=activity).present().select_related("acceptance__by")
    return [
        Beside(one, "", one.is_accepted(on), places.get(str(one.line), ""), section.key)
        for one in found
        if one.place == section.key or (first and one.place not in known and one.rule not in ELSEWHERE)
    ]


def by_section(beside, kind):
    """{section key: [Beside]}; what is about no section of its own stands in the first."""
    sections = layout.for_kind(kind)
    known, found = {section.key for section in sections}, defaultdict(list)
    for one in beside:
        found[one.place if one.place in known else sections[0].key].append(one)
    for some in found.values():
        some.sort(key=lambda one: (one.finding.rank, one.finding.rule))
    return found


def covers(beside, gap):
    """Whether a finding says the same as a gap of Art. 30."""
    return any(one.finding.group == "R" and one.finding.article.partition(",")[0] == gap.article for one in beside)


def said_once(gaps, beside):
    """The gaps and findings of a section without saying anything twice: a gap that blocks goes before the finding that
    says the same, any other gap gives way to it.
    """
    blocking = [gap for gap in gaps if gap.blocks]
    open_gaps = [gap for gap in gaps if not gap.blocks and not covers(beside, gap)]
    findings = [one for one in beside if not any(covers([one], gap) for gap in blocking)]
    return blocking + open_gaps, findings


def place_url(finding, activity, anchor="", *, back=""):
    """The form in which a finding is put right. `back` is where the form of a section goes when it is saved."""
    slug = activity.organisation.slug
    if finding.subject_kind in findings.CAUSES:
        return kinds.BY_MODEL[findings.CAUSES[finding.subject_kind]].url(activity.organisation, finding.subject_id)
    if finding.subject_kind == Scope.ORGANISATION:
        return reverse("accounts:organisation", args=[slug])
    if finding.rule in ELSEWHERE:
        return reverse(f"register:{ELSEWHERE[finding.rule]}", args=[slug, activity.pk])
    sections = [section.key for section in layout.for_kind(activity.kind)]
    place = finding.place if finding.place in sections else sections[0]
    url = reverse("register:section", args=[slug, activity.pk, place])
    asked = {"line": finding.line, "back": back}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{url}{'?' if query else ''}{query}#{anchor or place}"


def _beside(finding, place, activity, entry, on):
    anchor = _anchor(finding, entry)
    return Beside(finding, place_url(finding, activity, anchor), finding.is_accepted(on), anchor, place)


def _anchor(finding, entry):
    """The id of the line in the form of its section, which counts the lines from nought."""
    section = layout.BY_KEY.get(finding.place)
    for lines in section.lines if section and finding.line else ():
        for number, row in enumerate(getattr(entry, lines.name)):
            if row.id == finding.line:
                return f"{lines.name}-{number}"
    return ""
