"""Webhooks, made and ended by the system that wants to hear."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import Field

from accounts.api import Key
from accounts.models import Scope
from consent.actions import webhooks as acts
from consent.models import Webhook
from core import outgoing
from core.api import ERRORS, Incoming, Problem, text

from . import words
from .words import Said

router = Router()


class WebhookIn(Incoming):
    """`kinds` are what it hears; none is everything."""

    url: text(500)
    kinds: list[Literal[tuple(words.HAPPENINGS)]] = Field([], max_length=len(words.HAPPENINGS))


class WebhookOut(Schema):
    id: UUID
    url: str
    kinds: list[Said]
    delivered_at: datetime | None
    failing_since: datetime | None
    given_up_at: datetime | None


class MadeOut(Schema):
    id: UUID
    secret: str


class WebhooksOut(Schema):
    webhooks: list[WebhookOut]


@router.get("/webhooks", auth=Key(Scope.WEBHOOKS), response={200: WebhooksOut} | ERRORS, summary="List the webhooks")
def webhooks(request):
    """Those that are not ended, with the last delivery and since when they fail."""
    rows = Webhook.objects.of(request.auth.organisation).in_use().select_related("state")
    return {"webhooks": [_out(row) for row in rows]}


@router.post("/webhooks", auth=Key(Scope.WEBHOOKS), response={201: MadeOut} | ERRORS, summary="Make a webhook")
def make_webhook(request, wanted: WebhookIn):
    """The secret with which you check `Dertig-Signature` is told here, once."""
    if not outgoing.is_reachable(wanted.url):
        sentence = _("Give an address that begins with https:// and can be reached from the internet.")
        raise Problem(422, "invalid", sentence, "url")
    webhook = Webhook(organisation=request.auth.organisation, url=wanted.url, kinds=sorted(set(wanted.kinds)))
    secret = acts.make(webhook, by=None, at=timezone.now())
    return Status(201, {"id": webhook.pk, "secret": secret})


@router.delete("/webhooks/{webhook}", auth=Key(Scope.WEBHOOKS), response={204: None} | ERRORS, summary="End a webhook")
def end_webhook(request, webhook: UUID):
    found = Webhook.objects.of(request.auth.organisation).in_use().select_related("organisation").filter(pk=webhook)
    row = found.first()
    if row is None:
        raise Http404
    acts.end(row, by=None, at=timezone.now())
    return Status(204, None)


def _out(row):
    state = row.state
    return {
        "id": row.pk,
        "url": row.url,
        "kinds": row.kinds,
        "delivered_at": state.delivered_at,
        "failing_since": state.failing_since,
        "given_up_at": state.given_up_at,
    }
