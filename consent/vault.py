"""Sealing and opening what can be read about a person, with a key of their own.

The one rule: a key that is gone opens nothing, and nobody makes a new one for that person.
"""

import json

from django.utils.translation import gettext as _

from core.refusal import Refused

from .models import PersonKey


def give_key(person):
    return PersonKey.objects.create(person=person, key=PersonKey.new_key())


def box_of(person):
    """What seals and opens, or None when the key was destroyed. One query, unless `key_row` was read along."""
    return person.key_row.box


def seal(person, text):
    return seal_bytes(person, text.encode()).decode()


def opened(person, sealed):
    """The text, or None when the key was destroyed."""
    box = box_of(person)
    return box.decrypt(sealed.encode()).decode() if box else None


def seal_bytes(person, content):
    box = box_of(person)
    if box is None:
        raise Refused(_("The data of this person were erased, so nothing can be added to them."))
    return box.encrypt(content)


def open_bytes(person, sealed):
    box = box_of(person)
    if box is None:
        raise Refused(_("The data of this person were erased."))
    return box.decrypt(sealed)


def seal_facts(person, facts):
    return seal(person, json.dumps(facts, ensure_ascii=False, sort_keys=True))


def facts_of(person, sealed):
    """What `seal_facts` sealed, or nothing when the key was destroyed."""
    text = opened(person, sealed)
    return json.loads(text) if text else {}


def destroy(person, *, at):
    """Make everything sealed about this person unreadable for good."""
    PersonKey.objects.filter(person=person, key__isnull=False).update(key=None, destroyed_at=at)
