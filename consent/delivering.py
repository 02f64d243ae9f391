"""Telling webhooks what changed: in batches out of the ledger, from where each of them was.

The one rule: at least once, and in order. What was answered with anything but a 2xx is sent again, with growing pauses;
after three days nothing more is sent until somebody says so, and then it goes on where it stopped.
"""

import hashlib
import hmac
import json
from datetime import timedelta
from time import monotonic

from django.core.serializers.json import DjangoJSONEncoder

from core import outgoing

from . import stream
from .kinds import Happening
from .models import WebhookState

BATCH, BATCHES = 200, 5  # of one webhook in one turn
BUSY = timedelta(minutes=3)  # after which another worker may take over
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=2)
PATIENCE = timedelta(days=3)
BOTH_SECRETS = timedelta(days=1)
AT_ONCE = 20  # webhooks in one turn
TURN = timedelta(seconds=20)  # after which no other webhook is begun: mail waits for this same thread of the worker


def deliver(at):
    """A sweep: tell webhooks that are due what they have not heard, the longest waiting first. A query when none is."""
    due = WebhookState.objects.filter(due_at__lte=at, given_up_at=None, webhook__ended_at=None)
    if not due.exists():
        return
    until, began = stream.horizon(), monotonic()
    waiting = due.filter(heard__lt=until).select_related("webhook__organisation").order_by("due_at")
    for state in waiting[:AT_ONCE]:
        now = at + timedelta(seconds=int(monotonic() - began))
        if now - at > TURN:
            break
        if _claim(state, now):
            _tell(state, until, now)


def _claim(state, at):
    """Ours, when nobody else took it first."""
    same = WebhookState.objects.filter(pk=state.pk, due_at=state.due_at)
    return same.update(due_at=at + BUSY) == 1


def _tell(state, until, at):
    webhook = state.webhook
    for _turn in range(BATCHES):
        events, heard, more = stream.after(webhook.organisation, state.heard, limit=BATCH, until=until)
        wanted = [event for event in events if not webhook.kinds or Happening(event.kind).code in webhook.kinds]
        if wanted:
            answer = send(webhook, {"events": [stream.told(event) for event in wanted], "next": heard}, at)
            if not is_good(answer):
                return _failed(state, answer, at)
            _note(state, last_answer=answer, delivered_at=at)
        _note(state, heard=heard, tries=0, failing_since=None)
        if not more:
            break
    return _note(state, due_at=at)


def send(webhook, content, at):
    """One POST; returns the status as text, or why there was none."""
    body = json.dumps({"webhook": str(webhook.pk), **content}, cls=DjangoJSONEncoder).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Dertig",
        "Dertig-Signature": signature(webhook, body, at),
    }
    try:
        return str(outgoing.post(webhook.url, body, headers))
    except outgoing.Unreachable as trouble:
        return trouble.code


def test(webhook, at):
    """Send no events at all, so that the other side can be tried; returns its state, with the answer."""
    _note(webhook.state, last_answer=send(webhook, {"events": [], "next": None, "test": True}, at))
    return webhook.state


def signature(webhook, body, at):
    """`t` is the moment, `v1` the HMAC-SHA-256 over that, a point and the body; twice while two secrets hold."""
    moment = str(int(at.timestamp()))
    secrets = [webhook.secret]
    if webhook.secret_before and at - webhook.secret_changed_at < BOTH_SECRETS:
        secrets.append(webhook.secret_before)
    said = moment.encode() + b"." + body
    marks = [f"v1={hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()}" for secret in secrets]
    return ",".join([f"t={moment}", *marks])


def is_good(answer):
    return len(answer) == 3 and answer.startswith("2")


def pause(tries):
    return min(FIRST_PAUSE * 2 ** min(tries - 1, 10), LONGEST_PAUSE)


def _failed(state, answer, at):
    since = state.failing_since or at
    tries = state.tries + 1
    ended = at if at - since >= PATIENCE else None
    _note(state, tries=tries, failing_since=since, due_at=at + pause(tries), last_answer=answer, given_up_at=ended)


def _note(state, **values):
    for name, value in values.items():
        setattr(state, name, value)
    WebhookState.objects.filter(pk=state.pk).update(**values)
