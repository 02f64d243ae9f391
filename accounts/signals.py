"""What the sign-in library tells us becomes an event."""

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.dispatch import receiver

from . import events
from .models import Event, User

Kind = Event.Kind


@receiver(account.user_logged_in, dispatch_uid="accounts.signed_in")
def signed_in(request, user, **kwargs):
    how = [step.get("method", "") for step in request.session.get("account_authentication_methods", [])]
    events.record(Kind.SIGNED_IN, request=request, user=user, details={"methods": how})


@receiver(auth.user_login_failed, dispatch_uid="accounts.sign_in_failed")
def sign_in_failed(credentials, request=None, **kwargs):
    email = str(credentials.get("email") or credentials.get("username") or "")
    user = User.objects.filter(email__iexact=email).first() if email else None
    events.record(Kind.SIGN_IN_FAILED, request=request, user=user, details={"trace": events.trace(email)})


@receiver(mfa.authentication_failed, dispatch_uid="accounts.second_factor_failed")
def second_factor_failed(request, user, **kwargs):
    events.record(Kind.SIGN_IN_FAILED, request=request, user=user, details={"step": "second_factor"})


@receiver(auth.user_logged_out, dispatch_uid="accounts.signed_out")
def signed_out(request, user, **kwargs):
    if user is not None:
        events.record(Kind.SIGNED_OUT, request=request, user=user)


@receiver(
    [account.password_set, account.password_changed, account.password_reset], dispatch_uid="accounts.password_changed"
)
def password_changed(request, user, **kwargs):
    events.record(Kind.PASSWORD_CHANGED, request=request, user=user)


@receiver(account.email_changed, dispatch_uid="accounts.email_changed")
def email_changed(request, user, to_email_address, **kwargs):
    details = {"trace": events.trace(to_email_address.email)}
    events.record(Kind.EMAIL_CHANGED, request=request, user=user, details=details)


@receiver(
    [mfa.authenticator_added, mfa.authenticator_removed, mfa.authenticator_reset],
    dispatch_uid="accounts.second_factor_changed",
)
def second_factor_changed(signal, request, user, authenticator, **kwargs):
    done = {
        mfa.authenticator_added: "added",
        mfa.authenticator_removed: "removed",
        mfa.authenticator_reset: "renewed",
    }[signal]
    details = {"done": done, "factor": str(authenticator.type)}
    events.record(Kind.SECOND_FACTOR_CHANGED, request=request, user=user, details=details)
