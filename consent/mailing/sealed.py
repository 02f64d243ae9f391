"""Files that are sealed piece by piece, so that a list of any length is never readable on disk nor whole in memory.

The one rule: each piece is a line of its own, encrypted with the key of the work that the file belongs to.
"""

import io

PIECE = 1 << 20


class Sealing(io.RawIOBase):
    """Takes bytes and writes them sealed to `file`; the last piece is written by `close`."""

    def __init__(self, box, file):
        self.box, self.file, self.waiting = box, file, bytearray()

    def writable(self):
        return True

    def write(self, content):
        self.waiting += content
        while len(self.waiting) >= PIECE:
            self._piece()
        return len(content)

    def _piece(self):
        self.file.write(self.box.encrypt(bytes(self.waiting[:PIECE])) + b"\n")
        del self.waiting[:PIECE]

    def close(self):
        if self.waiting:
            self._piece()
        super().close()


class _Opening(io.RawIOBase):
    def __init__(self, box, file):
        self.box, self.file, self.ready = box, file, b""

    def readable(self):
        return True

    def readinto(self, target):
        if not self.ready:
            line = self.file.readline()
            self.ready = self.box.decrypt(line.rstrip(b"\n")) if line else b""
        taken = self.ready[: len(target)]
        target[: len(taken)] = taken
        self.ready = self.ready[len(taken) :]
        return len(taken)

    def close(self):
        self.file.close()
        super().close()


def opened(box, file):
    """What was sealed, as a file to read from its start to its end."""
    return io.BufferedReader(_Opening(box, file), PIECE)
