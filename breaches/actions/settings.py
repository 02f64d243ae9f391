"""Changing how an organisation deals with breaches."""

from django.db.models import Q
from django.utils import timezone

from accounts.history import act
from accounts.models import Membership
from accounts.permissions import Permission


def change(settings, *, by, at):
    """Keep the settings, new or changed. Who stands in may open and handle breaches while the DPO is away."""
    with act(settings.organisation, by=by, at=at, kind="breach.settings"):
        settings.save()
        _lend(settings, timezone.localdate(at))
    return settings


def _lend(settings, on):
    """To nobody but the stand-in, who is not lent what their own role may, and never without an end."""
    rows = Membership.objects.on(on).of(settings.organisation).select_related("organisation")
    touched = Q(user=settings.stand_in_id) | Q(stands_in_from__isnull=False)
    for row in rows.filter(touched).select_for_update(of=("self",)):
        period = (settings.away_from, settings.away_until)
        is_needed = row.user_id == settings.stand_in_id and Permission.BREACHES_HANDLE not in row.own_permissions
        wanted = period if is_needed and None not in period else (None, None)
        if (row.stands_in_from, row.stands_in_until) != wanted:
            row.stands_in_from, row.stands_in_until = wanted
            row.save()
