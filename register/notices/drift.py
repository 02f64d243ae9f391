"""What differs between two texts of a notice, sentence by sentence: new, gone, or saying something else. Pure."""

from dataclasses import dataclass

from .text import Sentence

NEW, GONE, CHANGED = "new", "gone", "changed"
OWN = ("own", "block")


@dataclass(frozen=True, slots=True)
class Difference:
    kind: str
    section: str
    before: Sentence | None = None
    after: Sentence | None = None

    @property
    def origins(self):
        """What brought it about: for what changed, the activities whose version differs, or else all of both."""
        before, after = self.before.origins if self.before else (), self.after.origins if self.after else ()
        moved = [origin for origin in (*after, *before) if origin not in before or origin not in after]
        return _by_activity(moved or [*after, *before])

    @property
    def is_own(self):
        """Written by the organisation itself; the register has nothing to do with it."""
        return (self.after or self.before).key in OWN

    @property
    def is_listed(self):
        """A row of a table that a room above the register gives."""
        return (self.after or self.before).key == "row"


def _by_activity(origins):
    """One per activity or controller, with the latest version."""
    found = {}
    for origin in sorted(origins, key=lambda origin: origin.version):
        found[origin.activity or origin.controller] = origin
    return tuple(found.values())


def differences(before, after):
    """In the order of the later text; what is gone stands last in its section."""
    first, second = _compared(before), _compared(after)
    order = [section.key for section in after.sections]
    order += [section.key for section in before.sections if section.key not in order]
    places = {
        sentence.id: section.key
        for text in (before, after)
        for section in text.sections
        for sentence in section.sentences
    }
    found = [
        Difference(CHANGED if key in first else NEW, places[key], first.get(key), sentence)
        for key, sentence in second.items()
        if key not in first or _differs(first[key], sentence)
    ]
    found += [Difference(GONE, places[key], sentence) for key, sentence in first.items() if key not in second]
    return sorted(found, key=lambda one: order.index(one.section))


def _compared(text):
    """The heading of a table comes and goes with its rows."""
    return {key: sentence for key, sentence in text.sentences.items() if sentence.shape != "head"}


def _differs(before, after):
    """Facts are compared, not words: a better translation is no drift."""
    return before.key != after.key or _unordered(before.parameters) != _unordered(after.parameters)


def _unordered(parameters):
    """In which order data or people are named says nothing."""
    return {name: sorted(value, key=str) if isinstance(value, list) else value for name, value in parameters.items()}


def of_register(found):
    """Those that the register brought about."""
    return [one for one in found if not one.is_own]
