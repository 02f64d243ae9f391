"""The data files as plain frozen values: templates, the questions they ask, and the sectors they stand under.

Two kinds of tables choose by themselves: {nl = …, en = …} by language and {NL = …, BE = …} by the country whose law
applies. Nothing is looked up in the database here.
"""

import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

FOLDER = Path(__file__).parent / "data"
SECTORS = {
    "general": _("For every organisation"),
    "staff": _("Staff"),
    "marketing": _("Customers and marketing"),
    "social": _("Social media and images"),
    "school": _("Schools"),
    "municipality": _("Municipalities"),
}
LANGUAGES, NATIONS = frozenset({"nl", "en"}), frozenset({"NL", "BE"})
LINES = ("purposes", "subjects", "data", "recipients", "measures", "access")


class BadStarter(ValueError):
    """A data file that says something we do not understand."""


@dataclass(frozen=True)
class Option:
    value: str
    label: dict


@dataclass(frozen=True)
class Question:
    """`kind`: party (who, and where they keep the data), choice, several, term (a rule of the library) or text."""

    key: str
    kind: str
    text: dict
    help: dict = field(default_factory=dict)
    options: tuple = ()
    rules: dict | tuple = ()
    first: str = ""
    nobody: dict = field(default_factory=dict)
    suggestions: tuple = ()
    when: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Starter:
    """One template. `lines` holds the lines as the file has them; `filling` gives them their meaning."""

    key: str
    sector: str
    name: dict
    about: dict
    owner: dict
    questions: tuple
    fields: dict
    lines: dict
    tips: tuple = ()
    nations: frozenset = NATIONS
    differs: bool = False

    def named(self, language):
        return of_language(self.name, language)

    def words(self):
        """Everything by which somebody may look for it, in both languages."""
        return " ".join((*self.name.values(), *self.about.values())).casefold()

    def question(self, key):
        return next((question for question in self.questions if question.key == key), None)


def of_language(texts, language):
    """The text in `language`; the other one when it is missing; plain text as it is."""
    if not isinstance(texts, dict):
        return texts
    code = "nl" if language.startswith("nl") else "en"
    return texts.get(code) or next(iter(texts.values()), "")


def is_bilingual(value):
    return isinstance(value, dict) and bool(value) and set(value) <= LANGUAGES


def by_nation(value, nation):
    """The value for the law of `nation` wherever the file tells countries apart; "" where it says nothing for it."""
    if isinstance(value, dict):
        if value and set(value) <= NATIONS:
            return by_nation(value.get(nation, ""), nation)
        return {name: by_nation(part, nation) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [by_nation(part, nation) for part in value]
    return value


@cache
def starters():
    """Every template by its key, in the order of sectors and names of files."""
    found = {}
    for sector in SECTORS:
        for path in sorted((FOLDER / sector).glob("*.toml")):
            if path.stem in found:
                raise BadStarter(f"{path.name}: there are two templates of this name.")
            found[path.stem] = _starter(path.stem, sector, read(path))
    return found


@cache
def shared_questions():
    return {key: _question(key, value) for key, value in read(FOLDER / "questions.toml").items()}


def read(path):
    """A data file as plain values."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadStarter(f"{path.name}: {error}") from error


def _starter(key, sector, given):
    given = dict(given)
    own = {name: _question(name, value) for name, value in given.pop("questions", {}).items()}
    lines = {name: given.pop(name, []) for name in LINES}
    asked = tuple(_asked(name, own, key) for name in given.pop("asks", []))
    fields = given.pop("fields", {})
    starter = Starter(
        key=key,
        sector=sector,
        name=given.pop("name"),
        about=given.pop("about"),
        owner=given.pop("owner"),
        questions=asked,
        fields=fields,
        lines=lines,
        tips=tuple(given.pop("tips", [])),
        nations=frozenset(given.pop("nations", NATIONS)),
    )
    if given:
        raise BadStarter(f"{key}: {', '.join(given)} is not known.")
    return replace(starter, differs=len(starter.nations) > 1 and _tells_nations_apart((fields, lines, asked)))


def _asked(name, own, key):
    found = own.get(name) or shared_questions().get(name)
    if found is None:
        raise BadStarter(f"{key}: the question {name} is asked nowhere.")
    return found


def _question(key, given):
    given = dict(given)
    options = tuple(Option(one.pop("value"), one) for one in (dict(option) for option in given.pop("options", [])))
    return Question(key=key, options=options, suggestions=tuple(given.pop("suggestions", [])), **given)


def _tells_nations_apart(value):
    if isinstance(value, Question):
        return _tells_nations_apart((value.rules, value.when))
    if isinstance(value, dict):
        return bool(value) and (
            set(value) <= NATIONS or any(map(_tells_nations_apart, value.values())) or "nation" in value
        )
    return isinstance(value, list | tuple) and any(map(_tells_nations_apart, value))
