"""What a file says about one activity, before anything is looked up or stored; and what becomes of each cell."""

from dataclasses import dataclass, field
from functools import cache

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from register import sections as layout
from register.models import Activity

TAKEN, CHANGED, NOTE, REFUSED = "taken", "changed", "note", "refused"
NAME_LIMIT = 250
MODELS = {lines.name: lines.model for lines in layout.LINE_SETS}
SHORTENED = 200


@dataclass(slots=True)
class Found:
    """A filled cell or leaf: where it stands, what it says, and what becomes of it.

    `doubts` are problems for a person to look at, `remarks` tell what was done: pairs of a message and its words, which
    `doubted` and `told` give as sentences. Of a record over several rows, `row` is the one that the cell belongs to,
    and None when it goes for all of them.
    """

    place: str
    heading: str
    original: str
    meaning: str = ""
    formula: bool = False
    noted: bool = False
    taken: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    refused: str = ""
    remarks: list = field(default_factory=list)
    doubts: list = field(default_factory=list)
    value: object = None
    said: str = ""
    row: object = None
    dates: str = ""

    @property
    def words(self):
        """What the readers go by: the heading where a cell is only ticked, otherwise what the cell says."""
        return self.said or self.original

    def take(self, home, became=None):
        """It went to this field or set of lines, as `became` where that is not what the file says."""
        self.taken.append((home, self.words if became is None else str(became)))

    def give_back(self, home):
        """It did not go there after all."""
        self.taken = [pair for pair in self.taken if pair[0] != home]

    def remark(self, message, **words):
        """Tell what was done: a message that is translated when it is read, and the words that go in it."""
        _add(self.remarks, message, words)

    def doubt(self, message, **words):
        """Something that a person should look at before this is taken in."""
        _add(self.doubts, message, words)

    @property
    def told(self):
        return sentences(self.remarks)

    @property
    def doubted(self):
        return sentences(self.doubts)

    @property
    def outcome(self):
        if self.refused:
            return REFUSED
        if not self.taken:
            return NOTE if self.kept else ""
        if self.kept:
            return CHANGED
        return TAKEN if all(words in self.original for _home, words in self.taken) else CHANGED


@dataclass
class Ref:
    """A shared row by its words: found in the organisation when the proposal is stored, or made."""

    text: str
    found: Found = None
    details: dict = field(default_factory=dict)


@dataclass
class Proposal:
    """One activity as the file tells it. `lines` holds dicts of field values per set of lines, with `Ref`s in them."""

    origin: str
    language: str = "nl"
    kind: str = layout.CONTROLLER
    fields: dict = field(default_factory=dict)
    lines: dict = field(default_factory=dict)
    labels: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    founds: list = field(default_factory=list)
    remarks: list = field(default_factory=list)
    scope: object = None

    def lines_for(self, name):
        """The lines that a cell of the row that is being read goes with: those of that row, or else all."""
        lines = self.lines.get(name, []) if self.has_home(name) else []
        return [line for line in lines if line.get("row") == self.scope] or lines

    def lines_of(self, name):
        return self.lines.setdefault(name, [])

    def has_home(self, name):
        """Whether entries of this kind show the field or set of lines `name`."""
        return _has_home(self.kind, name)

    def in_language(self, name):
        """The field of a bilingual pair, such as text_nl, for the language of the file."""
        return f"{name}_{self.language}"

    def set(self, found, name, value, became=None):
        """Fill in a field of the activity; what is filled in already, or too long, is kept as a note."""
        if not self.has_home(name):
            return self.note(found, _("Entries of this part of the register have no place for it."))
        if name in self.fields and self._words(self.fields[name]) == self._words(value):
            return found.take(name, value if became is None else became)
        if self.fields.get(name) not in (None, ""):
            return self.note(found, _("Another column filled in this field already."))
        self.fields[name] = self._fitting(found, Activity, name, value)
        found.take(name, self._words(value) if became is None else became)
        return None

    def append(self, found, name, text):
        """Add a paragraph to a long text of the activity."""
        if not self.has_home(name):
            return self.note(found, _("Entries of this part of the register have no place for it."))
        self.fields[name] = "\n".join(part for part in (self.fields.get(name, ""), text) if part)
        found.take(name, text)
        return None

    def add(self, found, lines, became=None, implied=False, **values):
        """Add a line. Nothing when entries of this kind have none of these: then it is kept as a note.

        An implied line is left out again when the same is listed in so many words.
        """
        if not self.has_home(lines):
            self.note(found, _("Entries of this part of the register have no place for it."))
            return None
        model = MODELS[lines]
        line = {name: self._fitting(found, model, name, value) for name, value in values.items()}
        if implied:
            line["implied"] = True
        if self.scope is not None:
            line["row"] = self.scope
        self.lines_of(lines).append(line)
        found.take(lines, became)
        return line

    def fill(self, found, line, lines, **values):
        """Fill in more of a line; what is too long is kept as a note."""
        for name, value in values.items():
            line[name] = self._fitting(found, MODELS[lines], name, value)

    def remark(self, message, **words):
        _add(self.remarks, message, words)

    @property
    def told(self):
        return sentences(self.remarks)

    def note(self, found, reason="", text=None, heading=None, **words):
        """Keep the words as they are, under their heading; once, however many reasons there are."""
        found.kept.append(reason)
        if reason:
            found.remark(reason, **words)
        if found.noted:
            return
        found.noted = True
        self.notes.append((heading or found.heading or found.place, found.original if text is None else text, found))

    def close(self):
        """Nothing is lost: what no reader dealt with becomes a note. Answers follow from the lines."""
        for found in self.founds:
            if found.original and not found.outcome:
                self.note(found)
        for line in (line for lines in self.lines.values() for line in lines):
            line.pop("row", None)
        for part in layout.LINE_SETS:
            if part.answer and self.lines.get(part.name) and self.has_home(part.answer):
                self.fields[part.answer] = "some"

    def _fitting(self, found, model, name, value):
        ref = isinstance(value, Ref)
        if ref and "else" in value.details:
            return value
        text, limit = (value.text, NAME_LIMIT) if ref else (value, _limit(model, name))
        if not isinstance(text, str) or limit is None or len(text) <= limit:
            return value
        self.note(found, _("Too long for its field: shortened there, and kept whole as a note."))
        text = shortened(text, min(limit, SHORTENED))
        return Ref(text, value.found, value.details) if ref else text

    @staticmethod
    def _words(value):
        return value.text if isinstance(value, Ref) else value


@cache
def _limit(model, name):
    return model._meta.get_field(name).max_length


@cache
def _has_home(kind, name):
    section = next((part for part in layout.SECTIONS if name in (*part.fields, *part.line_names)), None)
    return section is None or kind in section.parts


def sentences(pairs):
    """Messages and their words as sentences, in the language of the reader."""
    return [gettext(message) % words if words else gettext(message) for message, words in pairs]


def _add(pairs, message, words):
    if [message, words] not in pairs:
        pairs.append([message, words])


def shortened(text, limit):
    """The first words of a text, within `limit`, with three dots."""
    cut = text[: limit - 1].rstrip()
    if " " in cut[limit // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:.") + "…"
