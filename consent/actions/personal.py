"""The personal link: mailed to somebody who asks for it, open for a few hours, and good for all they have a right to.

The one rule: asking does the same whether the address is known or not. What differs is done later, by the worker, which
gets no address but its keyed hash.
"""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from accounts import links
from accounts.models import AccessLink
from consent import identifiers, vault
from consent.kinds import DECIDING, IdentifierKind
from consent.models import ConfirmationRequest, Identifier, Person
from consent.receipts import mailing
from core.addresses import full_address

PURPOSE = "consent_person"
OPEN_FOR = timedelta(hours=4)
PER_HOUR = 1


def ask(organisation, address, *, at):
    """Let the link be mailed to whoever this address leads to; more often than once an hour is once. Raises `Refused`
    for what is no e-mail address.
    """
    normal = identifiers.normalised(IdentifierKind.EMAIL, address)
    digests = list(identifiers.digests(organisation, IdentifierKind.EMAIL, normal).values())
    if not links.too_many(f"consent-link:{digests[0]}", limit=PER_HOUR, at=at):
        mail_link.enqueue(str(organisation.pk), digests)


@task
def mail_link(organisation, digests):
    """Done twice after a kill, it mails two links, of which each works."""
    known = Identifier.objects.filter(organisation=organisation, digest__in=digests)
    found = known.select_related("person__organisation", "person__key_row").first()
    at = timezone.now()
    if found is not None and not _had_one_today(found.person, at=at):
        send(found.person, vault.opened(found.person, found.sealed), at=at)


def _had_one_today(person, *, at):
    """Whether somebody who was asked to confirm a form and never did was mailed a link within a day: a stranger may
    have typed that address, and is to have it mailed no more often than this.
    """
    waiting = ConfirmationRequest.objects.filter(person=person, confirmed_at=None).exists()
    if not waiting or person.events.filter(kind__gte=DECIDING).exists():
        return False
    links_made = AccessLink.objects.filter(purpose=PURPOSE, subject_id=person.pk)
    return links_made.filter(created_at__gt=at - timedelta(days=1)).exists()


def send(person, recipient, *, at):
    """A new link for a person read with organisation and `key_row`, to an address of theirs."""
    until = at + OPEN_FOR
    link, token = links.make(person.organisation, purpose=PURPOSE, subject=person, expires_at=until, by=None, at=at)
    url = full_address("portal:personal", person.organisation.slug, token)
    context = {"url": url, "until": until}
    mailing.write("consent_link", person, stage=f"link {link.pk.hex}", at=at, context=context, recipient=recipient)


def holder(link, slug):
    """The person of an open link at this address, with their key, or None. One query."""
    found = Person.objects.select_related("organisation", "key_row")
    return found.filter(
        pk=link.subject_id, organisation=link.organisation_id, organisation__slug=slug, erased_at=None
    ).first()
