"""The templates that somebody can choose from: those of the organisation first, then per sector, as a search finds
them.
"""

from dataclasses import dataclass

from register.actions.starting import started
from register.models import OwnStarter

from .reading import SECTORS, of_language, starters


@dataclass(frozen=True)
class Card:
    """A template as the gallery shows it. `nation` is set when only the law of one country is in it."""

    url_name: str
    key: object
    name: str
    about: str
    nation: str = ""
    used: bool = False


def gallery(organisation, text, language):
    """[(heading, cards)] that fit the search, and how many there are. Two queries."""
    words = text.casefold().split()
    present = started(organisation)
    groups = [
        (None, [_own(row) for row in OwnStarter.objects.of(organisation).in_use() if _fits(words, row.name, row.about)])
    ]
    for sector, heading in SECTORS.items():
        found = [starter for starter in starters().values() if starter.sector == sector]
        fitting = [starter for starter in found if _fits(words, starter.words(), str(heading))]
        cards = [_card(starter, language, present) for starter in fitting]
        groups.append((heading, sorted(cards, key=lambda card: card.name.casefold())))
    groups = [(heading, cards) for heading, cards in groups if cards]
    return groups, sum(len(cards) for _heading, cards in groups)


def _fits(words, *texts):
    text = " ".join(texts).casefold()
    return all(word in text for word in words)


def _own(row):
    return Card("register:start_own", row.pk, row.name, row.about)


def _card(starter, language, present):
    nation = next(iter(starter.nations)) if len(starter.nations) == 1 else ""
    about = of_language(starter.about, language)
    return Card("register:starter", starter.key, starter.named(language), about, nation, starter.key in present)
