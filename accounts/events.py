"""The log of what leaves no row behind: sign-ins, downloads, exports, changes of role. Written once, never changed.

The one rule: no e-mail address and no whole network address. Text is copied, so that an event outlives its subject.
"""

import hashlib
import hmac
import ipaddress

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from .models import Event, Membership


def record(kind, *, request=None, organisation=None, user=None, subject="", details=None, at=None):
    """Write one event. From `request` come person, organisation and the shortened address, unless they are given."""
    if request is not None:
        user = user or (request.user if request.user.is_authenticated else None)
        membership = getattr(request, "membership", None)
        organisation = organisation or (membership.organisation if membership else None)
    return Event.objects.create(
        kind=kind,
        organisation=organisation,
        user=user,
        subject=str(subject)[:300],
        details=details or {},
        address=network_of(request),
        at=at or timezone.now(),
    )


def seen_by(organisation):
    """The events of an organisation, and those without one (sign-ins) of people who were its members that day."""
    then_member = Membership.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=OuterRef("day")),
        organisation=organisation,
        user=OuterRef("user"),
        valid_from__lte=OuterRef("day"),
    )
    events = Event.objects.annotate(day=TruncDate("at"))
    return events.filter(Q(organisation=organisation) | Q(organisation=None) & Exists(then_member)).order_by(
        F("at").desc(), "pk"
    )


def address_of(request):
    """The visitor's address as the trusted proxies tell it, or nothing."""
    if request is None:
        return ""
    try:
        return get_adapter(request).get_client_ip(request)
    except PermissionDenied:  # how the library says that there is none
        return ""


def shortened(address):
    """The network that an address belongs to: enough to notice something odd, too little to point at a person."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 48), strict=False))


def network_of(request):
    """The network that the visitor comes from, or nothing."""
    return shortened(address_of(request))


def trace(email):
    """The same short mark for the same address, which nobody can turn back without our key."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, email.strip().lower().encode(), hashlib.sha256).hexdigest()[:16]
