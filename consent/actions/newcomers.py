"""People of a list whom the ledger does not know yet, made many at once with a key and an address each.

The one rule: an address that leads to nobody becomes a person of its own, and who is erased meanwhile stays erased.
"""

import uuid

from cryptography.fernet import Fernet
from django.utils.translation import gettext as _

from consent import identifiers, suppressions
from consent.mailing import lookup
from consent.models import Identifier, Person, PersonKey
from core.refusal import Refused

AT_A_TIME = 1_000


def find_or_add(organisation, addresses, *, at):
    """{(kind, normal): person with key} of normalised addresses, in a transaction of the caller. Five queries, and a
    few for each thousand of new people."""
    newest = next(iter(identifiers.keys()))
    digests = {pair: identifiers.digests(organisation, *pair) for pair in dict.fromkeys(addresses)}
    known = lookup.people(organisation, [digest for each in digests.values() for digest in each.values()])
    leads = {pair: next((known[one] for one in each.values() if one in known), None) for pair, each in digests.items()}
    locked = Person.objects.select_related("key_row").select_for_update(of=("self",))
    persons = locked.in_bulk({person for person in leads.values() if person})
    if any(person.erased_at is not None for person in persons.values()):
        raise _erased()
    new = [pair for pair, person in leads.items() if person is None]
    people = [Person(id=uuid.uuid4(), organisation_id=organisation.pk, created_at=at) for _pair in new]
    keys = [PersonKey(person=person, key=PersonKey.new_key()) for person in people]
    rows = [
        Identifier(
            organisation_id=organisation.pk,
            person_id=person.pk,
            kind=pair[0],
            digest=digests[pair][newest],
            key_version=newest,
            sealed=Fernet(key.key).encrypt(pair[1].encode()).decode(),
            added_at=at,
        )
        for pair, person, key in zip(new, people, keys, strict=True)
    ]
    for made, model in ((people, Person), (keys, PersonKey), (rows, Identifier)):
        model.objects.bulk_create(made, batch_size=AT_A_TIME)
    if len(identifiers.keys()) > 1:  # as `recording.identify` does for one
        for pair in lookup.marked(organisation, new):
            suppressions.bring_over(organisation, *pair)
    made = dict(zip(new, people, strict=True))
    return made | {pair: persons[person] for pair, person in leads.items() if person is not None}


def refuse_marked(organisation, addresses):
    """To be called when people were made of addresses that had no mark: who was erased between the looking and the
    making leads to nobody, and would come back as somebody new.
    """
    if lookup.marked(organisation, addresses):
        raise _erased()


def _erased():
    return Refused(_("Somebody of this list was erased at this very moment."), remedy=_("Bring it in again."))
