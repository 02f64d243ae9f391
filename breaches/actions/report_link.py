"""The secret link by which people without an account report a breach: one per organisation, until a day."""

from datetime import timedelta

from accounts import links
from accounts.history import act
from breaches.models import BreachSettings
from core.addresses import full_address

PURPOSE = "breach_report"
LASTS = timedelta(days=365)


def of(organisation, *, at):
    """(link, address) as long as it works, or (None, "")."""
    chosen = BreachSettings.objects.filter(organisation=organisation).first()
    if chosen is None or not chosen.link_token:
        return None, ""
    link = links.find(chosen.link_token, purpose=PURPOSE, at=at)
    return (link, address(chosen.link_token)) if link else (None, "")


def address(token):
    return full_address("breaches:report_outside", token)


def make(organisation, *, until, by, at):
    """A new link; the one before stops working at once, with what was being written by it."""
    with act(organisation, by=by, at=at, kind="breach.link_made", details={"until": until.date().isoformat()}):
        chosen = _settings(organisation)
        if chosen.pk:
            links.revoke(chosen, purpose=PURPOSE, at=at)
        chosen.save()
        _link, chosen.link_token = links.make(
            organisation, purpose=PURPOSE, subject=chosen, expires_at=until, by=by, at=at
        )
        chosen.save()


def close(organisation, *, by, at):
    """The link stops working."""
    with act(organisation, by=by, at=at, kind="breach.link_closed"):
        chosen = _settings(organisation)
        links.revoke(chosen, purpose=PURPOSE, at=at)
        chosen.link_token = None
        chosen.save()


def say(organisation, note, *, by, at):
    """What visitors of the link read above the form."""
    with act(organisation, by=by, at=at, kind="breach.settings"):
        chosen = _settings(organisation)
        if chosen.link_note != note:
            chosen.link_note = note
            chosen.save()


def _settings(organisation):
    locked = BreachSettings.objects.select_for_update(of=("self",)).filter(organisation=organisation).first()
    return locked or BreachSettings(organisation=organisation)
