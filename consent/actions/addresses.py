"""Another e-mail address: asked by a personal link, and counting once a mail to the new address was answered.

The one rule: nobody learns from asking whether an address is known; only whoever reads the mail there is told.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import links
from consent import identifiers, preferences, vault
from consent.kinds import IdentifierKind, Suppressing
from consent.models import AddressChange, Person, Suppression
from consent.receipts import mailing
from core.addresses import full_address
from core.refusal import Refused

from .recording import identify, person_of

PURPOSE = "consent_address"
OPEN_FOR = timedelta(days=1)
PER_HOUR = 5
KIND = IdentifierKind.EMAIL


@transaction.atomic
def ask(person, address, *, at):
    """Mail the new address a link to confirm it. Raises `Refused` for what is no e-mail address."""
    new = identifiers.normalised(KIND, address)
    if links.too_many(f"consent-address:{person.pk}", limit=PER_HOUR, at=at):
        raise Refused(_("You asked this several times already."), remedy=_("Try again in an hour."))
    until = at + OPEN_FOR
    sealed = vault.seal_facts(person, {"new": new})
    change = AddressChange.objects.create(person=person, sealed=sealed, asked_at=at, expires_at=until)
    link, token = links.make(person.organisation, purpose=PURPOSE, subject=change, expires_at=until, by=None, at=at)
    url = full_address("portal:new_address", person.organisation.slug, token)
    context = {"url": url, "until": until}
    mailing.write("consent_address", person, stage=f"link {link.pk.hex}", at=at, context=context, recipient=new)
    return change


def open_change(link, slug):
    """What an open link is about, with the person and their key, or None. One query."""
    found = AddressChange.objects.select_related("person__organisation", "person__key_row")
    return found.filter(
        pk=link.subject_id,
        person__organisation=link.organisation_id,
        person__organisation__slug=slug,
        person__erased_at=None,
        confirmed_at=None,
    ).first()


def new_address(change):
    return vault.facts_of(change.person, change.sealed)["new"]


@transaction.atomic
def confirm(change, *, at):
    """From now on the new address leads to the person, in place of the one that mails went to. Both are told."""
    person = Person.objects.select_for_update(of=("self",)).select_related("organisation", "key_row")
    person = person.get(pk=change.person_id)
    new = new_address(change)
    other = person_of(person.organisation, KIND, new)
    if other is not None and other.pk != person.pk:
        raise _taken()
    old = person.identifiers.filter(kind=KIND).order_by("added_at").first()
    before = vault.opened(person, old.sealed) if old else ""
    if before != new:
        try:
            with transaction.atomic():
                _put_in_place(person, old, new, at)
        except IntegrityError:  # it was recorded for somebody else at this very moment
            raise _taken() from None
        _tell(person, change, before, new, at)
    change.sealed = vault.seal_facts(person, {"new": new, "old": before})
    change.confirmed_at = at
    change.save(update_fields=["sealed", "confirmed_at"])


def _taken():
    return Refused(
        _("This address was recorded here before, apart from your other one."),
        remedy=_("Have a link mailed to it, and make your choices there."),
    )


def _put_in_place(person, old, new, at):
    """An objection goes along: it was made by the person and not by the address."""
    fresh = identify(person, KIND, new, at=at)
    if old is None:
        return
    marks = Suppression.objects.filter(organisation=person.organisation_id, digest=old.digest)
    Suppression.objects.bulk_create(
        Suppression(
            organisation_id=person.organisation_id,
            digest=fresh.digest,
            key_version=fresh.key_version,
            purpose_id=mark.purpose_id,
            channel=mark.channel,
            reason=mark.reason,
            since=mark.since,
        )
        for mark in marks.exclude(reason=Suppressing.ERASED)
    )
    old.delete()


def _tell(person, change, before, new, at):
    for recipient in (before, new):
        if recipient:
            context = {"was": preferences.masked(before), "now": preferences.masked(new)}
            stage = f"address {change.pk.hex}"
            mailing.write("consent_address_changed", person, stage=stage, at=at, context=context, recipient=recipient)


def forget_unconfirmed(at):
    """A sweep: addresses that nobody confirmed."""
    return AddressChange.objects.filter(confirmed_at=None, expires_at__lt=at).delete()[0]
