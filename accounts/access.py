"""The one gate. Every view under /o/<slug>/ is decorated with `requires`; nothing else decides who may enter."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from .models import Membership


def membership_of(user, slug, *, on):
    """The membership of `user` in the organisation at `slug` that is valid on `on`, or None. One query."""
    found = (
        Membership.objects.on(on)
        .select_related("organisation", "user")
        .filter(user=user, organisation__slug=slug)
        .first()
    )
    if found is not None:
        found.stands_in = found.is_standing_in(on)
    return found


def requires(permission):
    """Let a member holding `permission` in; hand the view that member's organisation.

    A stranger gets 404, so that nobody learns which organisations exist; a member without the permission gets 403. The
    permission stays readable on the view, for the test that walks all URLs. `request.membership` is set for the view.
    """

    def decorate(view):
        @wraps(view)
        def gated(request, organisation, **kwargs):
            membership = membership_of(request.user, organisation, on=timezone.localdate())
            if membership is None:
                raise Http404
            if not membership.can(permission):
                raise PermissionDenied
            request.membership = membership
            return view(request, membership.organisation, **kwargs)

        gated.permission = permission
        return gated

    return decorate


def can(request):
    """For templates: `{% if "register.edit" in can %}`, and the organisation and membership of the page. No query."""
    membership = getattr(request, "membership", None)
    if membership is None:
        return {"can": frozenset(), "membership": None, "organisation": None}
    return {
        "can": frozenset(str(permission) for permission in membership.permissions),
        "membership": membership,
        "organisation": membership.organisation,
    }
