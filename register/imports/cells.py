"""What a cell with a known meaning becomes: one reader per meaning, each taking the proposal and what was found.

The one rule: a reader deals with a cell whole. What it does not take it leaves, and the proposal keeps that as a note.
Here the activity itself and its purposes; people and data are in `data_cells`, parties and systems in `party_cells`.
"""

from functools import cache

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_noop as _

from register.law import SpecialGround
from register.models import Activity

from . import bases, days, values
from .proposal import Ref


def name(proposal, found):
    proposal.set(found, "name", found.words.replace("\n", " "))


def kind(proposal, found):
    """Settled before all others by `kind_of`; here only what became of the cell."""
    if kind_of(found.words):
        found.take("kind", Activity.Kind(proposal.kind).label)


def kind_of(text):
    words = values.plain(text)
    if words in ("verwerker", "processor", "als verwerker", "as processor"):
        return "processor"
    if words in ("verwerkingsverantwoordelijke", "verantwoordelijke", "controller", "als verwerkingsverantwoordelijke"):
        return "controller"
    return None


@cache
def plain_field(name):
    """The reader of a field of the activity itself, by the type of that field."""
    field = Activity._meta.get_field(name)

    def read(proposal, found):
        text = found.words
        if field.choices:
            value = _choice(field, text)
        elif isinstance(field, models.DateField):
            value = day_of(found)
        elif isinstance(field, models.IntegerField):
            value = int(text) if text.isdecimal() and len(text) < 10 else None
        elif isinstance(field, models.TextField) and proposal.fields.get(name):
            return proposal.append(found, name, text)
        else:
            value = text
        if value is None:
            return proposal.note(found, _("It does not say one of the answers that this field knows."))
        words = field.flatchoices and dict(field.flatchoices).get(value)
        return proposal.set(found, name, value, became=words or str(value))

    return read


def day_of(found):
    """The day that a cell says, or None; a doubt when it can be read in two ways."""
    day = days.day(found.words, found.value, found.dates)
    if day is None and days.is_open(found.words):
        found.doubt(_("It is not clear which of these is the day and which the month."))
    return day


def _choice(field, text):
    codes = {code for code, _label in field.flatchoices if code}
    answer = values.yes_no(text)
    if answer in codes:
        return answer
    return codes_of(field).get(values.plain(text)) or (text if text in codes else None)


@cache
def codes_of(field):
    """{label in one of our languages, compared: code}: whoever reads the file speaks one of them, the file another."""
    found = {}
    for language in ("nl", "en"):
        with translation.override(language):
            found |= {values.plain(str(label)): code for code, label in field.flatchoices if code}
    return found


def purposes(proposal, found):
    for text in values.several(found.words, "\n"):
        proposal.add(found, "purposes", became=text, **{proposal.in_language("text"): text})


def basis(proposal, found):
    """One basis goes with all purposes, as many as purposes one with each; of several, each gets the one purpose."""
    if not proposal.has_home("purposes"):
        return
    named = bases.bases(found.words)
    lines = _purpose_lines(proposal)
    each = [bases.bases(part) for part in values.several(found.words)]
    paired = len(lines) > 1 and len(each) == len(lines) and all(len(one.codes) == 1 for one in each)
    if paired:
        for line, one in zip(lines, each, strict=True):
            line["basis"] = one.codes[0]
    elif len(named.codes) == 1:
        for line in lines:
            line["basis"] = named.codes[0]
    elif named.codes and len(lines) == 1:
        lines = _once_for_each(proposal, lines[0], named.codes)
        found.remark(_("The purpose is listed once for each lawful basis."))
    else:
        named = bases.Bases((), False)
        found.remark(_("No lawful basis could be read from this with certainty; the words are kept with the purpose."))
    if not named.whole:
        for line in lines:
            line["basis_note"] = found.words
    found.take("purposes", ", ".join(f"6(1)({code})" for code in named.codes) or found.words)


def _purpose_lines(proposal):
    """The purposes so far; one without a text when there are none, to hold what goes with a purpose."""
    return proposal.lines_for("purposes") or [_new_purpose(proposal)]


def _new_purpose(proposal):
    line = {} if proposal.scope is None else {"row": proposal.scope}
    proposal.lines_of("purposes").append(line)
    return line


