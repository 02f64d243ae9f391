"""The first page after signing in: what needs this person today, and how the record stands."""

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import wording
from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from register import extensions, today


@require_safe
@requires(Permission.ORGANISATION_VIEW)
def show(request, organisation):
    """Whoever may not read the register sees the organisation's name and what rooms offer, nothing of the record."""
    membership = request.membership
    if not membership.can(Permission.REGISTER_VIEW):
        boxes = extensions.today(membership, at=timezone.now())
        return page(request, "register/dashboard/index.html", {"figures": None, "boxes": boxes})
    prefetch_related_objects([membership], "department_rows")  # asked by every question below
    on = timezone.localdate()
    figures = today.standing(membership, on=on)
    context = {
        "on": on,
        "boxes": extensions.today(membership, at=timezone.now()),
        "waiting": today.waiting_for(membership, on=on),
        "figures": figures,
        "findings": today.found(membership, on=on),
        "steps": today.first_steps(membership, figures),
        "nobody_keeps": not figures["running"] and today.nobody_keeps(membership, on),
        "least_complete": today.least_complete(membership) if figures["incomplete"] else [],
        "changes": [(change, wording.of(change)) for change in today.last_changes(membership)],
    }
    return page(request, "register/dashboard/index.html", context)
