"""The only place in Python that knows of htmx."""

from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers


def asks_for_part(request):
    """Whether htmx asked, for a part of the page; going back in the browser asks for the whole."""
    return request.headers.get("HX-Request") == "true" and not request.headers.get("HX-History-Restore-Request")


def page(request, template, context=None, *, fragment=None, status=None):
    """Answer with the whole page, or with `fragment` when htmx asked for a part of it."""
    part = fragment and asks_for_part(request)
    response = TemplateResponse(request, fragment if part else template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])  # otherwise the back button would show a bare fragment
    return response
