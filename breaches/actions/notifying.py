"""Recording what went to the authority: the answers as they were given there, frozen, sealed, and provable by a digest.

The one rule: it may be recorded from any state (Art. 33(4)), also before anybody assessed or decided; what is refused
is only what cannot have happened.
"""

import datetime
import json
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from breaches import filling, sealing
from breaches.authority_forms.gathering import facts_of
from breaches.authority_forms.reading import LANGUAGES
from breaches.law import NotificationKind
from breaches.models import Notification
from core import canonical
from core.refusal import Refused

from .acting import acting


@dataclass(frozen=True)
class Sent:
    """What somebody says about a notification. `asked` and `texts` complete and correct the answers of the form.

    `seen` is the `fingerprint` of the answers that somebody looked at; `follows` what is still to come.
    """

    kind: str
    sent_at: datetime.datetime
    reference: str = ""
    is_complete: bool = True
    follow_up_on: datetime.date | None = None
    follows: str = ""
    asked: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)
    seen: str = ""


@dataclass(frozen=True)
class Kept:
    """A notification with its words. `filled` is None when the details were destroyed."""

    row: Notification
    filled: filling.Filled | None = None
    follows: str = ""
    is_intact: bool = True


class Changed(Refused):
    """The answers are no longer those that somebody looked at."""


def notify(breach, form, sent, *, membership, at):
    """Keep what was handed in at the authority of `form`. Returns the `Notification`."""
    with acting(breach, by=membership.user, at=at, kind="breach.notified") as locked:
        earlier = list(locked.notification_rows.filter(authority=form.authority))
        _check(locked, sent, earlier, at)
        plain = filled_in(locked, form, sent, membership=membership)
        if sent.seen and sent.seen != fingerprint(filled_in(locked, form, Sent(sent.kind, at), membership=membership)):
            raise Changed(_("Somebody changed the breach meanwhile, so these are no longer the answers you looked at."))
        is_complete = sent.is_complete or sent.kind == NotificationKind.WITHDRAWAL
        content = {"kind": sent.kind, "follows": "" if is_complete else sent.follows, "filled": plain}
        row = Notification(
            organisation=locked.organisation,
            breach=locked,
            by=membership.user,
            at=at,
            kind=sent.kind,
            form=form.name,
            authority=form.authority,
            sent_at=sent.sent_at,
            reference=sent.reference,
            is_complete=is_complete,
            follow_up_on=None if is_complete else sent.follow_up_on,
            missing=[] if is_complete else [answer.number for answer in filling.from_plain(plain["nl"]).missing],
            digest=canonical.digest(content),
        )
        row.save(force_insert=True)
        sealing.seal(locked, {str(row.pk): json.dumps(content, ensure_ascii=False)})
    return row


def filled_in(breach, form, sent, *, membership):
    """The answers in each language as plain values, with what was asked and corrected."""
    facts = facts_of(
        breach,
        membership=membership,
        at=sent.sent_at,
        kind=sent.kind,
        authority=form.authority,
        asked=sent.asked,
    )
    return {
        language: filling.to_plain(filling.corrected(filling.fill(form, facts, language), sent.texts))
        for language in LANGUAGES
    }


def fingerprint(plain):
    """Of answers that nobody completed yet; what depends on the moment of looking is left out."""
    answers = [
        [answer["number"], answer["text"]]
        for section in plain["nl"]["sections"]
        for answer in section["answers"]
        if answer["source"] != "late_reason"
    ]
    return canonical.digest(answers)


def standing(notifications):
    """The last notification that was not withdrawn, of rows in the order latest first; or None."""
    last = next(iter(notifications), None)
    return None if last is None or last.kind == NotificationKind.WITHDRAWAL else last


def _check(breach, sent, earlier, at):
    if sent.sent_at > at:
        raise Refused(_("A notification cannot have been sent in the future."))
    if breach.first_signal_at and sent.sent_at < breach.first_signal_at:
        raise Refused(
            _("It cannot have been sent before the first signal of the breach."),
            remedy=_("Correct the moment that it was sent, or the moment of the first signal."),
        )
    if earlier and sent.sent_at <= earlier[0].sent_at:
        raise Refused(
            _("It cannot have been sent before the notification that was recorded last."),
            remedy=_("Give a later moment."),
        )
    _check_order(sent, standing(earlier))
    _check_what_follows(sent)


def _check_order(sent, before):
    if sent.kind == NotificationKind.FIRST and before is not None:
        raise Refused(
            _("The first notification to this authority was recorded already."),
            remedy=_("Record a follow-up, or a withdrawal."),
        )
    if sent.kind != NotificationKind.FIRST and before is None:
        raise Refused(
            _("There is no notification to this authority to follow up or to withdraw."),
            remedy=_("Record the first notification."),
        )


def _check_what_follows(sent):
    if sent.is_complete or sent.kind == NotificationKind.WITHDRAWAL:
        return
    if sent.follow_up_on is None:
        raise Refused(_("Say by which day the rest will follow, or that the notification is complete."))
    if sent.follow_up_on < timezone.localdate(sent.sent_at):
        raise Refused(_("The rest cannot follow before the notification itself."))


def kept(rows, language):
    """Notifications with their words in that language. Two queries, however many there are of one breach."""
    rows = list(rows)
    if not rows:
        return []
    texts = sealing.opened(rows[0].breach, [str(row.pk) for row in rows])
    return [_kept(row, texts.get(str(row.pk)), language) for row in rows]


def _kept(row, text, language):
    if text is None:
        return Kept(row)
    content = json.loads(text)
    filled = content["filled"].get(language) or next(iter(content["filled"].values()))
    return Kept(row, filling.from_plain(filled), content["follows"], canonical.digest(content) == row.digest)
