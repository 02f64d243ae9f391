"""Accounts: made, and shut when they are no longer needed."""

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from core.addresses import in_full

from . import members


@transaction.atomic
def create(email, *, name, language, password=None):
    """An account whose address counts as proved: by the link of an invitation, or by whoever runs the machine."""
    user = User.objects.create_user(email, password, name=name, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def password_link(user):
    """The link with which this person chooses a password; works once."""
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    return in_full(path)


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
