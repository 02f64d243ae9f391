"""What we ask of the sign-in library: nobody signs up without an invitation, second factors are stored encrypted, mail
goes through the outbox in its reader's language, and single sign-on opens no account."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.shortcuts import render

from core.fields import seal, unseal


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Never: an invitation makes the account itself (`accounts.actions.invitations.accept`)."""
        return False


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
