"""What `register.comparison` found, in words: for comparisons, the timeline and the page of one act.

The one rule: plain text with a language, never markup, so that two values can be compared word by word.
"""

from dataclasses import dataclass

from accounts.models import User
from core.components.changes import KINDS, kind_of, word_by_word

from . import words

NAMES_OF_SIGNS = {"added": "+", "removed": "−", "changed": "±"}


@dataclass(frozen=True)
class Difference:
    """One field, then and now. `language` is that of its text where the name of the field tells, else ""."""

    label: str
    before: str
    after: str
    language: str = ""

    @property
    def kind(self):
        return kind_of(self.before, self.after)

    @property
    def merged(self):
        """Both texts in one, with the words that went and came marked; None when they differ too much."""
        return word_by_word(self.before, self.after) if self.kind == "changed" else None


@dataclass(frozen=True)
class Row:
    """One field of an activity (no `title`), or one line of it with its own fields."""

    label: str
    kind: str
    fields: tuple
    title: str = ""

    @property
    def word(self):
        return KINDS[self.kind]

    @property
    def sign(self):
        return NAMES_OF_SIGNS[self.kind]


@dataclass(frozen=True)
class Part:
    title: str
    reference: str
    rows: tuple


def in_words(changes, people=None):
    """The sections of `comparison.compare` as parts of rows.

    `people` are the names of owners; without it they cost one query when an owner changed.
    """
    people = names_of(owners(changes)) if people is None else people
    return [
        Part(
            str(section.section.title),
            f"Art. {section.section.article}" if section.section.article else "",
            tuple(_rows(section, people)),
        )
        for section in changes
    ]


def owners(changes):
    """The ids of users that these sections name."""
    fields = (change for section in changes for change in section.fields if change.field == "owner")
    return {value for change in fields for value in (change.old, change.new) if value}


def names_of(ids):
    """{id: name}. One query, none without ids."""
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def _rows(section, people):
    for change in section.fields:
        difference = _difference(change, people)
        yield Row(difference.label, _kind(difference), (difference,))
    for change in section.lines:
        title = words.line_title(change.lines, change.new or change.old)
        yield Row(str(change.lines.title), change.kind, tuple(_fields(change, title, people)), title)


def _kind(difference):
    return "changed" if difference.kind == "same" else difference.kind  # other values may read the same


def _fields(change, title, people):
    """Of a changed line what changed; of another everything that its title does not say already."""
    if change.kind == "changed":
        for field in change.changes:
            yield _difference(field, people)
        return
    line = change.new or change.old
    for name in change.lines.fields:
        text = words.value_words(change.lines.model, name, getattr(line, name), people)
        if text and text != title:
            before, after = (text, "") if change.kind == "removed" else ("", text)
            yield Difference(words.label(change.lines.model, name), before, after, language(name))


def _difference(change, people):
    before, after = (words.value_words(change.model, change.field, value, people) for value in (change.old, change.new))
    return Difference(words.label(change.model, change.field), before, after, language(change.field))


def language(name):
    """The language of a text field, when its name says so."""
    return name[-2:] if name.endswith(("_nl", "_en")) else ""
