"""The outbox. A mail is a row first, written in the transaction of the act that causes it; the worker sends it.

The one rule: at least once. A row is unique per thing, stage and recipient; a try is claimed before it is made, and a
kill in between repeats the mail with the same Message-ID instead of losing it.
"""

from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Case, F, Q, When
from django.template.loader import render_to_string
from django.utils import timezone, translation

from .models import OutgoingMail

MAX_TRIES = 12
LONGEST_PAUSE = timedelta(hours=6)
GIVE_UP = timedelta(days=2)  # later than the last of all tries
TO_MANY = "round "
"""How the stage of a mail begins that goes to very many at once: whoever waits for a mail does not wait for those."""


def post(*, thing, stage, recipient, subject, body, language, at, is_private=False):
    """Put a mail in the outbox; the same thing, stage and recipient a second time changes nothing.

    A private one keeps no address after it was sent, so let its thing be one that is mailed about once.
    """
    OutgoingMail.objects.bulk_create(
        [
            OutgoingMail(
                thing=thing,
                stage=stage,
                recipient=recipient,
                is_private=is_private,
                subject=" ".join(subject.split())[:300],
                body=body,
                language=language,
                created_at=at,
            )
        ],
        ignore_conflicts=True,
    )


def write(name, *, recipient, language, context, **where):
    """Post the mail of `templates/email/<name>.txt`, whose first line is the subject, in the recipient's language."""
    with translation.override(language):
        subject, _, body = render_to_string(f"email/{name}.txt", context).strip().partition("\n")
    post(recipient=recipient, subject=subject, body=body.strip(), language=language, **where)


def waiting(at):
    """What may be tried now: never tried, or long enough ago (1, 2, 4 ... minutes, 6 hours at most). Mails to very many
    let all others go first."""
    ready = Q(attempts=0)
    for tries in range(1, MAX_TRIES):
        ready |= Q(attempts=tries, tried_at__lte=at - pause(tries))
    in_turn = Case(When(stage__startswith=TO_MANY, then=1), default=0)
    return OutgoingMail.objects.filter(ready, sent_at=None).exclude(recipient="").order_by(in_turn, "created_at")


def pause(tries):
    return min(timedelta(minutes=2 ** (tries - 1)), LONGEST_PAUSE)


def send_waiting(at, *, limit=50):
    """Try what is waiting; returns how many were sent. No transaction stays open while the mail server talks."""
    sent = 0
    for mail in waiting(at)[:limit]:
        if _claim(mail, at):
            sent += _try(mail)
    return sent


def _claim(mail, at):
    """This try is ours when nobody else counted it first."""
    same = OutgoingMail.objects.filter(pk=mail.pk, sent_at=None, attempts=mail.attempts)
    return same.update(attempts=F("attempts") + 1, tried_at=at) == 1


def _try(mail):
    row = OutgoingMail.objects.filter(pk=mail.pk)
    try:
        _message(mail).send()
    except Exception as error:
        row.update(last_error=type(error).__name__)  # its text may hold an address
        return 0
    kept = {"recipient": ""} if mail.is_private else {}
    row.update(sent_at=timezone.now(), body="", last_error="", **kept)  # links in the body let somebody in: keep none
    return 1


def take_back(thing):
    """Of the private mails about a thing, those that were not sent yet are never sent; what is left names nobody."""
    return _forget(OutgoingMail.objects.filter(thing=thing))


def forget_given_up(at):
    """A sweep: private mails that nobody tries to send any more."""
    return _forget(OutgoingMail.objects.filter(created_at__lt=at - GIVE_UP))


def _forget(rows):
    return rows.filter(is_private=True, sent_at=None).exclude(recipient="").update(recipient="", body="")


def _message(mail):
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {
        "Message-ID": f"<{mail.pk}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
    }
    return EmailMessage(mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.recipient], headers=headers)
