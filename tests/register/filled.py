"""Activities with everything that establishing asks for, made by the acts that people use."""

from datetime import UTC, datetime

from register import derived
from register.actions import establish
from register.models import Activity
from tests.factories.accounts import ControllerFactory
from tests.factories.register import ActivityFactory, DataLineFactory, PurposeFactory, SubjectLineFactory

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def filled(organisation, *, purpose=None, **fields):
    """A working copy that may be established, with its list columns and filter rows; `purpose` holds fields of its one
    purpose.
    """
    if "controller" not in fields and organisation.controllers.exists():
        fields["controller"] = organisation.controllers.first()
    fields.setdefault("controller", None)
    if fields["controller"] is None:
        fields["controller"] = ControllerFactory(organisation=organisation)
    activity = ActivityFactory(organisation=organisation, **fields)
    PurposeFactory(activity=activity, **(purpose or {}))
    SubjectLineFactory(activity=activity)
    DataLineFactory(activity=activity)
    return refreshed(activity)


def refreshed(activity):
    """The activity after its derived facts were made again, as its acts would have done."""
    derived.refresh([activity], edited_at=AT)
    return Activity.objects.select_related("organisation").get(pk=activity.pk)


def established(organisation, *, at=AT, valid_from=None, **fields):
    """An activity with a first version."""
    activity = filled(organisation, **fields)
    establish.establish(activity, by=None, at=at, reason="Checked", valid_from=valid_from)
    return Activity.objects.select_related("organisation").get(pk=activity.pk)
