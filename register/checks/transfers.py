"""Rules about data that leave the European Economic Area: Chapter V."""

from django.utils.translation import gettext_lazy as _

from core.dates import add_months
from register.law import Mechanism

from .conditions import as_controller, day, kind_of_controller, lacking, not_ended, number, party_of
from .conditions import transfer_name as name
from .engine import Severity, fails, rule, unknown
from .recognised import INSUFFICIENT, OLD_CLAUSES, PRIVACY_SHIELD, SUPPLEMENT, speaks_of

SAFEGUARDS = {
    *(Mechanism.BINDING_INSTRUMENT, Mechanism.BCR_CONTROLLER, Mechanism.BCR_PROCESSOR, Mechanism.SCC),
    *(Mechanism.SCC_AUTHORITY, Mechanism.CODE_OF_CONDUCT, Mechanism.CERTIFICATION, Mechanism.AD_HOC),
    Mechanism.ADMINISTRATIVE,
}
"""Of Art. 46: these ask for a transfer impact assessment."""
DEROGATIONS = {mechanism for mechanism in Mechanism if mechanism.startswith("derogation_")}
NOT_FOR_AUTHORITIES = {Mechanism.DEROGATION_A, Mechanism.DEROGATION_B, Mechanism.DEROGATION_C}


def country_of(line):
    return line.country or (line.party.country if line.party else None)


def outside(entry):
    """The transfers that leave the Area, or whose country is not known."""
    return [line for line in entry.transfers if not (country_of(line) and country_of(line).eea)]


def at(line, **about):
    """Where a finding is about a transfer. The same party in many activities is one cause."""
    return {"place": "transfers", "line": line.id, "cause": party_of(line), "to": name(line)} | about


@rule(
    "X002",
    article="44-49",
    severity=Severity.CRITICAL,
    message=_("It is not recorded what makes the transfer to %(to)s lawful."),
    remedy=_("Choose the mechanism of Chapter V on which the transfer rests, or stop it."),
)
@not_ended
def transfer_without_mechanism(entry, context):
    for line in outside(entry):
        if not line.mechanism:
            yield lacking(entry, context, **at(line))


@rule(
    "X003",
    article="45",
    severity=Severity.CRITICAL,
    message=_("The transfer to %(to)s rests on an adequacy decision, but none is in force."),
    question=_("The transfer to %(to)s rests on an adequacy decision, and no country is recorded."),
    remedy=_("Choose another mechanism, or stop the transfer."),
)
@not_ended
def country_not_adequate(entry, context):
    for line in _by_adequacy(entry):
        country = country_of(line)
        if country is None:
            yield unknown(**at(line))
        elif not context.decisions(country.code):
            yield fails(**at(line))


def _by_adequacy(entry):
    return [line for line in outside(entry) if line.mechanism == Mechanism.ADEQUACY]


def _decisions(line, context):
    country = country_of(line)
    return context.decisions(country.code) if country else []


@rule(
    "X004",
    article="45",
    severity=Severity.HIGH,
    message=_(
        "The adequacy decision for %(to)s covers some recipients only, and it was not checked whether this is one."
    ),
    question=_("The adequacy decision for %(to)s covers some recipients only; the check is not recorded yet."),
    remedy=_("Check whether the recipient and these data are covered, and record on which day."),
)
@not_ended
def scope_not_checked(entry, context):
    for line in _by_adequacy(entry):
        if line.scope_checked_on is None and any(one.scope_check for one in _decisions(line, context)):
            yield lacking(entry, context, **at(line))


@rule(
    "X005",
    article="45",
    severity=Severity.MEDIUM,
    imported_late=True,
    message=_("Whether %(to)s is on the list of the Data Privacy Framework was last checked on %(day)s."),
    question=_("It is not recorded when %(to)s was last looked up in the list of the Data Privacy Framework."),
    remedy=_("Look the recipient up in the list again: companies renew their place every year."),
)
@not_ended
def framework_not_checked_lately(entry, context):
    months = number(context, "us-framework-check")
    for line in _by_adequacy(entry):
        country = country_of(line)
        if months is None or country is None or country.code != "US" or not _decisions(line, context):
            continue
        if line.scope_checked_on is None:
            yield unknown(**at(line))
        elif add_months(line.scope_checked_on, months) < context.on:
            yield fails(**at(line, day=line.scope_checked_on))


@rule(
    "X006",
    article="45",
    severity=Severity.MEDIUM,
    message=_("The adequacy decision for %(to)s ends on %(day)s."),
    remedy=_("Plan what the transfer will rest on from then."),
)
@not_ended
def decision_ends_soon(entry, context):
    months = number(context, "adequacy-end-warning")
    for line in _by_adequacy(entry) if months is not None else ():
        ends = [one.valid_until for one in _decisions(line, context)]
        if ends and None not in ends and max(ends) <= add_months(context.on, months):
            yield fails(**at(line, day=max(ends)))


