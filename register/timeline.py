"""The story of an activity in words: who did what, when and why, what that changed, and what came of it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from accounts import wording
from accounts.models import Change

from . import comparison, differences, sections, words
from .models import Activity, ActivityVersion, Advice, ApprovalAnswer, Label
from .written import written

TONES = {
    "activity.created": "good",
    "activity.established": "good",
    "activity.approved": "good",
    "activity.sent_for_approval": "waiting",
    "activity.sent_back": "warning",
    "activity.ended": "ended",
    "activity.section_saved": "changed",
    "attestation.asked": "waiting",
    "attestation.confirmed": "good",
    "attestation.corrected": "warning",
    "attestation.ended": "warning",
}
UPKEEP = sections.Section("upkeep", _("Upkeep"), "")


@dataclass
class Step:
    """One act as far as it touched this activity. `parts` are differences in words."""

    change: Change
    parts: list
    versions: list = field(default_factory=list)
    asked: list = field(default_factory=list)  # names of approvers
    advice: Advice | None = None

    @property
    def sentence(self):
        return wording.of(self.change)

    @property
    def tone(self):
        return TONES.get(self.change.kind, "neutral")

    @property
    def who(self):
        return self.change.by.name if self.change.by else ""

    @property
    def count(self):
        """How many fields and lines the act changed."""
        return sum(len(part.rows) for part in self.parts)


def changes_of(activity):
    """The acts that touched an activity, newest first."""
    found = Change.objects.filter(subjects__subject=activity.pk).order_by("-number")
    return found.select_related("by", "schema").defer("rows")  # the rows of an import may be megabytes


def steps(activity, changes):
    """The given acts (of `changes_of`) as steps. Queries: two per table they wrote, and at most four more."""
    changes = list(changes)
    done = {change: parts for (change, _key), parts in in_words(written(changes, [activity])).items()}
    story = {change.pk: Step(change, done.get(change.pk, [])) for change in changes}
    tables = {label for change in changes for label in change.schema.fields}
    if ActivityVersion._meta.label_lower in tables:
        for version in activity.versions.filter(change__in=changes).defer("content", "columns"):
            story[version.change_id].versions.append(version)
    if ApprovalAnswer.history.model._meta.label_lower in tables:
        _add_approvers(story, activity)
    if Advice.history.model._meta.label_lower in tables:
        for record in Advice.history.filter(change__in=changes, activity=activity.pk):
            story[record.change_id].advice = record
    return list(story.values())


def in_words(found):
    """The result of `written` as {place: parts of differences}. One query when an owner changed."""
    compared = {place: comparison.compare(each.old, each.new) for place, each in found.items()}
    people = differences.names_of({key for changes in compared.values() for key in differences.owners(changes)})
    return {place: differences.in_words(changes, people) + _upkeep(found[place]) for place, changes in compared.items()}


def _upkeep(done):
    """Review dates and labels, which are about an activity and no part of its entry."""
    rows = []
    for name, before, after in done.upkeep:
        texts = [words.value_words(Activity, name, value) for value in (before, after)]
        difference = differences.Difference(words.label(Activity, name), *texts)
        rows.append(differences.Row(difference.label, difference.kind, (difference,)))
    for label, put_on in done.labels:
        texts = ("", label.name) if put_on else (label.name, "")
        difference = differences.Difference(str(Label._meta.verbose_name).capitalize(), *texts)
        rows.append(differences.Row(difference.label, difference.kind, (difference,)))
    return [differences.Part(str(UPKEEP.title), "", tuple(rows))] if rows else []


def _add_approvers(story, activity):
    asked = defaultdict(list)
    records = ApprovalAnswer.history.filter(change__in=list(story), history_type="+", round__activity=activity.pk)
    for record in records.select_related("approver").order_by("history_id"):
        asked[record.change_id].append(record.approver.name)
    for change, names in asked.items():
        story[change].asked = names
