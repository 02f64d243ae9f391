"""What somebody chooses on the page of their own preferences.

The one rule: yes is said to the very text that was on the page; no is heard at once, and neither is asked why.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from consent.kinds import PARENTS, GivenBy, Happening, Method
from consent.receipts import mailing
from core.refusal import Refused

from . import leaving
from .recording import Said, record

PAGE = Method.PREFERENCES


@transaction.atomic
def agree(person, choice, *, version, is_confirmed, address, at):
    """`choice` (consent.preferences) as it stands, `version` (an id) as the page showed it. Returns the event."""
    offered = choice.offered if choice else None
    if offered is None or str(offered.version.pk) != version:
        raise Refused(_("This text is no longer the one in use."), remedy=_("Read it again, and choose anew."))
    if choice.purpose.is_explicit and not is_confirmed:
        raise Refused(_("Tick that you agree with the whole sentence."))
    said = Said(
        Happening.GIVEN,
        choice.purpose,
        choice.channel,
        PAGE,
        at,
        wording=offered.version,
        language=offered.language,
        address=address,
    )
    event = record(person, said, at=at)
    mailing.tell(person, [event])
    return event


@transaction.atomic
def withdraw(person, choice, *, as_parent, at):
    """A parent may withdraw what a parent gave, and so may the child (Art. 5 UAVG)."""
    given_by = choice.standing.given_by if as_parent and choice.standing.given_by in PARENTS else GivenBy.SUBJECT
    event = leaving.withdraw(person, choice.purpose, choice.channel, at=at, method=PAGE, given_by=given_by)
    mailing.tell(person, [event])
    return event


@transaction.atomic
def withdraw_all(person, *, at):
    mailing.tell(person, leaving.withdraw_all(person, at=at, method=PAGE))


@transaction.atomic
def object_to_marketing(person, *, at):
    """Nothing is mailed to who has no purpose of marketing: there is no event to tell of."""
    mailing.tell(person, leaving.object_to_marketing(person, at=at, method=PAGE))


@transaction.atomic
def unsubscribe(person, purpose, channel, *, at):
    """Out of one mailing, whatever it rested on."""
    mailing.tell(person, [leaving.stop(person, purpose, channel, at=at, method=Method.ONE_CLICK)])
