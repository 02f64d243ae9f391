"""What a rule is, and what it says: the frame in which every rule of the findings is written.

A rule is one small pure function over the read model: no query, no clock. It looks at one thing on one day
(`context.on`) and yields what fails, or what cannot be known because it was not filled in; what holds yields nothing.
The one rule: a finding never stops anybody from stating a fact.
"""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Severity(TextChoices):
    CRITICAL = "critical", _("Critical")
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")
    INFORMATION = "information", _("Information")


RANKS = {severity.value: rank for rank, severity in enumerate(Severity)}
"""By which findings are sorted: the most serious is 0."""


class Outcome(TextChoices):
    FAILS = "fails", _("Does not hold")
    UNKNOWN = "unknown", _("Not known")


class Group(TextChoices):
    """The groups that an organisation switches on and off, by the letter of their rules."""

    RECORD = "R", _("The record itself (Art. 30)")
    LAWFULNESS = "L", _("Lawfulness (Art. 5-11)")
    RETENTION = "T", _("Retention")
    PARTIES = "P", _("Parties and agreements")
    TRANSFERS = "X", _("Transfers")
    TRANSPARENCY = "N", _("Transparency")
    CONSENT = "C", _("Consent")
    ASSESSMENTS = "D", _("DPIA and high risk")
    GOVERNANCE = "G", _("DPO and governance")
    BREACHES = "B", _("Data breaches")
    SECURITY = "S", _("Security")


class Scope(TextChoices):
    """What a rule looks at, and so what its function is given besides the context (`register.checks.facts`).

    entry: an `Entry`. register: all `Outline`s at once, as a tuple; its verdicts name their `activity`. organisation:
    `OrganisationFacts`. agreement, party, system, retention: the facts of one row that running activities use.
    """

    ENTRY = "entry", _("Processing activity")
    REGISTER = "register", _("The whole register")
    ORGANISATION = "organisation", _("Organisation")
    AGREEMENT = "agreement", _("Agreement")
    PARTY = "party", _("Party")
    SYSTEM = "system", _("System")
    RETENTION = "retention", _("Retention rule")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says about one place.

    `place` is the key of a section (`register.sections`) or "", `line` the id of a line in it. `cause` is the shared
    row that is to blame: findings with the same cause are shown once, with their activities under it. `aspect` tells
    apart several verdicts of one rule on the same line, such as the code of a clause; it is part of the identity of a
    finding, `parameters` are not. They fill the message and are JSON: text, numbers; a day as ISO text; a code of a
    choice as its label, which may be lazy.
    """

    outcome: Outcome
    place: str = ""
    line: uuid.UUID | None = None
    cause: tuple[str, uuid.UUID] | None = None
    parameters: dict = field(default_factory=dict)
    severity: Severity | None = None
    activity: uuid.UUID | None = None
    aspect: str = ""


def fails(place="", *, line=None, cause=None, severity=None, activity=None, aspect="", **parameters):
    return Verdict(Outcome.FAILS, place, line, cause, parameters, severity, activity, aspect)


def unknown(place="", *, line=None, cause=None, severity=None, activity=None, aspect="", **parameters):
    """Not filled in, so nobody can say. Severity is low unless the rule insists; never counted as holding."""
    return Verdict(Outcome.UNKNOWN, place, line, cause, parameters, severity, activity, aspect)


@dataclass(frozen=True, slots=True)
class Rule:
    """`message` and `remedy` are lazy sentences with the verdict's parameters as %(name)s. `question` is said instead
    of the message when the outcome is unknown, where the message would claim too much; show `message_for(outcome)`.
    So `look_up` is said instead of the remedy, where that mends what may not be wrong; show `remedy_for(outcome)`.

    `imported_late` marks a rule about lateness: silent about imported entries, whose dates nobody kept. A rule without
    a function belongs to a room above, which gives its verdicts through `register.extensions`.
    """

    id: str
    article: str
    severity: Severity
    group: Group
    scope: Scope
    message: str
    remedy: str
    function: Callable | None
    imported_late: bool = False
    question: str = ""
    look_up: str = ""

    def remedy_for(self, outcome):
        return self.look_up if self.look_up and outcome == Outcome.UNKNOWN else self.remedy

    def message_for(self, outcome):
        return self.question if self.question and outcome == Outcome.UNKNOWN else self.message

    def severity_of(self, verdict):
        return verdict.severity or (Severity.LOW if verdict.outcome == Outcome.UNKNOWN else self.severity)


RULES = {}
"""Every rule by its id, in the order in which they were written."""


def declare(id, *, article, severity, scope="entry", function=None, **about):
    """Make a rule known, by the fields of `Rule`. Raises ValueError for an id that is taken or of no known group."""
    if id in RULES or not re.fullmatch(r"[A-Z]\d{3}", id):
        raise ValueError(f"{id} is taken, or no id of a rule.")
    known = {"severity": Severity(severity), "group": Group(id[0]), "scope": Scope(scope), "function": function}
    found = Rule(id=id, article=article, **known, **about)
    RULES[id] = found
    return found


def rule(id, **about):
    """`@rule("L001", article="6(1)", severity=Severity.CRITICAL, message=_("…"), remedy=_("…"))` on a function."""

    def known(function):
        declare(id, function=function, **about)
        return function

    return known
