"""Recording a notification: what was answered is frozen and sealed, and nothing impossible is taken."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from accounts.verification import verify
from breaches import filling, sealing
from breaches.actions import notifying
from breaches.actions.acting import acting
from breaches.actions.notifying import Sent, notify
from breaches.authority_forms import reading
from breaches.models import Notification, SealedText
from breaches.states import State
from core.refusal import Refused
from tests.factories import accounts as make
from tests.factories import breaches as of_breach
from tests.factories.accounts import AT
from tests.register.test_two_at_once import at_once

FORMS = reading.forms(date(2026, 11, 22))
NOW = AT + timedelta(days=2)


def by(breach, role="dpo"):
    return make.MembershipFactory(organisation=breach.organisation, role=role)


def sent(kind="first", hours=1, **more):
    return Sent(kind, AT + timedelta(hours=hours), **more)


def record(breach, what=None, *, code="ap", membership=None, at=NOW):
    return notify(breach, FORMS[code], what or sent(), membership=membership or by(breach), at=at)


def change(breach, facts):
    with acting(breach, by=None, at=NOW, kind="breach.changed") as locked:
        locked.facts = facts


def answers_of(row, language="en"):
    (kept,) = notifying.kept([row], language)
    return {answer.number: answer.text for answer in kept.filled.answers}


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["reported", "closed"])
def test_a_notification_is_recorded_from_any_state_and_keeps_what_was_answered(state):
    closed = {"closed_at": AT} if state == "closed" else {}
    breach = of_breach.BreachFactory(facts="A letter went astray.", state=state, **closed)
    row = record(
        breach,
        sent(
            reference="DL-1",
            is_complete=False,
            follow_up_on=date(2026, 12, 1),
            follows="The number of people.",
            asked={"notifier_name": "Anna", "notifier_phone": "070"},
            texts={"9.3": "Limited"},
        ),
    )
    breach.refresh_from_db()
    assert breach.state == (State.CLOSED if closed else State.NOTIFIED_FIRST)
    answers = answers_of(row)
    assert [answers[number] for number in ("5.3", "3.2.1 a", "3.2.1 d", "9.3")] == [
        "A letter went astray.",
        "Anna",
        "070",
        "Limited",
    ]
    assert answers_of(row, "nl")["1.1"] == "Nieuwe melding van één datalek"
    (kept,) = notifying.kept([row], "en")
    assert (kept.follows, kept.is_intact) == ("The number of people.", True)
    assert (row.form, row.reference, row.follow_up_on) == ("ap-2022-08", "DL-1", date(2026, 12, 1))


@pytest.mark.django_db
def test_a_frozen_version_stays_as_it_was_when_the_breach_changes():
    breach = of_breach.BreachFactory(facts="A letter went astray.")
    first = record(breach)
    change(breach, "Two letters went astray.")
    later = record(breach, sent("follow_up", 5))
    assert (answers_of(first)["5.3"], answers_of(later)["5.3"]) == ("A letter went astray.", "Two letters went astray.")
    before, after = (kept.filled for kept in notifying.kept([first, later], "nl"))
    assert [one.number for one in filling.differences(before, after)] == ["1.1", "5.3"]


@pytest.mark.django_db
def test_nothing_of_the_answers_stands_unsealed_and_destroying_the_key_ends_them():
    breach = of_breach.BreachFactory()
    row = record(breach, sent(asked={"notifier_name": "Anna Unique"}))
    text = SealedText.objects.get(about=str(row.pk))
    assert "Unique" not in text.sealed
    sealing.destroy(breach, by=None, at=NOW)
    (kept,) = notifying.kept([Notification.objects.get(pk=row.pk)], "nl")
    assert (kept.filled, kept.row.digest) == (None, row.digest)


@pytest.mark.django_db
def test_words_that_were_tampered_with_are_found_out():
    breach = of_breach.BreachFactory(facts="A letter went astray.")
    row = record(breach)
    words = sealing.opened(breach, [str(row.pk)])[str(row.pk)]
    sealing.seal(breach, {str(row.pk): words.replace("astray", "home")})
    (kept,) = notifying.kept([row], "nl")
    assert not kept.is_intact


@pytest.mark.django_db
def test_the_database_refuses_to_change_or_delete_what_was_notified():
    rows = Notification.objects.filter(pk=record(of_breach.BreachFactory()).pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(reference="other")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "what", "complaint"),
    [
        ([], sent("follow_up"), "to follow up"),
        ([], sent("withdrawal"), "to follow up"),
        ([sent()], sent("first", 2), "recorded already"),
        ([sent(), sent("withdrawal", 2)], sent("follow_up", 3), "to follow up"),
        ([sent(hours=4)], sent("follow_up", 4), "recorded last"),
        ([sent(hours=4)], sent("follow_up", 3), "recorded last"),
        ([], sent(hours=49), "in the future"),
        ([], sent(hours=-1), "before the first signal"),
        ([], sent(is_complete=False), "by which day"),
        ([], sent(is_complete=False, follow_up_on=date(2026, 1, 4)), "cannot follow before"),
    ],
)
def test_what_cannot_have_happened_is_refused_and_changes_nothing(before, what, complaint):
    breach = of_breach.BreachFactory()
    for one in before:
        record(breach, one)
    with translation.override("en"), pytest.raises(Refused, match=complaint):
        record(breach, what)
    assert Notification.objects.count() == SealedText.objects.count() == len(before)


@pytest.mark.django_db
def test_after_a_withdrawal_it_may_be_notified_anew_and_each_authority_has_its_own_order():
    breach = of_breach.BreachFactory()
    record(breach)
    record(breach, code="gba")
    record(breach, sent("withdrawal", 2))
    record(breach, sent("follow_up", 3), code="gba")
    assert record(breach, sent("first", 4)).kind == "first"


@pytest.mark.django_db
def test_a_withdrawal_leaves_nothing_to_follow():
    breach = of_breach.BreachFactory()
    record(breach, sent(is_complete=False, follow_up_on=date(2026, 12, 1), follows="More"))
    row = record(breach, sent("withdrawal", 2, is_complete=False, follow_up_on=date(2026, 12, 1), follows="More"))
    assert (row.is_complete, row.follow_up_on) == (True, None)
    assert notifying.kept([row], "nl")[0].follows == ""


@pytest.mark.django_db
def test_answers_that_changed_since_somebody_looked_are_shown_again_first():
    breach = of_breach.BreachFactory(facts="A letter went astray.")
    membership = by(breach)
    plain = notifying.filled_in(breach, FORMS["ap"], Sent("first", AT), membership=membership)
    seen = notifying.fingerprint(plain)
    change(breach, "Two letters went astray.")
    with pytest.raises(notifying.Changed):
        record(breach, sent(seen=seen), membership=membership)
    assert not Notification.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory two connections cannot wait for one another")
def test_of_two_who_record_the_first_notification_at_once_one_is_told_that_it_was_done():
    breach = of_breach.BreachFactory()
    people = [by(breach) for _each in range(3)]
    acts = [
        lambda membership=membership, hours=hours: record(breach, sent(hours=hours), membership=membership)
        for hours, membership in enumerate(people, 1)
    ]
    results = at_once(*acts)
    assert sum(isinstance(one, Refused) for one in results) == 2
    assert Notification.objects.get().kind == "first"
    assert SealedText.objects.count() == 1
    assert list(verify(breach.organisation)) == []
