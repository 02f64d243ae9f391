"""A short mail about what was just recorded for somebody, with their own way to change it, and nothing else in it.

The one rule: it is written in the transaction of what it tells, to an address that the outbox forgets once it was sent.
"""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts import mail
from consent import links, vault
from consent.kinds import GIVING, Channel, Happening, IdentifierKind
from consent.models import ConsentPurpose

TOLD = (*GIVING, Happening.WITHDRAWN, Happening.OBJECTED)


def thing(person):
    """What the outbox knows mails to this person by."""
    return f"consent.person.{person.pk}"


def address_of(person):
    """The first e-mail address of a person read with `key_row`, or nothing. One query."""
    found = person.identifiers.filter(kind=IdentifierKind.EMAIL).order_by("added_at").first()
    return (found and vault.opened(person, found.sealed)) or ""


def language_of(person):
    return person.language[:2] or person.organisation.main_language


def write(name, person, *, stage, at, context, recipient=None):
    """Mail a person, when there is an address; `stage` says which of the mails to them it is."""
    to = recipient or address_of(person)
    if to:
        mail.write(
            name,
            thing=thing(person),
            stage=stage,
            recipient=to,
            language=language_of(person),
            at=at,
            is_private=True,
            context={"organisation": person.organisation, **context},
        )


def tell(person, events):
    """One mail about what was just given, withdrawn or objected to. None among the events stands for what was so
    before, and is left out.
    """
    events = [event for event in events if event is not None and event.kind in TOLD]
    if not events:
        return
    last = max(events, key=lambda event: event.pk)
    names = ConsentPurpose.objects.in_bulk({event.purpose_id for event in events})
    language = language_of(person)
    with translation.override(language):
        moment = date_format(localtime(last.happened_at), "DATETIME_FORMAT")
        rows = [
            (Happening(one.kind).label, names[one.purpose_id].name(language), Channel(one.channel).over)
            for one in events
        ]
    context = {"rows": rows, "moment": moment, "url": links.preferences_url(person.pk, person.organisation)}
    write("consent_receipt", person, stage=f"receipt {last.pk}", at=last.recorded_at, context=context)
