"""The picture of an entry: whose data, which data, in which systems, to whom, in which countries. Pure geometry.

`drawn` measures and places; `templates/register/activity/_flow.html` draws, with classes of `static/css/flow.css` only.
Names are cut to three lines; what does not fit in a column is counted. The same words stand below the picture.
"""

import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from .words import recipient_words

WIDTH, GAP, TOP, SPACE, PAD = 142, 34, 32, 7, 2
LETTERS, MOST, DEEP = 20, 7, 3
LINE, BOX = 15, 15


@dataclass
class Node:
    """A box. `outside`: a country outside the EEA; `special`: data of a special kind; `empty`: nothing is there."""

    key: str
    name: str
    special: bool = False
    outside: bool = False
    empty: bool = False
    more: bool = False
    lines: tuple = ()
    x: int = 0
    y: int = 0
    height: int = 0

    @property
    def middle(self):
        return self.y + self.height // 2

    @property
    def baselines(self):
        first = self.y + (self.height - LINE * len(self.lines)) // 2 + 12
        return [(line, first + LINE * place) for place, line in enumerate(self.lines)]

    @property
    def text_x(self):
        return self.x + (24 if self.special or self.outside else 10)


@dataclass
class Column:
    heading: str
    nodes: list
    x: int = 0
    count: int = 0
    shown: list = field(default_factory=list)


@dataclass
class Picture:
    columns: list
    paths: list
    width: int
    height: int

    @property
    def has_special(self):
        return any(node.special for column in self.columns for node in column.nodes)

    @property
    def has_outside(self):
        return any(node.outside for column in self.columns for node in column.nodes)

    @property
    def column_width(self):
        return WIDTH


def drawn(entry, language):
    columns = _processor_columns(entry, language) if entry.is_processor_record else _columns(entry, language)
    for place, column in enumerate(columns):
        column.x = PAD + place * (WIDTH + GAP)
        column.count = sum(not node.empty for node in column.nodes)
        column.shown = _shown(column.nodes)
        _place(column)
    height = max(node.y + node.height for column in columns for node in column.shown) + PAD
    known = _known_links(entry)
    paths = [path for left, right in pairwise(columns) for path in _paths(left, right, known)]
    return Picture(columns, paths, columns[-1].x + WIDTH + PAD, height)


def _columns(entry, language):
    people = [Node(f"s{line.category.id}", line.category.named(language)) for line in entry.subjects]
    data = {}
    for line in entry.data:
        special = line.category.sensitivity in ("special", "criminal", "national_id")
        data.setdefault(line.category.id, Node(f"d{line.category.id}", line.category.named(language), special=special))
    return [
        Column(_("People"), people or [_lacking()]),
        Column(_("Data"), list(data.values()) or [_lacking()]),
        *_later_columns(entry, language),
    ]


def _processor_columns(entry, language):
    clients = [Node(f"c{line.party.id}", line.party.name) for line in entry.clients]
    return [Column(_("For whom"), clients or [_lacking()]), *_later_columns(entry, language)]


def _later_columns(entry, language):
    systems = [Node(f"y{line.system.id}", line.system.name) for line in entry.systems]
    recipients = [Node(f"r{line.id}", recipient_words(line)) for line in (*entry.joint_controllers, *entry.recipients)]
    countries = {}
    for country in _countries(entry):
        countries.setdefault(country.id, Node(f"l{country.id}", country.named(language), outside=not country.eea))
    places = sorted(countries.values(), key=lambda node: not node.outside)
    return [
        Column(_("Systems"), systems or [_lacking(entry.systems_answer)]),
        Column(_("Recipients"), recipients or [_lacking(entry.recipients_answer)]),
        Column(_("Countries"), places or [_lacking(entry.transfers_answer and "none" if not recipients else "")]),
    ]


def _countries(entry):
    found = [line.system.hosting_country for line in entry.systems]
    found += [line.where for line in (*entry.joint_controllers, *entry.recipients)]
    found += [line.country or (line.party.country if line.party else None) for line in entry.transfers]
    return [country for country in found if country]


def _lacking(answer=""):
    return Node("", _("None") if answer == "none" else _("Not filled in"), empty=True)


def _shown(nodes):
    if len(nodes) <= MOST:
        return list(nodes)
    rest = len(nodes) - MOST + 1
    return [*nodes[: MOST - 1], Node("", _("+%(number)d more") % {"number": rest}, more=True)]


def _place(column):
    y = TOP
    for node in column.shown:
        node.lines = tuple(wrapped(node.name, LETTERS - (2 if node.special or node.outside else 0)))
        node.x, node.y, node.height = column.x, y, BOX + LINE * len(node.lines)
        y += node.height + SPACE


def wrapped(text, letters, most=DEEP):
    """At most `most` lines of at most `letters` wide; what does not fit ends in an ellipsis."""
    lines, line = [], ""
    for word in str(text).split():
        if line and _wide(line) + 1 + _wide(word) > letters:
            lines.append(line)
            line = ""
        while _wide(word) > letters:
            head = _cut(word, letters - 1)
            lines.append(f"{head}-")
            word = word[len(head) :]
        line = f"{line} {word}".strip()
    lines = [*lines, line] if line else lines
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], letters - 1).rstrip() + "…"]
    return lines or [""]


def _wide(text):
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _cut(text, letters):
    taken = 0
    for place, sign in enumerate(text):
        taken += _wide(sign)
        if taken > letters:
            return text[:place]
    return text


def _known_links(entry):
    """Pairs of boxes of which the entry itself says that they belong together."""
    links = set()
    everybody = [f"s{line.category.id}" for line in entry.subjects]
    for line in entry.data:
        of = [f"s{line.subject.id}"] if line.subject else everybody
        links |= {(key, f"d{line.category.id}") for key in of}
    for line in (*entry.joint_controllers, *entry.recipients):
        if line.where:
            links.add((f"r{line.id}", f"l{line.where.id}"))
    for line in entry.transfers:
        country = line.country or (line.party.country if line.party else None)
        same = [other for other in entry.recipients if line.party and other.party and other.party.id == line.party.id]
        links |= {(f"r{other.id}", f"l{country.id}") for other in same if country}
    return links


def _paths(left, right, known):
    """Curves where the entry says what goes where; otherwise one trunk from all to all."""
    start, end = left.x + WIDTH, right.x
    pairs = [(one, other) for one in left.shown for other in right.shown if (one.key, other.key) in known]
    if pairs:
        return [_curve(start, one.middle, end, other.middle) for one, other in pairs]
    if all(node.empty for node in left.shown) or all(node.empty for node in right.shown):
        return []
    trunk = (start + end) // 2
    ends = [node.middle for node in (*left.shown, *right.shown)]
    paths = [f"M{start} {node.middle}H{trunk}" for node in left.shown]
    paths += [f"M{trunk} {node.middle}H{end}" for node in right.shown]
    return [*paths, f"M{trunk} {min(ends)}V{max(ends)}"]


def _curve(x, y, to_x, to_y):
    middle = (x + to_x) // 2
    return f"M{x} {y}C{middle} {y} {middle} {to_y} {to_x} {to_y}"