@rule(
    "X007",
    article="46(2)(c)",
    severity=Severity.HIGH,
    message=_("Of the standard clauses with %(to)s the module or the day of signature is missing."),
    remedy=_("Record which module was signed, and when."),
)
@not_ended
def clauses_incomplete(entry, context):
    for line in outside(entry):
        if line.mechanism == Mechanism.SCC and not (line.clause_module and line.signed_on):
            yield lacking(entry, context, **at(line))


@rule(
    "X008",
    article="(EU) 2021/914 4",
    severity=Severity.CRITICAL,
    message=_("The standard clauses with %(to)s are the old ones, which no longer count."),
    question=_("It is not recorded when the standard clauses with %(to)s were signed, so they may be the old ones."),
    remedy=_("Sign the clauses of decision (EU) 2021/914."),
)
@not_ended
def old_clauses(entry, context):
    ended, new = day(context, "old-clauses-end"), day(context, "new-clauses-start")
    if ended is None or new is None or context.on < ended:
        return
    for line in outside(entry):
        if line.mechanism != Mechanism.SCC:
            continue
        title = line.document.name if line.document else ""
        named = speaks_of(OLD_CLAUSES, line.note, line.safeguards, line.assessment_note, title)
        if named or (line.signed_on and line.signed_on < new):
            yield fails(**at(line))
        elif line.signed_on is None:
            yield unknown(**at(line))


@rule(
    "X009",
    article="46; C-311/18",
    severity=Severity.HIGH,
    message=_("For the transfer to %(to)s no transfer impact assessment is recorded."),
    remedy=_("Assess whether the law over there leaves the safeguards intact, and record the day and the outcome."),
)
@not_ended
def transfer_not_assessed(entry, context):
    for line in outside(entry):
        if line.mechanism in SAFEGUARDS and line.assessment_on is None:
            yield lacking(entry, context, **at(line))


@rule(
    "X010",
    article="46",
    severity=Severity.CRITICAL,
    message=_(
        "The assessment of the transfer to %(to)s says that protection falls short, and names no further measures."
    ),
    question=_("The outcome of the assessment of the transfer to %(to)s is not recorded."),
    remedy=_("Take supplementary measures and record them, or stop the transfer."),
)
@not_ended
def assessment_falls_short(entry, context):
    for line in outside(entry):
        if line.mechanism not in SAFEGUARDS or line.assessment_on is None:
            continue
        if not line.assessment_note.strip():
            yield unknown(**at(line))
        elif speaks_of(INSUFFICIENT, line.assessment_note) and not speaks_of(SUPPLEMENT, line.assessment_note):
            yield fails(**at(line))


@rule(
    "X011",
    article="49, rec. 111",
    severity=Severity.HIGH,
    message=_("Data go to %(to)s regularly, on an exception that is meant for single cases."),
    question=_(
        "The transfer to %(to)s rests on an exception for single cases; it is not recorded how often it happens."
    ),
    remedy=_("Choose another mechanism for what happens regularly."),
)
@not_ended
def derogation_as_routine(entry, context):
    for line in outside(entry):
        if line.mechanism in DEROGATIONS:
            if not line.frequency:
                yield unknown(**at(line))
            elif line.frequency == "structural":
                yield fails(**at(line))


@rule(
    "X013",
    article="49(1), 49(6), 30(1)(e)",
    severity=Severity.CRITICAL,
    message=_("The transfer to %(to)s rests on compelling interests, without documented assessment and safeguards."),
    remedy=_("Document the assessment and the safeguards, and tell the authority and the people concerned."),
)
@not_ended
def compelling_interests_not_documented(entry, context):
    for line in outside(entry):
        if line.mechanism == Mechanism.COMPELLING and not (line.safeguards.strip() or line.document):
            yield lacking(entry, context, **at(line))


@rule(
    "X014",
    article="49(3)",
    severity=Severity.CRITICAL,
    message=_("A public body cannot use this exception for its powers; the transfer to %(to)s rests on it."),
    question=_("The transfer to %(to)s rests on an exception that is closed to public bodies; is the controller one?"),
    remedy=_("Choose another mechanism, or accept this finding when no public power is used here."),
)
@as_controller
def derogation_of_public_body(entry, context):
    for line in outside(entry):
        if line.mechanism in NOT_FOR_AUTHORITIES:
            kind = kind_of_controller(entry, context)
            if not kind:
                yield unknown(**at(line))
            elif kind == "public":
                yield fails(**at(line))


@rule(
    "X016",
    article="C-311/18",
    severity=Severity.CRITICAL,
    message=_("The transfer to %(to)s still rests on the Privacy Shield, which the Court declared invalid."),
    remedy=_("Choose another mechanism, such as the Data Privacy Framework when the recipient is on its list."),
)
@not_ended
def privacy_shield(entry, context):
    for line in outside(entry):
        title = line.document.name if line.document else ""
        if speaks_of(PRIVACY_SHIELD, line.adequacy_reference, line.safeguards, line.note, title):
            yield fails(**at(line))