def _once_for_each(proposal, line, codes):
    """The line with the first basis, and after it the same with each of the others."""
    lines = proposal.lines_of("purposes")
    at = next(number for number, one in enumerate(lines) if one is line)
    copies = [line | {"basis": code} for code in codes]
    lines[at : at + 1] = copies
    return copies


def with_purposes(field):
    """The reader of words that go with every purpose of the activity."""

    def read(proposal, found):
        if not proposal.has_home("purposes"):
            return
        lines = _purpose_lines(proposal)
        target = proposal.in_language("interest") if field == "interest" else field
        if any(line.get(target) for line in lines):
            return
        for line in lines:
            proposal.fill(found, line, "purposes", **{target: found.words})
        found.take("purposes")

    return read


def basis_law(proposal, found):
    """A law that the library knows becomes that law; other words go to the article."""
    if proposal.has_home("purposes"):
        for line in _purpose_lines(proposal):
            proposal.fill(found, line, "purposes", basis_law=Ref(found.words, found, {"else": "basis_article"}))
        found.take("purposes")


def special_ground(proposal, found):
    letters = {
        values.plain(f"{start}{code}"): code for code in SpecialGround.values for start in ("9 2 ", "art 9 2 ", "")
    }
    code = letters.get(values.plain(found.words))
    for line in proposal.lines_for("purposes"):
        if line.get("special_ground") or line.get("special_article"):
            return
        if code:
            line["special_ground"] = code
            found.take("purposes", SpecialGround(code).label)
        else:
            proposal.fill(found, line, "purposes", special_article=found.words)
            found.take("purposes")


def measures(proposal, found):
    """Measures that the library knows become lines; the others stay as words."""
    for text in [] if values.is_answer(found.words) else values.several(found.words):
        proposal.add(found, "measures", became=text, measure=Ref(text, found, {"else": "measures_text"}))


def dpia(proposal, found):
    """A bare yes or no does not say whether it was needed or done; so the words go to the explanation."""
    if proposal.has_home("assessment_note"):
        answer = values.yes_no(found.words)
        text = f"{found.heading}: {found.words}" if answer else found.words
        proposal.append(found, "assessment_note", text)
        if answer:
            found.remark(_("It does not say whether a DPIA was needed or was done, so nothing is chosen there."))


def dpia_needed(proposal, found):
    answer = values.yes_no(found.words)
    if answer and not proposal.fields.get("assessment"):
        value = "needed" if answer == "yes" else "not_needed"
        proposal.set(found, "assessment", value, became=Activity.Assessment(value).label)
    elif not answer:
        proposal.append(found, "assessment_note", found.words)


def dpia_done(proposal, found):
    answer = values.yes_no(found.words)
    if answer == "yes" and proposal.has_home("assessment"):
        proposal.fields["assessment"] = "done"
        found.take("assessment", Activity.Assessment.DONE.label)
    elif not answer:
        proposal.append(found, "assessment_note", found.words)


def labels(proposal, found):
    parts = values.several(found.words, "\n;,")
    if all(len(part) <= 60 for part in parts):
        proposal.labels += [Ref(part, found) for part in parts]
        for part in parts:
            found.take("labels", part)


def department(proposal, found):
    if len(found.words) <= 150 and "\n" not in found.words:
        proposal.set(found, "department", Ref(found.words, found))


def controller(proposal, found):
    """Looked up among the controllers of the organisation; an import never makes one."""
    proposal.set(found, "controller", Ref(found.words.replace("\n", " "), found))


def language(proposal, found):
    """Settled before all others by `language_of`; here only what became of the cell."""
    if language_of(found):
        found.take("language")


def language_of(found):
    """The language of the texts: nl or en, or None."""
    words = values.plain(found.words)
    return {"nl": "nl", "nederlands": "nl", "dutch": "nl", "en": "en", "engels": "en", "english": "en"}.get(words)


def activity(proposal, found):
    """It only says which activity the row is about."""
    found.take("activity")


def shared(proposal, found):
    """It names rows of another sheet, whose cells have come along."""
    found.take("shared")


def identifier(proposal, found):
    found.refused = _("This identifies the record that was exported; what comes in gets its own.")


def status(proposal, found):
    proposal.note(found, _("An import makes drafts only: whether this is established is for you to say."))
