"""What one person agreed to, as they see it themselves: each purpose over each channel, in which words, and since when.

The one rule: an address is masked unless the link was just mailed to the person; yes can be said only to a text that is
shown in full and is in use now.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from . import ages, standing, suppressions, terms, vault
from .kinds import PARENTS, Channel, GivenBy, IdentifierKind, Purpose, Suppressing
from .models import ConsentEvent, ConsentPurpose, WordingVersion
from .standing import NEVER, Standing


@dataclass(frozen=True, slots=True)
class Text:
    """A published version in one language."""

    version: WordingVersion
    language: str
    text: str
    withdrawal: str


@dataclass(frozen=True, slots=True)
class Choice:
    """`agreed`: the text that the person said yes to; `offered`: the one they can say yes to now; or None."""

    purpose: ConsentPurpose
    channel: Channel
    name: str
    standing: Standing = NEVER
    agreed: Text | None = None
    offered: Text | None = None

    @property
    def key(self):
        return f"{self.purpose.pk}:{self.channel.value}"

    @property
    def by_parent(self):
        return self.standing.given_by in PARENTS


@dataclass(frozen=True, slots=True)
class Preferences:
    choices: tuple
    addresses: tuple  # [(IdentifierKind, readable form)], masked or not
    has_email: bool
    has_objected: bool

    @property
    def given(self):
        return [choice for choice in self.choices if choice.standing.is_given]

    @property
    def has_marketing(self):
        return any(choice.purpose.kind == Purpose.MARKETING for choice in self.choices)

    def choice(self, key):
        return next((choice for choice in self.choices if choice.key == key), None)


def read(person, *, language, at, is_masked):
    """Of a person read with organisation and `key_row`. Four queries; two more when they said how old they are."""
    events = ConsentEvent.objects.filter(person=person, happened_at__lte=at).select_related("purpose", "wording")
    told = defaultdict(list)
    for event in events:
        told[event.purpose, event.channel].append(event)
    identifiers = list(person.identifiers.order_by("added_at"))
    has_email = any(one.kind == IdentifierKind.EMAIL for one in identifiers)
    offers = _offers(person, told, language, at, has_email)
    marks = suppressions.of_digests(person.organisation_id, [one.digest for one in identifiers])
    show = masked if is_masked else str
    return Preferences(
        tuple(_choice(*key, told.get(key, ()), offers.get(key), language) for key in _ordered({**told, **offers})),
        tuple((IdentifierKind(one.kind), show(vault.opened(person, one.sealed) or "")) for one in identifiers),
        has_email,
        any(mark.reason == Suppressing.OBJECTED for mark in marks),
    )


def masked(text):
    """What its owner knows again and nobody else learns: a•••@e•••.org, ••••78."""
    name, at, domain = text.partition("@")
    if not at:
        return f"••••{text[-2:]}" if len(text) > 4 else "••••"
    host, _dot, top = domain.rpartition(".")
    return f"{name[:1]}•••@{host[:1]}•••.{top}"


def _ordered(keys):
    return sorted(keys, key=lambda key: (key[0].kind != Purpose.MARKETING, key[0].code, key[1]))


def _choice(purpose, channel, events, offered, language):
    last = standing.last(events)
    state = standing.of(last)
    agreed = _text(last.wording, [last.language, language]) if state.is_given and last.wording else None
    return Choice(purpose, Channel(channel), purpose.name(language), state, agreed, offered)


def _offers(person, told, language, at, has_email):
    """{(purpose, channel): Text} that this person can say yes to here. One query, two more of an age.

    Not here: what a child needs a parent or a question about age for. Who was never asked something is offered
    marketing by e-mail only, since other purposes are meant for people whom we do not tell apart here.
    """
    channels = defaultdict(set)
    for purpose, channel in told:
        channels[purpose.pk].add(channel)
    if _is_child(person, [event for events in told.values() for event in events], at):
        return {}
    in_use = WordingVersion.objects.filter(
        organisation=person.organisation_id, valid_from__lte=at, valid_until=None, wording__retired_on=None
    )
    found = {}
    for version in in_use.select_related("wording__purpose").order_by("valid_from"):
        purpose = version.wording.purpose
        if (
            purpose.retired_on is not None
            or purpose.is_online_service
            or version.content.get("checklist", {}).get("age")
        ):
            continue
        text = _text(version, [language])
        by_mail = {Channel.EMAIL.value} if has_email and purpose.kind == Purpose.MARKETING else set()
        found |= {(purpose, channel): text for channel in channels[purpose.pk] | by_mail if text}
    return found


def _is_child(person, events, at):
    """Whether somebody must still agree for them, as far as anything was heard of their age. The law is asked only of
    an age; a guardian also speaks for who is of age.
    """
    if any(event.given_by == GivenBy.GUARDIAN for event in events):
        return True
    on = timezone.localdate(at)
    youngest = ages.youngest_now(events, on)
    return youngest is not None and youngest < terms.of(person.organisation, on).grown_up(person.organisation.country)


def _text(version, languages):
    texts = version.content.get("texts", {})
    language = next((one for one in [*languages, *texts] if one in texts), None)
    if language is None:
        return None
    said = texts[language]
    return Text(version, language, said.get("text", ""), said.get("withdrawal", ""))
