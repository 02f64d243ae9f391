"""What a row of a file of consents says: whose, for what, when, with which words and how.

The one rule: what is wrong is said of its row, and what is missing makes the consent one that cannot be proved.
"""

import datetime
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from consent import identifiers
from consent.actions.recording import Said, check_wording
from consent.kinds import Channel, GivenBy, Happening, Method
from core.moments import from_the_wall
from core.refusal import Refused

from . import columns

WORDS = {name: columns.WORDS[name] for name in ("email", "phone", "number")} | {
    "purpose": ("purpose", "purposecode", "doel", "doelcode"),
    "channel": ("channel", "kanaal"),
    "given_at": ("givenat", "given", "date", "moment", "gegevenop", "datum", "tijdstip", "optindate"),
    "wording": ("wording", "wordingid", "text", "consenttext", "toestemmingstekst", "tekst"),
    "version": ("version", "wordingversion", "versie"),
    "method": ("method", "how", "wijze", "hoe", "manier"),
    "evidence": ("evidence", "proof", "bewijs", "bewijsstuk"),
    "given_by": ("givenby", "bywhom", "doorwie", "gegevendoor"),
    "reference": ("reference", "referentie", "kenmerk"),
    "language": ("language", "taal"),
}
REQUIRED = ("purpose", "channel")
CHANNELS = {
    Channel.EMAIL: {"email", "mail"},
    Channel.SMS: {"sms", "textmessage"},
    Channel.MESSAGE: {"message", "whatsapp", "bericht"},
    Channel.PUSH: {"push", "app"},
    Channel.PHONE: {"phone", "telephone", "telefoon"},
    Channel.POST: {"post"},
    Channel.NONE: {"none", "geen"},
}
BY_WHOM = {
    GivenBy.SUBJECT: {"subject", "self", "person", "zelf", "betrokkene", "persoon"},
    GivenBy.PARENT: {"parent", "ouder"},
    GivenBy.GUARDIAN: {"guardian", "voogd", "curator", "mentor"},
    GivenBy.AGENT: {"agent", "gemachtigde"},
}


@dataclass(frozen=True, slots=True)
class Read:
    """A row that can be stored. `missing`: the words for what its proof lacks; `references`: under which it may be
    there already, one for each key of the environment."""

    pair: tuple  # kind and normalised address
    said: Said
    missing: tuple
    references: tuple


class Reader:
    """From the cells of a row to a `Read`; raises `Refused` for what is wrong with it."""

    def __init__(self, found, *, purposes, versions, country, at):
        self.columns, self.country, self.at = found, country, at
        self.purposes = {purpose.code.casefold(): purpose for purpose in purposes}
        self.versions = versions

    def __call__(self, row):
        pair = columns.who(self.columns, row, self.country)
        if pair is None:
            raise Refused(_("This line holds no address or number that can be read."))
        purpose = self.purposes.get(self._cell(row, "purpose").casefold())
        if purpose is None:
            raise Refused(_("No purpose of consent has this code."))
        channel = columns.choice(self._cell(row, "channel"), CHANNELS, None)
        if channel is None:
            raise Refused(_("This is no channel, such as email, sms or phone."))
        given_at = self._moment(row)
        version = self._version(row, purpose, given_at)
        how = self._cell(row, "method")
        lacking = {_("the moment"): given_at, _("the wording"): version, _("how it was given"): how}
        missing = tuple(name for name, value in lacking.items() if not value)
        references = self._references(row, pair, purpose, channel, given_at, missing)
        said = Said(
            Happening.GIVEN,
            purpose,
            channel,
            Method.IMPORT,
            given_at or self.at,
            wording=version,
            language=self._cell(row, "language")[:2].lower(),
            given_by=columns.choice(self._cell(row, "given_by"), BY_WHOM, GivenBy.SUBJECT),
            is_provable=not missing,
            reference=references[0],
            facts={"method": how[:200], "evidence": self._cell(row, "evidence")[:500]},
        )
        if said.happened_at > self.at:
            raise Refused(_("This moment is in the future."))
        if version is not None and given_at is not None:
            check_wording(said)
        return Read(pair, said, missing, references)

    def _cell(self, row, meaning):
        return columns.cell(self.columns, row, meaning)

    def _moment(self, row):
        text = self._cell(row, "given_at")
        if not text:
            return None
        try:
            found = parse_datetime(text) or _on_a_day(text)
            if found is not None and timezone.is_naive(found):
                found = from_the_wall(found)
        except (ValueError, OverflowError, ValidationError):
            found = None
        if found is None or not 1970 <= found.year <= 2200:
            raise Refused(_("This is no moment, such as 2026-03-01 14:30."))
        return found

    def _version(self, row, purpose, given_at):
        """By its id, by the name of the wording with a number, or by the text that people read."""
        text, number = self._cell(row, "wording"), self._cell(row, "version")
        if not text:
            return None
        mine = [one for one in self.versions if one.wording.purpose_id == purpose.pk]
        found = (
            [one for one in self.versions if _is_id(text, one)]
            or [one for one in mine if one.wording.name.casefold() == text.casefold() or str(one.wording_id) == text]
            or [one for one in mine if any(_same(said["text"], text) for said in one.content["texts"].values())]
        )
        if number:
            found = [one for one in found if str(one.number) == number]
        if not found:
            raise Refused(_("No wording of this purpose has this id, name, version or text."))
        fitting = [one for one in found if given_at and one.holds_at(given_at)]
        return (fitting or found)[0]

    def _references(self, row, pair, purpose, channel, given_at, missing):
        """The one of the file, or one made of what the row says, so that the same row twice is one event; with the
        proof that it lacked it is another. One that holds an address is kept as its hash, since events outlive the
        people in them: the newest key comes first."""
        own = self._cell(row, "reference")
        if own and not identifiers.names_somebody(own, *pair):
            return (own[:80],)
        said = own or f"{purpose.pk}:{channel}:{given_at.isoformat() if given_at else ''}:{':'.join(pair)}"
        if missing and not own:
            said += ":unproved"
        return tuple(f"import:{mark}" for mark in identifiers.hasher(purpose.organisation, "import")(said))


def _on_a_day(text):
    """A day with the time behind it, or the start of the day; None when there is no day, or a time zone that only
    `parse_datetime` understands."""
    day, time = columns.day(text), columns.TIME.search(text)
    if day is None or (time and time[4]):
        return None
    return datetime.datetime.combine(
        day, datetime.time(*(int(part or 0) for part in time.groups()[:3])) if time else datetime.time()
    )


def _same(one, other):
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _is_id(text, version):
    try:
        return uuid.UUID(text) == version.pk
    except ValueError:
        return False
