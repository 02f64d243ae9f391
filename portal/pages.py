"""How a public page is answered: in which language, and that nobody keeps it past its withdrawal.

The one rule: the language is the one in the address, else the visitor's own, so that a link shows everybody the same.
"""

from django.conf import settings
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers


def language_of(request):
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language()


def rendered(request, template, context, language, status=200):
    with translation.override(language):
        response = render(request, template, context | {"language": language}, status=status)
        response["Content-Language"] = language
    return response


def revalidated(response, *, found):
    """To be asked for again each time: what is withdrawn is gone at once, and an unchanged page is not sent again.

    `found`: whether search engines may list it.
    """
    response["Cache-Control"] = "public, no-cache"
    if not found:
        response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Accept", "Accept-Language", "Cookie"])
    return response
