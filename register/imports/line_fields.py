"""Cells that fill one field of a line, such as "data.detail": in sheets with a row per line, and in our own exports.

The cells of one row make one line, or tell more about the line that another cell of that row made.
"""

from functools import cache

from django.db import models
from django.utils.translation import gettext_noop as _

from register import sections as layout
from register.models import RetentionRule

from . import periods, values
from .bases import bases
from .cells import codes_of, day_of
from .party_cells import MECHANISMS
from .proposal import Ref

FIRST = {
    *("category", "party", "system", "measure", "document", "text_nl", "text_en", "description_nl", "description_en"),
    "country",
}
"""Fields that a line begins with; the others are read after all that makes lines."""
NEEDED = {
    "subjects": ("category",),
    "data": ("category",),
    "joint_controllers": ("party", "description_nl", "description_en"),
    "recipients": ("party", "description_nl", "description_en"),
    "systems": ("system",),
    "measures": ("measure",),
    "documents": ("document",),
    "clients": ("party",),
    "access": ("role",),
}
"""Of these a line must have one."""
ELSEWHERE = {
    ("transfers", "country"): "note",
    ("purposes", "basis_law"): "basis_article",
    ("purposes", "special_law"): "special_article",
    ("purposes", "national_id_law"): "national_id_article",
    ("measures", "measure"): "measures_text",
}
"""Where words go that name nothing we know."""
NOT_MADE = {"agreement", "purpose", "role"}
ROLES = {
    "service interne": "internal",
    "intern": "internal",
    "internal": "internal",
    "internal department": "internal",
    "sous traitant": "processor",
    "sous traitants": "processor",
    "verwerker": "processor",
    "processor": "processor",
    "subverwerker": "sub_processor",
    "overheid": "authority",
    "authority": "authority",
}


def set_of(name):
    return next(one for one in layout.LINE_SETS if one.name == name)


@cache
def reader(meaning):
    """The reader of one field of a set of lines."""
    name, _dot, part = meaning.partition(".")
    lines = set_of(name)
    field = lines.model._meta.get_field(part)

    def read(proposal, found):
        if not proposal.has_home(name):
            return proposal.note(found, _("Entries of this part of the register have no place for it."))
        if isinstance(field, models.ForeignKey) and part in NOT_MADE:
            return proposal.note(found, _("What this refers to cannot be made from a file; choose it here."))
        value, became = _value(proposal, name, part, field, found)
        if value is None:
            return proposal.note(found, _("It does not say one of the answers that this field knows."))
        line = _line(proposal, lines)
        target = "retention_note" if part == "retention" and isinstance(value, str) else part
        if line.get(target) not in (None, "", value):
            return proposal.note(found, _("Another cell filled in this field already."))
        proposal.fill(found, line, name, **{target: value})
        line.setdefault("founds", []).append(found)
        return found.take(name, became)

    return read


def _line(proposal, lines):
    """The line of the row that is being read, or a new one."""
    own = [line for line in proposal.lines_of(lines.name) if line.get("row") == proposal.scope]
    if own and proposal.scope is not None:
        return own[-1]
    if own and len(own) == 1:
        return own[0]
    line = dict(lines.only or {})
    if proposal.scope is not None:
        line["row"] = proposal.scope
    proposal.lines_of(lines.name).append(line)
    return line


def _value(proposal, lines, part, field, found):
    """(value for the field, what to show), or (None, "")."""
    text = found.words
    if isinstance(field, models.ForeignKey):
        return _ref(proposal, lines, field, found), text
    if isinstance(field, models.DateField):
        day = day_of(found)
        return day, str(day)
    if isinstance(field, models.IntegerField):
        numbers = values.people(text)
        return (numbers[0], str(numbers[0])) if numbers else (None, "")
    if field.choices:
        return _choice(part, field, text)
    return text, text


def _ref(proposal, lines, field, found):
    model = field.related_model
    if model is RetentionRule:
        period = periods.period(found.words, proposal.language)
        sure = period and len(period.words) <= 250
        return Ref(period.words, found, {"period": period}) if sure else found.words
    name = ELSEWHERE.get((lines, field.name))
    return Ref(found.words.replace("\n", " "), found, {"else": name} if name else {})


def _choice(part, field, text):
    words = values.plain(text)
    labels = dict(field.flatchoices)
    code = codes_of(field).get(words) or (text if text in labels else None)
    if code is None and part == "role":
        code = ROLES.get(words)
    if code is None and part == "mechanism":
        code = MECHANISMS.get(words)
    if code is None and part == "basis":
        named = bases(text)
        code = named.codes[0] if named.whole and len(named.codes) == 1 else None
    return (code, str(labels[code])) if code else (None, "")


def complete(proposal):
    """A line must name something: what stands in one that does not is kept as notes."""
    for name, needed in NEEDED.items():
        lines = proposal.lines.get(name, [])
        for line in [line for line in lines if not any(line.get(part) for part in needed)]:
            if name == "recipients" and line.get("ground"):
                line[proposal.in_language("description")] = line.pop("ground")
                continue
            lines[:] = [one for one in lines if one is not line]
            for found in line.get("founds", ()):
                found.give_back(name)
                proposal.note(found, _("The row does not say what this is about."))
    for line in (line for lines in proposal.lines.values() for line in lines):
        _in_order(proposal, line, line.pop("founds", ()), ("subjects", "number_min", "number_max"))
    _in_order(proposal, proposal.fields, proposal.founds, ("", "people_min", "people_max"))


def _in_order(proposal, values_there, founds, names):
    """What is said to be the least may not be more than the most: then both are kept as notes."""
    lines, low, high = names
    least, most = values_there.get(low), values_there.get(high)
    if least is not None and most is not None and least > most:
        del values_there[low], values_there[high]
        for found in founds:
            if found.meaning.rpartition(".")[2] in (low, high):
                found.give_back(lines or found.meaning)
                proposal.note(found, _("The lowest number is higher than the highest."))
