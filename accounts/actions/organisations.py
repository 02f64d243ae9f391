"""The organisation itself, its departments and its controllers."""

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts import events, history
from accounts.controllers import content_of, digest_of
from accounts.models import Controller, ControllerVersion, Event
from core import canonical
from core.refusal import Refused

SCHEMA = 1


def create(organisation, *, by, at):
    """Save a new organisation."""
    with history.act(organisation, by=by, at=at, kind="organisation.created", details={"name": organisation.name}):
        organisation.save(force_insert=True)
    return organisation


def change(organisation, *, changed, by, at, request=None):
    """Save changed settings. `changed` names the fields, for the event."""
    with history.act(organisation, by=by, at=at, kind="organisation.changed", details={"fields": sorted(changed)}):
        organisation.save()
    events.record(
        Event.Kind.SETTINGS_CHANGED,
        request=request,
        organisation=organisation,
        user=by,
        subject=organisation.name,
        details={"fields": sorted(changed)},
        at=at,
    )


def save_department(department, *, by, at):
    kind = "department.added" if department._state.adding else "department.changed"
    _refuse_a_circle(department)
    with history.act(department.organisation, by=by, at=at, kind=kind, details={"name": department.name}):
        department.save()
    return department


def retire_department(department, *, on, by, at):
    """Offer it no longer; what names it keeps it. `on=None` takes it back into use."""
    kind = "department.retired" if on else "department.taken_back"
    with history.act(department.organisation, by=by, at=at, kind=kind, details={"name": department.name}):
        department.retired_on = on
        department.save()


def _refuse_a_circle(department):
    above = department.parent
    while above is not None:
        if above.pk == department.pk:
            raise Refused(_("A department cannot be part of itself, not even by way of others."))
        above = above.parent


def save_controller(controller, *, by, at):
    """Save the working copy. What documents print stays as it was established."""
    kind = "controller.added" if controller._state.adding else "controller.changed"
    controller.draft_digest = digest_of(content_of(controller))
    with history.act(controller.organisation, by=by, at=at, kind=kind, details={"name": controller.name}) as act:
        act.touch(controller)
        controller.save()
    return controller


def establish_controller(controller, *, valid_from, reason, by, at):
    """Freeze the working copy as the next version, chained to the one before. Returns the version."""
    if not reason.strip():
        raise Refused(_("Say in a few words why this version is established."))
    organisation = controller.organisation
    with history.act(organisation, by=by, at=at, kind="controller.established", reason=reason) as act:
        controller = Controller.objects.select_for_update().get(pk=controller.pk)
        last = controller.versions.order_by("-number").first()
        content = content_of(controller)
        _refuse_version(last, content, valid_from)
        version = ControllerVersion(
            organisation=organisation,
            controller=controller,
            number=(last.number if last else 0) + 1,
            schema=SCHEMA,
            content=content,
            valid_from=valid_from,
            established_at=at,
            established_by=by,
            reason=reason,
            previous=last.digest if last else "",
            change_id=act.change_id,
        )
        version.digest = version_digest(version)
        version.save(force_insert=True)
        act.details |= {"name": controller.name, "number": version.number}
        act.wrote(version)
        act.touch(controller)
        same = digest_of(content)  # kept beside the row, outside its history: a state of the page, not a fact
        Controller.objects.filter(pk=controller.pk).update(draft_digest=same, established_digest=same)
    return version


def _refuse_version(last, content, valid_from):
    if last is None:
        return
    if valid_from < last.valid_from:
        raise Refused(
            _("Version %(number)s is valid from %(day)s. A newer version cannot be valid from an earlier day.")
            % {"number": last.number, "day": last.valid_from.strftime("%d-%m-%Y")}
        )
    if digest_of(content) == digest_of(last.content):
        raise Refused(_("Nothing has changed since version %(number)s.") % {"number": last.number})


def version_digest(version):
    """What the chain of a controller's versions hashes; `verify_history` calculates it again."""
    return canonical.digest(
        {
            "controller": version.controller_id,
            "number": version.number,
            "schema": version.schema,
            "content": version.content,
            "valid_from": version.valid_from,
            "established_at": version.established_at,
            "reason": version.reason,
            "previous": version.previous,
        }
    )


def retire_controller(controller, *, on, by, at):
    """Offer it no longer for new activities; versions and activities keep it."""
    with history.act(
        controller.organisation, by=by, at=at, kind="controller.retired", details={"name": controller.name}
    ):
        controller.retired_on = on
        controller.save()


def next_position(organisation):
    return (organisation.controllers.aggregate(last=Max("position"))["last"] or 0) + 1
