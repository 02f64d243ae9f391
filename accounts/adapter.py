"""What we ask of the sign-in library: nobody signs up without an invitation, second factors are stored encrypted, mail
goes through the outbox in its reader's language, and single sign-on opens no account."""

from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, override

from core.addresses import in_full
from core.fields import seal, unseal

from . import events, mail
from .models import Event, User


def _at_our_address(url):
    """A link in a mail, whatever the host header of the request for it said."""
    return in_full(urlsplit(url).path)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Never: an invitation makes the account itself (`accounts.actions.invitations.accept`)."""
        return False

    def get_client_ip(self, request):
        """Who came past the proxies, so that fewer are named than stand in front, is the visitor themselves."""
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            if address := request.META.get("REMOTE_ADDR"):
                return address
            raise PermissionDenied from None

    def get_reset_password_from_key_url(self, key):
        return _at_our_address(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request, emailconfirmation):
        return _at_our_address(super().get_email_confirmation_url(request, emailconfirmation))

    def send_mail(self, template_prefix, email, context):
        """By way of the outbox, in the language of its reader: whether an address is known takes no time to notice."""
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = user.language if user is not None else get_language()
        request, site = current.request, get_current_site(current.request)
        known = {"request": request, "current_site": site, "email": email, "user": user, "base_url": settings.BASE_URL}
        with override(language):
            letter = self.render_mail(template_prefix, email, known | context)
        stage = template_prefix.rpartition("/")[2]
        mail.post(
            thing=f"account:{uuid4()}",
            stage=stage[:40],
            recipient=email,
            subject=letter.subject,
            body=letter.body,
            language=language,
            at=timezone.now(),
        )


class SessionsAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions):
        sessions = list(sessions)
        super().end_sessions(sessions)
        for session in sessions:
            events.record(Event.Kind.SESSION_ENDED, request=current.request, user=session.user)


class MFAAdapter(DefaultMFAAdapter):
    """The library keeps secrets of authenticator apps in the clear unless these two are given."""

    def encrypt(self, text):
        return seal(text)

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Lets in whoever has an account with the same address, once the identity provider calls that address verified."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def authenticate_by_email(self, sociallogin):
        for address in sociallogin.email_addresses:
            address.verified = address.verified in (True, "true")  # some providers send text, and "false" is true
        return super().authenticate_by_email(sociallogin)

    def pre_social_login(self, request, sociallogin):
        if not sociallogin.is_existing and not request.user.is_authenticated:
            raise ImmediateHttpResponse(render(request, "accounts/no_account.html", status=403))
