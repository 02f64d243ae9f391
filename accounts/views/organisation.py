from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.actions import organisations
from accounts.controllers import with_latest_version
from accounts.forms import DepartmentForm, OrganisationForm
from accounts.models import Department
from accounts.permissions import Permission
from core.htmx import page


@require_safe
@requires(Permission.ORGANISATION_VIEW)
def show(request, organisation):
    context = {
        "controllers": with_latest_version(organisation.controllers.all()),
        "departments": organisation.departments.select_related("parent"),
    }
    return page(request, "accounts/organisation.html", context)


@requires(Permission.ORGANISATION_EDIT)
def settings(request, organisation):
    form = OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        if form.changed_data:
            now = timezone.now()
            organisations.change(organisation, changed=form.changed_data, by=request.user, at=now, request=request)
        messages.success(request, _("The settings have been saved."))
        return redirect("accounts:organisation", organisation.slug)
    return page(request, "accounts/organisation_settings.html", {"form": form})


@requires(Permission.ORGANISATION_EDIT)
def department_new(request, organisation):
    return _department_form(request, Department(organisation=organisation))


@requires(Permission.ORGANISATION_EDIT)
def department(request, organisation, department):
    return _department_form(request, get_object_or_404(organisation.departments, pk=department))


def _department_form(request, department):
    form = DepartmentForm(request.POST or None, instance=department)
    if request.method == "POST" and form.is_valid():
        organisations.save_department(department, by=request.user, at=timezone.now())
        messages.success(request, _("The department has been saved."))
        return redirect(_departments(department))
    return page(request, "accounts/department_form.html", {"form": form, "department": department})


@require_POST
@requires(Permission.ORGANISATION_EDIT)
def department_retire(request, organisation, department):
    """Retire a department in use, or take a retired one back."""
    department = get_object_or_404(organisation.departments, pk=department)
    on = None if department.retired_on else timezone.localdate()
    organisations.retire_department(department, on=on, by=request.user, at=timezone.now())
    said = _("The department has been retired.") if on else _("The department is in use again.")
    messages.success(request, said)
    return redirect(_departments(department))


def _departments(department):
    return reverse("accounts:organisation", args=[department.organisation.slug]) + "#departments"
