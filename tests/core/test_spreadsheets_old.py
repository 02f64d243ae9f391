"""Old workbooks (.xls), also those made to bring the reader down: sheets come out, or a sentence; we stay up."""

import random
import struct

import pytest

from core.spreadsheets import BadFile, read_workbook

FREE, END, OF_FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(number, content):
    return struct.pack("<HH", number, len(content)) + content


def text(row, column, words):
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(words), 1) + words.encode("utf-16-le"))


def sheet(cells):
    return record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + b"".join(cells) + record(0x0A, b"")


def book(cells, name=b"Blad"):
    """A workbook in the oldest way that is still met (BIFF8), in its container."""
    start, end = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)), record(0x0A, b"")
    length = len(start) + len(record(0x85, struct.pack("<IBBBB", 0, 0, 0, len(name), 0) + name)) + len(end)
    listed = record(0x85, struct.pack("<IBBBB", length, 0, 0, len(name), 0) + name)
    return contained(start + listed + end + sheet(cells))


def contained(stream):
    size = max(4096, (len(stream) + 511) // 512 * 512)
    chain = [number + 1 for number in range(2, 1 + size // 512)] + [END]
    table = [OF_FAT, END, *chain]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<10I", 0, 1, 1, 0, 4096, END, 0, END, 0, 0) + struct.pack("<I", FREE) * 108
    listed = entry("Root Entry", 5, 1, END, 0) + entry("Workbook", 2, FREE, 2, size) + bytes(256)
    table += [FREE] * (128 - len(table))
    return head.ljust(512, b"\0") + struct.pack("<128I", *table) + listed + stream.ljust(size, b"\0")


def entry(name, kind, child, start, size):
    spelled = name.encode("utf-16-le") + b"\0\0"
    about = struct.pack("<HBBIII", len(spelled), kind, 1, FREE, FREE, child)
    return spelled.ljust(64, b"\0") + about + bytes(36) + struct.pack("<IQ", start, size)


def test_an_old_workbook_is_read():
    (found,) = read_workbook(book([text(0, 0, "Naam"), text(0, 1, "Doel"), text(2, 1, "Betalen")]), "a.xls")
    assert (found.name, [[cell.text for cell in row] for row in found.rows]) == (
        "Blad",
        [["Naam", "Doel"], [], ["", "Betalen"]],
    )


def test_cells_in_far_corners_do_not_take_the_memory_of_this_process():
    with pytest.raises(BadFile) as refused:
        read_workbook(book([text(0, 0, "Naam"), text(65_000, 60_000, "Ver")]), "a.xls")
    assert "a.xls" in str(refused.value)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_old_workbook_is_read_or_refused(seed):
    chance = random.Random(seed)
    content = bytearray(book([text(row, 0, "Loon") for row in range(40)]))
    for _change in range(4):
        place = chance.choice([chance.randrange(len(content)), chance.randrange(512, 2_000)])
        content[place : place + 4] = chance.choice([b"\xff" * 4, bytes(4), b"\xff\xff\xff\x7f", b"\0\0\1\0"])
    try:
        assert read_workbook(bytes(content), "a.xls")
    except BadFile as refused:
        assert str(refused)  # noqa: PT017  either is right
