"""The one door for every act on a breach: it is locked, the act writes, and the state is made what follows from it."""

from contextlib import contextmanager

from accounts.history import act
from accounts.models import Controller
from breaches import states
from breaches.law import Involvement
from breaches.models import Breach
from register.checks import storing


@contextmanager
def acting(breach, *, by, at, kind, reason="", details=None):
    """Do something to a breach as one act; gives the locked row as it stands now, which is saved when it changed.

    The worker asks the rules again afterwards: about the breach itself after every act, and about the activities that
    it hit when it was closed or reopened, since only that tells something of them. The sentence of the kind (see
    `breaches.wording`) may name %(code)s. Seven queries besides those of `act`.
    """
    with act(breach.organisation, by=by, at=at, kind=kind, reason=reason, details=details or {}) as going_on:
        locked = Breach.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=breach.pk)
        going_on.details.setdefault("code", locked.code)
        before = _values(locked)
        yield locked
        locked.state = states.of(locked, recorded(locked))
        if _values(locked) != before:
            locked.revision += 1
            locked.save()
        if locked.closed_at != before["closed_at"]:
            storing.wait(locked.breachactivity_rows.values("activity"))
        going_on.touch(locked)


def recorded(breach):
    """What was recorded of a breach. Six queries."""
    return states.Recorded(
        assessments=tuple(breach.assessment_rows.select_related("by")),
        decisions=tuple(breach.decision_rows.select_related("by")),
        notifications=tuple(breach.notification_rows.all()),
        communications=tuple(breach.communication_rows.all()),
        clients=tuple(breach.breachparty_rows.filter(involvement=Involvement.CLIENT)),
        authorities=states.authorities(breach, Controller.objects.filter(activities__breach_rows__breach=breach)),
    )


def _values(breach):
    return {field.attname: getattr(breach, field.attname) for field in breach._meta.concrete_fields}
