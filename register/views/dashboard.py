"""The first page after signing in: what needs this person today, and how the record stands."""

from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page


@require_safe
@requires(Permission.ORGANISATION_VIEW)
def show(request, organisation):
    return page(request, "register/dashboard/index.html", {})
