"""The letter, mail or public notice that tells people of a breach (Art. 34(2)), in plain words. Pure.

The one rule: it is a beginning that somebody reads and changes. What is not known is a place to fill in, marked
`[… like this]`, and never left out in silence.
"""

import re
from dataclasses import dataclass

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from . import letter_words
from .authority_forms.given import FormFacts
from .kinds import Consequence, DataKind

VAGUE = {DataKind.OTHER, DataKind.UNKNOWN}
BLANK = re.compile(r"\[…[^\]]*\]")


@dataclass(frozen=True)
class Part:
    """One thing that Art. 34(2) wants in it; `is_there` while it is known."""

    title: str
    reference: str
    is_there: bool


def blanks(text):
    """The places still to fill in."""
    return BLANK.findall(text)


def letter(facts, language, *, is_public=False):
    """The text, ready to be changed."""
    with translation.override(language):
        parts = (
            _opening(facts, is_public),
            what_happened(facts),
            _which_data(facts.breach),
            _consequences(facts.breach),
            _measures(facts),
            _advice(facts.breach),
            contact_of(facts),
            _closing(facts),
        )
        return "\n\n".join(part for part in parts if part) + "\n"


def parts(facts: FormFacts):
    """What Art. 34(2) asks, and whether the breach says it."""
    row, found = facts.breach, facts.controller
    reachable = found.get("dpo_email") or found.get("dpo_phone") or found.get("email") or found.get("phone")
    return (
        Part(_("What happened"), "Art. 34(2)", bool(row.facts.strip())),
        Part(_("Where people can ask questions"), "Art. 33(3)(b)", bool(reachable)),
        Part(_("What it can mean for them"), "Art. 33(3)(c)", bool(row.effects.strip() or row.effects_on_people)),
        Part(_("What you did and will do"), "Art. 33(3)(d)", bool(row.remedy.strip() or facts.measures)),
        Part(_("What they can do themselves"), _("recital 86"), bool(row.data_kinds)),
    )


def blank(what):
    return f"[… {what}]"


def _opening(facts, is_public):
    if is_public:
        lines = (
            _("Important notice about your personal data"),
            _("We cannot write to everybody it concerns. So we tell it here."),
        )
    else:
        lines = (
            _("Important: something went wrong with your personal data"),
            _("Dear Sir or Madam,"),
            _("Something went wrong with your personal data. We tell you what happened, and what you can do yourself."),
        )
    if facts.breach.is_drill:
        lines = (_("DRILL. This text is not meant to be sent."), *lines)
    return "\n\n".join(lines)


def what_happened(facts):
    row = facts.breach
    return under(_("What happened?"), [row.facts.strip() or blank(_("what happened, in plain words")), _when(row)])


def _when(row):
    known = {name: _day(getattr(row, name)) for name in ("occurred_from", "occurred_until", "first_signal_at")}
    if not known["occurred_from"]:
        return _("We found out on %(first_signal_at)s.") % known if known["first_signal_at"] else ""
    if known["occurred_until"] and known["occurred_until"] != known["occurred_from"]:
        return _("It happened between %(occurred_from)s and %(occurred_until)s.") % known
    return _("It happened on %(occurred_from)s.") % known


def _which_data(row):
    known = [DataKind(code).label for code in row.data_kinds if code in DataKind and code not in VAGUE]
    if DataKind.OTHER in row.data_kinds or not known:
        known.append(blank(_("which data of theirs")))
    return under(_("Which data?"), bullets(known))


def _consequences(row):
    lines = [
        letter_words.MEANS[code] for code in Consequence if code in row.effects_on_people and code in letter_words.MEANS
    ]
    said = [row.effects.strip()] if row.effects.strip() else []
    return under(_("What can this mean for you?"), [*said, *bullets(lines)] or [blank(_("what it can mean for them"))])


def _measures(facts):
    done = [row.text for row in facts.measures if row.done_on]
    planned = [row.text for row in facts.measures if not row.done_on]
    said = [facts.breach.remedy.strip()] if facts.breach.remedy.strip() else []
    known = [*said, *bullets(done)] or [blank(_("what you did about it"))]
    if planned:
        known += [_("We will also do this:"), *bullets(planned)]
    return under(_("What did we do?"), known)


def _advice(row):
    return under(_("What can you do yourself?"), bullets(letter_words.advice(row.data_kinds)))


def contact_of(facts):
    """Art. 34(2) and 33(3)(b): the DPO or another contact point."""
    found = facts.controller
    if found.get("dpo_name") or found.get("dpo_email"):
        names = ("dpo_name", "dpo_email", "dpo_phone")
        intro = _("Ask our data protection officer:")
    else:
        names, intro = ("email", "phone", "website"), _("Ask us:")
    lines = [found[name] for name in names if found.get(name)]
    return under(_("Do you have questions?"), [intro, *(lines or [blank(_("who can be asked, and how"))])])


def _closing(facts):
    return "\n\n".join((_("We are sorry that this happened."), facts.controller.get("name") or blank(_("your name"))))


def under(heading, lines):
    return "\n".join((heading, *(str(line) for line in lines if line)))


def bullets(lines):
    return [f"- {line}" for line in lines]


def _day(moment):
    return date_format(localtime(moment), "DATE_FORMAT") if moment else ""
