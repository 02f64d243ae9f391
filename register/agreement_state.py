"""How an agreement, and a party as a whole, stands on a day."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .law import RecipientRole
from .models import Agreement, RecipientLine


@dataclass(frozen=True)
class State:
    """`tone` is that of the page components: the shape beside the word."""

    key: str
    label: str
    tone: str


IN_FORCE = State("in_force", _("In force"), "good")
NOT_YET = State("not_yet", _("Not started yet"), "waiting")
EXPIRED = State("expired", _("Expired"), "bad")
UNSIGNED = State("unsigned", _("Not signed yet"), "draft")
ENDED = State("ended", _("Ended"), "ended")
MISSING = State("missing", _("Missing"), "bad")
STATES = (IN_FORCE, NOT_YET, EXPIRED, UNSIGNED, ENDED)

NEEDED = {
    RecipientRole.PROCESSOR: Agreement.Kind.PROCESSING,
    RecipientRole.SUB_PROCESSOR: Agreement.Kind.PROCESSING,
    RecipientRole.JOINT_CONTROLLER: Agreement.Kind.JOINT,
}
"""The agreement that a role asks for: Art. 28(3) and Art. 26(1)."""


def state(agreement, on):
    """The state of one agreement on a day. No query."""
    if agreement.status == Agreement.Status.ENDED:
        return ENDED
    if agreement.status != Agreement.Status.SIGNED:
        return UNSIGNED
    if agreement.is_in_force(on):
        return IN_FORCE
    return EXPIRED if agreement.valid_until is not None and agreement.valid_until <= on else NOT_YET


def party_state(roles, agreements, on):
    """How a party in these roles stands: the worst of what its roles ask for; None when no agreement is needed.

    Without an agreement in force, the state of the one that comes nearest; "missing" when there is none of that kind.
    """
    needed = {NEEDED[role] for role in roles if role in NEEDED}
    found = [_best([state(one, on) for one in agreements if one.kind == kind]) for kind in sorted(needed)]
    return next((one for one in found if one is not IN_FORCE), IN_FORCE) if found else None


def _best(states):
    order = (IN_FORCE, NOT_YET, UNSIGNED, EXPIRED, ENDED)
    return min(states, key=order.index, default=MISSING)


def state_q(key, on):
    """Condition on agreements: `state(…)` on that day is the one with this key."""
    signed = Q(status=Agreement.Status.SIGNED)
    expired = Q(valid_until__isnull=False, valid_until__lte=on)
    started = Q(valid_from__lte=on) | Q(valid_from=None, signed_on__lte=on)
    return {
        "in_force": signed & started & ~expired,
        "not_yet": signed & ~started & ~expired,
        "expired": signed & expired,
        "unsigned": Q(status__in=[Agreement.Status.REQUESTED, Agreement.Status.NEGOTIATION]),
        "ended": Q(status=Agreement.Status.ENDED),
    }[key]


def without_agreement_q(on):
    """Condition on parties: some activity gives them a role whose agreement is not in force on the day."""
    lacking = Q(pk__in=[])
    for kind in sorted(set(NEEDED.values())):
        roles = [role for role, needed in NEEDED.items() if needed == kind]
        asked = RecipientLine.objects.order_by().filter(party__isnull=False, role__in=roles)
        there = Agreement.objects.order_by().filter(state_q("in_force", on), kind=kind, retired_on=None)
        lacking |= Q(pk__in=asked.values("party")) & ~Q(pk__in=there.values("party"))
    return lacking
