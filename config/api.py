"""The API for other systems: each app brings its own part, all of them behind a key (`accounts.api`).

The one rule: there is no page that documents it here, since such pages load scripts from elsewhere; docs/api.md does.
"""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from consent.api import router as consent
from core.api import handle, in_one_shape, not_there

api = NinjaAPI(
    title="Dertig",
    version="1",
    urls_namespace="api",
    docs_url=None,
    description="Consents: record them, read where they stand, ask whom may be written to, follow what changes.",
)
handle(api)
api.add_router("", consent)


def _addresses():
    """No address here asks to sign in: each has the gate of keys, but for the document that describes them."""
    patterns, *_names = api.urls
    nothing = csrf_exempt(login_not_required(not_there))  # a key is no cookie
    for pattern in patterns:
        is_root = pattern.name == "api-root"  # ninja would answer with a page there
        pattern.callback = nothing if is_root else login_not_required(in_one_shape(pattern.callback))
    return [*patterns, path("<path:rest>", nothing, name="nothing")], *_names


urls = _addresses()
