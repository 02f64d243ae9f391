"""An offer of membership by mail: the link is the proof of the address, so its token is stored as a hash only."""

import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import events, mail
from accounts.models import Event, Invitation, Membership, User
from core.addresses import full_address
from core.refusal import Refused

from . import members, people

LASTS = timedelta(days=14)


@transaction.atomic
def invite(
    organisation, *, email, role, by, at, name="", valid_until=None, departments=(), language="nl", request=None
):
    """Offer somebody a membership and mail them the link. `departments` limit it; none means all of them."""
    email = User.objects.normalize_email(email).strip()
    today = timezone.localdate(at)
    if Membership.objects.of(organisation).on(today).filter(user__email__iexact=email).exists():
        raise Refused(_("This person is a member already. Change their role on the page of members."))
    if valid_until is not None and valid_until <= today:
        raise Refused(_("The last day cannot lie in the past."))
    _let_expire(organisation, email, at=at)
    invitation = Invitation(
        organisation=organisation,
        email=email,
        name=name,
        role=role,
        valid_until=valid_until,
        departments=sorted(str(department.pk) for department in departments),
        language=language,
        invited_by=by,
        invited_at=at,
    )
    token = _renew(invitation, at=at)
    try:
        invitation.validate_constraints()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None
    invitation.save(force_insert=True)
    _send(invitation, token, at=at)
    _event(Event.Kind.INVITED, invitation, by=by, at=at, request=request)
    return invitation


@transaction.atomic
def send_again(invitation, *, by, at, request=None):
    """Mail a new link; the old one stops working. The offer lasts fourteen days again."""
    invitation = _locked(invitation)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused(_("This invitation is no longer open."))
    token = _renew(invitation, at=at)
    invitation.save(update_fields=["token_hash", "expires_at"])
    _send(invitation, token, at=at)
    _event(Event.Kind.INVITED, invitation, by=by, at=at, request=request)


@transaction.atomic
def withdraw(invitation, *, by, at, request=None):
    invitation = _locked(invitation)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused(_("This invitation is no longer open."))
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    _event(Event.Kind.INVITATION_WITHDRAWN, invitation, by=by, at=at, request=request)


def find(token, *, at):
    """The open invitation of this token, or None."""
    found = Invitation.objects.select_related("organisation").filter(token_hash=hashed(token)).first()
    return found if found is not None and found.is_open(at) else None


@transaction.atomic
def accept_with_new_account(invitation, *, name, password, language, at, request=None):
    """Make the account, whose address the link has proved, and the membership. Returns the new user."""
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise Refused(_("There is an account with this address already. Sign in with it to accept the invitation."))
    user = people.create(invitation.email, name=name, language=language, password=password)
    _accept(invitation, user, at=at, request=request)
    return user


@transaction.atomic
def accept(invitation, *, user, at, request=None):
    """Join with the account one has; it must bear the address that was invited."""
    if user.email.lower() != invitation.email.lower():
        raise Refused(
            _("This invitation is for another e-mail address than the one you are signed in with."),
            remedy=_("Sign out, and open the link again."),
        )
    _accept(invitation, user, at=at, request=request)


def _accept(invitation, user, *, at, request):
    invitation = _locked(invitation)
    if not invitation.is_open(at):
        raise Refused(_("This invitation is no longer open."))
    organisation = invitation.organisation
    departments = organisation.departments.filter(pk__in=invitation.departments)
    if invitation.departments and not departments:
        raise Refused(_("The departments of this invitation no longer exist. Ask for a new invitation."))
    members.start(
        organisation,
        user=user,
        role=invitation.role,
        valid_until=invitation.valid_until,
        departments=departments,
        by=user,
        at=at,
    )
    invitation.accepted_at, invitation.accepted_by = at, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _event(Event.Kind.INVITATION_ACCEPTED, invitation, by=user, at=at, request=request)


def _locked(invitation):
    return Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation.pk)


def _let_expire(organisation, email, *, at):
    """An offer that ran out makes room for a new one."""
    Invitation.objects.filter(
        organisation=organisation, email__iexact=email, accepted_at=None, withdrawn_at=None, expires_at__lte=at
    ).update(withdrawn_at=at)


def _renew(invitation, *, at):
    token = secrets.token_urlsafe(32)
    invitation.token_hash = hashed(token)
    invitation.expires_at = at + LASTS
    return token


def hashed(token):
    return hashlib.sha256(token.encode()).hexdigest()


def link(token):
    return full_address("accounts:invitation", token)


def _send(invitation, token, *, at):
    mail.write(
        "invitation",
        thing=f"invitation:{invitation.pk}",
        stage=f"sent {at:%Y-%m-%dT%H:%M:%S.%f}",
        recipient=invitation.email,
        language=invitation.language,
        at=at,
        context={"invitation": invitation, "url": link(token)},
    )


def _event(kind, invitation, *, by, at, request):
    details = {"role": invitation.role}
    events.record(
        kind,
        request=request,
        organisation=invitation.organisation,
        user=by,
        subject=invitation.name or events.trace(invitation.email),
        details=details,
        at=at,
    )
