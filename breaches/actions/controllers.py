"""When the organisation itself is the processor: which controllers are concerned, and when each was told (Art. 33(2)).

The record knows them: the clients of its own Art. 30(2) activities. Which of them are concerned a person says.
"""

from collections import defaultdict

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.history import act
from breaches import letters
from breaches.law import Involvement
from breaches.models import BreachParty
from core import canonical
from core.refusal import Refused
from register.models import Activity, ClientLine

from . import facts, lines
from .acting import acting


def found(breach):
    """{party: [activity]} of the clients that the record names: of the activities hit, or of all when none was named.

    Three queries.
    """
    hit = [row.activity_id for row in breach.breachactivity_rows.all()]
    activities = Activity.objects.filter(organisation=breach.organisation, kind=Activity.Kind.PROCESSOR)
    activities = activities.filter(pk__in=hit) if hit else activities.filter(ended_on=None)
    day = timezone.localdate(breach.first_signal_at or breach.reported_at)
    clients = defaultdict(list)
    for line in ClientLine.objects.filter(activity__in=activities).select_related("party", "activity"):
        if line.until is None or line.until >= day:
            clients[line.party].append(line.activity)
    return dict(sorted(clients.items(), key=lambda pair: pair[0].name.casefold()))


class Overtaken(Refused):
    """The controllers are no longer those that somebody looked at."""


def mark(rows):
    """Of the controllers concerned as they stand: whoever changes them says by this what they looked at."""
    return canonical.digest(sorted([str(row.party_id), row.told_at and row.told_at.isoformat()] for row in rows))[:16]


def change(breach, told, *, seen="", by, at):
    """Make these the controllers concerned: {party: moment told or None}. `seen` is the `mark` of those before."""
    with acting(breach, by=by, at=at, kind="breach.controllers") as locked:
        facts.ask_open(locked)
        rows = {row.party_id: row for row in locked.breachparty_rows.filter(involvement=Involvement.CLIENT)}
        if seen and seen != mark(rows.values()):
            raise Overtaken(_("Somebody else changed the controllers meanwhile."))
        for party, told_at in told.items():
            row = rows.pop(party.pk, None) or BreachParty(
                breach=locked, organisation=locked.organisation, party=party, involvement=Involvement.CLIENT
            )
            if row._state.adding or row.told_at != told_at:
                row.told_at = told_at
                row.save()
        for row in rows.values():
            row.delete()


def tell(row, text, *, told_at, by, at):
    """Record that this controller was told, at that moment and in those words, which the log keeps sealed."""
    if letters.blanks(text):
        raise Refused(
            _("The text still has places to fill in."),
            remedy=_("They stand between [… and ]. Fill them in, or take them out."),
        )
    breach = row.breach
    with act(breach.organisation, by=by, at=at, kind="breach.controllers", details={"code": breach.code}):
        with acting(breach, by=by, at=at, kind="breach.controllers") as locked:
            facts.ask_open(locked)
            fresh = BreachParty.objects.select_for_update(of=("self",)).get(pk=row.pk)
            fresh.told_at = told_at
            fresh.save()
        words = _("Told %(name)s:") % {"name": row.party.name}
        lines.log(breach, text=f"{words}\n\n{text}", happened_at=told_at, by=by, at=at)
