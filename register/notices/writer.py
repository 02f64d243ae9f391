"""How sentences come into being: said in both languages at once, with where each fact came from, and what is missing.

The one rule: equal facts of several activities are said once, with all their origins; a fact that is in the record is
said or its lack is named, and never dropped.
"""

import re
from dataclasses import dataclass
from html import unescape

from django.utils import translation
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext

from register.checks.speaking import stored
from register.record import DataValue

from .sentences import MISSING, TEXTS
from .text import LANGUAGES, Gap, Origin, Sentence, Words


@dataclass(frozen=True)
class Material:
    """All that a notice is written from. `standings` are versions in force; `controllers` their established details by
    id; `authorities` name and address of each supervisory authority by its code.
    """

    standings: tuple
    controllers: dict
    authorities: dict
    languages: tuple = LANGUAGES

    @property
    def entries(self):
        return [standing.entry for standing in self.standings]


NAMED = 20  # of what a table lacks, so many rows are named


class Writer:
    """Gathers the sentences and gaps of one section at a time."""

    def __init__(self, material):
        self.material = material
        self.versions = {one.entry.id: one.version for one in material.standings}
        self.section, self.sentences, self.gaps = "", [], []

    def origin(self, entry, place, line=None):
        version = self.versions.get(entry.id, 0)
        return Origin(place, entry.id, entry.code, entry.name, version, line.id if line else None)

    def say(self, key, about="", *, id="", origins=(), text=None, shape="text", **parameters):
        """A sentence of this section; `about` tells sentences with the same key apart. `text` when it is not in TEXTS.

        `id` where what it is about may come to be said with another key. A parameter that is written in one language
        only is said in that one, and named as a gap in the other.
        """
        text = TEXTS[key] if text is None else text
        words = Words(**{language: said(text, parameters, language) for language in LANGUAGES})
        name = ":".join(part for part in (self.section, id or key, str(about)) if part)
        self.sentences.append(Sentence(name, key, words, stored(parameters), tuple(dict.fromkeys(origins)), shape))
        for value in parameters.values():
            self.lack_language(value, origins)

    def item(self, key, about="", **more):
        self.say(key, about, shape="item", **more)

    def lack(self, key, *origins, **parameters):
        self.gaps.append(Gap(self.section, key, stored(parameters), tuple(dict.fromkeys(origins))))

    def lack_names(self, named):
        """Of pairs of a library item and where it stands, those without a name in a language: one gap for each."""
        for language in self.material.languages:
            without = [(item, origin) for item, origin in named if not getattr(item, language)]
            if without:
                self._lack_in(
                    language, unique(item for item, _origin in without), [origin for _item, origin in without]
                )

    def lack_words(self, languages, words, origins):
        """What is said in these languages is written, in whole or in part, in the other one."""
        for language in [language for language in self.material.languages if language in languages]:
            self._lack_in(language, words.of("en" if language == "nl" else "nl"), origins)

    def lack_listed(self, table):
        """What the rows of a table of a room leave open, a few of them by name."""
        for key, language, names in table.lacks:
            if not language or language in self.material.languages:
                told = ", ".join((*names[:NAMED], *("…" for _more in names[NAMED : NAMED + 1])))
                self.gaps.append(Gap(table.block, key, {"names": told}, (Origin(table.block),), language))

    def _lack_in(self, language, text, origins):
        said = stored({"text": text})
        self.gaps.append(Gap(self.section, "language", said, tuple(dict.fromkeys(origins)), language))

    def lack_language(self, value, origins=()):
        """Words that are written in one language only."""
        if not hasattr(value, "nl") or not (value.nl or value.en):
            return
        for language in self.material.languages:
            if not getattr(value, language):
                self._lack_in(language, value.nl or value.en, origins)


def said(text, parameters, language):
    with translation.override(language):
        words = str(text) % {name: _spoken(value, language) for name, value in parameters.items()}
    return capfirst(words) if str(text).startswith("%") else words


def gap_words(gap):
    """What is missing, in the reader's language."""
    language = (translation.get_language() or "nl")[:2]
    return said(MISSING[gap.key], {name: _again(value) for name, value in gap.parameters.items()}, language)


def _again(value):
    """A stored parameter as it was: see `checks.speaking`."""
    if isinstance(value, list):
        return [_again(one) for one in value]
    return Words(**value) if isinstance(value, dict) and "nl" in value else value


def _spoken(value, language):
    if isinstance(value, list | tuple):
        return _joined([_running(str(_spoken(one, language))) for one in value])
    if hasattr(value, "nl") and hasattr(value, "en"):
        first, second = (value.nl, value.en) if language == "nl" else (value.en, value.nl)
        return (first or second).strip().rstrip(".")
    return str(value).strip().rstrip(".") if isinstance(value, str | Promise) else value


def _joined(parts):
    if len(parts) < 2:
        return "".join(parts)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


NAMES = ("Dutch", "Belgian", "European", "Nederland", "Belgi", "Europe")


def _running(text):
    """A word within a sentence: no capital, unless it is all capitals, as BSN is, or a name."""
    return text if text[1:2].isupper() or text.startswith(NAMES) else text[:1].lower() + text[1:]


ONLY_IN = re.compile(r' <span class="only-in">[^<]*</span>')


def in_both(words):
    """What `words()` says in each language, as plain text, without the mark of what is said in one language only."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            said = ONLY_IN.sub("", str(words())).replace("<br>", ", ")
            found[language] = unescape(strip_tags(said)).strip()
    return Words(**found)


def half_said(words):
    """The languages in which `words()` says something that is written in the other one only."""
    found = set()
    for language in LANGUAGES:
        with translation.override(language):
            found |= {language} if '<span lang="' in str(words()) else set()
    return found


def typed(entry, text):
    """A text that has no language of its own is in that of its entry."""
    return Words(**{entry.language if entry.language in LANGUAGES else "nl": text.strip()})


def together(pairs):
    """{key: [values]} of pairs, in the order in which keys come up."""
    found = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def unique(items):
    """Library items once each, by id."""
    return list({item.id: item for item in items}.values())


def data_lines(entries):
    return [(entry, line) for entry in entries for line in entry.data]


def categories(pairs):
    """The kinds of data of (entry, data line) pairs, each once."""
    return unique(line.category if isinstance(line, DataValue) else line for _entry, line in pairs)
