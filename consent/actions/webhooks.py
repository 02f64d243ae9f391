"""Making and ending webhooks. The one rule: the secret is told once, to whoever makes it."""

import secrets
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import events
from accounts.history import act
from accounts.models import Event
from consent import stream
from consent.models import Webhook, WebhookState
from core.refusal import Refused

MOST = 20


def make(webhook, *, by, at):
    """Save a new webhook (unsaved); it hears what happens from now on. Returns its secret."""
    organisation = webhook.organisation
    start = stream.horizon()
    with act(organisation, by=by, at=at, kind="webhook.made", details={"url": webhook.url}):
        if Webhook.objects.of(organisation).in_use().count() >= MOST:
            raise Refused(_("There are as many webhooks as there may be."), remedy=_("End one first."))
        webhook.secret = _new_secret()
        webhook.created_at = webhook.secret_changed_at = at
        webhook.save(force_insert=True)
        WebhookState.objects.create(webhook=webhook, heard=start, due_at=at)
    return webhook.secret


def change_secret(webhook, *, by, at):
    """Sign with a new secret from now on, and for a day with the old one too. Returns the new one."""
    with _changing(webhook, by=by, at=at, kind="webhook.secret_changed") as row:
        row.secret_before, row.secret, row.secret_changed_at = row.secret, _new_secret(), at
        row.save()
    return row.secret


def end(webhook, *, by, at):
    """It hears nothing any more. Twice is once."""
    with _changing(webhook, by=by, at=at, kind="webhook.ended") as row:
        if row.ended_at is None:
            row.ended_at = at
            row.save()


@transaction.atomic
def try_again(webhook, *, by, at):
    """Go on where it stopped, as if it had not failed."""
    WebhookState.objects.filter(webhook=webhook).update(due_at=at, tries=0, failing_since=None, given_up_at=None)
    details = {"what": "try again"}
    organisation = webhook.organisation
    events.record(
        Event.Kind.SETTINGS_CHANGED, organisation=organisation, user=by, subject=webhook.url, details=details, at=at
    )


@contextmanager
def _changing(webhook, *, by, at, kind):
    with act(webhook.organisation, by=by, at=at, kind=kind, details={"url": webhook.url}):
        yield Webhook.objects.select_for_update(of=("self",)).get(pk=webhook.pk)


def _new_secret():
    return "whsec_" + secrets.token_urlsafe(32)
