"""What a pupil's publication may be, when two parents and the pupil each have a say. Touches no database.

The one rule: everybody's last word counts by itself. A yes of one parent does while nobody's last word is a no, and a
later yes lifts a no of the same voice only. From the age at which a pupil decides, the pupil's own answer goes before
all others, and parents can say nothing new; what they said before stands until the pupil answers.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consent.kinds import DECIDING, GIVING, NOES, AgeBand, GivenBy, Happening

OWN = (GivenBy.SUBJECT, None)


class State(StrEnum):
    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    UNPROVEN = "unproven"
    WAITS = "waits"
    ASKED = "asked"
    NOT_ASKED = "not_asked"


WORDS = {
    State.YES: (_("Yes"), "good"),
    State.NO: (_("No"), "bad"),
    State.WITHDRAWN: (_("Withdrawn"), "bad"),
    State.ENDED: (_("Ended"), "ended"),
    State.UNPROVEN: (_("Yes, cannot be proved"), "warning"),
    State.WAITS: (_("A parent must still agree"), "waiting"),
    State.ASKED: (_("Asked, no answer"), "waiting"),
    State.NOT_ASKED: (_("Not asked"), "draft"),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """One event as far as it matters here. `parent` is 1 or 2, or None when nobody knows which.

    `is_unseen`: it came over a link or form, so that nobody knows whether pupil or parent clicked; a no then counts at
    any age. `age`: the band that was recorded with it.
    """

    kind: int
    happened_at: datetime
    given_by: str = GivenBy.PARENT
    parent: int | None = None
    is_provable: bool = True
    is_unseen: bool = False
    age: str = AgeBand.UNKNOWN

    @property
    def who(self):
        return self.given_by, self.parent

    @property
    def day(self):
        return timezone.localdate(self.happened_at)

    @property
    def is_yes(self):
        return self.kind in GIVING

    @property
    def name(self):
        if self.given_by == GivenBy.PARENT and self.parent:
            return (_("Parent 1"), _("Parent 2"))[self.parent - 1]
        return _("The pupil") if self.given_by == GivenBy.SUBJECT else GivenBy(self.given_by).label


@dataclass(frozen=True, slots=True)
class Ages:
    """From which day the pupil decides alone, and from which day a no of the pupil's own counts; None is never."""

    decides_from: date | None = None
    leaves_from: date | None = None


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Of who is on no class list: the bands of age in which a yes of one's own asks that of a parent."""

    young: frozenset = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """`voices`: the last word of each, as facts; `asks_pupil`: a parent said it for who decides alone by now."""

    state: State
    since: datetime | None = None
    voices: tuple = ()
    asks_pupil: bool = False

    @property
    def may(self):
        return self.state == State.YES

    @property
    def label(self):
        return WORDS[self.state][0]

    @property
    def tone(self):
        return WORDS[self.state][1]


def answer(said, ages, *, at):
    """Where one purpose stands for one person at a moment, in whatever order the events came.

    `ages` is `Unlisted` or None for somebody on no class list: their own yes counts like any other, unless it was
    recorded as that of a child, which does not come to count because the child left the list.
    """
    young = frozenset()
    if isinstance(ages, Unlisted):
        young, ages = ages.young, None
    known = (one for one in said if one.happened_at <= at)
    said = sorted(known, key=lambda one: (one.happened_at, one.kind, one.is_provable))
    deciding = [one for one in said if one.kind >= DECIDING]
    if not deciding:
        return Answer(State.ASKED, said[-1].happened_at) if said else Answer(State.NOT_ASKED)
    words = {one.who: one for one in deciding if _is_word(one) and _is_heard(one, ages)}
    ended = max((one.happened_at for one in deciding if not _is_word(one)), default=None)
    own = words.get(OWN)
    facts = tuple(sorted(words.values(), key=lambda one: (one.given_by, one.parent or 0)))
    if own and ages and _decides(own, ages):
        return Answer(*_stands([own], ended), facts)
    alone = own and ages is None and own.age not in young
    counting = [one for one in words.values() if one is not own or alone or not own.is_yes]
    state, since = _stands(counting, ended)
    if state == State.NOT_ASKED and own:
        return Answer(State.WAITS, own.happened_at, facts)
    is_grown = ages is not None and ages.decides_from is not None and ages.decides_from <= timezone.localdate(at)
    return Answer(state, since, facts, asks_pupil=is_grown and state == State.YES)


def _is_word(one):
    """Somebody's answer, and not what the organisation or time did to it."""
    return one.is_yes or one.kind in NOES


def _is_heard(one, ages):
    """Whether this voice could say this on that day."""
    if ages is None:
        return True
    if one.who == OWN:
        return (
            one.is_yes
            or one.is_unseen
            or _decides(one, ages)
            or (ages.leaves_from is not None and ages.leaves_from <= one.day)
        )
    return ages.decides_from is None or one.day < ages.decides_from


def _decides(own, ages):
    return ages.decides_from is not None and ages.decides_from <= own.day


def _stands(words, ended):
    """(state, since) of the last words that count; what ended before or at the moment of a yes takes it away."""
    noes = [one for one in words if not one.is_yes]
    if noes:
        last = max(noes, key=lambda one: one.happened_at)
        return State.NO if last.kind == Happening.REFUSED else State.WITHDRAWN, last.happened_at
    yeses = [one for one in words if ended is None or one.happened_at > ended]
    if yeses:
        last = max(yeses, key=lambda one: (one.is_provable, one.happened_at))
        return State.YES if last.is_provable else State.UNPROVEN, last.happened_at
    return (State.ENDED, ended) if ended is not None else (State.NOT_ASKED, None)
