"""What may be shown to everybody, and whether an address never was public or is so no longer.

The one rule: only established versions in force today, of activities that are public now, through `public.filtered`.
A number that never was public and one that does not exist cost the same one query and give the same answer.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from accounts.models import ControllerVersion, Organisation
from register import reading
from register.models import Activity, ActivityVersion

from .models import Publication, PublicRegister
from .public import filtered


class Gone(Exception):
    """It was public, and is no longer."""


@dataclass(frozen=True)
class Shown:
    """One public activity: the version in force, with nothing in it but what the organisation chose."""

    organisation: Organisation
    register: PublicRegister
    standing: reading.Standing
    publication: Publication
    contact: ControllerVersion | None

    @property
    def entry(self):
        return self.standing.entry

    @property
    def for_machines(self):
        """Without controllers whose name is not public: linked data has no word for somebody unnamed."""
        return replace(self.entry, clients=tuple(line for line in self.entry.clients if line.party.name))

    def changed_at(self):
        """When the page last came to say something else."""
        first_day = datetime.combine(self.standing.valid_from, time(), timezone.get_default_timezone())
        moments = [self.standing.established_at, first_day, self.publication.published_at, self.register.changed_at]
        moments += [self.contact.established_at] if self.contact else []
        return max(moment.astimezone(UTC) for moment in moments)

    def mark(self, *more):
        """A fingerprint of all that the page says."""
        parts = [
            settings.VERSION,
            self.standing.digest,
            self.register.changed_at.isoformat(),
            self.publication.published_at.isoformat(),
            self.organisation.name,
            self.contact.digest if self.contact else "",
            *more,
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def shown(key, *, on):
    """The public activity with this id; Gone when it is so no longer, None when it never was."""
    publications = Publication.objects.filter(activity=key).select_related("organisation__public_register")
    publication = publications.order_by(F("withdrawn_at").desc(nulls_first=True)).first()
    if publication is None:
        return None
    register = getattr(publication.organisation, "public_register", None)
    if publication.withdrawn_at is not None or register is None or not register.is_open:
        raise Gone
    versions = ActivityVersion.objects.in_force(Activity.objects.filter(pk=key), on)
    version = versions.defer("columns").first()
    if version is None:  # its first version holds from a later day
        return None
    standing = reading.standing(version)
    contact = _contact(standing.entry, on) if "contact" in register.fields else None
    public = reading.Standing(
        entry=filtered(standing.entry, register.fields),
        version=standing.version,
        valid_from=standing.valid_from,
        established_at=standing.established_at,
        digest=standing.digest,
    )
    return Shown(publication.organisation, register, public, publication, contact)


def _contact(entry, on):
    """The established details of the controller that are in force, if there are any."""
    if entry.controller is None:
        return None
    return ControllerVersion.objects.filter(controller=entry.controller.id).in_force(on).first()


def open_register(slug):
    """The public register that has a list, or None: not open, without a list and unknown are the same to a visitor."""
    registers = PublicRegister.objects.select_related("organisation")
    return registers.filter(organisation__slug=slug, is_open=True, has_list=True).first()


def listed(register, *, on):
    """Versions in force of the activities that are public now and run, by number. Without their content."""
    public = Publication.objects.running().filter(activity=OuterRef("pk"))
    activities = Activity.objects.of(register.organisation).filter(Exists(public))
    versions = ActivityVersion.objects.in_force(activities, on).defer("content").select_related("activity")
    return versions.filter(ends=False).order_by("activity__number")
