"""Lists that people want back: their own, and those that others share."""

from django.contrib import messages
from django.db.models import Q
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from register.forms.filters import SavedViewForm
from register.listing import Asked
from register.models import SavedView


def views_of(membership):
    """What a member may open: the own views, and the shared ones of the organisation."""
    mine = Q(user=membership.user_id) | Q(shared=True)
    return SavedView.objects.filter(mine, organisation=membership.organisation_id, list_name="activities")


def offered(membership, query):
    """The views for the menu of the list, with the one that is on. One query."""
    url = reverse("register:activities", args=[membership.organisation.slug])
    return [
        {
            "name": view.name,
            "url": f"{url}?{view.query}" if view.query else url,
            "active": bool(view.query) and view.query == query,
            "shared": view.shared,
            "mine": view.user_id == membership.user_id,
        }
        for view in views_of(membership)
    ]


@requires(Permission.REGISTER_VIEW)
def index(request, organisation):
    """The own and shared views, and a form to keep the list one came from."""
    membership = request.membership
    kept = SavedView(organisation=organisation, user=membership.user)
    query = Asked.of(QueryDict(request.GET.get("query", ""))).query()
    form = SavedViewForm(request.POST or None, instance=kept, initial={"query": query})
    if request.method == "POST" and form.is_valid():
        view = form.save(commit=False)
        view.query = Asked.of(QueryDict(view.query)).query()
        view.save()
        messages.success(request, _("The view “%(name)s” has been saved.") % {"name": view.name})
        return redirect(_list_url(organisation, view.query))
    context = {
        "form": form,
        "query": form["query"].value() or "",
        "views": views_of(membership).select_related("user"),
        "list_url": _list_url(organisation, ""),
        "back_url": _list_url(organisation, form["query"].value()),
    }
    return page(request, "register/activities/saved_views.html", context)


@require_POST
@requires(Permission.REGISTER_VIEW)
def delete(request, organisation, pk):
    """One's own view; a shared one stays for others until its maker takes it away."""
    view = get_object_or_404(SavedView, pk=pk, organisation=organisation, user=request.user)
    view.delete()
    messages.success(request, _("The view “%(name)s” is gone.") % {"name": view.name})
    return redirect("register:saved_views", organisation.slug)


def _list_url(organisation, query):
    url = reverse("register:activities", args=[organisation.slug])
    return f"{url}?{query}" if query else url
