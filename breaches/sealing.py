"""Sealing and opening the personal side of a breach with its own key.

The one rule: a key that is gone opens nothing, and nobody makes a new one for that breach. Without the key, texts are
None and files are refused; pages say that the details were destroyed.
"""

from django.utils.translation import gettext as _

from core.refusal import Refused

from .models import BreachKey, SealedText


def give_key(breach, key=None):
    """Make the key of a new breach, or take over the one that its draft was sealed with."""
    return BreachKey.objects.create(breach=breach, key=key or BreachKey.new_key())


def box_of(breach):
    """What seals and opens, or None when the key was destroyed. One query, unless `key_row` was read along."""
    return breach.key_row.box


def seal(breach, texts):
    """Keep {about: text}; what was kept under the same word is replaced, an empty text takes it away."""
    box = _needed(breach)
    kept = {about: text for about, text in texts.items() if text}
    breach.sealed_rows.filter(about__in=texts.keys() - kept.keys()).delete()
    SealedText.objects.bulk_create(
        [
            SealedText(breach=breach, about=about, sealed=box.encrypt(text.encode()).decode())
            for about, text in kept.items()
        ],
        update_conflicts=True,
        unique_fields=["breach", "about"],
        update_fields=["sealed"],
    )


def opened(breach, abouts=None):
    """{about: text} of what is sealed, or of the words asked for; empty when the key was destroyed. Two queries."""
    box = box_of(breach)
    if box is None:
        return {}
    rows = breach.sealed_rows.all() if abouts is None else breach.sealed_rows.filter(about__in=abouts)
    return {row.about: box.decrypt(row.sealed.encode()).decode() for row in rows}


def seal_bytes(breach, content):
    return _needed(breach).encrypt(content)


def open_bytes(breach, sealed):
    return _needed(breach).decrypt(sealed)


def destroy(breach, *, by, at):
    """Make everything sealed about this breach unreadable for good."""
    BreachKey.objects.filter(breach=breach, key__isnull=False).update(key=None, destroyed_at=at, destroyed_by=by)


def _needed(breach):
    box = box_of(breach)
    if box is None:
        raise Refused(_("The details of this breach were destroyed, so nothing can be added to them."))
    return box
