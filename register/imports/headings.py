"""What a heading means: a field of the activity, a set of lines, or one field of such lines; and why we think so.

The one rule: a heading means one thing, or nothing. Case, accents, signs, small words and what stands between brackets
do not count; anything else does.
"""

import re
from dataclasses import dataclass
from functools import cache

from django.db import models
from django.utils import translation

from register import sections as layout
from register.models import Activity

from .heading_words import NL, SMALL, WORDS
from .heading_words_more import MORE, PARTS
from .plan import MAPPED, OWN, UNKNOWN, USUAL
from .values import plain

KEPT = "note"
IDS = "shared"
"""Ids of rows of another sheet."""
NAME_OF_SHEET = 31  # signs that a spreadsheet program allows
NOT_FROM_A_FILE = {"owner", "parent", "successor", "ended_on", "end_reason", "controller", "department", "language"}
OTHER_MEANINGS = {  # fields and sets of lines that have a reader of their own
    "measures_text": "measures",
    "recipients_answer": "recipients",
    "transfers_answer": "transfers",
    "systems_answer": "systems",
    "joint_answer": "joint_controllers",
    "access": KEPT,
    "documents": KEPT,
    "notes": KEPT,
}
LISTS = {
    *("purposes", "basis", "subjects", "data", "special_data", "criminal_data", "recipients", "recipient_categories"),
    *("internal_recipients", "processors", "joint_controllers", "systems", "measures", "labels", "transfers"),
}
"""What can be said several times of an activity."""
GENERAL = {"name", "description", "remarks", "reference", "contact", "status", "kind", "people", "source", "department"}
"""What means something else when it stands under another heading: "name" under "processor"."""


@dataclass(frozen=True)
class Heading:
    """`meaning` is empty when the heading is not known; `reason` is a key of plan.REASONS.

    `language` is that of the words by which it was known.
    """

    text: str
    meaning: str = ""
    reason: str = UNKNOWN
    language: str = ""


def recognise(text, mapping=None, above="", within=False):
    """What this heading means, when it stands under the heading `above`; `within` a sheet about that, it is a part.

    `mapping` {heading: meaning} comes first; the meaning "note" keeps a column as notes.
    """
    whole = " / ".join(part for part in (above, text) if part)
    for given, meaning in (mapping or {}).items():
        if plain(given) in (plain(whole), plain(text)):
            return Heading(whole, meaning, MAPPED)
    if above:
        return _under(above, text, whole, within)
    uncounted = re.sub(r"\s*\d{1,2}$", "", text)
    for words in (text, re.sub(r"\([^()]*\)", " ", text), uncounted):
        meaning, language, reason = _known().get(_key(words), ("", "", UNKNOWN))
        if meaning and (words != uncounted or words == text or meaning in LISTS):
            return Heading(whole, meaning, reason, language)
    return Heading(whole)


def _under(above, text, whole, within):
    """The two together, or a part of what stands above; otherwise the heading alone, unless that is too general."""
    group, alone = recognise(above), recognise(text)
    part = part_of(set_named(above) or group.meaning, text)
    for words in (f"{text} {above}", f"{above} {text}"):
        known = _known().get(_key(words))
        if known and not (within and part):
            return Heading(whole, known[0], known[2], known[1])
    if part and (within or alone.meaning not in LISTS):
        return Heading(whole, part, OWN if set_named(above) else USUAL, group.language or alone.language)
    if group.meaning in LISTS and alone.meaning in GENERAL:
        meaning = group.meaning if alone.meaning == "name" else ""
        return Heading(whole, meaning, group.reason if meaning else UNKNOWN, group.language)
    if group.meaning and not text:
        return Heading(whole, group.meaning, group.reason, group.language)
    return Heading(whole, alone.meaning, alone.reason, alone.language)


def part_of(lines, text):
    """The field of these lines, as "data.detail", that a heading names among the lines; or ""."""
    lines = "data" if lines in ("special_data", "criminal_data") else lines
    return _line_labels().get((lines, _key(text)), "")


def set_named(text):
    """The set of lines that bears this title in one of our languages; or ""."""
    return _set_titles().get(plain(text), "")


def field_of(meaning):
    """(model, name of the field) for "data.detail"; (None, "") for anything else."""
    lines, _dot, name = meaning.partition(".")
    found = next((one for one in layout.LINE_SETS if one.name == lines and name in one.fields), None)
    return (found.model, name) if found else (None, "")


def meanings():
    """Everything that a heading can mean, for a mapping."""
    usual = {meaning for meaning, _language, _reason in _known().values()}
    return sorted(usual | own_fields().keys() | set(_line_labels().values()) | {KEPT, IDS})


@cache
def own_fields():
    """Plain fields of an activity that a column can fill in, by name."""
    names = {name for section in layout.SECTIONS for name in section.fields} | {"review_on", "reviewed_on"}
    found = {name: Activity._meta.get_field(name) for name in names - NOT_FROM_A_FILE - OTHER_MEANINGS.keys()}
    return {name: field for name, field in found.items() if not isinstance(field, models.ForeignKey)}


def _key(text):
    words = re.sub(r"^\s*\(?(?:\d{1,3}|[a-z])[.):]\s*", "", text.strip(), flags=re.IGNORECASE)
    return " ".join(word for word in plain(words).split() if word not in SMALL) or plain(text)


@cache
def _known():
    """{compared heading: (meaning, language, reason)}; what people call it comes before our own labels."""
    known = {}
    for source in (WORDS, MORE):
        for meaning, by_language in source.items():
            for language, words in by_language.items():
                for heading in words.split("|"):
                    known.setdefault(_key(heading), (meaning, language, USUAL))
    for language in (NL, "en"):
        with translation.override(language):
            for label, meaning in _own_labels():
                known.setdefault(_key(label), (meaning, language, OWN))
    return known


def _own_labels():
    for name, field in own_fields().items():
        yield str(field.verbose_name), name
    for name, meaning in OTHER_MEANINGS.items():
        if meaning != KEPT:
            yield str(Activity._meta.get_field(name).verbose_name), meaning
    for name in ("department", "controller", "language"):
        yield str(Activity._meta.get_field(name).verbose_name), name
    for lines in layout.LINE_SETS:
        meaning = OTHER_MEANINGS.get(lines.name, lines.name)
        if meaning != KEPT:
            yield str(lines.title), meaning


@cache
def _set_titles():
    titles = {}
    for language in (NL, "en"):
        with translation.override(language):
            for lines in layout.LINE_SETS:
                titles |= {plain(str(lines.title)[:length]): lines.name for length in (None, NAME_OF_SHEET)}
    return titles


@cache
def _line_labels():
    """{(set of lines, compared label): meaning}: usual words for a part first, then our own labels."""
    found = {}
    for meaning, words in PARTS.items():
        for heading in words.split("|"):
            found.setdefault((meaning.partition(".")[0], _key(heading)), meaning)
    for language in (NL, "en"):
        with translation.override(language):
            for lines in layout.LINE_SETS:
                for name in lines.fields if lines.name != "notes" else ():
                    label = _key(str(lines.model._meta.get_field(name).verbose_name))
                    found.setdefault((lines.name, label), f"{lines.name}.{name}")
    return found
