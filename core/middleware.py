"""What every answer gets: a request number, headers that narrow what a browser may do, one line in the log."""

import logging
import re
import time
import uuid

from django.conf import settings

from core.logs import request_id

log = logging.getLogger("dertig.request")

WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestIdMiddleware:
    """Number each request, so that a complaint, an answer and the lines in the log can be put together.

    A proxy may number it already (X-Request-ID); anything that is not a plain token is replaced.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        request.id = given if WELL_FORMED.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(request.id)
        started = time.monotonic()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request.id
            milliseconds = round((time.monotonic() - started) * 1000)
            log.info("answered", extra={"request": request, "status_code": response.status_code, "ms": milliseconds})
            return response
        finally:
            request_id.reset(token)


class HeadersMiddleware:
    """Send Permissions-Policy, and keep pages about people out of caches that others can read.

    Static files never come here: WhiteNoise answers them with a long life of their own.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = ", ".join(f"{feature}={allowed}" for feature, allowed in settings.PERMISSIONS_POLICY.items())

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", self.policy)
        response.setdefault("Cache-Control", "no-cache, private")
        return response
