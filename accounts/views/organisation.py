from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page


@require_safe
@requires(Permission.ORGANISATION_VIEW)
def show(request, organisation):
    return page(request, "accounts/organisation.html")
