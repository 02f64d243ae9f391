"""What each row of an old register becomes: the fields of a breach, what the old register claims, and the words kept.

The one rule: a row proves what it says and no more. "Notified: yes" is kept as a claim of the earlier register, never
as a notification, since nobody here saw what was sent.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from breaches.models import Breach
from breaches.states import State
from core.text import personal_data
from register.imports.proposal import shortened
from register.imports.values import yes_no

from . import meanings, words

MOST = 2_147_483_647
TITLE, PLACE, REFERENCE = 200, 200, 100
TEXTS = ("facts", "effects", "remedy", "lessons", "data_note", "groups_note")
JOINED = {*TEXTS, *meanings.SEVERAL}
"""What more than one column may say together; of the others the first that is filled counts."""
MOMENTS = {"first_signal_on": "first_signal_at", "aware_on": "aware_at"}
CLAIMED_DAYS = ("authority_on", "people_told_on")
ANSWERS = ("authority", "people_told", "dpo_told")
STATES = {words.CLOSED: State.CLOSED, words.NO_BREACH: State.NOT_A_BREACH, words.OPEN: State.REPORTED}
SEALED = "import.kept"
"""Under which word the sealed words of a row stand."""


@dataclass(frozen=True)
class Problem:
    """What somebody should look at: where, under which heading, what it says, and one sentence."""

    place: str
    heading: str
    text: str
    words: str


@dataclass
class Taken:
    """One row as the breach that it becomes. `claims` is what the earlier register says was done: codes and days."""

    row: int
    fields: dict = field(default_factory=dict)
    claims: dict = field(default_factory=dict)
    kept: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    closed_at: datetime | None = None
    reported_at: datetime | None = None
    state: str = State.REPORTED

    @property
    def title(self):
        return self.fields["title"]

    def keep(self, column, cell, sentence=""):
        """Word for word under its heading; with a sentence it is pointed out."""
        place, text, _value = cell
        self.kept.append((column.heading or place, text))
        if sentence:
            self.problems.append(Problem(place, column.heading, text, sentence))

    def doubt(self, column, cell, sentence):
        place, text, _value = cell
        self.problems.append(Problem(place, column.heading, text, sentence))


def of(table, *, at):
    """[Taken], one for each row."""
    return [_taken(table, row, at) for row in table.rows]


def _taken(table, row, at):
    taken = Taken(row.number)
    for meaning, columns in table.meant().items():
        filled = [column for column in columns if column.number in row.cells]
        for number, column in enumerate(filled):
            cell = row.cells[column.number]
            if number and meaning not in JOINED:
                taken.keep(column, cell, _("Another column says this already; these words are kept."))
            else:
                _read(taken, meaning, column, cell, table.order, at)
    _check_order(taken, table, row)
    taken.fields.setdefault("title", _title(taken))
    taken.reported_at = (
        taken.reported_at
        or taken.fields.get("aware_at")
        or taken.fields.get("first_signal_at")
        or taken.fields.get("occurred_from")
        or at
    )
    return taken


def _read(taken, meaning, column, cell, order, at):
    if meaning in (meanings.KEEP, meanings.REPORTER, meanings.VICTIMS):
        taken.keep(column, cell)
    elif meaning in meanings.DAYS:
        _moment(taken, meaning, column, cell, order, at)
    elif meaning in ANSWERS:
        _answer(taken, meaning, column, cell, order, at)
    elif meaning in TEXTS:
        _text(taken, meaning, column, cell)
    else:
        READERS[meaning](taken, column, cell)


def _text(taken, name, column, cell):
    text = cell[1]
    taken.fields[name] = "\n".join(part for part in (taken.fields.get(name, ""), text) if part)
    _look_for_people(taken, column, cell)


def _look_for_people(taken, column, cell):
    if personal_data(cell[1]):
        sentence = _("This looks like data of a person. It will stand in the register: take it out afterwards.")
        taken.doubt(column, cell, sentence)


def _moment(taken, meaning, column, cell, order, at):
    moment = words.moment_of(cell[1], cell[2], order)
    if moment is None:
        return taken.keep(column, cell, _("This is not a day that can be read with certainty; the words are kept."))
    if moment > at:
        return taken.keep(column, cell, _("This day is still to come; the words are kept."))
    if meaning in CLAIMED_DAYS:
        taken.claims[meaning] = moment.isoformat()
        taken.claims.setdefault("authority" if meaning == "authority_on" else "people_told", "yes")
    elif meaning == "closed_on":
        taken.closed_at = moment
        if taken.state == State.REPORTED:
            taken.state = State.CLOSED
    elif meaning == "reported_on":
        taken.reported_at = moment
    else:
        taken.fields[MOMENTS.get(meaning, meaning)] = moment
    return None


def _answer(taken, meaning, column, cell, order, at):
    """Yes or no; a day where that is asked says yes, and when."""
    said = yes_no(cell[1])
    moment = words.moment_of(cell[1], cell[2], order) if said is None else None
    if said is None and (moment is None or moment > at):
        return taken.keep(column, cell, _("This says neither yes nor no; the words are kept."))
    taken.claims[meaning] = said or "yes"
    if moment and f"{meaning}_on" in CLAIMED_DAYS:
        taken.claims.setdefault(f"{meaning}_on", moment.isoformat())
    elif moment:
        taken.keep(column, cell)
    return None


def _short(name, limit):
    def read(taken, column, cell):
        text = " ".join(cell[1].split())
        if len(text) > limit:
            taken.keep(column, cell, _("Too long for its field: shortened there, and kept whole."))
            text = shortened(text, limit)
        taken.fields[name] = text
        _look_for_people(taken, column, cell)

    return read


def _state(taken, column, cell):
    known = words.state_of(cell[1])
    if known is None:
        return taken.keep(column, cell, _("This is no state that is known; the words are kept and the breach is open."))
    taken.state = STATES[known]
    taken.claims["state"] = known
    return None


def _coded(name, read):
    def reader(taken, column, cell):
        found = read(cell[1])
        if found is None:
            return taken.keep(column, cell, _("This is none of the answers that are known; the words are kept."))
        taken.fields[name] = found
        return None

    return reader


def _cause(taken, column, cell):
    """The words go beside it in full; what they come to is only filled in when that is certain."""
    found = words.cause_of(cell[1])
    if found:
        taken.fields["cause"] = str(found)
    else:
        _text(taken, "cause_note", column, cell)


def _numbers(name):
    def reader(taken, column, cell):
        found = words.numbers_of(cell[1])
        if found is None or found[1] > MOST:
            return taken.keep(column, cell, _("This is no number that can be read with certainty; the words are kept."))
        taken.fields[f"{name}_min"], taken.fields[f"{name}_max"] = found
        return None

    return reader


def _claim(name):
    def reader(taken, column, cell):
        if len(cell[1]) > REFERENCE:
            return taken.keep(column, cell, _("Too long for its field; the words are kept."))
        taken.claims[name] = cell[1]
        return None

    return reader


def _reason(taken, column, cell):
    taken.claims["authority_reason"] = cell[1]
    _look_for_people(taken, column, cell)


READERS = {
    "title": _short("title", TITLE),
    "place": _short("place", PLACE),
    "state": _state,
    "kinds": _coded("kinds", words.kinds_of),
    "cause": _cause,
    "people": _numbers("people"),
    "records": _numbers("records"),
    "reference": _claim("reference"),
    "authority_reference": _claim("authority_reference"),
    "authority_reason": _reason,
}


def _check_order(taken, table, row):
    """What cannot both be true is not filled in: the later of the two is kept as words."""
    for first, last, meaning in (
        ("first_signal_at", "aware_at", "aware_on"),
        ("occurred_from", "occurred_until", "occurred_until"),
    ):
        begun, ended = taken.fields.get(first), taken.fields.get(last)
        if begun and ended and ended < begun:
            del taken.fields[last]
            column = next(one for one in table.meant()[meaning] if one.number in row.cells)
            label = str(Breach._meta.get_field(first).verbose_name)
            sentence = _("This lies before “%(field)s”; the words are kept.") % {"field": label}
            taken.keep(column, row.cells[column.number], sentence)


def _title(taken):
    for name in ("facts", "cause_note"):
        if taken.fields.get(name):
            return _one_line(taken.fields[name])
    return _("Data breach without a name, row %(row)d") % {"row": taken.row + 1}


def _one_line(text, limit=80):
    line = " ".join(text.split())
    return line if len(line) <= limit else shortened(line, limit)
