"""What is found about a past day is what was found on that day: also about shared rows and the organisation."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils.translation import override

from accounts import history
from accounts.actions import organisations
from register.actions import establish, shared
from register.checks import storing
from register.models import Agreement, Finding
from tests.factories.accounts import ControllerFactory
from tests.factories.register import (
    AgreementFactory,
    MeasureLineFactory,
    RecipientLineFactory,
    RetentionRuleFactory,
    SystemLineFactory,
)
from tests.register.filled import filled

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=3)
DAY = AT.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    """An established activity that uses something of every kind about which there are rules."""
    controller = ControllerFactory(kind="public", dpo_answer="no")
    organisation = controller.organisation
    organisations.establish_controller(controller, valid_from=DAY, reason="Checked", by=None, at=AT)
    activity = filled(organisation, controller=controller)
    used = RecipientLineFactory(activity=activity, role="processor")
    AgreementFactory(party=used.party, organisation=organisation, kind="processing", signed=True, title="Hosting")
    SystemLineFactory(activity=activity, system__name="Rekenblad", system__location="device")
    MeasureLineFactory(activity=activity, measure__status="planned", measure__planned_for=date(2026, 1, 1))
    line = activity.datalines.get()
    with history.act(organisation, by=None, at=AT, kind="test"):
        line.retention = RetentionRuleFactory(organisation=organisation, trigger="")
        line.save()
    establish.establish(activity, by=None, at=AT, reason="Checked")
    return activity


def said_by_command(activity, capsys, day):
    call_command("check_register", "--organisation", activity.organisation.slug, "--on", str(day), "--format", "json")
    answer = json.loads(capsys.readouterr().out)
    found = [*answer["findings"], *(one for each in answer["activities"] for one in each["findings"])]
    return {(one["rule"], one["key"], one["message"], one["severity"]) for one in found}


def stored(activity):
    found = Finding.objects.of(activity.organisation).present()
    return {(one.rule, one.key, one.message, one.severity) for one in found}


def test_the_command_says_of_a_day_what_was_stored_on_that_day(activity, capsys):
    with override("en"):
        storing.catch_up_all(AT)
        then = stored(activity)
        assert {"G001", "P003", "S004", "T005", "S002"} <= {rule for rule, *_rest in then}
        put_right(activity)
        storing.catch_up_all(LATER)
        assert not {"G001", "P003", "S004", "T005"} & {rule for rule, *_rest in stored(activity)}
        assert said_by_command(activity, capsys, DAY) == then


def put_right(activity):
    """Everything shared is put right afterwards, and the activity as well."""
    for row, fields in (
        (Agreement.objects.get(), {"retired_on": LATER.date()}),
        (activity.systemlines.get().system, {"location": "cloud"}),
        (activity.datalines.get().retention, {"trigger": "end_of_contract"}),
        (activity.measurelines.get().measure, {"status": "implemented"}),
    ):
        for name, value in fields.items():
            setattr(row, name, value)
        shared.change(row, by=None, at=LATER)
    controller = activity.controller
    controller.dpo_answer = "yes"
    organisations.save_controller(controller, by=None, at=LATER)
