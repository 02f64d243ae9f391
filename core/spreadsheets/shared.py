"""The texts that cells of an xlsx share.

Whoever reads it gives each cell a copy, so one long text that many cells name fills the memory, however small the file.
"""

from array import array

from .scanners import Scanner, too_large


class SharedTexts(Scanner):
    """The texts that the cells of an xlsx name by their number: how long each is."""

    def __init__(self, filename, limits):
        super().__init__(filename, limits)
        self.lengths = array("L")
        self.parser.CharacterDataHandler = self._count

    def start(self, tag, attributes):
        if tag == "si":
            self.lengths.append(0)

    def _count(self, text):
        if self.lengths:
            self.lengths[-1] += len(text)


class Weighed(Scanner):
    """How much text a sheet of an xlsx holds once each cell has its own copy of the shared text that it names."""

    def __init__(self, filename, limits, lengths):
        super().__init__(filename, limits)
        self.lengths, self.weight, self.shared = lengths, 0, False

    def start(self, tag, attributes):
        if tag == "c":
            self.shared = attributes.get("t") == "s"
        elif tag == "v" and self.shared:
            self.listen()

    def end(self, tag):
        if tag == "v" and self.text is not None:
            number = self.heard().strip()
            self.weight += self.lengths[int(number)] if number else 0
            if self.weight > self.limits.unpacked:
                raise too_large(self.filename, self.limits)
