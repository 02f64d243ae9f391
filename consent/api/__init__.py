"""The API of consents, for other systems; `config.api` mounts it. Addresses come in the body, never in the path or
query, which end up in logs.
"""

from ninja import Router

from . import changes, checking, klaro, people, purposes, recording, webhooks

router = Router(tags=["consent"])
for part in (purposes, recording, people, checking, changes, klaro, webhooks):
    router.add_router("", part.router)
