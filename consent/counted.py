"""Numbers of people out of the whole ledger. Of a large one the worker counts them each hour, and everybody is shown
what it counted last: to count ten million events takes minutes, which is no time to wait for a page.

The one rule: of a ledger that is not large, every number is of this moment.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.core.cache import cache, caches

from .models import ConsentEvent

LARGE = 200_000  # events of all organisations together
KEPT = 2 * 3600  # seconds
_anew = ContextVar("counting anew", default=False)


def is_large():
    """One query in five minutes of a web process."""
    return caches["worker"].get_or_set("consent-events", _last, 300) >= LARGE


def _last():
    return ConsentEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def each(what, ids, count):
    """{id: number} as `count(ids)` gives it, or as it was counted within two hours; `what` names the numbers."""
    if not is_large():
        return count(ids)
    keys = {one: f"consent-counted:{what}:{one}" for one in ids}
    found = {} if _anew.get() else cache.get_many(keys.values())
    known = {one: found[key] for one, key in keys.items() if key in found}
    missing = [one for one in ids if one not in known]
    if missing:
        known |= (counted := count(missing))
        cache.set_many({keys[one]: counted[one] for one in missing}, KEPT)
    return known


def once(what, about, count):
    """As `each`, of one thing: what `count()` gives."""
    return each(what, [about], lambda _ids: {about: count()})[about]


@contextmanager
def anew():
    """In here everything is counted, and kept for whoever asks next."""
    token = _anew.set(True)
    try:
        yield
    finally:
        _anew.reset(token)
