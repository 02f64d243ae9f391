"""What a document prints, read from the database once: standings, controllers, what is not established, the chain.

The one rule: everything is as it stood on `on` and as it was known at `known_at`; what has no past (working copies,
evidence of measures) is as it is when the document is made, and the document says so.
"""

import datetime
from dataclasses import dataclass, field, replace

from accounts.controllers import upgraded
from accounts.models import ChainHead, Change, ControllerVersion
from core.dates import add_years
from register import reading
from register.models import Activity, ActivityVersion
from register.record import Standing

from .selection import Selection, Status
from .unestablished import Unestablished, unestablished


@dataclass(frozen=True, slots=True)
class ControllerCard:
    """A controller with its details as established; `content` is empty when there was no such version."""

    id: object
    name: str
    content: dict
    version: int = 0
    valid_from: datetime.date | None = None
    established_at: datetime.datetime | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """The organisation's chain of changes: its head now, and the last act that was known at the moment asked about."""

    number: int = 0
    digest: str = ""
    known_number: int = 0
    known_digest: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    organisation: object
    selection: Selection
    on: datetime.date
    known_at: datetime.datetime
    made_at: datetime.datetime
    controllers: tuple[ControllerCard, ...] = ()
    as_controller: tuple[Standing, ...] = ()
    as_processor: tuple[Standing, ...] = ()
    ended: tuple[Standing, ...] = ()
    drafts: tuple[Standing, ...] = ()
    unestablished: Unestablished = field(default_factory=Unestablished)
    chain: Chain = Chain()

    @property
    def established(self):
        return (*self.as_controller, *self.as_processor, *self.ended)

    @property
    def standings(self):
        return (*self.established, *self.drafts)

    @property
    def is_afterwards(self):
        """Whether this is the other reading: the day as it became known later."""
        return self.known_at > reading.end_of(self.on)


def gather(organisation, selection, *, on, known_at, made_at):
    """Some ten queries, however many activities there are; twelve more when working copies are asked for."""
    not_established = unestablished(organisation, selection, on=on, known_at=known_at, made_at=made_at)
    standings = [] if selection.status == Status.DRAFT else _established(organisation, selection, on, known_at)
    running = [standing for standing in standings if not has_ended(standing.entry, on)]
    ended = [standing for standing in standings if has_ended(standing.entry, on)]
    running = _with_status(running, selection, not_established)
    drafts = _drafts(organisation, selection, on) if selection.drafts or selection.status == Status.DRAFT else []
    found = Gathered(
        organisation=organisation,
        selection=selection,
        on=on,
        known_at=known_at,
        made_at=made_at,
        as_controller=tuple(standing for standing in running if not standing.entry.is_processor_record),
        as_processor=tuple(standing for standing in running if standing.entry.is_processor_record),
        ended=tuple(_still_kept(ended, organisation, selection, on)),
        drafts=tuple(drafts),
        unestablished=not_established,
        chain=_chain(organisation, known_at),
    )
    return _with_controllers(found)


def has_ended(entry, on):
    return entry.ended_on is not None and entry.ended_on <= on


def _established(organisation, selection, on, known_at):
    if selection.version:
        versions = ActivityVersion.objects.of(organisation).filter(
            activity__in=selection.rows(organisation).values("pk"), number=selection.version
        )
        return reading.standings(versions)
    visible = None if selection.takes_all_rows else selection.rows(organisation)
    standings = reading.read(organisation, on=on, known_at=known_at, visible=visible)
    return [standing for standing in standings if selection.holds(standing.entry)]


def _with_status(standings, selection, not_established):
    if selection.status == Status.ENDED:
        return []
    if selection.status in (Status.ESTABLISHED, Status.CHANGED):
        changed = {one.id for one in not_established.changed}
        wanted = selection.status == Status.CHANGED
        return [standing for standing in standings if (standing.entry.id in changed) == wanted]
    return standings


def _still_kept(ended, organisation, selection, on):
    """Ended activities stay in the record for as long as the organisation says; who asks for one by name gets it."""
    if selection.status not in ("", Status.ENDED):
        return []
    if selection.activities:
        return ended
    since = add_years(on, -organisation.keep_ended_years)
    return [standing for standing in ended if standing.entry.ended_on > since]


def _drafts(organisation, selection, on):
    rows = [row.pk for row in selection.rows(organisation).running() if row.has_changes()]
    entries = reading.drafts(Activity.objects.filter(pk__in=rows).order_by("number"))
    return [Standing(entry) for entry in entries if selection.holds(entry)]


def _with_controllers(found):
    """The controllers that the sheets name; for the whole record also those that no activity names yet."""
    versions = ControllerVersion.objects.filter(organisation=found.organisation).in_force(found.on, found.known_at)
    versions = sorted(versions.select_related("controller"), key=_in_order)
    retired = {version.controller_id for version in versions if _has_retired(version.controller, found.on)}
    cards = {
        version.controller_id: ControllerCard(
            version.controller_id,
            version.content["name"],
            upgraded(version),
            version.number,
            version.valid_from,
            version.established_at,
            version.digest,
        )
        for version in versions
    }
    named = {one.entry.controller.id: one.entry.controller.name for one in found.standings if one.entry.controller}
    others = set(cards) - retired if found.selection.is_whole else set()
    wanted = [card for key, card in cards.items() if key in named or key in others]
    without = [ControllerCard(key, name, {}) for key, name in named.items() if key not in cards]
    return replace(found, controllers=(*wanted, *sorted(without, key=lambda card: card.name)))


def _in_order(version):
    return version.controller.position, version.content["name"], version.controller_id


def _has_retired(controller, on):
    return controller.retired_on is not None and controller.retired_on <= on


def _chain(organisation, known_at):
    head = ChainHead.objects.filter(organisation=organisation).first() or ChainHead()
    known = Change.objects.filter(organisation=organisation, at__lte=known_at).order_by("-number").first()
    return Chain(head.number, head.digest, known.number if known else 0, known.digest if known else "")
