"""Finding what a page is about, within what the member may see; anything else is 404."""

from django.shortcuts import get_object_or_404

from register.models import Activity

WITH = ("organisation", "owner", "edited_by", "stale", "controller", "department")


def activity_of(request, pk):
    return get_object_or_404(Activity.objects.visible_to(request.membership).select_related(*WITH), pk=pk)
