"""How a breach ends: closed when the law asks nothing more, found to be none, taken back; and opened again."""

from django.utils import timezone
from django.utils.translation import gettext as _

from breaches import needs, watch
from breaches.models import BreachSettings
from breaches.states import State
from core.dates import add_months
from core.refusal import Refused

from .acting import acting, recorded
from .facts import ask_open


def close(breach, *, by, at):
    """Close what is complete. What the law still asks is judged under the lock, so that nobody closes past it."""
    with acting(breach, by=by, at=at, kind="breach.closed") as locked:
        ask_open(locked)
        lacking = needs.of(locked, recorded(locked), deadline=watch.deadline_of(locked))
        if lacking:
            raise Refused(
                _("The law still asks something of this breach, so it cannot be closed yet."),
                remedy=" ".join(str(need.words) for need in lacking),
            )
        _end(locked, State.CLOSED, by=by, at=at)
    return locked


def find_no_breach(breach, *, reason, by, at):
    """It turned out to be no breach of personal data; it stays in a list of its own, with the reason."""
    return _left_out(breach, State.NOT_A_BREACH, "breach.not_a_breach", reason=reason, by=by, at=at)


def withdraw(breach, *, reason, by, at):
    """The report was a mistake, such as a second report of the same."""
    return _left_out(breach, State.WITHDRAWN, "breach.withdrawn", reason=reason, by=by, at=at)


def reopen(breach, *, reason, by, at):
    """Open it again: the clock runs on from the same awareness, and the details are kept on."""
    with acting(breach, by=by, at=at, kind="breach.reopened", reason=reason) as locked:
        if locked.is_open:
            raise Refused(_("This breach is open already."))
        locked.closed_at = locked.closed_by = locked.details_until = None
        locked.outcome_reason = ""
        locked.reopened_at = at
    return locked


def _left_out(breach, state, kind, *, reason, by, at):
    with acting(breach, by=by, at=at, kind=kind, reason=reason) as locked:
        ask_open(locked)
        if recorded(locked).notified:
            raise Refused(
                _("The authority was notified of this breach."), remedy=_("Record the withdrawal of that first.")
            )
        locked.outcome_reason = reason
        _end(locked, state, by=by, at=at)
    return locked


def _end(breach, state, *, by, at):
    breach.state, breach.closed_at, breach.closed_by = state, at, by
    kept = BreachSettings.objects.filter(organisation=breach.organisation).first() or BreachSettings()
    breach.details_until = add_months(timezone.localdate(at), 12 * kept.details_years)
