"""An authority's form, filled from what is known of a breach: each answer recorded, derived or missing. Pure.

The one rule: the order is the form's, and a question that the form does not ask in this case is left out, so that who
copies from top to bottom is never asked something else.
"""

from dataclasses import asdict, dataclass, replace

from django.utils import translation
from django.utils.translation import gettext as _

from .authority_forms.given import NOTHING, Standing
from .authority_forms.sources import SOURCES


@dataclass(frozen=True)
class Answer:
    """`codes` say the same in every language and edition; `place` is where it is filled in, `hints` what may help."""

    number: str
    question: str
    text: str
    standing: str
    source: str = ""
    note: str = ""
    codes: tuple = ()
    place: str = ""
    hints: tuple = ()
    is_optional: bool = False

    @property
    def anchor(self):
        return "q-" + self.number.replace(".", "-").replace(" ", "-")

    @property
    def label(self):
        return f"{self.number} {self.question}"

    @property
    def is_missing(self):
        return self.standing == Standing.MISSING and not self.is_optional


@dataclass(frozen=True)
class Section:
    number: str
    title: str
    answers: tuple

    @property
    def anchor(self):
        return "s-" + self.number.replace(".", "-").replace(" ", "-")

    @property
    def missing(self):
        return tuple(answer for answer in self.answers if answer.is_missing)


@dataclass(frozen=True)
class Filled:
    form: str
    authority: str
    title: str
    language: str
    sections: tuple

    @property
    def answers(self):
        return tuple(answer for section in self.sections for answer in section.answers)

    @property
    def missing(self):
        return tuple(answer for answer in self.answers if answer.is_missing)

    @property
    def to_check(self):
        return tuple(answer for answer in self.answers if answer.standing == Standing.DERIVED)


def fill(form, facts, language):
    """The form in that language with every answer that is known."""
    with translation.override(language):
        sections = tuple(_section(section, facts, language) for section in form.sections)
    return Filled(form.name, form.authority, form.title[language], language, sections)


def in_common_order(filled, sections):
    """The same answers under the sections of the common template (`reading.common_sections`); empty ones are absent."""
    found = []
    for number, (_code, title, sources) in enumerate(sections, 1):
        answers = tuple(answer for answer in filled.answers if answer.source in sources)
        if answers:
            found.append(Section(str(number), title[filled.language], answers))
    return replace(filled, sections=tuple(found))


def corrected(filled, texts):
    """The same with other answers, {number: text}: what somebody really filled in there."""
    texts = {number: text.strip() for number, text in texts.items() if text.strip()}

    def put_right(answer):
        if answer.number not in texts:
            return answer
        return replace(answer, text=texts[answer.number], codes=(), standing=Standing.RECORDED)

    sections = (replace(one, answers=tuple(map(put_right, one.answers))) for one in filled.sections)
    return replace(filled, sections=tuple(sections))


def to_plain(filled):
    """For keeping: dicts, lists and strings, without what only helps while filling in."""
    plain = asdict(filled)
    for section in plain["sections"]:
        section["answers"] = [
            {key: value for key, value in answer.items() if key not in ("place", "hints")}
            for answer in section["answers"]
        ]
    return plain


def from_plain(plain):
    """Back from `to_plain`, also after a journey through JSON."""
    sections = tuple(
        Section(
            one["number"],
            one["title"],
            tuple(Answer(**answer | {"codes": tuple(answer["codes"])}) for answer in one["answers"]),
        )
        for one in plain["sections"]
    )
    return Filled(plain["form"], plain["authority"], plain["title"], plain["language"], sections)


@dataclass(frozen=True)
class Difference:
    number: str
    question: str
    before: str
    after: str

    @property
    def label(self):
        return f"{self.number} {self.question}"


def differences(before, after):
    """What was answered otherwise than in an earlier version of the same form; what was not asked counts as empty."""
    earlier = {answer.number: answer for answer in before.answers}
    later = {answer.number: answer for answer in after.answers}
    found = []
    for number in [*later, *(number for number in earlier if number not in later)]:
        old, new = earlier.get(number), later.get(number)
        if _said(old) != _said(new):
            found.append(Difference(number, (new or old).question, old.text if old else "", new.text if new else ""))
    return tuple(found)


def _said(answer):
    if answer is None:
        return ""
    return answer.codes or answer.text


def _section(section, facts, language):
    answers = (_answer(question, facts, language) for question in section.questions if _is_asked(question, facts))
    return Section(section.number, section.title[language], tuple(answers))


def _is_asked(question, facts):
    """While nobody knows whether it is asked, it is."""
    if not question.when:
        return True
    given = SOURCES[question.when["source"]].read(facts)
    return not given.codes or bool(set(given.codes) & set(question.when["is"]))


def _answer(question, facts, language):
    source = SOURCES[question.source]
    given = source.read(facts)
    if given == NOTHING and source.may_be_empty:
        text, standing = _("None"), Standing.DERIVED
    else:
        text, standing = _worded(question, given, language)
    if not text and question.unknown:
        text = question.unknown[language]
    return Answer(
        number=question.number,
        question=question.text[language],
        text=text,
        standing=str(standing),
        source=question.source,
        note=question.note.get(language, ""),
        codes=given.codes,
        place=source.place,
        hints=_hints(question.source, facts),
        is_optional=question.is_optional,
    )


def _worded(question, given, language):
    """The words of the form for each code, once each; a code without words in this form is still to be answered."""
    options = [question.option(code) for code in given.codes]
    texts = [given.text, *(option.text[language] for option in options if option)]
    standing = Standing.MISSING if None in options else given.standing
    return "\n".join(dict.fromkeys(filter(None, texts))), standing


HINTS = {"data_kinds": "data", "special_kinds": "data", "groups": "people", "others_involved": "parties"}


def _hints(source, facts):
    """What the record says of the activities that were hit. It says nothing about what leaked."""
    if source not in HINTS:
        return ()
    found = ((one.name, [str(name) for name in getattr(one, HINTS[source])]) for one in facts.activities)
    return tuple(
        _("The record of %(activity)s names: %(items)s.") % {"activity": name, "items": ", ".join(items)}
        for name, items in found
        if items
    )
