"""The third gate: a key of the API, for another system. Every operation names the scope that opens it.

The one rule: what a key reaches is of its own organisation, `request.auth.organisation`, and nothing else is there.
"""

from django.utils import timezone
from ninja.errors import AuthorizationError, Throttled
from ninja.security import HttpBearer

from accounts.actions import api_keys
from core.counting import one_more


class Key(HttpBearer):
    """`Key(Scope.X)` lets in who shows a key with that scope; `Key()` any key that works."""

    def __init__(self, scope=None):
        super().__init__()
        self.scope = scope

    def authenticate(self, request, token):
        now = timezone.now()
        key = api_keys.find(token, on=timezone.localdate(now))
        if key is None:
            return None
        if one_more(f"api:{key.pk}:{now:%Y%m%d%H%M}", seconds=120, cache="worker") > key.per_minute:
            raise Throttled(60 - now.second)
        if self.scope is not None and self.scope not in key.scopes:
            raise AuthorizationError
        return key
