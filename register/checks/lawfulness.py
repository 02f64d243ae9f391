"""Rules about the lawful basis of each purpose: Art. 6 to 8."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from core.text import normalise

from . import recognised
from .conditions import as_controller, eea, kind_of_controller, lacking, purpose_name
from .engine import Severity, fails, rule, unknown
from .recognised import is_called, purpose_says, speaks_of

CONSENT, CONTRACT, OBLIGATION, VITAL, TASK, INTEREST = "abcdef"


def resting_on(entry, *bases):
    return [purpose for purpose in entry.purposes if purpose.basis in bases]


def at(purpose, **about):
    return {"place": "purposes", "line": purpose.id, "purpose": purpose_name(purpose)} | about


@rule(
    "L001",
    article="6(1), 5(1)(a)",
    severity=Severity.CRITICAL,
    message=_("The purpose “%(purpose)s” has no lawful basis."),
    question=_("The lawful basis of the purpose “%(purpose)s” is not recorded yet."),
    remedy=_("Choose one of the six bases of Art. 6(1), or end this purpose."),
)
@as_controller
def basis_missing(entry, context):
    for purpose in entry.purposes:
        if not purpose.basis:
            yield lacking(entry, context, **at(purpose))


@rule(
    "L002",
    article="5(2), 13(1)(c)",
    severity=Severity.MEDIUM,
    imported_late=True,
    message=_("The basis of the purpose “%(purpose)s” was recorded on %(recorded)s, after the start on %(started)s."),
    question=_("It cannot be seen whether the bases were recorded before the data came in: a date is missing."),
    remedy=_("Note why the basis was recorded later, and check that people were told the right basis."),
)
@as_controller
def basis_recorded_late(entry, context):
    based = [purpose for purpose in entry.purposes if purpose.basis]
    dated = [purpose for purpose in based if purpose.basis_recorded_on]
    if dated and (entry.started_on is None or len(dated) < len(based)):
        yield unknown("purposes")
    for purpose in dated:
        if entry.started_on and purpose.basis_recorded_on > entry.started_on:
            about = {"recorded": purpose.basis_recorded_on, "started": entry.started_on}
            yield fails(**at(purpose, **about))


@rule(
    "L003",
    article="6; EDPB 05/2020",
    severity=Severity.MEDIUM,
    message=_("The purpose “%(purpose)s” stands here more than once, with different bases."),
    remedy=_("Choose one basis for a purpose, or split it into purposes that differ."),
)
@as_controller
def more_than_one_basis(entry, context):
    alike = defaultdict(list)
    for purpose in entry.purposes:
        if purpose.basis and (purpose.text_nl or purpose.text_en):
            alike[normalise(purpose.text_nl or purpose.text_en)].append(purpose)
    for first, *others in alike.values():
        if any(other.basis != first.basis for other in others):
            yield fails(**at(first))


@rule(
    "L004",
    article="6(1)(a), 7(1)",
    severity=Severity.CRITICAL,
    message=_("For “%(purpose)s” consent is the basis, but nothing shows how it is asked and kept."),
    remedy=_("Say how consent is asked, how it can be withdrawn and where the proof is kept."),
)
@as_controller
def consent_not_described(entry, context):
    for purpose in resting_on(entry, CONSENT):
        if not purpose.consent_note.strip():
            yield lacking(entry, context, **at(purpose))


@rule(
    "L006",
    article="7(4), rec. 43",
    severity=Severity.HIGH,
    message=_(
        "For “%(purpose)s” employees are asked for consent. Towards their employer they are seldom free to refuse."
    ),
    question=_("It cannot be seen whether employees are asked for consent for “%(purpose)s”."),
    remedy=_("Choose another basis, or accept this finding with the reason why refusing has no consequences."),
)
@as_controller
def consent_of_employees(entry, context):
    purposes = resting_on(entry, CONSENT)
    staff = [line.category.employees for line in entry.subjects]
    for purpose in purposes:
        if not staff or (any(staff) and not all(staff) and len(purposes) < len(entry.purposes)):
            yield unknown(**at(purpose))
        elif any(staff):
            yield fails(**at(purpose))


@rule(
    "L007",
    article="rec. 43",
    severity=Severity.HIGH,
    message=_(
        "For “%(purpose)s” a public body asks for consent. Towards the authorities people are seldom free to refuse."
    ),
    question=_("It is not known whether “%(purpose)s”, which rests on consent, belongs to a public body."),
    remedy=_("Choose another basis, or accept this finding with the reason why refusing has no consequences."),
)
@as_controller
def consent_to_public_body(entry, context):
    for purpose in resting_on(entry, CONSENT):
        kind = kind_of_controller(entry, context)
        if not kind:
            yield unknown(**at(purpose))
        elif kind == "public":
            yield fails(**at(purpose))


@rule(
    "L008",
    article="6(1)(b)",
    severity=Severity.HIGH,
    message=_("All of this rests on a contract, but these people are no party to it: %(people)s."),
    question=_("All of this rests on a contract, and it is not recorded whose data they are."),
    remedy=_("Choose another basis for the data of people who are no party to the contract."),
)
@as_controller
def contract_with_others(entry, context):
    if not entry.purposes or len(resting_on(entry, CONTRACT)) < len(entry.purposes):
        return
    asked = all(speaks_of(recognised.REQUEST, one.contract, one.text_nl, one.text_en) for one in entry.purposes)
    strangers = (recognised.NO_PARTY,) if asked else (recognised.NO_PARTY, recognised.PROSPECTS)
    outside = [line.category for line in entry.subjects if any(is_called(words, line.category) for words in strangers)]
    if outside:
        yield fails("purposes", people=outside)
    elif not entry.subjects:
        yield unknown("purposes")


@rule(
    "L009",
    article="6(1)(b)",
    severity=Severity.HIGH,
    message=_("“%(purpose)s” is marketing, profiling or statistics; a contract seldom makes that necessary."),
    question=_("A purpose that rests on a contract has no text, so nobody can say whether the contract needs it."),
    remedy=_("Choose another basis, such as consent or a legitimate interest."),
)
@as_controller
def contract_for_marketing(entry, context):
    for purpose in resting_on(entry, CONTRACT):
        if not (purpose.text_nl.strip() or purpose.text_en.strip()):
            yield unknown("purposes", line=purpose.id)
        elif any(
            purpose_says(words, purpose) for words in (recognised.MARKETING, recognised.PROFILING, recognised.ANALYTICS)
        ):
            yield fails(**at(purpose))


@rule(
    "L010",
    article="6(1)(c), 6(3)",
    severity=Severity.CRITICAL,
    message=_("For “%(purpose)s” the law and article that oblige you are not named."),
    remedy=_("Name the law and the article, or choose another basis."),
)
@as_controller
def obligation_without_law(entry, context):
    yield from _without_law(entry, context, OBLIGATION)


@rule(
    "L011",
    article="6(3)",
    severity=Severity.CRITICAL,
    message=_("For “%(purpose)s” the obligation comes from the law of a country outside the Union: %(law)s."),
    question=_("It is not recorded of which country the law is that obliges you to “%(purpose)s”."),
    remedy=_("Choose another basis: only the law of the Union or of a Member State counts here."),
)
@as_controller
def obligation_from_elsewhere(entry, context):
    for purpose in resting_on(entry, OBLIGATION):
        law = purpose.basis_law
        if law and not law.country:
            yield unknown(**at(purpose))
        elif law and law.country != "EU" and law.country not in eea():
            yield fails(**at(purpose, law=law))


@rule(
    "L012",
    article="6(1)(e), 6(3)",
    severity=Severity.CRITICAL,
    message=_("For “%(purpose)s” the law and article that give the task are not named."),
    remedy=_("Name the law and the article that give you this task, or choose another basis."),
)
@as_controller
def task_without_law(entry, context):
    yield from _without_law(entry, context, TASK)


def _without_law(entry, context, basis):
    for purpose in resting_on(entry, basis):
        if purpose.basis_law is None or not purpose.basis_article.strip():
            yield lacking(entry, context, **at(purpose))


@rule(
    "L013",
    article="6(1)(e)",
    severity=Severity.HIGH,
    message=_("“%(purpose)s” rests on a public task, but the controller is private and has none by law."),
    question=_("“%(purpose)s” rests on a public task, but it is not known whether the controller has one."),
    remedy=_("Check whether a law gives this controller the task; otherwise choose another basis."),
)
@as_controller
def task_of_private_body(entry, context):
    for purpose in resting_on(entry, TASK):
        kind = kind_of_controller(entry, context)
        if not kind:
            yield unknown(**at(purpose))
        elif kind == "private":
            yield fails(**at(purpose))


@rule(
    "L014",
    article="6(1)(d), rec. 46",
    severity=Severity.HIGH,
    message=_("“%(purpose)s” rests on vital interests, which are meant for emergencies, and it is not said why."),
    remedy=_("Say whose life is at stake and why no other basis will do, or choose another basis."),
)
@as_controller
def vital_interests_as_routine(entry, context):
    for purpose in resting_on(entry, VITAL):
        if not purpose.vital_note.strip():
            yield lacking(entry, context, **at(purpose))


@rule(
    "L015",
    article="6(1)(f), 5(2)",
    severity=Severity.CRITICAL,
    message=_("For “%(purpose)s” no assessment of the legitimate interest is recorded."),
    remedy=_("Weigh the interest against those of the people concerned, and say where that is kept."),
)
@as_controller
def interest_not_weighed(entry, context):
    for purpose in resting_on(entry, INTEREST):
        if not purpose.interest_assessment.strip():
            yield lacking(entry, context, **at(purpose))


@rule(
    "L018",
    article="6(1)",
    severity=Severity.CRITICAL,
    message=_("“%(purpose)s” of a public body rests on a legitimate interest, which does not count for its tasks."),
    question=_(
        "It is not known whether “%(purpose)s”, which rests on a legitimate interest, belongs to a public body."
    ),
    remedy=_("Choose another basis, or accept this finding when this is ordinary business and no public task."),
)
@as_controller
def interest_of_public_body(entry, context):
    for purpose in resting_on(entry, INTEREST):
        kind = kind_of_controller(entry, context)
        if not kind:
            yield unknown(**at(purpose))
        elif kind == "public":
            yield fails(**at(purpose))


@rule(
    "L020",
    article="13(1)(d)",
    severity=Severity.HIGH,
    message=_("For “%(purpose)s” it is not said which interest you pursue."),
    remedy=_("Name the interest in words that the people concerned understand."),
)
@as_controller
def interest_not_named(entry, context):
    for purpose in resting_on(entry, INTEREST):
        if not (purpose.interest_nl.strip() or purpose.interest_en.strip()):
            yield lacking(entry, context, **at(purpose))
