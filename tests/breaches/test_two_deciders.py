"""Two people at one breach at the same moment: one act after the other, and nobody closes past another."""

import pytest
from django.db import connection

from accounts.verification import verify
from breaches.actions import closing, deciding, facts
from breaches.actions.acting import acting
from breaches.kinds import Cause
from breaches.law import Exemption
from breaches.models import Decision
from breaches.states import State
from core.refusal import Refused
from tests.factories import breaches as make
from tests.factories.accounts import AT
from tests.register.test_two_at_once import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="the SQLite of the tests is in memory, where two connections cannot wait"
    ),
]


def caught(act):
    """The answer, or the decision that was in the way."""

    def done():
        try:
            return act()
        except deciding.Overtaken as overtaken:
            return overtaken

    return done


def ready():
    breach = make.BreachFactory(complete=True)
    make.AssessmentFactory(breach=breach)
    make.DecisionFactory(breach=breach, tell=False)
    make.DecisionFactory(breach=breach, about="people", tell=False, exemption=Exemption.NO_HIGH_RISK)
    return breach


def test_of_two_deciders_the_second_is_told_of_the_first():
    breach = make.BreachFactory()
    decide = [
        caught(
            lambda tell=tell: deciding.decide(
                breach, about="authority", tell=tell, reason="Because", by=None, at=AT, seen=None
            )
        )
        for tell in (True, False)
    ]
    results = at_once(*decide)
    assert sum(isinstance(one, deciding.Overtaken) for one in results) == 1
    assert Decision.objects.filter(breach=breach).count() == 1
    assert list(verify(breach.organisation)) == []


def test_nobody_closes_past_a_notification_that_is_not_complete():
    """Whoever comes second sees what the first did: the notification stands, or the breach is closed."""
    breach = ready()

    def notify():
        with acting(breach, by=None, at=AT, kind="breach.notified") as locked:
            facts.ask_open(locked)
            make.NotificationFactory(breach=locked, is_complete=False)

    notified, closed = at_once(notify, lambda: closing.close(breach, by=None, at=AT))
    assert isinstance(notified, Refused) != isinstance(closed, Refused)
    breach.refresh_from_db()
    assert breach.state == (State.CLOSED if isinstance(notified, Refused) else State.NOTIFIED_FIRST)


def test_a_breach_is_closed_once():
    breach = ready()
    results = at_once(*[lambda: closing.close(breach, by=None, at=AT)] * 3)
    assert sum(isinstance(one, Refused) for one in results) == 2


def test_two_sections_saved_at_once_are_both_kept():
    breach = make.BreachFactory()
    at_once(
        lambda: facts.change(breach, {"cause": Cause.HACKING}, by=None, at=AT, section="facts"),
        lambda: facts.change(breach, {"lessons": "Check twice"}, by=None, at=AT, section="remedy"),
    )
    breach.refresh_from_db()
    assert (breach.cause, breach.lessons, breach.revision) == (Cause.HACKING, "Check twice", 3)
