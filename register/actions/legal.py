"""What people do to the dated facts of law: add a value from a day on, take it away, say that they checked one."""

from django.utils.translation import gettext as _

from accounts.history import act
from core.refusal import Refused
from register.models import LegalConfirmation


def add(row, *, by, at, reason=""):
    """Bring in a `LegalValue`, not checked yet."""
    details = {"fact": row.fact, "value": row.value, "day": row.valid_from.isoformat()}
    with act(row.organisation, by=by, at=at, kind="law.added", reason=reason, details=details):
        row.save(force_insert=True)
    return row


def remove(fact, said, *, by, at):
    """Take away a value that the organisation added itself, with the word that it was checked."""
    if said.row is None:
        raise Refused(
            _("This value came with Dertig and cannot be taken away."),
            remedy=_("Add a value that holds from a later day."),
        )
    details = {"fact": fact.code, "value": said.value, "day": said.valid_from.isoformat()}
    with act(said.row.organisation, by=by, at=at, kind="law.removed", details=details):
        if said.confirmation:
            said.confirmation.delete()
        said.row.delete()


def confirm(organisation, fact, said, *, by, at, on):
    """Somebody checked a value against its source."""
    if said.confirmation is not None:
        raise Refused(_("Somebody has checked this value already."))
    details = {"fact": fact.code, "value": said.value, "day": said.valid_from.isoformat()}
    with act(organisation, by=by, at=at, kind="law.confirmed", details=details):
        LegalConfirmation(
            organisation=organisation, value_key=said.key, fact=fact.code, confirmed_by=by, confirmed_on=on
        ).save(force_insert=True)


def doubt(organisation, fact, said, *, by, at):
    """Take back the word that a value was checked."""
    if said.confirmation is None:
        raise Refused(_("Nobody here has checked this value."))
    details = {"fact": fact.code, "value": said.value, "day": said.valid_from.isoformat()}
    with act(organisation, by=by, at=at, kind="law.doubted", details=details):
        said.confirmation.delete()
