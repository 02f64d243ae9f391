"""What a heading means: a field of the activity, or a set of lines; and why we think so.

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
from .plan import MAPPED, OWN, UNKNOWN, USUAL
from .values import plain

KEPT = "note"
NOT_FROM_A_FILE = {"owner", "parent", "successor", "ended_on", "end_reason", "controller", "department", "language"}
OTHER_MEANINGS = {  # fields and sets of lines that have a reader of their own
    "measures_text": "measures",
    "recipients_answer": "recipients",
    "transfers_answer": "transfers",
    "systems_answer": "systems",
    "joint_answer": "joint_controllers",
    "people_min": "people",
    "people_max": "people",
    "access": KEPT,
    "documents": KEPT,
    "notes": KEPT,
}


@dataclass(frozen=True)
class Heading:
    """`meaning` is empty when the heading is not known; `reason` is a key of plan.REASONS.

    `language` is that of the words by which it was known.
    """

    text: str
    meaning: str = ""
    reason: str = UNKNOWN
    language: str = ""


def recognise(text, mapping=None):
    """What this heading means. `mapping` {heading: meaning} comes first; the meaning "note" keeps a column as notes."""
    for given, meaning in (mapping or {}).items():
        if plain(given) == plain(text):
            return Heading(text, meaning, MAPPED)
    for words in (text, re.sub(r"\([^()]*\)", " ", text)):
        known = _known().get(_key(words))
        if known:
            meaning, language, reason = known
            return Heading(text, meaning, reason, language)
    return Heading(text)


def meanings():
    """Everything that a heading can mean, for a mapping."""
    return sorted({meaning for meaning, _language, _reason in _known().values()} | {KEPT})


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
    for meaning, by_language in WORDS.items():
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
    for name in ("department", "controller"):
        yield str(Activity._meta.get_field(name).verbose_name), name
    for lines in layout.LINE_SETS:
        meaning = OTHER_MEANINGS.get(lines.name, lines.name)
        if meaning != KEPT:
            yield str(lines.title), meaning
