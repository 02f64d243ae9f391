"""The only place in Python that knows of htmx."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers


def asks_for_part(request):
    """Whether htmx asked, for a part of the page; going back in the browser asks for the whole."""
    return request.headers.get("HX-Request") == "true" and not request.headers.get("HX-History-Restore-Request")


def is_page_of(request):
    """Whether the page that asked for a part is the page of this very address, and not one that holds it."""
    return asks_for_part(request) and urlsplit(request.headers.get("HX-Current-URL", "")).path == request.path


def go(request, url):
    """To another page, also when htmx asked for a part of this one."""
    return HttpResponse(headers={"HX-Redirect": url}) if asks_for_part(request) else redirect(url)


def page(request, template, context=None, *, fragment=None, status=None):
    """Answer with the whole page, or with `fragment` when htmx asked for a part of it."""
    part = fragment and asks_for_part(request)
    response = TemplateResponse(request, fragment if part else template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])  # otherwise the back button would show a bare fragment
    return response
