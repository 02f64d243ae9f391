"""What must still be done about breaches, as one list: each duty with its day, who does it and where.

The one rule: nothing here is kept. A duty follows from what was recorded, and is gone once the act itself was done.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import chain

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Permission as P

from . import watch
from .actions import destroying
from .law import PUBLIC_INSTEAD, Involvement, Role
from .models import Advice, Breach, BreachParty, Communication, Decision, Measure, Notification, OtherNotice
from .states import OPEN, Recorded, State

ABOUT_PEOPLE = Decision.objects.filter(breach=OuterRef("pk"), about=Decision.About.PEOPLE).order_by("-at")


class Kind(StrEnum):
    NOTIFY = "notify"
    FOLLOW_UP = "follow_up"
    PEOPLE = "people"
    CONTROLLER = "controller"
    OTHER = "other"
    ADVICE = "advice"
    MEASURE = "measure"
    DETAILS = "details"


@dataclass(frozen=True)
class Duty:
    """`due` is a day, a moment, or None when it must be done without delay. Whoever holds `permission` can do it."""

    kind: Kind
    breach: Breach
    words: str
    url: str
    permission: str
    due: date | datetime | None = None
    owner: object = None
    note: str = ""

    @property
    def day(self):
        return timezone.localdate(self.due) if isinstance(self.due, datetime) else self.due

    def is_late(self, at):
        if isinstance(self.due, datetime):
            return self.due <= at
        return self.due is not None and self.due < timezone.localdate(at)

    def is_of(self, membership):
        """Whether this member is the one to do it: named, or able to when nobody is named."""
        if self.owner is not None:
            return self.owner == membership.user
        return membership.can(self.permission)

    def url_for(self, membership):
        """Where it is done, or for others where it can be seen."""
        return self.url if membership.can(self.permission) else _url(self.breach)


def of(membership, *, at):
    """All that this member may see, the most pressing first. Nine queries, however many there are."""
    real = Breach.objects.visible_to(membership).real()
    found = [
        *_of_open(real, at),
        *_follow_ups(real),
        *_controllers(real),
        *_other_notices(real),
        *_measures(real),
        *_details(membership, at),
    ]
    return sorted(found, key=_urgency)


def mine(duties, membership):
    return [duty for duty in duties if duty.is_of(membership)]


def _urgency(duty):
    """By day; what must be done without delay before what has a day still to come, and what has no day at all last."""
    without_delay = duty.due is None and duty.kind != Kind.MEASURE
    return (
        duty.due is None and not without_delay,
        duty.day or timezone.localdate(duty.breach.reported_at),
        duty.breach.number,
        duty.words,
    )


def _of_open(breaches, at):
    """What follows from how far an open breach is: notify, tell the people, ask for advice. Three queries."""
    rows = watch.watched(breaches.open().select_related("organisation")).annotate(
        tells_people=Subquery(ABOUT_PEOPLE.values("tell")[:1]),
        exemption=Subquery(ABOUT_PEOPLE.values("exemption")[:1]),
        was_told=Exists(Communication.objects.filter(breach=OuterRef("pk"))),
        was_public=Exists(Communication.objects.filter(breach=OuterRef("pk"), is_public=True)),
        is_decided=Exists(Decision.objects.filter(breach=OuterRef("pk"))),
        is_advised=Exists(Advice.objects.filter(breach=OuterRef("pk"))),
    )
    for clock in watch.of(rows, at=at).values():
        breach = clock.breach
        if clock.runs:
            words = _("Notify the authority, or decide with a reason that it need not be")
            if breach.authority_told:
                words = _("Notify the authority, as was decided")
            yield _duty(Kind.NOTIFY, breach, words, "notify", P.BREACHES_HANDLE, due=clock.clock.deadline)
        if breach.role == Role.PROCESSOR:
            continue
        if breach.tells_people and not breach.was_told:
            yield _duty(Kind.PEOPLE, breach, _("Tell the people, as was decided"), "tell", P.BREACHES_HANDLE)
        if breach.exemption in PUBLIC_INSTEAD and not breach.was_public:
            yield _duty(Kind.PEOPLE, breach, _("Give the public notice, as was decided"), "tell", P.BREACHES_HANDLE)
        if breach.is_decided and not breach.is_advised:
            words = _("Record the DPO's advice: somebody decided without it")
            yield _duty(Kind.ADVICE, breach, words, "advise", P.ADVICE_GIVE)


def _follow_ups(breaches):
    """A notification to an authority that is the last one and not complete. One query."""
    of_breach = defaultdict(list)
    for row in Notification.objects.filter(breach__in=breaches).select_related("breach__organisation"):
        of_breach[row.breach_id].append(row)
    for row in chain.from_iterable(Recorded(notifications=rows).to_follow_up for rows in of_breach.values()):
        count = len(row.missing)
        asked = ngettext("%(count)s answer was missing.", "%(count)s answers were missing.", count) % {"count": count}
        words = _("Follow up the notification to %(authority)s") % {"authority": row.get_authority_display()}
        yield Duty(
            Kind.FOLLOW_UP,
            row.breach,
            words,
            _url(row.breach) + "#follow-up",
            P.BREACHES_HANDLE,
            due=row.follow_up_on,
            note=asked if count else "",
        )


def _controllers(breaches):
    """As a processor: controllers that were not told yet. One query."""
    rows = BreachParty.objects.filter(
        breach__in=breaches.open(), breach__role=Role.PROCESSOR, involvement=Involvement.CLIENT, told_at=None
    )
    for row in rows.select_related("breach__organisation", "party"):
        words = _("Tell %(name)s, for whom you process") % {"name": row.party.name}
        url = reverse("breaches:controller_text", args=[row.breach.organisation.slug, row.breach_id, row.party_id])
        yield Duty(Kind.CONTROLLER, row.breach, words, url, P.BREACHES_HANDLE)


def _other_notices(breaches):
    rows = OtherNotice.objects.filter(breach__in=_kept(breaches), sent_at=None)
    for row in rows.select_related("breach__organisation"):
        words = _("Notify: %(who)s") % {"who": row.name or row.get_recipient_display()}
        url = reverse("breaches:line", args=[row.breach.organisation.slug, "others", row.pk])
        yield Duty(Kind.OTHER, row.breach, words, url, P.BREACHES_HANDLE, due=row.due_at, note=row.ground)


def _measures(breaches):
    rows = Measure.objects.filter(breach__in=_kept(breaches), done_on=None)
    for row in rows.select_related("breach__organisation", "owner"):
        url = _url(row.breach) + "#measures"
        yield Duty(Kind.MEASURE, row.breach, row.text, url, P.BREACHES_HANDLE, due=row.due_on, owner=row.owner)


def _details(membership, at):
    """Also of drills and of what turned out to be no breach: what is sealed must go there too. One query."""
    seen = Breach.objects.visible_to(membership).select_related("organisation")
    for breach in destroying.due(seen, timezone.localdate(at)):
        words = _("Destroy the details, which were kept long enough")
        yield _duty(Kind.DETAILS, breach, words, "destroy", P.BREACHES_DECIDE, due=breach.details_until)


def _kept(breaches):
    """Measures and notifications to others go on after closing, unless it was no breach after all."""
    return breaches.filter(state__in=(*OPEN, State.CLOSED))


def _duty(kind, breach, words, name, permission, **fields):
    return Duty(kind, breach, words, _url(breach, name), permission, **fields)


def _url(breach, name="breach"):
    return reverse(f"breaches:{name}", args=[breach.organisation.slug, breach.pk])
