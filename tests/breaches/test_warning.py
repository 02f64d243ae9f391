"""Mails while the time to notify runs: to whom, when, what stops them, and never twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.core import mail as outbox
from django.core.management import call_command
from django.db import connection

from accounts import mail, sweeps
from accounts.history import act
from accounts.models import OutgoingMail
from breaches.actions import warning
from breaches.actions.acting import acting
from breaches.models import BreachSettings
from tests.factories.accounts import MembershipFactory, OrganisationFactory
from tests.factories.breaches import BreachFactory, DecisionFactory, NotificationFactory

pytestmark = pytest.mark.django_db
AWARE = datetime(2026, 6, 1, 9, tzinfo=UTC)


def hours(number):
    return AWARE + timedelta(hours=number)


def somebody(organisation, role, name, **fields):
    user = {"user__email": f"{name}@example.org", "user__language": "en"}
    return MembershipFactory(organisation=organisation, role=role, **user, **fields).user


@pytest.fixture
def organisation():
    organisation = OrganisationFactory()
    for role, name in (("dpo", "dpo"), ("privacy_officer", "officer"), ("approver", "boss"), ("editor", "editor")):
        somebody(organisation, role, name)
    return organisation


def running(organisation, **fields):
    moments = {"aware_at": AWARE, "first_signal_at": AWARE, "reported_at": AWARE}
    return BreachFactory(organisation=organisation, **moments | fields)


def subjects(recipient="dpo@example.org"):
    return list(
        OutgoingMail.objects.filter(recipient=recipient).order_by("created_at").values_list("subject", flat=True)
    )


def settings_of(organisation, **fields):
    with act(organisation, by=None, at=AWARE, kind="breach.settings"):
        chosen = BreachSettings(organisation=organisation, **fields)
        chosen.save()


def test_it_warns_at_each_stage_and_once_when_late(organisation):
    breach = running(organisation)
    for hour in range(100):
        warning.remind(hours(hour))
    warning.remind(hours(72) + timedelta(seconds=1))
    code = breach.code
    assert subjects() == [
        f"Data breach {code}: 48 hours left",
        f"Data breach {code}: 24 hours left",
        f"Data breach {code}: 12 hours left",
        f"Data breach {code}: 1 hour left",
        f"Data breach {code} is 1 hour late",
    ]
    assert set(OutgoingMail.objects.values_list("recipient", flat=True)) == {"dpo@example.org", "officer@example.org"}


def test_a_mail_holds_number_and_hours_and_nothing_of_the_breach(organisation):
    running(organisation, title="Letter about debts", facts="Secret facts", place="Elm Street")
    warning.remind(hours(30))
    letter = OutgoingMail.objects.first()
    for secret in ("debts", "Secret", "Elm"):
        assert secret not in letter.subject + letter.body
    assert "There are 42 hours left, until" in letter.body


def test_after_a_standstill_only_the_last_stage_is_mailed(organisation):
    breach = running(organisation)
    warning.remind(hours(65))
    assert subjects() == [f"Data breach {breach.code}: 7 hours left"]
    warning.remind(hours(66))
    assert len(subjects()) == 1


@pytest.mark.parametrize(
    ("row", "stops"),
    [
        (lambda breach: NotificationFactory(breach=breach, kind="first"), True),
        (lambda breach: DecisionFactory(breach=breach, about="authority", tell=False), True),
        (lambda breach: DecisionFactory(breach=breach, about="authority", tell=True), False),
        (lambda breach: DecisionFactory(breach=breach, about="people", tell=False), False),
        (lambda breach: NotificationFactory(breach=breach, kind="withdrawal"), False),
    ],
    ids=["notified", "decided not to notify", "decided to notify", "decided about people", "notification withdrawn"],
)
def test_what_stops_the_warnings(organisation, row, stops):
    row(running(organisation))
    warning.remind(hours(25))
    assert bool(subjects()) is not stops


@pytest.mark.parametrize("fields", [{"role": "processor"}, {"aware_at": None}])
def test_without_a_clock_nobody_is_warned(organisation, fields):
    running(organisation, **fields)
    assert warning.remind(hours(80)) == 0


def test_what_was_closed_warns_no_more(organisation):
    breach = running(organisation)
    with acting(breach, by=None, at=hours(1), kind="breach.not_a_breach") as locked:
        locked.state, locked.closed_at, locked.outcome_reason = "not_a_breach", hours(1), "Nobody's data."
    assert warning.remind(hours(80)) == 0


def test_a_drill_says_so_in_the_subject(organisation):
    breach = running(organisation, is_drill=True)
    warning.reported(breach, at=hours(1))
    warning.remind(hours(30))
    warning.remind(hours(80))
    assert len(subjects()) == 3
    assert all(subject.startswith("DRILL: ") for subject in subjects())


def test_another_moment_of_awareness_is_another_clock(organisation):
    breach = running(organisation)
    warning.remind(hours(50))
    with acting(breach, by=None, at=hours(51), kind="breach.changed") as locked:
        locked.aware_at = hours(24)
    warning.remind(hours(51))
    assert subjects() == [f"Data breach {breach.code}: 22 hours left", f"Data breach {breach.code}: 45 hours left"]


@pytest.mark.parametrize(
    ("away", "told"),
    [
        ({"away_from": "2026-05-30", "away_until": "2026-06-02"}, True),
        ({"away_from": "2026-05-30"}, True),
        ({"away_from": "2026-05-01", "away_until": "2026-06-01"}, False),
        ({"away_from": "2026-06-02"}, False),
        ({}, False),
    ],
)
def test_the_stand_in_hears_of_a_report_when_the_dpo_is_away_and_of_each_warning(organisation, away, told):
    settings_of(organisation, stand_in=somebody(organisation, "approver", "stand-in"), **away)
    breach = running(organisation)
    warning.reported(breach, at=AWARE)
    assert bool(subjects("stand-in@example.org")) is told
    warning.remind(hours(24))
    assert subjects("stand-in@example.org")[-1] == f"Data breach {breach.code}: 48 hours left"


def test_a_stand_in_who_has_left_is_not_mailed(organisation):
    gone = {"valid_from": "2020-01-01", "valid_until": "2021-01-01"}
    settings_of(organisation, stand_in=somebody(organisation, "editor", "stand-in", **gone), away_from="2026-01-01")
    warning.reported(running(organisation), at=AWARE)
    assert subjects("stand-in@example.org") == []


def test_where_nobody_watches_the_administrator_hears_of_it():
    organisation = OrganisationFactory()
    somebody(organisation, "administrator", "admin")
    somebody(organisation, "editor", "editor")
    warning.reported(running(organisation), at=AWARE)
    letter = OutgoingMail.objects.get()
    assert letter.recipient == "admin@example.org"
    assert "/members/" in letter.body
    assert "/breaches/" not in letter.body


def test_a_stand_in_is_mailed_only_while_they_may_open_breaches(organisation):
    away = {"stands_in_from": "2026-06-02", "stands_in_until": "2026-06-04"}
    settings_of(organisation, stand_in=somebody(organisation, "editor", "stand-in", **away))
    running(organisation)
    warning.remind(hours(24) - timedelta(hours=10))
    assert subjects("stand-in@example.org") == []
    warning.remind(hours(25))
    assert len(subjects("stand-in@example.org")) == 1
    warning.remind(hours(73))
    assert len(subjects("stand-in@example.org")) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_a_run_without_news_costs_the_same_for_any_number(organisation, rows, django_assert_num_queries):
    for _each in range(rows):
        running(organisation)
    warning.remind(hours(30))
    with django_assert_num_queries(1 + 2 + 2 + 1):  # breaches, the law, who watches, what was mailed
        warning.remind(hours(31))


def test_the_command_and_the_worker_do_the_same_once(organisation, settings, time_machine):
    time_machine.move_to(hours(49), tick=False)
    running(organisation)
    call_command("send_reminders")
    sweeps.take_turns(hours(49))
    call_command("send_reminders")
    assert [letter.subject.split(": ")[1] for letter in outbox.outbox] == ["23 hours left"] * 2
    assert {letter.to[0] for letter in outbox.outbox} == {"dpo@example.org", "officer@example.org"}


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="the SQLite of the tests is in memory, where two connections cannot wait"
)
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_the_same_moment_mail_once():
    organisation = OrganisationFactory()
    somebody(organisation, "dpo", "dpo")
    for _each in range(5):
        running(organisation)
    together = Barrier(4)

    def run(_number):
        try:
            together.wait(timeout=20)
            warning.remind(hours(61))
            mail.send_waiting(hours(61))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    mail.send_waiting(hours(62))
    assert OutgoingMail.objects.count() == len(outbox.outbox) == 5
    assert len({letter.subject for letter in outbox.outbox}) == 5
