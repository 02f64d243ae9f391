"""Whether a tracker takes consent, and why: the exceptions of Art. 11.7a(3) Tw and of Art. 10/2 of the Belgian act.

Pure. The one rule: whoever claims an exception writes down why, and without that consent is needed. Whether it concerns
personal data makes no difference.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .kinds import Category, Ground, Rule

SUITS = {
    Ground.TRANSMISSION: (Category.NECESSARY, Category.FUNCTIONAL),
    Ground.REQUESTED: (Category.NECESSARY, Category.FUNCTIONAL),
    Ground.MEASURING: (Category.EXEMPT,),
}
"""What each exception can be claimed for: nobody needs advertising to carry what a visitor asked for."""
ARTICLES = {
    Rule.NL: (_("Art. 11.7a(1) Tw"), _("Art. 11.7a(3) Tw")),
    Rule.BE: (_("Art. 10/2 Belgian act of 30 July 2018"), _("Art. 10/2 Belgian act of 30 July 2018")),
    Rule.BOTH: (
        _("Art. 11.7a(1) Tw and Art. 10/2 Belgian act of 30 July 2018"),
        _("Art. 11.7a(3) Tw and Art. 10/2 Belgian act of 30 July 2018"),
    ),
}
"""Of each law: where consent is asked, and where the exceptions stand."""
LAYER = {
    Rule.NL: _("Art. 4(11), 7(3); Art. 11.7a(1) Tw"),
    Rule.BE: _("Art. 4(11), 7(3); Art. 10/2 Belgian act of 30 July 2018"),
    Rule.BOTH: _("Art. 4(11), 7(3); Art. 11.7a(1) Tw and Art. 10/2 Belgian act of 30 July 2018"),
}
"""Of each law: by what the layer that asks for consent is measured."""
WHY = {
    "nothing_claimed": _("Something is put on or read from the visitor's equipment, and no exception is claimed."),
    "no_reason": _("An exception is claimed, but nobody wrote down why it holds."),
    "does_not_suit": _("This exception cannot hold for a tracker of this category."),
    "not_in_belgium": _("Belgian law has no exception for statistics."),
    "transmission": _("It only serves to carry the communication."),
    "requested": _("It is strictly necessary for a service that the visitor asks for."),
    "measuring": _("It only measures quality or effect, with little or no effect on privacy."),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """`why` is a key of `WHY`."""

    needs_consent: bool
    why: str
    article: str

    @property
    def words(self):
        return WHY[self.why]


def answer(*, category, ground, reason, rule):
    """Whether consent is needed before this is put on or read."""
    asks, exempts = ARTICLES[Rule(rule)]
    missing = _missing(category, ground, reason, rule)
    return Answer(True, missing, asks) if missing else Answer(False, str(Ground(ground)), exempts)


def _missing(category, ground, reason, rule):
    """Why the exception does not hold; nothing when it does."""
    if not ground:
        return "nothing_claimed"
    if category not in SUITS[Ground(ground)]:
        return "does_not_suit"
    if ground == Ground.MEASURING and rule != Rule.NL:
        return "not_in_belgium"
    return "" if reason.strip() else "no_reason"


def exempt():
    """The same as a condition on trackers: those that need no consent. A reason never holds spaces alone, see the
    model.
    """
    suits = Q(pk__in=[])
    for ground, categories in SUITS.items():
        holds = Q(ground=ground, category__in=categories)
        suits |= holds & Q(site__rule=Rule.NL) if ground == Ground.MEASURING else holds
    return suits & ~Q(reason="")
