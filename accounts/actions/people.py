"""An account that is no longer needed."""

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from accounts.models import Membership

from . import members


@transaction.atomic
def deactivate(user, *, by, at, request=None):
    """End all memberships and sessions and shut the account. What they did keeps their name: rows are never deleted."""
    today = timezone.localdate(at)
    for membership in Membership.objects.on(today).filter(user=user).select_related("organisation", "user"):
        members.end(membership, by=by, at=at, request=request)
    user.is_active = False
    user.save(update_fields=["is_active"])
    for session in UserSession.objects.filter(user=user):
        session.end()
