"""How sentences come into being: said in both languages at once, with where each fact came from, and what is missing.

The one rule: equal facts of several activities are said once, with all their origins; a fact that is in the record is
said or its lack is named, and never dropped.
"""

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
            self._untranslated(value, origins)

    def item(self, key, about="", **more):
        self.say(key, about, shape="item", **more)

    def lack(self, key, *origins, **parameters):
        self.gaps.append(Gap(self.section, key, stored(parameters), tuple(dict.fromkeys(origins))))

    def _untranslated(self, value, origins):
        if not hasattr(value, "nl") or not (value.nl or value.en):
            return
        for language in self.material.languages:
            if not getattr(value, language):
                text = value.nl or value.en
                self.gaps.append(Gap(self.section, "language", {"text": text}, tuple(origins), language))


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


def in_both(words):
    """What `words()` says in each language, as plain text."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = unescape(strip_tags(str(words()).replace("<br>", ", "))).strip()
    return Words(**found)


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
