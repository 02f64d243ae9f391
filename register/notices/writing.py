"""From the established register to the text of a notice: pure, so that the same record gives the same text.

The one rule: nothing is invented. What the record does not say is a gap, in the section where people will miss it.
"""

from collections import Counter
from dataclasses import dataclass, replace

from core import canonical
from register.record import to_plain

from . import about_data, about_others, about_us
from .sentences import BLOCKS, HEADINGS
from .text import LANGUAGES, Origin, Section, Sentence, Text, Words
from .writer import Material, Writer, said

GENERATED = {
    "controller": about_us.controller,
    "purposes": about_data.purposes,
    "data": about_data.data,
    "source": about_data.source,
    "provision": about_data.provision,
    "recipients": about_others.recipients,
    "transfers": about_others.transfers,
    "retention": about_data.retention,
    "automated": about_others.automated,
    "objection": about_us.objection,
    "withdrawal": about_us.withdrawal,
    "rights": about_us.rights,
    "complaint": about_us.complaint,
}
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class Own:
    """A sentence that somebody put before or after a section (no `anchor`) or one of its sentences."""

    id: str
    section: str
    words: Words
    anchor: str = ""
    side: str = AFTER


def write(material, *, blocks=None, own=(), tables=()):
    """The full statement. `blocks`: {key: Words}, empty words for those that came with Dertig; `tables` stand in them.

    A section that has nothing to say and lacks nothing is left out.
    """
    writer, sections = Writer(material), []
    for key, write_section in GENERATED.items():
        writer.section, writer.sentences = key, []
        write_section(writer)
        mine = [one for one in own if one.section == key]
        for one in mine:
            writer.lack_language(one.words)
        sections.append(Section(key, heading(key), tuple(with_own(_apart(writer.sentences), mine))))
    for key in [key for key in BLOCKS if key in (blocks or {})]:
        writer.section = key
        writer.lack_language(blocks[key])
        sections.append(block(key, blocks[key], tables))
    for table in tables:
        if table.block in (blocks or {}):
            writer.lack_listed(table)
    lacking = {gap.section for gap in writer.gaps}
    kept = tuple(section for section in sections if section.sentences or section.key in lacking)
    return Text(kept, tuple({canonical.digest(to_plain(gap)): gap for gap in writer.gaps}.values()))


def heading(key):
    return Words(*(said(HEADINGS[key], {}, language) for language in LANGUAGES))


def block(key, words, tables=()):
    """A text that the organisation switched on; as it wrote it, else as it came; and what rooms list in it."""
    first, own = first_words(key), Words(words.nl.strip(), words.en.strip())
    words = Words(own.nl or first.nl, own.en or first.en)
    lines = [line for table in tables if table.block == key and table.rows for line in _table(table)]
    return Section(key, heading(key), (Sentence(f"{key}:block", "block", words, {"text": to_plain(own)}), *lines))


def _table(table):
    yield Sentence(f"{table.block}:head", "head", _row_words(table.columns), {}, (), "head", table.columns)
    for row in table.rows:
        about = row.activity
        origin = Origin(table.block, about.pk, about.code, about.name) if about else Origin(table.block)
        about = f"{table.block}:{row.id}"
        yield Sentence(about, "row", _row_words(row.cells), row.facts, (origin,), "row", row.cells)


def _row_words(cells):
    """A row as one text, for where no table can stand."""
    return Words(*(" · ".join(filter(None, (cell.of(language) for cell in cells))) for language in LANGUAGES))


def first_words(key):
    return Words(*(said(BLOCKS[key], {}, language) for language in LANGUAGES))


def with_own(sentences, own):
    """Own sentences at their places; one whose sentence is gone stands at the end of the section, and is never lost."""
    found = {BEFORE: {}, AFTER: {}}
    known = {sentence.id for sentence in sentences}
    for one in own:
        anchor = one.anchor if one.anchor in known else ""
        side = one.side if anchor == one.anchor else AFTER
        found[side].setdefault(anchor, []).append(_own_sentence(one))
    yield from found[BEFORE].get("", ())
    for sentence in sentences:
        yield from found[BEFORE].get(sentence.id, ())
        yield sentence
        yield from found[AFTER].get(sentence.id, ())
    yield from found[AFTER].get("", ())


def _own_sentence(one):
    return Sentence(f"own:{one.id}", "own", one.words, {"text": to_plain(one.words)})


def _apart(sentences):
    """Each with an id of its own: what is said is never dropped because something like it was said before."""
    seen, found = Counter(), []
    for sentence in sentences:
        seen[sentence.id] += 1
        number = seen[sentence.id]
        found.append(sentence if number == 1 else replace(sentence, id=f"{sentence.id}:{number}"))
    return found


def short(text, activity=None):
    """The few sentences at a collection point, which lead to the full statement; `activity` narrows the purposes."""
    of_us = [sentence for sentence in _of(text, "controller") if sentence.key == "controller"]
    purposes = [sentence for sentence in _of(text, "purposes") if sentence.shape == "item"]
    mine = [one for one in purposes if activity in {origin.activity for origin in one.origins}]
    writer = Writer(Material((), {}, {}))
    for sentence in of_us[:1]:
        writer.say("short_controller", name=sentence.parameters["name"])
    if mine or purposes:
        writer.say("short_purposes")
    found = writer.sentences + (mine or purposes)
    found += [sentence for key in ("objection", "withdrawal") for sentence in _of(text, key)]
    writer.sentences = []
    writer.say("short_rights")
    return found + writer.sentences


def _of(text, key):
    section = text.section(key)
    return section.sentences if section else ()
