"""Who must sign in first, and the language somebody chose. The theme stands in the page itself (`user.theme`)."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.utils import translation
from django.utils.translation import gettext as _

from core.htmx import asks_for_part
from core.refusal import Refused, refused


class SignedInMiddleware(LoginRequiredMiddleware):
    """Send whoever is not signed in to the page where they do. A part of a page is not answered with that page, since
    what stands half typed in it would be gone: it says why, with 401.
    """

    def handle_no_permission(self, request, view_func):
        if not asks_for_part(request):
            return super().handle_no_permission(request, view_func)
        remedy = _("Sign in in another window, then come back here and try again: what you typed is still here.")
        return refused(request, Refused(_("You are signed out."), remedy=remedy), status=401)


class PreferencesMiddleware:
    """Speak the language of the signed-in user. A visitor keeps what `LocaleMiddleware` found: cookie, then browser."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
