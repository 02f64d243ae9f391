"""How far a breach is follows from what was recorded, and closing demands what the law demands."""

from datetime import timedelta

import pytest

from breaches import states, watch
from breaches.actions.acting import acting, recorded
from breaches.law import Authority, Involvement, NotificationKind, Role
from breaches.models import Breach
from breaches.states import State
from breaches.watch import Hand
from tests.factories import breaches as make
from tests.factories.accounts import AT, ControllerFactory
from tests.factories.register import ActivityFactory

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=2)
DEADLINE = AT + timedelta(hours=72)


def state_of(breach):
    with acting(breach, by=None, at=LATER, kind="breach.changed") as going_on:
        going_on.lessons = f"Looked again: {going_on.revision}"
    breach.refresh_from_db()
    return breach.state


def test_the_state_goes_along_with_what_is_recorded():
    breach = make.BreachFactory()
    assert state_of(breach) == State.REPORTED
    make.AssessmentFactory(breach=breach)
    assert state_of(breach) == State.ASSESSED
    make.DecisionFactory(breach=breach, about="authority")
    assert state_of(breach) == State.ASSESSED
    make.DecisionFactory(breach=breach, about="people")
    assert state_of(breach) == State.DECIDED
    make.NotificationFactory(breach=breach, is_complete=False)
    assert state_of(breach) == State.NOTIFIED_FIRST
    make.NotificationFactory(breach=breach, kind=NotificationKind.FOLLOW_UP, sent_at=LATER)
    assert state_of(breach) == State.NOTIFIED
    make.CommunicationFactory(breach=breach)
    assert state_of(breach) == State.INFORMED


def test_the_authority_may_be_notified_before_anything_was_assessed():
    breach = make.BreachFactory()
    make.NotificationFactory(breach=breach, is_complete=False)
    assert state_of(breach) == State.NOTIFIED_FIRST
    assert "assessment" in states.missing(breach, recorded(breach), deadline=DEADLINE)


def test_a_withdrawn_notification_no_longer_counts():
    breach = make.BreachFactory()
    make.NotificationFactory(breach=breach)
    make.NotificationFactory(breach=breach, kind=NotificationKind.WITHDRAWAL, sent_at=LATER)
    assert state_of(breach) == State.REPORTED


def test_an_empty_breach_lacks_everything_the_law_asks():
    breach = make.BreachFactory(aware_at=None)
    lacking = states.missing(breach, recorded(breach), deadline=None)
    assert lacking == ["facts", "effects", "remedy", "aware", "assessment", "authority_decision", "people_decision"]
    assert set(lacking) <= states.NEEDS.keys()


def test_a_decision_not_to_notify_lets_a_complete_breach_be_closed():
    breach = make.BreachFactory(complete=True)
    make.AssessmentFactory(breach=breach)
    make.DecisionFactory(breach=breach, about="authority", tell=False)
    make.DecisionFactory(breach=breach, about="people", tell=False, exemption="no_high_risk")
    assert states.missing(breach, recorded(breach), deadline=DEADLINE) == []


def test_what_was_decided_must_have_been_done_before_closing():
    breach = make.BreachFactory(complete=True)
    make.AssessmentFactory(breach=breach)
    make.DecisionFactory(breach=breach, about="authority")
    make.DecisionFactory(breach=breach, about="people")
    assert states.missing(breach, recorded(breach), deadline=DEADLINE) == ["notification", "communication"]
    late = make.NotificationFactory(breach=breach, is_complete=False, sent_at=DEADLINE + timedelta(minutes=1))
    make.CommunicationFactory(breach=breach)
    assert states.missing(breach, recorded(breach), deadline=DEADLINE) == ["follow_up", "late_reason"]
    assert states.missing(breach, recorded(breach), deadline=late.sent_at) == ["follow_up"]


