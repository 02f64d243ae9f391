"""A privacy notice as a value: sections of sentences, each with its words in both languages and where it came from.

The one rule: a sentence is a key and parameters, and its `id` says what it is about, not what it says. So two texts can
be compared sentence by sentence, and what somebody put before or after a sentence finds its place again.
"""

import uuid
from dataclasses import dataclass

import msgspec

from register.record import to_plain

SCHEMA = 1
LANGUAGES = ("nl", "en")
TOGETHER = {"item": "list", "head": "table", "row": "table"}
"""Sentences that are drawn as one thing."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages; empty where nobody wrote it."""

    nl: str = ""
    en: str = ""

    def __bool__(self):
        return bool(self.nl or self.en)

    def of(self, language):
        first, second = (self.nl, self.en) if language == "nl" else (self.en, self.nl)
        return first or second


@dataclass(frozen=True, slots=True)
class Origin:
    """The field behind a sentence: of an activity (a section of its sheet and a line), or of a controller."""

    place: str
    activity: uuid.UUID | None = None
    code: str = ""
    name: str = ""
    version: int = 0
    line: uuid.UUID | None = None
    controller: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """`shape`: "text", "item" of a list under the text before it, or "head" and "row" of a table, which have `cells`.
    `parameters` are JSON, as in `checks.speaking`.
    """

    id: str
    key: str
    words: Words
    parameters: dict
    origins: tuple[Origin, ...] = ()
    shape: str = "text"
    cells: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that people must be told and the record does not say; its sentence is `sentences.MISSING[key]`.

    `language` when it is said in the other language only.
    """

    section: str
    key: str
    parameters: dict
    origins: tuple[Origin, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    heading: Words
    sentences: tuple[Sentence, ...] = ()

    @property
    def parts(self):
        """[("text", sentence), or ("list" or "table", [sentences])], as a page draws them."""
        found = []
        for sentence in self.sentences:
            kind = TOGETHER.get(sentence.shape, "text")
            if kind == "text":
                found.append((kind, sentence))
            elif found and found[-1][0] == kind:
                found[-1][1].append(sentence)
            else:
                found.append((kind, [sentence]))
        return found


@dataclass(frozen=True, slots=True)
class Text:
    sections: tuple[Section, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def sentences(self):
        return {sentence.id: sentence for section in self.sections for sentence in section.sentences}

    @property
    def activities(self):
        """The activities that it speaks of."""
        origins = [origin for sentence in self.sentences.values() for origin in sentence.origins]
        return {origin.activity for origin in origins if origin.activity}

    def section(self, key):
        return next((section for section in self.sections if section.key == key), None)


def plain(text):
    """JSON, as a published version keeps it."""
    return to_plain(text)


def from_plain(content, schema=SCHEMA):
    """The text that `plain` gave. Raises ValueError for a schema that this version cannot read."""
    if schema != SCHEMA:
        raise ValueError(f"Notices of schema {schema} cannot be read by this version.")
    return msgspec.convert(content, Text)
