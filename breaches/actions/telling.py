"""Telling the people (Art. 34): the letter while it is being written, and what was sent as it was sent.

The one rule: the words are sealed, since a letter may say more of people than the register does; the row beside them
keeps their digest.
"""

import hashlib
import uuid
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from breaches import letters, sealing
from breaches.law import PUBLIC_CHANNELS, Channel
from breaches.models import Communication
from core.refusal import Refused

from .acting import acting


@dataclass(frozen=True)
class Told:
    """What somebody says about a communication. `is_public` counts only where a channel leaves it open."""

    sent_on: object
    channel: str
    language: str
    people: int | None = None
    is_public: bool = False


class Overtaken(Refused):
    """Somebody else kept another text meanwhile. `theirs` is what stands there now."""

    def __init__(self, theirs):
        super().__init__(_("Somebody else changed this text while you were writing."))
        self.theirs = theirs


def draft_of(breach, name):
    """The text of that name that is being written, or "" when nobody began. Two queries."""
    about = _about(breach, name)
    return sealing.opened(breach, [about]).get(about, "")


def begun(breach, names):
    """Those of the names under which a text is being written. One query."""
    abouts = {_about(breach, name): name for name in names}
    rows = breach.sealed_rows.filter(about__in=abouts.keys())
    return {abouts[about] for about in rows.values_list("about", flat=True)}


def keep_draft(breach, name, text, *, was, by, at):
    """Keep a text that is being written; an empty one begins anew. `was` is the `mark` of the text it started from.

    It changes no row with a history, so it leaves nothing in the log of changes.
    """
    with acting(breach, by=by, at=at, kind="breach.told") as locked:
        theirs = draft_of(locked, name)
        if theirs.strip() != text.strip() and mark(theirs) != was:
            raise Overtaken(theirs)
        sealing.seal(locked, {_about(locked, name): text})


def mark(text):
    return digest_of(text)[:16]


def digest_of(text):
    return hashlib.sha256(text.encode()).hexdigest()


def tell(breach, told, text, *, by, at):
    """Record that the people were told, or that a public notice was given. Returns the `Communication`."""
    with acting(breach, by=by, at=at, kind="breach.told") as locked:
        _check(locked, told, text, at)
        row = Communication(
            organisation=locked.organisation,
            breach=locked,
            by=by,
            at=at,
            sent_on=told.sent_on,
            channel=told.channel,
            people=told.people,
            is_public=is_public(told),
            language=told.language,
            digest=digest_of(text),
        )
        row.save(force_insert=True)
        sealing.seal(locked, {str(row.pk): text})
    return row


def is_public(told):
    """A website, social media and newspapers reach everybody. Anything else may be to everybody only if it says so."""
    return told.channel in PUBLIC_CHANNELS or (told.channel == Channel.OTHER and told.is_public)


def words_of(row):
    """(what was sent or None when it was destroyed, whether it is what the digest says). Two queries."""
    text = sealing.opened(row.breach, [str(row.pk)]).get(str(row.pk))
    return text, text is None or digest_of(text) == row.digest


def _about(breach, name):
    """An id, since texts under an id are not the reporter's own words."""
    return str(uuid.uuid5(breach.pk, f"text.{name}"))


def _check(breach, told, text, at):
    if told.sent_on > timezone.localdate(at):
        raise Refused(_("People cannot have been told in the future."))
    if breach.first_signal_at and told.sent_on < timezone.localdate(breach.first_signal_at):
        raise Refused(_("People cannot have been told before the first signal of the breach."))
    if not text.strip():
        raise Refused(_("Keep the words in which the people were told."))
    if letters.blanks(text):
        raise Refused(
            _("The text still has places to fill in."),
            remedy=_("They stand between [… and ]. Fill them in, or take them out."),
        )