def test_a_processor_tells_its_controllers_and_tests_no_risk():
    breach = make.BreachFactory(complete=True, role=Role.PROCESSOR)
    assert states.missing(breach, recorded(breach), deadline=None) == ["controllers"]
    make.BreachPartyFactory(breach=breach, involvement=Involvement.CLIENT)
    assert states.missing(breach, recorded(breach), deadline=None) == ["controllers_told"]


def test_the_last_decision_counts():
    breach = make.BreachFactory()
    make.DecisionFactory(breach=breach, about="authority", tell=False)
    make.DecisionFactory(breach=breach, about="authority", tell=True, at=LATER)
    assert recorded(breach).decision("authority").tell


def test_a_public_notice_may_stand_in_for_letters_but_must_be_there():
    breach = make.BreachFactory(complete=True)
    make.AssessmentFactory(breach=breach)
    make.DecisionFactory(breach=breach, about="authority", tell=False)
    make.DecisionFactory(breach=breach, about="people", tell=False, exemption="effort")
    assert states.missing(breach, recorded(breach), deadline=DEADLINE) == ["communication"]
    make.CommunicationFactory(breach=breach, is_public=True)
    assert states.missing(breach, recorded(breach), deadline=DEADLINE) == []


def test_a_withdrawal_at_one_authority_leaves_the_notification_to_the_other():
    breach = make.BreachFactory()
    make.NotificationFactory(breach=breach, authority=Authority.GBA)
    make.NotificationFactory(breach=breach, at=AT + timedelta(hours=2))
    make.NotificationFactory(breach=breach, kind=NotificationKind.WITHDRAWAL, at=LATER)
    assert state_of(breach) == State.NOTIFIED
    assert recorded(breach).first_notified_at == AT + timedelta(hours=1)
    assert watch.of_one(watch.watched(Breach.objects.filter(pk=breach.pk)).get(), at=LATER).hand == Hand.NOTIFIED


def test_what_one_authority_still_awaits_is_not_made_good_by_a_complete_notification_to_the_other():
    breach = make.BreachFactory(complete=True)
    make.DecisionFactory(breach=breach)
    make.NotificationFactory(breach=breach, authority=Authority.GBA, is_complete=False)
    make.NotificationFactory(breach=breach, at=AT + timedelta(hours=2))
    assert state_of(breach) == State.NOTIFIED_FIRST
    assert "follow_up" in states.missing(breach, recorded(breach), deadline=DEADLINE)


def test_when_two_authorities_are_competent_closing_asks_a_notification_to_each():
    breach = make.BreachFactory(complete=True)
    make.AssessmentFactory(breach=breach)
    make.DecisionFactory(breach=breach)
    make.DecisionFactory(breach=breach, about="people", tell=False, exemption="no_high_risk")
    controllers = [ControllerFactory(organisation=breach.organisation, authority=name) for name in ("AP", "GBA")]
    for controller in controllers:
        activity = ActivityFactory(organisation=breach.organisation, controller=controller)
        make.BreachActivityFactory(breach=breach, activity=activity)
    make.NotificationFactory(breach=breach)
    assert state_of(breach) == State.NOTIFIED_FIRST
    assert states.missing(breach, recorded(breach), deadline=DEADLINE) == ["every_authority"]
    named = make.NotificationFactory(breach=breach, authority=Authority.GBA, at=DEADLINE + timedelta(hours=1))
    assert states.missing(breach, recorded(breach), deadline=DEADLINE) == ["late_reason"]
    assert states.missing(breach, recorded(breach), deadline=named.sent_at) == []
    assert state_of(breach) == State.NOTIFIED


def test_who_says_which_controller_is_responsible_owes_its_authority_alone():
    breach = make.BreachFactory(complete=True)
    make.DecisionFactory(breach=breach)
    for name in ("AP", "GBA"):
        controller = ControllerFactory(organisation=breach.organisation, authority=name)
        activity = ActivityFactory(organisation=breach.organisation, controller=controller)
        make.BreachActivityFactory(breach=breach, activity=activity)
    make.NotificationFactory(breach=breach)
    breach.controller = controller
    assert "every_authority" not in states.missing(breach, recorded(breach), deadline=DEADLINE)
