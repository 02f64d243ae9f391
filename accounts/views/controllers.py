from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.actions import organisations
from accounts.controllers import content_of, differences, presented, upgraded
from accounts.forms import ControllerForm, EstablishControllerForm
from accounts.models import Change, Controller
from accounts.permissions import Permission
from accounts.wording import sentence
from core.htmx import page


@require_safe
@requires(Permission.ORGANISATION_VIEW)
def show(request, organisation, controller):
    controller = get_object_or_404(organisation.controllers, pk=controller)
    versions = list(controller.versions.select_related("established_by"))
    content = content_of(controller)
    context = {
        "controller": controller,
        "groups": presented(content),
        "versions": versions,
        "latest": versions[0].number if versions else None,
        "changed": differences(upgraded(versions[0]), content) if versions else [],
        "changes": _timeline(controller) if request.membership.can(Permission.HISTORY_VIEW) else [],
        "form": EstablishControllerForm(initial={"valid_from": timezone.localdate()}),
    }
    return page(request, "accounts/controller.html", context)


@require_safe
@requires(Permission.ORGANISATION_VIEW)
def version(request, organisation, controller, number):
    controller = get_object_or_404(organisation.controllers, pk=controller)
    version = get_object_or_404(controller.versions.select_related("established_by"), number=number)
    before = controller.versions.filter(number=number - 1).first()
    content = upgraded(version)
    context = {
        "controller": controller,
        "version": version,
        "groups": presented(content),
        "changed": differences(upgraded(before), content) if before else [],
    }
    return page(request, "accounts/controller_version.html", context)


@requires(Permission.ORGANISATION_EDIT)
def new(request, organisation):
    position = organisations.next_position(organisation)
    country, authority = organisation.country, "GBA" if organisation.country == "BE" else "AP"
    controller = Controller(organisation=organisation, position=position, country=country, authority=authority)
    if not organisation.controllers.exists():
        controller.name = organisation.name
    return _form(request, controller)


@requires(Permission.ORGANISATION_EDIT)
def edit(request, organisation, controller):
    return _form(request, get_object_or_404(organisation.controllers, pk=controller))


def _form(request, controller):
    form = ControllerForm(request.POST or None, instance=controller)
    if request.method == "POST" and form.is_valid():
        organisations.save_controller(controller, by=request.user, at=timezone.now())
        messages.success(request, _("Saved. The record shows it once you establish a new version."))
        return redirect("accounts:controller", controller.organisation.slug, controller.pk)
    return page(request, "accounts/controller_form.html", {"form": form, "controller": controller})


@requires(Permission.ORGANISATION_EDIT)
def establish(request, organisation, controller):
    controller = get_object_or_404(organisation.controllers, pk=controller)
    form = EstablishControllerForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        version = organisations.establish_controller(
            controller, by=request.user, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("Version %(number)s has been established.") % {"number": version.number})
        return redirect("accounts:controller", organisation.slug, controller.pk)
    return page(request, "accounts/controller_establish.html", {"form": form, "controller": controller})


@require_POST
@requires(Permission.ORGANISATION_EDIT)
def retire(request, organisation, controller):
    controller = get_object_or_404(organisation.controllers, pk=controller)
    on = None if controller.retired_on else timezone.localdate()
    organisations.retire_controller(controller, on=on, by=request.user, at=timezone.now())
    said = _("The controller has been retired.") if on else _("The controller is in use again.")
    messages.success(request, said)
    return redirect("accounts:controller", organisation.slug, controller.pk)


def _timeline(controller):
    changes = Change.objects.filter(subjects__subject=controller.pk).select_related("by").order_by("-number")[:50]
    return [(change, sentence(change.kind, change.details)) for change in changes]
