"""What the law still asks of a breach before it may be closed, each with the place where it can be given."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.permissions import Permission as P

from . import states

PLACES = {
    "facts": ("section", "facts"),
    "effects": ("section", "effects"),
    "remedy": ("section", "remedy"),
    "aware": ("section", "aware"),
    "late_reason": ("section", "aware"),
    "assessment": ("assess",),
    "authority_decision": ("decide", "authority"),
    "people_decision": ("decide", "people"),
    "notification": ("notify",),
    "every_authority": ("notify",),
    "follow_up": ("notify",),
    "communication": ("tell",),
    "controllers": ("controllers",),
    "controllers_told": ("controllers",),
}
"""By what is missing: the name of the page where it is given, and the words in its address after the breach."""


@dataclass(frozen=True)
class Need:
    key: str
    words: str
    url: str
    permission: str
    """Who may give it."""


def of(breach, recorded, *, deadline):
    """No query."""
    return [need(breach, key) for key in states.missing(breach, recorded, deadline=deadline)]


def need(breach, key):
    name, *words = PLACES[key]
    url = reverse(f"breaches:{name}", args=[breach.organisation.slug, breach.pk, *words])
    permission = P.BREACHES_DECIDE if name == "decide" else P.BREACHES_HANDLE
    return Need(key, states.NEEDS[key], url, permission)
