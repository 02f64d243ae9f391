"""What every part of the API shares: what may come in, and the one shape in which it says no.

The one rule: an error is {"error": {"code", "message", "where"}}, the message a sentence in the language that was asked
for; it never repeats what a machine made of the error.
"""

import logging
import re
from functools import wraps
from typing import Annotated

from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError, OperationalError
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, Throttled, ValidationError
from pydantic import AwareDatetime, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from .forms import FIRST_DAY, LAST_DAY
from .refusal import BUSY, RETRY_AFTER, Refused, busy, name_of

log = logging.getLogger("dertig.api")

LARGEST = 2**63 - 1  # of a number in the database
WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}", re.ASCII)


class Incoming(Schema):
    """What a request may say: nothing that is not named, so that a slip of the pen is not lost without a word."""

    model_config = ConfigDict(extra="forbid")


class Problem(Exception):
    """No, with a status and a stable code. `more` stands beside the error in the answer."""

    def __init__(self, status, code, message, where="", **more):
        super().__init__(message)
        self.status, self.code, self.message, self.where, self.more = status, code, message, where, more


class ErrorSaid(Schema):
    code: str
    message: str
    where: str = ""


class ErrorOut(Schema):
    error: ErrorSaid


ERRORS = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429, 503), ErrorOut)


def text(most, least=1):
    """A text without NUL, which databases refuse."""
    return Annotated[str, StringConstraints(min_length=least, max_length=most, pattern=r"^[^\x00]*$")]


def _moment(value):
    """Written in full, and within the calendar: at its edges a moment does not exist in every time zone."""
    if not isinstance(value, str) or not WRITTEN.match(value):
        raise PydanticCustomError("moment", "")
    if not FIRST_DAY.year <= int(value[:4]) <= LAST_DAY.year:
        raise PydanticCustomError("moment", "")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]


def answer(status, code, message, where="", **more):
    error = {"code": code, "message": str(message), "where": where}
    return JsonResponse({"error": error, **more}, status=status)


def not_there(request, **kwargs):
    """For every address under the API that is none."""
    return answer(404, "not_found", _("There is nothing here."))


def in_one_shape(view):
    """A view of the API, which also says so in our shape when it is asked by a method that it does not know."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        said = answer(405, "wrong_method", _("This address cannot be asked with this method of HTTP."))
        said["Allow"] = response["Allow"]
        return said

    return answered


def handle(api):
    """Let an API answer in the one shape, whatever goes wrong."""
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)


def _problem(request, problem):
    return answer(problem.status, problem.code, problem.message, problem.where, **problem.more)


def _refused(request, refusal):
    said = " ".join(str(part) for part in (refusal.message, refusal.remedy) if part)
    return answer(409, "refused", said, str(refusal.where or ""))


def _invalid(request, error):
    first = error.errors[0]
    sentence = SENTENCES.get(first["type"]) or SENTENCES.get(first["type"].partition("_")[0])
    return answer(422, "invalid", sentence() if sentence else _("This is not what is asked here."), _where(first))


def _where(error):
    """`body.said.address.value` is `address.value` to the sender, who knows no names of our arguments."""
    source, *rest = error["loc"]
    return ".".join(str(part) for part in (rest[1:] if source == "body" else rest))


SENTENCES = {
    "missing": lambda: _("This must be given."),
    "extra": lambda: _("Nothing of this name is asked here."),
    "string": lambda: _("This is no text of the asked length and signs."),
    "literal": lambda: _("This is none of the words that are known here."),
    "enum": lambda: _("This is none of the words that are known here."),
    "uuid": lambda: _("This is no id."),
    "moment": lambda: _("Write date, time and time zone, such as 2026-03-01T09:30:00+01:00."),
    "datetime": lambda: _("Write date, time and time zone, such as 2026-03-01T09:30:00+01:00."),
    "timezone": lambda: _("Write date, time and time zone, such as 2026-03-01T09:30:00+01:00."),
    "too_long": lambda: _("There are too many of these."),
    "too_short": lambda: _("There are too few of these."),
}


def _unknown_key(request, error):
    response = answer(401, "no_key", _("Give a key that works, in the header Authorization: Bearer."))
    response["WWW-Authenticate"] = "Bearer"
    return response


def _forbidden(request, error):
    return answer(403, "wrong_scope", _("This key does not open that."))


def _too_fast(request, error):
    response = answer(429, "too_many", _("These were too many requests in a minute. Try again later."))
    response["Retry-After"] = str(error.wait)
    return response


def _unreadable(request, error):
    return answer(error.status_code, "unreadable", _("The request is no JSON that can be read."))


def _too_large(request, error):
    return answer(413, "too_large", _("The request is too large. Send less at a time."))


def _clash(request, error):
    log.warning("the database refused", exc_info=error, extra={"request": request})
    return answer(
        409, "clash", _("Somebody did the same at this very moment, or it goes against what stands. Try again.")
    )


def _busy(request, error):
    if name_of(error) not in BUSY:
        return _failed(request, error)
    log.warning("the database was busy", extra={"request": request})
    response = answer(503, "busy", str(busy()))
    response["Retry-After"] = RETRY_AFTER
    return response


def _nothing(request, error):
    return not_there(request)


def _failed(request, error):
    log.error("the API failed", exc_info=error, extra={"request": request})
    return answer(500, "failed", _("Something went wrong here. Try again later."))


HANDLERS = {
    Problem: _problem,
    Refused: _refused,
    ValidationError: _invalid,
    AuthenticationError: _unknown_key,
    AuthorizationError: _forbidden,
    Throttled: _too_fast,
    HttpError: _unreadable,
    IntegrityError: _clash,
    OperationalError: _busy,
    RequestDataTooBig: _too_large,
    Http404: _nothing,
    Exception: _failed,
}
