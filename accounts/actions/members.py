"""Memberships are periods: a new role ends one and starts another, so that who might do what on a day stays known.

The one rule: an organisation always keeps an administrator without an end date, and nobody changes their own role.
"""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import events, history
from accounts.models import Event, Membership, MembershipDepartment, Organisation
from accounts.permissions import Role
from core.refusal import Refused


def start(organisation, *, user, role, by, at, valid_until=None, departments=()):
    """Make somebody a member from today on. Whoever is one already, or will be, is refused."""
    today = timezone.localdate(at)
    details = {"person": user.name, "role": role}
    with history.act(organisation, by=by, at=at, kind="membership.started", details=details):
        _lock(organisation)
        still = Membership.objects.of(organisation).filter(Q(valid_until=None) | Q(valid_until__gt=today), user=user)
        if still.exists():
            raise Refused(_("This person is a member already. Change their role on the page of members."))
        membership = Membership(
            organisation=organisation, user=user, role=role, valid_from=today, valid_until=valid_until
        )
        membership.save()
        _limit(membership, departments)
    return membership


def change(membership, *, role, valid_until, departments, by, at, reason="", request=None):
    """Give a member another role, last day or departments from today on. Returns the membership that holds now.

    Another role ends the present period today and starts a new one; anything else changes the period itself.
    """
    today = timezone.localdate(at)
    if membership.user_id == by.pk and role != membership.role:
        raise Refused(_("Nobody changes their own role. Ask another administrator."))
    if valid_until is not None and valid_until <= today:
        raise Refused(
            _("The last day cannot lie in the past."), remedy=_("To end the membership now, choose “End membership”.")
        )
    before = membership.role
    details = {"person": membership.user.name, "role": role, "before": before}
    kind = "membership.changed" if role == before else "membership.role_changed"
    with history.act(membership.organisation, by=by, at=at, kind=kind, reason=reason, details=details):
        _lock(membership.organisation)
        if role != before and membership.valid_from < today:
            membership.valid_until = today
            membership.save()
            membership = Membership(
                organisation=membership.organisation, user=membership.user, role=role, valid_from=today
            )
        membership.role, membership.valid_until = role, valid_until
        membership.save()
        _limit(membership, departments)
        if before == Role.ADMINISTRATOR:
            _keep_an_administrator(membership.organisation, today)
    if role != before:
        record = {"before": before, "role": role}
        _event(Event.Kind.ROLE_CHANGED, membership, record, by=by, at=at, request=request)
    return membership


def end(membership, *, by, at, reason="", request=None):
    """Let a membership end today: from this moment on the member sees nothing. A period of no day at all disappears."""
    today = timezone.localdate(at)
    details = {"person": membership.user.name, "role": membership.role}
    with history.act(membership.organisation, by=by, at=at, kind="membership.ended", reason=reason, details=details):
        _lock(membership.organisation)
        if membership.valid_from < today:
            membership.valid_until = today
            membership.save()
        else:
            _limit(membership, ())
            membership.delete()
        if membership.role == Role.ADMINISTRATOR:
            _keep_an_administrator(membership.organisation, today)
    _event(Event.Kind.MEMBERSHIP_ENDED, membership, {"role": membership.role}, by=by, at=at, request=request)


def _limit(membership, departments):
    """Make the departments of a membership exactly these, by difference."""
    wanted = {department.pk for department in departments}
    for row in membership.department_rows.all():
        if row.department_id in wanted:
            wanted.discard(row.department_id)
        else:
            row.delete()
    for department_id in sorted(wanted):
        MembershipDepartment(membership=membership, department_id=department_id).save()


def _lock(organisation):
    """Two administrators who remove each other at the same moment come one after the other."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _keep_an_administrator(organisation, today):
    lasting = Membership.objects.of(organisation).on(today)
    if not lasting.filter(role=Role.ADMINISTRATOR, valid_until=None, user__is_active=True).exists():
        raise Refused(
            _("An organisation always needs an administrator without an end date, and this is the last one."),
            remedy=_("Make somebody else administrator first."),
        )


def _event(kind, membership, details, *, by, at, request):
    events.record(
        kind,
        request=request,
        organisation=membership.organisation,
        user=by,
        subject=membership.user.name,
        details=details,
        at=at,
    )
