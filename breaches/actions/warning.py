"""Mails about breaches: one at each report, and warnings while the time to notify runs.

The one rule: a mail holds the number of the breach and the hours left, nothing of its content; one of a drill says so
in its subject. Each goes once per breach, stage and person, however often this runs.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from accounts import mail
from accounts.models import Membership, OutgoingMail
from accounts.permissions import Permission, Role
from breaches import terms, watch
from breaches.clock import LATE, Clock
from breaches.law import Role as BreachRole
from breaches.models import Breach, BreachSettings
from core.addresses import full_address

WATCHING = (Role.DPO, Role.PRIVACY_OFFICER)


@dataclass(frozen=True)
class Watchers:
    """Who is mailed about the breaches of an organisation on a day."""

    officers: tuple
    stand_in: object = None
    is_away: bool = False
    are_shut_out: bool = False
    """Nobody is left but administrators, who may not open breaches: they are asked to see to it."""

    @property
    def on_report(self):
        """The stand-in too, when the DPO is away or there is nobody else."""
        with_stand_in = self.stand_in and (self.is_away or not self.officers)
        return (*self.officers, self.stand_in) if with_stand_in else self.officers

    @property
    def all(self):
        return (*self.officers, self.stand_in) if self.stand_in else self.officers


def watchers_of(organisation, on):
    """Two queries. A stand-in counts only on days on which they may open breaches. An organisation without any of these
    still hears of a breach: through its administrators.
    """
    present = Membership.objects.on(on).of(organisation).filter(user__is_active=True).select_related("user")
    rows = list(present.order_by("user__email"))
    for row in rows:
        row.organisation, row.stands_in = organisation, row.is_standing_in(on)
    chosen = BreachSettings.objects.filter(organisation=organisation).first()
    officers = [row.user for row in rows if row.role in WATCHING]
    stand_in = next((row for row in rows if chosen and row.user_id == chosen.stand_in_id), None)
    stand_in = stand_in.user if stand_in and stand_in.can(Permission.BREACHES_VIEW) else None
    if stand_in in officers:
        stand_in = None
    shut_out = not officers and stand_in is None
    if shut_out:
        admins = [row for row in rows if row.role == Role.ADMINISTRATOR]
        officers, shut_out = [row.user for row in admins], not any(row.can(Permission.BREACHES_VIEW) for row in admins)
    away = bool(chosen and _is_away(chosen, on))
    return Watchers(tuple(officers), stand_in, is_away=away, are_shut_out=shut_out)


@dataclass(frozen=True)
class Receiver:
    """Somebody who is or would be mailed, and what keeps them from opening the page that the mail leads to."""

    user: object
    role: str
    is_stand_in: bool
    may_open: bool
    begins_on: object = None
    last_day: object = None


def receivers(organisation, on):
    """For the settings: whom a mail reaches on that day, and a stand-in whom it does not. Three queries."""
    watchers = watchers_of(organisation, on)
    chosen = BreachSettings.objects.filter(organisation=organisation).first()
    keys = {user.pk for user in watchers.all} | ({chosen.stand_in_id} if chosen else set())
    found = []
    rows = Membership.objects.on(on).of(organisation).filter(user__in=keys - {None}).select_related("user")
    for row in rows.order_by("user__name", "user__email"):
        row.organisation, row.stands_in = organisation, row.is_standing_in(on)
        is_stand_in = bool(chosen) and row.user_id == chosen.stand_in_id
        may_open = row.can(Permission.BREACHES_VIEW)
        begins_on = row.stands_in_from if row.stands_in_from and row.stands_in_from > on else None
        found.append(
            Receiver(row.user, row.get_role_display(), is_stand_in, may_open, begins_on, row.stands_in_last_day)
        )
    return found


def _is_away(chosen, on):
    begun = chosen.away_from is not None and chosen.away_from <= on
    return begun and (chosen.away_until is None or on < chosen.away_until)


def reported(breach, *, at):
    """Tell whoever watchers that a breach was reported; the worker sends it within seconds. Within the act."""
    on = timezone.localdate(at)
    clock = _clock(breach, terms.of(breach.organisation, on))
    watchers = watchers_of(breach.organisation, on)
    for person in watchers.on_report:
        _write("breach_reported", breach, person, watchers, stage="reported", clock=clock, at=at)


def remind(at):
    """Mail the latest warning that is due of every running breach; returns how many mails that made.

    It stops with a notification to the authority or a decision not to notify. After a standstill the earlier stages
    are left out, as they say nothing any more.
    """
    due = _due(at)
    told = set(
        OutgoingMail.objects.filter(thing__in=[_thing(breach) for breach, *_rest in due]).values_list(
            "thing", "stage", "recipient"
        )
    )
    watchers, made = {}, 0
    for breach, clock, stage in due:
        if breach.organisation_id not in watchers:
            watchers[breach.organisation_id] = watchers_of(breach.organisation, timezone.localdate(at))
        name = f"{stage}@{clock.aware_at:%Y-%m-%dT%H:%M:%S}"  # a later moment of awareness makes another clock
        for person in watchers[breach.organisation_id].all:
            if (_thing(breach), name, person.email) not in told:
                who = watchers[breach.organisation_id]
                _write("breach_clock", breach, person, who, stage=name, clock=clock, at=at, late=stage == LATE)
                made += 1
    return made


def _due(at):
    """[(breach, clock, stage)] of the running breaches of which some stage has come; the last one counts."""
    running = defaultdict(list)
    for breach in watch.watched(Breach.objects.open()).filter(is_running=True).select_related("organisation"):
        running[breach.organisation].append(breach)
    found = []
    for organisation, breaches in running.items():
        lengths = terms.of_days(organisation, {timezone.localdate(breach.aware_at) for breach in breaches})
        for breach in breaches:
            clock = _clock(breach, lengths[timezone.localdate(breach.aware_at)])
            due = clock.due(at)
            if due:
                found.append((breach, clock, due[-1].stage))
    return found


def _clock(breach, length):
    if breach.role == BreachRole.PROCESSOR or breach.aware_at is None:
        return None
    return Clock(breach.aware_at, hours=length.deadline, stages=length.warnings)


def _write(name, breach, person, watchers, *, stage, clock, at, **context):
    mail.write(
        name,
        thing=_thing(breach),
        stage=stage,
        recipient=person.email,
        language=person.language,
        at=at,
        context={
            "breach": breach,
            "organisation": breach.organisation,
            "left": clock and clock.left(at),
            "deadline": clock and clock.deadline,
            "url": full_address("breaches:breach", breach.organisation.slug, breach.pk),
            "members_url": full_address("accounts:members", breach.organisation.slug),
            "is_shut_out": watchers.are_shut_out,
            **context,
        },
    )


def _thing(breach):
    return f"breach:{breach.pk}"
