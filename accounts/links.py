"""The second gate: access without an account, by a link that came by mail. Every such view has `requires_link`.

The one rule: opening a link shows, only a POST acts, since mail scanners open links too. Whether a link never existed,
ran out or was taken back, and whose it was, nobody can tell from the answer.
"""

import hashlib
import hmac
import secrets
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from django.utils import timezone

from core.counting import one_more
from core.htmx import page
from core.refusal import Refused

from . import events
from .models import AccessLink

GUESSES = 20  # links that do not work, per visitor and minute
POSTS = 60  # acts per link and minute
# The path holds the token, so no other site and no log of static files may see it. With "no-referrer" browsers would
# send no origin with a form either, and the check against forged forms would refuse it.
HEADERS = {"Referrer-Policy": "strict-origin", "Cache-Control": "no-store, private", "X-Robots-Tag": "noindex"}


def make(organisation, *, purpose, subject, expires_at, by, at):
    """A new link about the row `subject`, and its token, which is told only here."""
    token = _signer(purpose).sign(secrets.token_urlsafe(32))
    link = AccessLink.objects.create(
        organisation=organisation,
        purpose=purpose,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        token_hash=hashed(token),
        created_at=at,
        created_by=by,
        expires_at=expires_at,
    )
    return link, token


def revoke(subject, *, purpose, at):
    """Make all links about this row worthless; returns how many there were."""
    return AccessLink.objects.filter(subject_id=subject.pk, purpose=purpose, revoked_at=None).update(revoked_at=at)


def find(token, *, purpose, at):
    """The open link of this token, or None. A token we never signed for this purpose costs no query."""
    try:
        _signer(purpose).unsign(token)
    except BadSignature:
        return None
    mark = hashed(token)
    link = AccessLink.objects.select_related("organisation").filter(token_hash=mark, purpose=purpose).first()
    if link is None or not hmac.compare_digest(link.token_hash, mark):
        return None
    return link if link.is_open(at) else None


def hashed(token):
    return hashlib.sha256(token.encode()).hexdigest()


def _signer(purpose):
    return Signer(salt=f"accounts.access_link.{purpose}", sep=".")


def requires_link(purpose, *, nobody=None, whose=None):
    """Let in whoever holds an open link for `purpose`; hand the view that link in place of its token.

    `nobody` answers where the link is not open, in place of `closed`; `whose` tells from the address of the page alone
    which organisation it is of, for the answer to who tries too many. A view raises `LinkClosed` when what the link is
    about is over. The purpose stays readable on the view, for the test that walks all addresses.
    """

    def decorate(view):
        @login_not_required
        @wraps(view)
        def gated(request, token, **kwargs):
            response = _answer(request, view, token, purpose, kwargs, nobody or closed, whose)
            for name, value in HEADERS.items():
                response[name] = value
            return response

        gated.link_purpose = purpose
        return gated

    return decorate


class LinkClosed(Exception):
    """What the link is about is over; to the visitor the same as a link that never was."""


def _answer(request, view, token, purpose, kwargs, nobody, whose):
    now = timezone.now()
    guesses = f"access-link-guesses:{events.trace(events.address_of(request))}:{now:%Y%m%d%H%M}"
    if cache.get(guesses, 0) >= GUESSES:
        return later(request, whose(request) if whose else None)
    link = find(token, purpose=purpose, at=now)
    if link is None:
        one_more(guesses, seconds=120)
        return nobody(request)
    if request.method == "POST":
        if one_more(f"access-link-posts:{link.pk}:{now:%Y%m%d%H%M}", seconds=120) > POSTS:
            return later(request, link.organisation)
        AccessLink.objects.filter(pk=link.pk).update(last_used_at=now)
    try:
        return view(request, link, **kwargs)
    except LinkClosed:
        return nobody(request)
    except Refused as refusal:
        return page(request, "accounts/link_refused.html", _shown(link.organisation) | {"refusal": refusal}, status=409)


def later(request, organisation=None):
    """To who asks too often, in the name of the organisation where it is known."""
    return page(request, "accounts/link_later.html", _shown(organisation), status=429)


def _shown(organisation):
    return {"organisation_shown": organisation} if organisation else {}


def closed(request):
    return page(request, "accounts/link_closed.html", status=410)


def too_many(what, *, limit, at):
    """One more of `what` within this hour; whether that is more than `limit`. For acts that few people do often."""
    return one_more(f"access-link-hourly:{what}:{at:%Y%m%d%H}", seconds=3700) > limit
