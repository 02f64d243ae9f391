"""The data files of authorities' forms as plain frozen values, checked word by word. Nothing asks the database.

The one rule: a file that names a source or a code that we do not have, or lacks a language, is refused as a whole, so
that a form never shows a hole where the authority has a question.
"""

import datetime
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from breaches.law import Authority

from .sources import SOURCES

FOLDER = Path(__file__).parent / "data"
COMMON = Path(__file__).parent / "edpb_2026.toml"
LANGUAGES = ("nl", "en")
FORM_KEYS = {"code", "authority", "edition", "address", "title", "note", "sections"}
SECTION_KEYS = {"number", "title", "questions"}
QUESTION_KEYS = {"number", "text", "note", "source", "answers", "unanswered", "unknown", "when", "optional"}


class BadForm(ValueError):
    """A data file that says something we do not understand."""


@dataclass(frozen=True)
class Option:
    """An answer as the authority words it, and the codes of ours that come to it."""

    codes: tuple
    text: dict


@dataclass(frozen=True)
class Question:
    """`unknown`: what the form wants while it is not known. `when`: asked only for these answers of another source.

    An optional one, such as an explanation, may stay empty.
    """

    number: str
    text: dict
    source: str
    note: dict = field(default_factory=dict)
    options: tuple = ()
    unknown: dict = field(default_factory=dict)
    when: dict = field(default_factory=dict)
    is_optional: bool = False

    def option(self, code):
        return next((option for option in self.options if code in option.codes), None)


@dataclass(frozen=True)
class Section:
    number: str
    title: dict
    questions: tuple


@dataclass(frozen=True)
class Form:
    """`code` stands in addresses; `name`, which has the edition too, in what was notified by it."""

    code: str
    authority: str
    edition: datetime.date
    title: dict
    note: dict
    address: str
    sections: tuple

    @property
    def name(self):
        return f"{self.code}-{self.edition:%Y-%m}"

    @property
    def short(self):
        return self.code.upper()

    @property
    def questions(self):
        return tuple(question for section in self.sections for question in section.questions)


def forms(on):
    """{code: Form}: of each form the latest edition that was there on `on`, or else the first; by code."""
    found = {}
    for form in sorted(all_forms(FOLDER), key=lambda form: (form.code, form.edition)):
        if form.edition <= on or form.code not in found:
            found[form.code] = form
    return found


@cache
def all_forms(folder):
    return tuple(read(path) for path in sorted(folder.glob("*.toml")))


@cache
def common_sections():
    """The sections of the common template of the EDPB: (code, title, sources), in its order."""
    said = tomllib.loads(COMMON.read_text())
    return tuple((one["code"], one["title"], frozenset(one["sources"])) for one in said["sections"])


def read(path):
    """One file. What is wrong in it is said with its name and place."""
    try:
        return _form(path.stem, tomllib.loads(path.read_text()))
    except (tomllib.TOMLDecodeError, BadForm) as error:
        raise BadForm(f"{path.name}: {error}") from None


def _form(stem, said):
    _only(said, FORM_KEYS, "the form")
    form = Form(
        code=_word(said, "code", "the form"),
        authority=_word(said, "authority", "the form"),
        edition=said.get("edition"),
        title=_both(said, "title", "the form"),
        note=_both(said, "note", "the form", required=False),
        address=said.get("address", ""),
        sections=tuple(_section(one) for one in said.get("sections", ())),
    )
    _check_form(form, stem)
    return form


def _check_form(form, stem):
    if type(form.edition) is not datetime.date:
        raise BadForm("edition is a day, such as 2022-08-01")
    if form.name != stem:
        raise BadForm(f"the name of the file should be {form.name}.toml")
    if form.authority not in Authority:
        raise BadForm(f"there is no authority {form.authority!r}")
    if not form.sections:
        raise BadForm("it has no sections")
    _once([section.number for section in form.sections], "section")
    _once([question.number for question in form.questions], "question")


def _section(said):
    where = f"section {said.get('number', '?')}"
    _only(said, SECTION_KEYS, where)
    questions = tuple(_question(one) for one in said.get("questions", ()))
    if not questions:
        raise BadForm(f"{where} asks nothing")
    return Section(_word(said, "number", where), _both(said, "title", where), questions)


def _question(said):
    where = f"question {said.get('number', '?')}"
    _only(said, QUESTION_KEYS, where)
    question = Question(
        number=_word(said, "number", where),
        text=_both(said, "text", where),
        source=_word(said, "source", where),
        note=_both(said, "note", where, required=False),
        options=tuple(_option(one, where) for one in said.get("answers", ())),
        unknown=_both(said, "unknown", where, required=False),
        when=said.get("when", {}),
        is_optional=said.get("optional", False) is True,
    )
    if question.source not in SOURCES:
        raise BadForm(f"{where}: there is no source {question.source!r}")
    _check_codes(question, said.get("unanswered", ()), where)
    _check_when(question.when, where)
    return question


def _option(said, where):
    _only(said, {"codes", *LANGUAGES}, where)
    codes = tuple(said.get("codes", ()))
    if not codes:
        raise BadForm(f"{where}: an answer without codes")
    return Option(codes, _texts(said, where))


def _check_codes(question, unanswered, where):
    """Each code of the source comes to exactly one answer, or is named as one that the form has no answer for."""
    used = [*(code for option in question.options for code in option.codes), *unanswered]
    _once(used, f"{where}: code")
    known = SOURCES[question.source].codes
    if strange := sorted(set(used) - known):
        raise BadForm(f"{where}: the source {question.source!r} has no code {', '.join(strange)}")
    if left := sorted(known - set(used)):
        raise BadForm(f"{where}: no answer for {', '.join(left)}")


def _check_when(when, where):
    if not when:
        return
    _only(when, {"source", "is"}, f"{where}, when")
    source = SOURCES.get(when.get("source"))
    if source is None or not source.codes:
        raise BadForm(f"{where}, when: {when.get('source')!r} is no source with codes")
    if not when.get("is") or set(when["is"]) - source.codes:
        raise BadForm(f"{where}, when: it is asked for no answer, or for one that {when['source']!r} does not have")


def _only(said, known, where):
    if strange := sorted(set(said) - known):
        raise BadForm(f"{where}: what is {', '.join(strange)}?")


def _once(values, what):
    if twice := sorted({value for value in values if values.count(value) > 1}):
        raise BadForm(f"{what} {', '.join(twice)} comes twice")


def _word(said, key, where):
    value = said.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BadForm(f"{where}: {key} is missing")
    return value


def _both(said, key, where, *, required=True):
    texts = said.get(key, {})
    if not texts and not required:
        return {}
    return _texts(texts, f"{where}, {key}")


def _texts(said, where):
    texts = {language: said.get(language, "").strip() for language in LANGUAGES}
    if missing := [language for language, text in texts.items() if not text]:
        raise BadForm(f"{where}: not said in {', '.join(missing)}")
    return texts
