"""Advice and decisions: the DPO advises, a named person decides, and the last word about each matter counts."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.permissions import Role as MemberRole
from breaches.law import Role
from breaches.models import Advice, Decision
from core.refusal import Refused

from .acting import acting
from .facts import ask_open


class Overtaken(Exception):
    """Somebody else decided the same since the page was opened; `last` is what they decided. Nothing is kept."""

    def __init__(self, last):
        super().__init__("overtaken")
        self.last = last


def advise(breach, *, text, by, at):
    """Record what the DPO advises (Art. 39(1)); also afterwards."""
    with acting(breach, by=by, at=at, kind="breach.advised") as locked:
        row = Advice(organisation=locked.organisation, breach=locked, text=text, by=by, at=at)
        row.save()
    return row


def decide(breach, *, about, tell, reason, by, at, exemption="", seen=None):
    """Decide whether the authority (Art. 33(1)) or the people (Art. 34) are told. The last advice is kept beside it.

    `seen` is the decision that stood there when whoever decides opened the page, or None; with another one there now,
    Overtaken is raised.
    """
    with acting(breach, by=by, at=at, kind="breach.decided", reason=reason, details={"about": about}) as locked:
        ask_open(locked)
        _ask_controller(locked)
        _ask_no_dpo(locked.organisation, by, at)
        last = locked.decision_rows.filter(about=about).select_related("by").first()
        if last != seen:
            raise Overtaken(last)
        row = Decision(
            organisation=locked.organisation,
            breach=locked,
            about=about,
            tell=tell,
            reason=reason,
            exemption=exemption,
            advice=locked.advice_rows.first(),
            by=by,
            at=at,
        )
        row.save()
    return row


def _ask_controller(breach):
    if breach.role == Role.PROCESSOR:
        raise Refused(_("A processor does not decide about the risk: it tells the controllers (Art. 33(2))."))


def _ask_no_dpo(organisation, by, at):
    """Art. 38(6), whatever way the act came in. One query."""
    held = Membership.objects.on(timezone.localdate(at)).filter(organisation=organisation, user=by)
    if by is not None and held.filter(role=MemberRole.DPO).exists():
        raise Refused(
            _("The DPO advises and does not decide (Art. 38(6))."),
            remedy=_("Record your advice, and let somebody else decide."),
        )
