"""How the rules say no. An action raises `Refused` and no view needs try/except: the middleware answers with 409.

The one rule: the message is a whole sentence for the person who asked, already translated, without personal data.
"""

from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers


class Refused(Exception):
    """An act that the rules do not allow now. `where` names the place, `remedy` says what to do instead."""

    def __init__(self, message, *, where=None, remedy=None):
        super().__init__(message)
        self.message, self.where, self.remedy = message, where, remedy

    def __str__(self):
        """All of it on one line, for commands and logs."""
        place = f"{self.where}: " if self.where else ""
        return " ".join(str(part) for part in (f"{place}{self.message}", self.remedy) if part)


class RefusedMiddleware:
    """Turn `Refused` into a page, or into a message in the page when htmx asked.

    The transaction of the action is over by then, and rolled back. htmx puts the message in `#refusal` of base.html.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return refused(request, exception, status=409) if isinstance(exception, Refused) else None


def refused(request, refusal, *, status):
    """The page that says no, or for htmx the message alone, which stays in sight until somebody closes it."""
    fragment = request.headers.get("HX-Request") == "true"
    template = "components/refusal.html" if fragment else "refused.html"
    response = TemplateResponse(request, template, {"refusal": refusal, "can_close": fragment}, status=status)
    if fragment:
        response["HX-Retarget"] = "#refusal"
        response["HX-Reswap"] = "innerHTML"
    patch_vary_headers(response, ["HX-Request"])
    return response
