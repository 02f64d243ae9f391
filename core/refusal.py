"""How the rules say no. An action raises `Refused` and no view needs try/except: the middleware answers with 409.

The one rule: the message is a whole sentence for the person who asked, already translated, without personal data.
What the database refuses only because somebody else was at it that very moment is told in the same way: nothing was
saved, and trying again is right.
"""

import logging

from django.db import IntegrityError, OperationalError
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

log = logging.getLogger("dertig.refusal")

# What the drivers call it: `sqlstate` of PostgreSQL, `sqlite_errorname` of SQLite.
THERE_ALREADY = {"23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}
BUSY = {"40001", "40P01", "55P03", "SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED"}
RETRY_AFTER = "60"  # seconds, for whoever met a busy database


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
        if isinstance(exception, Refused):
            return refused(request, exception, status=409)
        if isinstance(exception, IntegrityError | OperationalError):
            return collided(request, exception)
        return None


def collided(request, error):
    """The answer when somebody else was first or is still at it; None for any other error, which stays one."""
    name = name_of(error)
    if name in THERE_ALREADY:
        refusal = Refused(_("Somebody did the same at this very moment."), remedy=_("Look what stands there now."))
        response = refused(request, refusal, status=409)
    elif name in BUSY:
        response = refused(request, busy(), status=409 if _wants_fragment(request) else 503)
        response["Retry-After"] = RETRY_AFTER
    else:
        return None
    log.warning("the database refused", exc_info=error, extra={"request": request})
    return response


def busy():
    return Refused(_("Dertig is busy with a large piece of work."), remedy=_("Try again in a minute."))


def name_of(error):
    """What the driver calls an error of the database, or None."""
    return getattr(error.__cause__, "sqlstate", None) or getattr(error.__cause__, "sqlite_errorname", None)


def refused(request, refusal, *, status):
    """The page that says no, or for htmx the message alone, which stays in sight until somebody closes it."""
    fragment = _wants_fragment(request)
    template = "components/refusal.html" if fragment else "refused.html"
    response = TemplateResponse(request, template, {"refusal": refusal, "can_close": fragment}, status=status)
    if fragment:
        response["HX-Retarget"] = "#refusal"
        response["HX-Reswap"] = "innerHTML"
    patch_vary_headers(response, ["HX-Request"])
    return response


def _wants_fragment(request):
    return request.headers.get("HX-Request") == "true"
