"""What people are asked consent for: purposes of established activities whose basis is consent."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.history import act
from consent import covering
from consent.models import ConsentPurpose, WordingVersion
from core.refusal import Refused
from register import reading
from register.law import Basis
from register.models import Activity
from register.record import PurposeValue, Standing

SETTLED = ("code", "kind", "event_kind", "is_explicit", "is_online_service")
"""What no longer changes once a wording was published: consents were given under it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A purpose of an established activity that people can be asked consent for."""

    standing: Standing
    line: PurposeValue

    @property
    def text(self):
        return self.line.text_nl or self.line.text_en


def candidates(organisation, *, on, visible=None):
    """The purposes in force on a day whose basis is consent. One query."""
    return [
        Candidate(standing, line)
        for standing in reading.read(organisation, on=on, visible=visible)
        if not standing.ends
        for line in standing.entry.purposes
        if line.basis == Basis.CONSENT
    ]


def standings(purposes, *, on):
    """{purpose id: (standing, line)} of consent purposes as their activities are in force; what is no longer there is
    left out. One query."""
    purposes = list(purposes)
    if not purposes:
        return {}
    ids = {purpose.activity_id for purpose in purposes}
    visible = Activity.objects.filter(pk__in=ids)
    read = {one.entry.id: one for one in reading.read(purposes[0].organisation, on=on, visible=visible)}
    found = {}
    for purpose in purposes:
        standing = read.get(purpose.activity_id)
        line = covering.line_of(standing.entry, purpose.line) if standing and not standing.ends else None
        if line is not None:
            found[purpose.pk] = (standing, line)
    return found


def make(purpose, *, by, at, on):
    """Keep a new purpose (unsaved); the activity must be established with this purpose, with consent as its basis. It
    asks explicit consent where the register needs that."""
    with act(purpose.organisation, by=by, at=at, kind="consent.purpose_made", details={"code": purpose.code}):
        found = standings([purpose], on=on).get(purpose.pk)
        if found is None:
            raise Refused(
                _("The activity is not established with this purpose and consent as its basis."),
                remedy=_("Establish the activity first."),
            )
        standing, line = found
        purpose.is_explicit |= covering.must_be_explicit(standing.entry, line)
        purpose.save()
    return purpose


def change(purpose, values, *, by, at):
    """Change a purpose; what consents were given under stays once a wording was published."""
    with act(purpose.organisation, by=by, at=at, kind="consent.purpose_changed", details={"code": purpose.code}):
        row = ConsentPurpose.objects.select_for_update(of=("self",)).get(pk=purpose.pk)
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if changed.keys() & set(SETTLED) and was_published(row):
            raise Refused(
                _("A wording of this purpose was published, so what it is can no longer change."),
                remedy=_("Make another purpose."),
            )
        if changed:
            for name, value in changed.items():
                setattr(row, name, value)
            row.save()
    return row


def retire(purpose, *, by, at, on):
    """No longer asked; what was given stays, and can be withdrawn."""
    with act(purpose.organisation, by=by, at=at, kind="consent.purpose_retired", details={"code": purpose.code}):
        row = ConsentPurpose.objects.select_for_update(of=("self",)).get(pk=purpose.pk)
        if WordingVersion.objects.filter(wording__purpose=row, valid_until=None).exists():
            raise Refused(_("People are still asked for this purpose."), remedy=_("End its wordings first."))
        if row.retired_on is None:
            row.retired_on = on
            row.save()
    return row


def was_published(purpose):
    return WordingVersion.objects.filter(wording__purpose=purpose).exists()
