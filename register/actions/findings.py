"""What people decide about findings: living with one, no longer so, and which rules count here."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import history
from accounts.history import act
from core.refusal import Refused
from register.checks.engine import RULES, Group
from register.models import Finding, FindingAcceptance, RuleSetting


def accept(findings, *, by, at, reason, until=None):
    """Live with these findings (of one organisation) for a reason, until a day or until further notice.

    An acceptance that was there already, lapsed or not, is closed by the new one. Returns the acceptances.
    """
    findings = list(findings)
    if not findings:
        return []
    if not reason.strip():
        raise Refused(_("Say why this is accepted: the reason stays with the finding."))
    if until is not None and until <= timezone.localdate(at):
        raise Refused(_("The day until which this is accepted must lie in the future."))
    organisation = findings[0].organisation
    with act(organisation, by=by, at=at, kind="findings.accepted", reason=reason) as going_on:
        _close(FindingAcceptance.objects.of(organisation).filter(key__in=[one.key for one in findings]), at=at)
        made = history.create_many([_acceptance(one, by=by, at=at, reason=reason, until=until) for one in findings])
        for finding, acceptance in zip(findings, made, strict=True):
            finding.acceptance = acceptance
        Finding.objects.bulk_update(findings, ["acceptance"], batch_size=200)
        _say(going_on, made, until=until and until.isoformat())
    return made


def withdraw(acceptances, *, by, at, reason=""):
    """No longer accept: the findings count again."""
    organisation = next((one.organisation for one in acceptances), None)
    if organisation is None:
        return
    with act(organisation, by=by, at=at, kind="findings.acceptance_withdrawn", reason=reason) as going_on:
        keys = [one.pk for one in acceptances]
        closed = _close(FindingAcceptance.objects.of(organisation).filter(pk__in=keys), at=at, reason=reason)
        if not closed:
            raise Refused(_("This acceptance was withdrawn already."))
        Finding.objects.of(organisation).filter(acceptance__in=closed).update(acceptance=None)
        _say(going_on, closed)


def switch(organisation, code, *, on, by, at, reason=""):
    """Let a rule ("L001") or a group of rules ("L") count here, or not. Off asks for a reason.

    A group that is switched on counts for imported activities too. The rules of the record stay on as a group.
    """
    if code not in RULES and code not in Group:
        raise Refused(_("There is no such rule."))
    if not on and not reason.strip():
        raise Refused(_("Say why this rule does not count here."))
    if not on and code == Group.RECORD:
        raise Refused(
            _("The rules of Art. 30 as a whole stay on."), remedy=_("Switch off the single rule that does not fit.")
        )
    details = {"code": code, "on": on}
    with act(organisation, by=by, at=at, kind="rules.switched", reason=reason, details=details):
        row = RuleSetting.objects.select_for_update().filter(organisation=organisation, code=code).first()
        row = row or RuleSetting(organisation=organisation, code=code)
        row.is_on, row.reason = on, reason
        row.save()
        if not on:
            unwanted = {"group": code} if code in Group else {"rule": code}
            Finding.objects.of(organisation).present().filter(**unwanted).update(gone_at=at)
    return row


def _acceptance(finding, **given):
    names = ("organisation", "key", "rule", "subject_kind", "subject_id", "activity_id")
    return FindingAcceptance(**{name: getattr(finding, name) for name in names}, **given)


def _close(acceptances, *, at, reason=""):
    rows = list(acceptances.filter(closed_at=None).select_for_update(of=("self",)))
    for row in rows:
        row.closed_at, row.close_reason = at, reason
    return history.change_many(rows, ["closed_at", "close_reason"])


def _say(going_on, acceptances, **more):
    rules = sorted({one.rule for one in acceptances})
    going_on.details.update(count=len(acceptances), rules=rules[:10], **more)
    going_on.touch(*{one.activity_id or one.subject_id for one in acceptances})
