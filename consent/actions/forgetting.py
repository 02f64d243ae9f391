"""A sweep: what was kept of erased people for legal claims goes when the term is over."""

from accounts.models import Organisation
from consent import terms
from consent.models import Person
from core.dates import add_years

from .leaving import destroy_proof


def destroy_old_proof(at):
    """Destroy the keys of who was erased longer ago than the term; returns how many. A query when nobody was."""
    kept = Person.objects.filter(erased_at__isnull=False, key_row__destroyed_at=None)
    done = 0
    for organisation in Organisation.objects.filter(pk__in=kept.values("organisation")):
        over = add_years(at, -terms.of(organisation, at.date()).claim_years)
        for person in kept.filter(organisation=organisation, erased_at__lte=over):
            destroy_proof(person, at=at)
            done += 1
    return done
