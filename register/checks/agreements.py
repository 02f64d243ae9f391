"""Rules about what was agreed, and whether it still holds: Art. 26(2) and 28(3)."""

from django.utils.translation import gettext_lazy as _

from register.law import AgreementClause

from .conditions import lacking, not_ended, number
from .engine import Severity, fails, rule, unknown
from .parties import agreements_with, processors

AT_THE_END = AgreementClause.G
CLAUSES = {
    AgreementClause.SUBJECT: _("subject-matter, duration, nature and purpose"),
    AgreementClause.DATA: _("types of data and categories of people"),
} | {clause: f"28(3)({clause.value})" for clause in AgreementClause if len(clause.value) == 1 and clause != AT_THE_END}


def _name(agreement):
    return agreement.title or agreement.party_name


@rule(
    "P002",
    article="28(3)",
    severity=Severity.HIGH,
    message=_("No agreement with %(party)s is in force: it is not signed, not started yet, or has ended."),
    question=_("No agreement with %(party)s is in force; it is not known whether the processing has started."),
    remedy=_("Sign or renew the agreement, and record the day of signature and the end."),
)
@not_ended
def agreement_not_in_force(entry, context):
    for line, kind in {(line.party.id, kind): (line, kind) for line, kind in _agreed(entry)}.values():
        found = agreements_with(line, context, kind)
        if not found or any(one.is_in_force(context.on) for one in found):
            continue
        place = "controller" if kind == "joint" else "recipients"
        about = {"line": line.id, "cause": ("agreement", found[0].id), "party": line.party.name}
        yield lacking(entry, context, place, **about)


def _agreed(entry):
    lines = [(line, "processing") for line in processors(entry)]
    lines += [(line, "joint") for line in entry.joint_controllers]
    return [(line, kind) for line, kind in lines if line.party]


@rule(
    "P003",
    article="28(3)",
    severity=Severity.HIGH,
    scope="agreement",
    message=_("The agreement “%(agreement)s” lacks: %(clauses)s."),
    question=_("It is not recorded whether the agreement “%(agreement)s” holds: %(clauses)s."),
    remedy=_("Read the agreement for these points, and have it amended where they are missing."),
)
def clauses_missing(agreement, context):
    if agreement.kind != "processing" or agreement.status != "signed":
        return
    lacking_ones = [words for clause, words in CLAUSES.items() if agreement.clauses.get(clause.value) == "no"]
    unread = [words for clause, words in CLAUSES.items() if not agreement.clauses.get(clause.value)]
    about = {"cause": ("agreement", agreement.id), "agreement": _name(agreement)}
    if lacking_ones:
        yield fails(**about, clauses=lacking_ones)
    elif unread:
        yield unknown(**about, clauses=unread)


@rule(
    "P010",
    article="26(2)",
    severity=Severity.MEDIUM,
    scope="agreement",
    message=_("The essence of the arrangement “%(agreement)s” is not available to the people concerned."),
    question=_("It is not recorded whether people can read the essence of the arrangement “%(agreement)s”."),
    remedy=_("Publish the essence, for instance in the privacy notice."),
)
def essence_not_available(agreement, context):
    if agreement.kind == "joint" and agreement.essence_published != "yes":
        about = {"cause": ("agreement", agreement.id), "agreement": _name(agreement)}
        yield fails(**about) if agreement.essence_published == "no" else unknown(**about)


@rule(
    "P017",
    article="28(3)(f), 33(2)",
    severity=Severity.MEDIUM,
    scope="agreement",
    message=_(
        "By the agreement “%(agreement)s” a breach is reported within %(hours)s hours; you have little time left."
    ),
    question=_("It is not recorded within how many hours a breach is reported by the agreement “%(agreement)s”."),
    remedy=_("Agree on a shorter term, so that you can notify the authority in time."),
    look_up=_("Look the term up in the agreement and record it; when there is none, agree on one."),
)
def breach_reported_late(agreement, context):
    most = number(context, "processor-breach-notice")
    if agreement.kind != "processing" or agreement.status != "signed":
        return
    about = {"cause": ("agreement", agreement.id), "agreement": _name(agreement)}
    if agreement.breach_notice_hours is None:
        yield unknown(**about)
    elif most is not None and agreement.breach_notice_hours > most:
        yield fails(**about, hours=agreement.breach_notice_hours)


@rule(
    "T013",
    article="28(3)(g)",
    severity=Severity.HIGH,
    scope="agreement",
    message=_("The agreement “%(agreement)s” does not say that data are erased or returned at the end."),
    question=_("It is not recorded what the agreement “%(agreement)s” says about the data at the end."),
    remedy=_("Record what happens with the data at the end of the contract, or have the agreement amended."),
)
def nothing_agreed_about_the_end(agreement, context):
    if agreement.kind != "processing" or agreement.status != "signed":
        return
    clause = agreement.clauses.get(AT_THE_END.value)
    if clause != "yes" and not agreement.end_of_contract.strip():
        about = {"cause": ("agreement", agreement.id), "agreement": _name(agreement)}
        yield fails(**about) if clause == "no" else unknown(**about)
