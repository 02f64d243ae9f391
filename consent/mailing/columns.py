"""What the columns of a list mean, by the words above them, and what their cells say.

The one rule: a word that is not known says nothing; it never makes something allowed that would not be.
"""

import re

from consent import identifiers
from consent.kinds import IdentifierKind
from consent.question import Address, Recipient
from core.refusal import Refused
from register.imports import days

IDENTIFYING = {kind.value for kind in IdentifierKind}
WORDS = {
    "email": ("email", "emailadres", "emailaddress", "mail", "mailadres", "epost", "eposta"),
    "phone": (
        "phone",
        "phonenumber",
        "telephone",
        "telefoon",
        "telefoonnummer",
        "tel",
        "mobile",
        "mobiel",
        "mobielnummer",
        "gsm",
        "06nummer",
    ),
    "number": (
        "number",
        "nummer",
        "customernumber",
        "customerid",
        "klantnummer",
        "klantid",
        "relatienummer",
        "lidnummer",
        "membernumber",
    ),
    "recipient": ("recipient", "recipientkind", "ontvanger", "soortontvanger"),
    "address": ("addresskind", "soortadres", "adressoort"),
    "country": ("country", "countrycode", "land", "landcode"),
    "since": ("customersince", "klantsinds", "purchasedate", "aankoopdatum", "lastpurchase", "laatsteaankoop"),
    "similar": ("similar", "similaroffer", "productsimilar", "soortgelijk", "gelijksoortig"),
    "told": ("told", "toldwhencollected", "optoutoffered", "verzetgeboden", "afmeldengeboden"),
    "refused": ("refused", "optedout", "optout", "unsubscribed", "geweigerd", "afgemeld", "uitgeschreven"),
    "event": ("event", "eventkind", "evenement", "soortevenement"),
}
YES = {"ja", "j", "yes", "y", "true", "waar", "1", "x"}
NO = {"nee", "n", "no", "false", "onwaar", "0"}
RECIPIENTS = {
    Recipient.CONSUMER: {"consumer", "consument", "particulier", "private"},
    Recipient.PROFESSIONAL: {"professional", "zakelijk", "business", "zzp"},
    Recipient.LEGAL_PERSON: {"legalperson", "rechtspersoon", "bedrijf", "company", "organisation", "organisatie"},
}
ADDRESSES = {
    Address.PERSONAL: {"personal", "persoonlijk"},
    Address.IMPERSONAL: {"impersonal", "onpersoonlijk", "algemeen", "general"},
    Address.PUBLISHED: {"published", "gepubliceerd"},
}
COUNTRIES = {
    "NL": {"nl", "nld", "nederland", "netherlands", "thenetherlands"},
    "BE": {"be", "bel", "belgië", "belgie", "belgium", "belgique"},
}
TIME = re.compile(r"[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
"""Behind a day: hour, minute, second and time zone."""


def plain(text):
    """A word without capitals, spaces and signs."""
    return re.sub(r"[\W_]+", "", text.casefold())


def recognised(heading, known):
    """{meaning: place} of the columns whose words are known; of two that mean the same the first one counts."""
    by_word = {word: meaning for meaning, words in known.items() for word in words}
    found = {}
    for place, cell in enumerate(heading):
        meaning = by_word.get(plain(cell))
        if meaning is not None:
            found.setdefault(meaning, place)
    return found


def cell(found, row, meaning):
    """What a row says in a column; "" when it or the list has none."""
    place = found.get(meaning)
    return row[place].strip() if place is not None and place < len(row) else ""


def who(found, row, country):
    """(kind, normalised address) of a row: its first cell that names somebody, or None when that cannot be read."""
    for kind in IdentifierKind.values:
        value = cell(found, row, kind).removeprefix("'")
        if value:
            try:
                return kind, identifiers.normalised(kind, value, country)
            except Refused:
                return None
    return None


def truth(text):
    """True, False, or None when the cell does not say."""
    word = plain(text)
    return True if word in YES else False if word in NO else None


def refusal(text):
    """As `truth`, but all that is written there and is no “no” is a refusal: the day of it, often."""
    return True if plain(text) and truth(text) is None else truth(text)


def choice(text, words, usual):
    word = plain(text)
    return next((value for value, known in words.items() if word in known), usual)


def country(text, usual):
    """Two letters; of a word that is not known the word itself, since it is not the usual country."""
    return choice(text, COUNTRIES, text.strip().upper()) if text.strip() else usual


def day(text):
    """A day as people write it, such as 2026-03-01 or 1-3-2026, also with a time behind it; or None."""
    return days.day(TIME.sub("", text.strip()))
