"""A controller's details count as established: numbered, dated, chained, never changed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from accounts import history
from accounts.actions import organisations
from accounts.controllers import details_on
from accounts.models import Change, ChangeSubject, ControllerVersion
from core.refusal import Refused
from tests.factories.accounts import ControllerFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 10, tzinfo=UTC)


@pytest.fixture
def controller():
    return ControllerFactory(name="Stichting De Brug", dpo_name="Ann")


def establish(controller, on, at=AT, **changes):
    for name, value in changes.items():
        setattr(controller, name, value)
    organisations.save_controller(controller, by=None, at=at)
    return organisations.establish_controller(controller, valid_from=on, reason="new", by=None, at=at)


def test_versions_are_numbered_and_chained(controller):
    one = establish(controller, date(2026, 1, 1))
    two = establish(controller, date(2026, 2, 1), dpo_name="Bob")
    assert (one.number, two.number) == (1, 2)
    assert two.previous == one.digest == organisations.version_digest(one)
    controller.refresh_from_db()
    assert not controller.has_changes()


def test_each_day_shows_the_dpo_of_that_day(controller):
    establish(controller, date(2026, 1, 1))
    establish(controller, date(2026, 3, 1), dpo_name="Bob")

    def dpo(on):
        return details_on(controller.organisation, on).get(controller.pk, {}).get("dpo_name")

    assert dpo(date(2025, 12, 31)) is None
    assert dpo(date(2026, 2, 28)) == "Ann"
    assert dpo(date(2026, 3, 1)) == "Bob"


def test_what_was_not_yet_known_is_not_shown(controller):
    establish(controller, date(2026, 1, 1))
    establish(controller, date(2026, 1, 1), at=AT + timedelta(days=30), dpo_name="Bob")
    then = details_on(controller.organisation, date(2026, 6, 1), known_at=AT + timedelta(days=1))
    assert then[controller.pk]["dpo_name"] == "Ann"
    assert details_on(controller.organisation, date(2026, 6, 1))[controller.pk]["dpo_name"] == "Bob"


def test_no_version_slips_in_before_an_earlier_one(controller):
    establish(controller, date(2026, 3, 1))
    with pytest.raises(Refused, match="valid from 01-03-2026"):
        establish(controller, date(2026, 2, 28), dpo_name="Bob")


def test_the_same_again_is_no_version(controller):
    establish(controller, date(2026, 3, 1))
    with pytest.raises(Refused, match="Nothing has changed"):
        establish(controller, date(2026, 3, 2))


def test_a_reason_is_asked(controller):
    with pytest.raises(Refused, match="why"):
        organisations.establish_controller(controller, valid_from=date(2026, 1, 1), reason=" ", by=None, at=AT)


def test_a_saved_change_shows_until_it_is_established(controller):
    establish(controller, date(2026, 1, 1))
    controller.refresh_from_db()
    controller.phone = "030 123"
    organisations.save_controller(controller, by=None, at=AT)
    controller.refresh_from_db()
    assert controller.has_changes()


def test_a_version_is_hashed_into_the_change_that_made_it(controller):
    version = establish(controller, date(2026, 1, 1))
    change = Change.objects.get(pk=version.change_id)
    [[pk, digest]] = change.rows["accounts.controllerversion"]
    assert pk == str(version.pk)
    fields = change.schema.fields["accounts.controllerversion"]
    assert digest == history.row_digest(ControllerVersion.objects.get(pk=pk), fields)
    assert ChangeSubject.objects.filter(change=change, subject=controller.pk).exists()
    assert change.details == {"name": "Stichting De Brug", "number": 1}


def test_nobody_edits_a_version(controller):
    version = establish(controller, date(2026, 1, 1))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ControllerVersion.objects.filter(pk=version.pk).update(reason="other")
