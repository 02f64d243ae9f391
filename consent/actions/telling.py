"""Setting up a page to tell a friend, and the one mail it sends.

The one rule: what is sent is what the sender read before, and the address of the friend is forgotten once it is sent
(`accounts.mail`). Who does not want mail gets none, and nobody is told so.
"""

import uuid

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import links, mail
from accounts.history import act
from consent import identifiers, suppressions
from consent.kinds import IdentifierKind
from consent.models import TellAFriend
from core.refusal import Refused

NETHERLANDS = "NL"
PER_HOUR = 1  # mails to one address


def check_country(organisation):
    """In Belgium it would be advertising that needs consent."""
    if organisation.country != NETHERLANDS:
        raise Refused(_("In Belgium such a mail is advertising of the site, for which the friend must consent first."))


def save(page, *, by, at):
    """Keep a page that is new or was changed by a form."""
    organisation = page.organisation
    check_country(organisation)
    with act(organisation, by=by, at=at, kind="consent.tell_saved", details={"name": page.name}):
        page.save()
    return page


def close(page, *, by, at, on):
    with act(page.organisation, by=by, at=at, kind="consent.tell_closed", details={"name": page.name}):
        row = TellAFriend.objects.select_for_update(of=("self",)).get(pk=page.pk)
        if row.retired_on is None:
            row.retired_on = on
            row.save()
    return row


def words(page, sender, language):
    """(subject, body) of the mail, whole, as it is shown and as it is sent."""
    with translation.override(language):
        context = {"page": page, "text": page.text(language), "sender": sender, "organisation": page.organisation}
        subject, _sep, body = render_to_string("email/tell_a_friend.txt", context).strip().partition("\n")
    return " ".join(subject.split()), body.strip()


def send(page, sender, friend, language, *, at):
    """Put the mail in the outbox, unless this address is not to be written to, or got one within the hour, whoever it
    was from: many visitors together are no way to fill somebody's mailbox.

    Who is not to be written to costs the same work: a mail to nobody, so that the time it takes says nothing either.
    """
    is_marked = bool(suppressions.of_address(page.organisation, IdentifierKind.EMAIL, friend))
    _version, mark = identifiers.newest(page.organisation, IdentifierKind.EMAIL, friend)
    if links.too_many(f"tell-friend:{mark}", limit=PER_HOUR, at=at):
        return
    subject, body = words(page, sender, language)
    mail.post(
        thing=f"tell:{uuid.uuid4()}",
        stage="once",
        recipient="" if is_marked else friend,
        subject=subject,
        body="" if is_marked else body,
        language=language,
        at=at,
        is_private=True,
    )
