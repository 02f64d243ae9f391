"""The outbox: each mail once per thing, stage and recipient; tried again when the server fails; never lost."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.core import mail as outbox

from accounts import mail
from accounts.models import OutgoingMail

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 10, tzinfo=UTC)


def post(**fields):
    words = {"thing": "t:1", "stage": "first", "recipient": "a@example.org", "subject": "Hello", "body": "secret link"}
    mail.post(**words | {"language": "nl", "at": AT} | fields)


def break_the_server(monkeypatch):
    def fail(self, *args, **kwargs):
        raise ConnectionRefusedError("a@example.org was refused")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)


def test_the_same_thing_and_stage_is_mailed_once():
    post()
    post(subject="Another subject")
    assert mail.send_waiting(AT) == 1
    assert mail.send_waiting(AT + timedelta(days=1)) == 0
    assert [letter.subject for letter in outbox.outbox] == ["Hello"]


def test_a_sent_mail_keeps_no_link():
    post()
    mail.send_waiting(AT)
    row = OutgoingMail.objects.get()
    assert row.sent_at
    assert row.body == ""


def test_a_repeat_bears_the_same_message_id():
    post()
    row = OutgoingMail.objects.get()
    mail.send_waiting(AT)
    OutgoingMail.objects.update(sent_at=None)  # killed after sending, before saying so
    mail.send_waiting(AT + timedelta(hours=1))
    first, second = (letter.extra_headers["Message-ID"] for letter in outbox.outbox)
    assert first == second == f"<{row.pk}@localhost>"


def test_a_refused_mail_waits_longer_each_time_and_tells_no_address(monkeypatch):
    post()
    break_the_server(monkeypatch)
    moments = []
    at = AT
    while at < AT + timedelta(days=3):
        before = OutgoingMail.objects.get().attempts
        mail.send_waiting(at)
        if OutgoingMail.objects.get().attempts > before:
            moments.append(at)
        at += timedelta(minutes=1)
    pauses = [later - earlier for earlier, later in pairwise(moments)]
    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert max(pauses) == timedelta(hours=6)
    assert len(moments) == mail.MAX_TRIES
    assert OutgoingMail.objects.get().last_error == "ConnectionRefusedError"


def test_two_workers_do_not_send_the_same_try():
    post()
    row = OutgoingMail.objects.get()
    assert mail._claim(row, AT)
    assert not mail._claim(row, AT)


def test_whoever_waits_for_a_mail_does_not_wait_for_those_to_very_many():
    for number in range(3):
        post(thing=f"t:{number}", stage=f"{mail.TO_MANY}1", subject="Do you still agree?")
    post(subject="Your link", at=AT + timedelta(minutes=1))
    assert mail.send_waiting(AT + timedelta(minutes=2), limit=2) == 2
    assert [letter.subject for letter in outbox.outbox] == ["Your link", "Do you still agree?"]


def test_a_subject_is_one_line():
    post(subject="Hello\nBcc: b@example.org")
    assert OutgoingMail.objects.get().subject == "Hello Bcc: b@example.org"


def test_a_private_mail_forgets_whom_it_reached():
    post(is_private=True)
    post(is_private=True, stage="second")
    assert mail.send_waiting(AT) == 2
    assert [letter.to for letter in outbox.outbox] == [["a@example.org"]] * 2
    assert not OutgoingMail.objects.exclude(recipient="", body="").exists()


def test_a_private_mail_that_is_taken_back_or_given_up_is_never_sent_and_names_nobody():
    post(is_private=True)
    post(is_private=True, thing="t:2")
    post(thing="t:3")
    assert mail.take_back("t:1") == 1
    assert mail.forget_given_up(AT + timedelta(days=1)) == 0
    assert mail.forget_given_up(AT + timedelta(days=3)) == 1
    assert list(OutgoingMail.objects.exclude(recipient="").values_list("thing", flat=True)) == ["t:3"]
    assert mail.send_waiting(AT) == 1


def test_the_last_try_comes_before_a_mail_is_given_up():
    assert sum((mail.pause(tries) for tries in range(1, mail.MAX_TRIES)), timedelta()) < mail.GIVE_UP
