"""In which language a page of one person speaks.

The one rule: what the address of the page names, else what the visitor chose before, else what the person speaks.
"""

from django.conf import settings
from django.utils import translation

from consent.receipts import mailing


def speak(request, person):
    """The person's language, until they choose another."""
    if not chosen_language(request) and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        _speak(request, mailing.language_of(person))


def chosen_language(request):
    """Speak the language that the address of the page names; whether it names one."""
    return _speak(request, request.GET.get("language", ""))


def _speak(request, language):
    known = language in dict(settings.LANGUAGES)
    if known:
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
    return known
