"""The text with which a processor tells one controller of a breach (Art. 33(2)), in plain words.

The one rule: it names no other controller, and numbers of the whole breach stand in it only when there is one: how many
of somebody else's people were hit is nothing for this controller. It is a beginning that somebody reads and changes.
"""

from django.utils import translation
from django.utils.translation import gettext as _

from . import kinds, showing
from .letters import blank, bullets, contact_of, under, what_happened


def letter(facts, controller, activities, language, *, is_only):
    """The text for `controller`. `activities`: names of what we do for it; `is_only`: no other was told or will be."""
    with translation.override(language):
        row = facts.breach
        parts = (
            *([_("DRILL. This text is not meant to be sent.")] if row.is_drill else []),
            _("To %(name)s") % {"name": controller},
            _(
                "We process personal data for you. A data breach happened that concerns these data. "
                "We tell you so without delay, as Article 33(2) GDPR asks. "
                "You judge the risk, and decide whether the authority and the people are told."
            ),
            what_happened(facts),
            under(_("Which work that we do for you?"), bullets(activities)) if activities else "",
            under(_("Which data?"), bullets(_labels(kinds.DataKind, row.data_kinds)) or [blank(_("which data"))]),
            under(_("Whose data, and how many?"), _people(row, is_only)),
            under(_("What can this mean?"), [row.effects.strip() or blank(_("what it can mean"))]),
            under(_("What did we do?"), _done(facts)),
            _("What we do not know yet, we tell you as soon as we know it."),
            contact_of(facts),
            _("Our reference: %(code)s") % {"code": row.code},
            facts.controller.get("name") or blank(_("your name")),
        )
        return "\n\n".join(part for part in parts if part) + "\n"


def subject(breach, language):
    with translation.override(language):
        words = _("Data breach %(code)s: we tell you under Article 33(2) GDPR") % {"code": breach.code}
        return f"{_('DRILL')}: {words}" if breach.is_drill else words


def _people(row, is_only):
    groups = bullets(_labels(kinds.PeopleKind, row.groups))
    if not is_only:
        return [*groups, blank(_("how many people of this controller, and how many data records"))]
    people = showing.number(row.people_min, row.people_max)
    records = showing.number(row.records_min, row.records_max)
    numbers = [
        _("People: %(number)s") % {"number": people or _("not known yet")},
        _("Data records: %(number)s") % {"number": records or _("not known yet")},
    ]
    return [*groups, *numbers]


def _labels(choices, codes):
    return [choices(code).label for code in codes if code in choices and code != "unknown"]


def _done(facts):
    said = [facts.breach.remedy.strip()] if facts.breach.remedy.strip() else []
    done = bullets(row.text for row in facts.measures if row.done_on)
    planned = bullets(row.text for row in facts.measures if not row.done_on)
    known = [*said, *done] or [blank(_("what you did about it"))]
    return [*known, _("We will also do this:"), *planned] if planned else known
