"""The language somebody chose, whatever their browser says. The theme stands in the page itself (`user.theme`)."""

from django.utils import translation


class PreferencesMiddleware:
    """Speak the language of the signed-in user. A visitor keeps what `LocaleMiddleware` found: cookie, then browser."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
