"""What part of the record a document holds, as a value that is kept with the document as JSON."""

import uuid
from dataclasses import asdict, dataclass, fields

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from register.models import Activity, Label

NAMED = 24


class Status(TextChoices):
    RUNNING = "running", _("Running")
    ESTABLISHED = "established", _("Running, without changes since they were established")
    CHANGED = "changed", _("Running, with changes not yet established")
    ENDED = "ended", _("Ended")
    DRAFT = "draft", _("Only working copies, not established")


class Internal(TextChoices):
    """What an authority never gets to see unless somebody chooses so."""

    ADVICE = "advice", _("Advice of the DPO")
    FINDINGS = "findings", _("Points that were open when a version was established")
    REMARKS = "remarks", _("Internal remarks and notes")
    EVIDENCE = "evidence", _("Evidence of the security measures")


@dataclass(frozen=True, slots=True)
class Selection:
    """The default is the whole established record.

    `version` is one version of one activity, whatever the day. `within` are the departments that limited whoever asked.
    """

    part: str = ""
    status: str = ""
    department: str = ""
    controller: str = ""
    labels: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    version: int = 0
    drafts: bool = False
    internal: tuple[str, ...] = ()
    within: tuple[str, ...] = ()

    def to_json(self):
        """As JSON-ready values; what was not asked is left out."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items() if value
        }

    @classmethod
    def from_json(cls, content):
        """The selection that `to_json` wrote; names it does not know are left alone."""
        known = {field.name for field in fields(cls)}
        return cls(
            **{
                name: tuple(value) if isinstance(value, list) else value
                for name, value in content.items()
                if name in known
            }
        )

    @property
    def is_whole(self):
        """Whether every established activity of the organisation belongs to it."""
        return self == Selection(drafts=self.drafts, internal=self.internal)

    @property
    def is_single(self):
        return len(self.activities) == 1

    @property
    def takes_all_rows(self):
        """Whether `rows` leaves nothing out, so that it need not be asked."""
        return not (self.within or self.activities or self.labels)

    def rows(self, organisation):
        """The activities that could belong to it, as a queryset; the rest is decided on what was established."""
        found = Activity.objects.of(organisation)
        if self.within:
            found = found.filter(department__in=self.within)
        if self.activities:
            found = found.filter(pk__in=self.activities)
        if self.labels:
            found = found.filter(label_rows__label__in=self.labels).distinct()
        return found

    def holds(self, entry):
        """Whether an entry is in the part, department and of the controller asked for, as it stood itself."""
        return (
            (not self.part or entry.kind == self.part)
            and (not self.department or _is(entry.department, self.department))
            and (not self.controller or _is(entry.controller, self.controller))
        )

    def words(self, organisation):
        """The selection as pairs of words, in the language in force; empty for the whole record."""
        pairs = []
        if self.part:
            pairs.append((_("Part of the register"), Activity.Kind(self.part).label))
        if self.status:
            pairs.append((_("Status"), Status(self.status).label))
        if self.department:
            pairs.append((_("Department"), _names(organisation.departments, [self.department])))
        if self.controller:
            pairs.append((_("Controller"), _names(organisation.controllers, [self.controller])))
        if self.labels:
            pairs.append((_("Labels"), _names(Label.objects.of(organisation), self.labels)))
        if self.within:
            pairs.append((_("Only the departments of whoever asked"), _names(organisation.departments, self.within)))
        if self.activities:
            codes = Activity.objects.of(organisation).filter(pk__in=self.activities)[:NAMED]
            more = ", …" if len(self.activities) > NAMED else ""
            pairs.append((_("Activities"), ", ".join(activity.code for activity in codes) + more))
        if self.version:
            pairs.append((_("Version"), str(self.version)))
        return pairs


def _is(named, wanted):
    return named is not None and named.id == uuid.UUID(wanted)


def _names(queryset, ids):
    """Sorted here: databases do not agree on the alphabet, and the same state gives the same bytes."""
    return ", ".join(sorted(queryset.filter(pk__in=ids).values_list("name", flat=True)))
