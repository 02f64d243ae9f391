"""What a cell with a known meaning becomes: one reader per meaning, each taking the proposal and what was found.

The one rule: a reader deals with a cell whole. What it does not take it leaves, and the proposal keeps that as a note.
Here the activity itself and its purposes; people and data are in `data_cells`, parties and systems in `party_cells`.
"""

from django.db import models
from django.utils.translation import gettext_noop as _

from register.law import SpecialGround
from register.models import Activity

from . import values
from .proposal import Ref


def name(proposal, found):
    proposal.set(found, "name", found.original.replace("\n", " "))


def kind(proposal, found):
    """Settled before all others by `kind_of`; here only what became of the cell."""
    if kind_of(found.original):
        found.take("kind", Activity.Kind(proposal.kind).label)


def kind_of(text):
    words = values.plain(text)
    if words in ("verwerker", "processor", "als verwerker", "as processor"):
        return "processor"
    if words in ("verwerkingsverantwoordelijke", "verantwoordelijke", "controller", "als verwerkingsverantwoordelijke"):
        return "controller"
    return None


def plain_field(name):
    """The reader of a field of the activity itself, by the type of that field."""
    field = Activity._meta.get_field(name)

    def read(proposal, found):
        text = found.original
        if field.choices:
            value = _choice(field, text)
        elif isinstance(field, models.DateField):
            value = values.day(text, found.value)
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


def _choice(field, text):
    codes = {code for code, _label in field.flatchoices if code}
    answer = values.yes_no(text)
    if answer in codes:
        return answer
    by_label = {values.plain(str(label)): code for code, label in field.flatchoices if code}
    return by_label.get(values.plain(text)) or (text if text in codes else None)


def purposes(proposal, found):
    for text in values.several(found.original, "\n"):
        proposal.add(found, "purposes", became=text, **{proposal.in_language("text"): text})


def basis(proposal, found):
    """One basis goes with all purposes, as many as purposes one with each; of several, each gets the one purpose."""
    if not proposal.has_home("purposes"):
        return
    named = values.bases(found.original)
    lines = _purpose_lines(proposal)
    each = [values.bases(part) for part in values.several(found.original)]
    paired = len(lines) > 1 and len(each) == len(lines) and all(len(one.codes) == 1 for one in each)
    if paired:
        for line, one in zip(lines, each, strict=True):
            line["basis"] = one.codes[0]
    elif len(named.codes) == 1:
        for line in lines:
            line["basis"] = named.codes[0]
    elif named.codes and len(lines) == 1:
        lines[:] = [lines[0] | {"basis": code} for code in named.codes]
        found.remark(_("The purpose is listed once for each lawful basis."))
    else:
        named = values.Bases((), False)
        found.remark(_("No lawful basis could be read from this with certainty; the words are kept with the purpose."))
    if not named.whole:
        for line in lines:
            line["basis_note"] = found.original
    found.take("purposes", ", ".join(f"6(1)({code})" for code in named.codes) or found.original)


def _purpose_lines(proposal):
    """The purposes so far; one without a text when there are none, to hold what goes with a purpose."""
    lines = proposal.lines_of("purposes")
    if not lines:
        lines.append({})
    return lines


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
            proposal.fill(found, line, "purposes", **{target: found.original})
        found.take("purposes")

    return read


def basis_law(proposal, found):
    """A law that the library knows becomes that law; other words go to the article."""
    if proposal.has_home("purposes"):
        for line in _purpose_lines(proposal):
            proposal.fill(found, line, "purposes", basis_law=Ref(found.original, found, {"else": "basis_article"}))
        found.take("purposes")


def special_ground(proposal, found):
    letters = {
        values.plain(f"{start}{code}"): code for code in SpecialGround.values for start in ("9 2 ", "art 9 2 ", "")
    }
    code = letters.get(values.plain(found.original))
    for line in proposal.lines.get("purposes", ()) if proposal.has_home("purposes") else ():
        if line.get("special_ground") or line.get("special_article"):
            return
        if code:
            line["special_ground"] = code
            found.take("purposes", SpecialGround(code).label)
        else:
            proposal.fill(found, line, "purposes", special_article=found.original)
            found.take("purposes")


def measures(proposal, found):
    """Measures that the library knows become lines; the others stay as words."""
    for text in [] if values.is_answer(found.original) else values.several(found.original):
        proposal.add(found, "measures", became=text, measure=Ref(text, found, {"else": "measures_text"}))


def dpia(proposal, found):
    """A bare yes or no does not say whether it was needed or done; so the words go to the explanation."""
    if proposal.has_home("assessment_note"):
        answer = values.yes_no(found.original)
        text = f"{found.heading}: {found.original}" if answer else found.original
        proposal.append(found, "assessment_note", text)
        if answer:
            found.remark(_("It does not say whether a DPIA was needed or was done, so nothing is chosen there."))


def dpia_needed(proposal, found):
    answer = values.yes_no(found.original)
    if answer and not proposal.fields.get("assessment"):
        value = "needed" if answer == "yes" else "not_needed"
        proposal.set(found, "assessment", value, became=Activity.Assessment(value).label)
    elif not answer:
        proposal.append(found, "assessment_note", found.original)


def dpia_done(proposal, found):
    answer = values.yes_no(found.original)
    if answer == "yes" and proposal.has_home("assessment"):
        proposal.fields["assessment"] = "done"
        found.take("assessment", Activity.Assessment.DONE.label)
    elif not answer:
        proposal.append(found, "assessment_note", found.original)


def labels(proposal, found):
    parts = values.several(found.original, "\n;,")
    if all(len(part) <= 60 for part in parts):
        proposal.labels += [Ref(part, found) for part in parts]
        for part in parts:
            found.take("labels", part)


def department(proposal, found):
    if len(found.original) <= 150 and "\n" not in found.original:
        proposal.set(found, "department", Ref(found.original, found))


def controller(proposal, found):
    """Looked up among the controllers of the organisation; an import never makes one."""
    proposal.set(found, "controller", Ref(found.original.replace("\n", " "), found))


def status(proposal, found):
    proposal.note(found, _("An import makes drafts only: whether this is established is for you to say."))
