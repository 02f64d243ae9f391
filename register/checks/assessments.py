"""Rules about high risk and automated decisions, as far as the record knows without the DPIA itself: Art. 22 and 35."""

from django.utils.translation import gettext_lazy as _

from core.dates import add_months

from .conditions import as_controller, lacking, number
from .engine import Severity, fails, rule, unknown

ASSESSED = ("busy", "done")
GRAVE = {"special", "criminal"}
SENSITIVE = GRAVE | {"sensitive"}


def has_assessment(entry):
    return entry.assessment in ASSESSED


def _is_vulnerable(entry):
    people = any(line.category.vulnerable or line.category.children for line in entry.subjects)
    return people or "yes" in (entry.vulnerable, entry.children)


SCORING, DECISIONS, SENSITIVE_DATA, LARGE_SCALE, VULNERABLE = (
    _("scoring or profiling"),
    _("automated decisions"),
    _("sensitive data"),
    _("large scale"),
    _("vulnerable people"),
)


def criteria(entry):
    """Which of the nine criteria of WP248 the record says to be met, and which it leaves open.

    Only those that the record knows: scoring, automated decisions, sensitive data, large scale, vulnerable people. A
    national number alone is not sensitive in this sense.
    """
    answers = {
        SCORING: entry.profiling,
        DECISIONS: entry.automated,
        SENSITIVE_DATA: "yes" if entry.sensitivities & SENSITIVE else "no",
        LARGE_SCALE: entry.large_scale,
        VULNERABLE: "yes" if _is_vulnerable(entry) else entry.vulnerable,
    }
    met, left_open = ([name for name, given in answers.items() if given == answer] for answer in ("yes", ""))
    return met, left_open


def demands_assessment(entry):
    """Art. 35(3)(a)-(b): extensive evaluation with decisions, or special or criminal data on a large scale."""
    evaluation = entry.profiling == "yes" and entry.automated == "yes"
    return evaluation or (entry.large_scale == "yes" and bool(entry.sensitivities & GRAVE))


def _asks_for_reasons(entry, context):
    least = number(context, "dpia-criteria")
    reasoned = entry.assessment == "not_needed" and entry.assessment_note.strip()
    return least is not None and len(criteria(entry)[0]) >= least and not has_assessment(entry) and not reasoned


@rule(
    "D001",
    article="35(1)",
    severity=Severity.MEDIUM,
    message=_("It is not recorded whether a data protection impact assessment is needed."),
    remedy=_("Go through the criteria, and record that it is needed, or why not."),
)
@as_controller
def not_screened(entry, context):
    if not entry.assessment and not demands_assessment(entry) and not _asks_for_reasons(entry, context):
        yield lacking(entry, context, "assessment")


@rule(
    "D002",
    article="35(1); WP248",
    severity=Severity.HIGH,
    message=_(
        "%(count)s of the criteria for a high risk are met (%(criteria)s),"
        " and there is neither a DPIA nor a reason for none."
    ),
    question=_("A DPIA may be needed: that depends on answers that are missing (%(criteria)s)."),
    remedy=_("Carry out a DPIA, or record why it is not needed, with the view of the data protection officer."),
)
@as_controller
def criteria_without_assessment(entry, context):
    least = number(context, "dpia-criteria")
    if least is None or (entry.assessment == "not_needed" and entry.assessment_note.strip()) or has_assessment(entry):
        return
    met, open_ones = criteria(entry)
    if len(met) >= least and not demands_assessment(entry):
        yield fails("assessment", count=len(met), criteria=met)
    elif entry.assessment and len(met) < least <= len(met) + len(open_ones):
        yield unknown("assessment", criteria=open_ones)


@rule(
    "D005",
    article="35(3)",
    severity=Severity.CRITICAL,
    message=_("Art. 35(3) demands a DPIA here, and there is none."),
    question=_(
        "Special or criminal data are processed; it is not recorded whether on a large scale, which demands a DPIA."
    ),
    remedy=_("Carry out a DPIA before the processing goes on."),
)
@as_controller
def demanded_assessment_missing(entry, context):
    if has_assessment(entry):
        return
    if demands_assessment(entry):
        yield fails("assessment")
    elif not entry.large_scale and entry.sensitivities & GRAVE:
        yield unknown("people")


@rule(
    "D006",
    article="35(1)",
    severity=Severity.MEDIUM,
    imported_late=True,
    message=_("The DPIA is of %(assessed)s, after the processing started on %(started)s."),
    question=_("It cannot be seen whether the DPIA was made before the processing started: a date is missing."),
    remedy=_("Explain why the DPIA came later."),
)
@as_controller
def assessed_late(entry, context):
    if entry.assessment != "done":
        return
    if entry.assessment_on is None or entry.started_on is None:
        yield unknown("assessment")
    elif entry.assessment_on > entry.started_on:
        yield fails("assessment", assessed=entry.assessment_on, started=entry.started_on)


@rule(
    "D012",
    article="35(11)",
    severity=Severity.MEDIUM,
    imported_late=True,
    message=_("The DPIA is of %(day)s and due for a new look."),
    question=_("It is not recorded of which day the DPIA is."),
    remedy=_("Check whether the risks have changed, and record the day."),
)
@as_controller
def assessment_old(entry, context):
    months = number(context, "dpia-review")
    if entry.assessment != "done" or months is None:
        return
    if entry.assessment_on is None:
        yield unknown("assessment")
    elif add_months(entry.assessment_on, months) < context.on:
        yield fails("assessment", day=entry.assessment_on)


@rule(
    "D013",
    article="22",
    severity=Severity.CRITICAL,
    message=_("Decisions about people are automated without a ground of Art. 22(2)."),
    question=_("It is not recorded whether decisions about people are automated, or on which ground."),
    remedy=_("Choose the ground, let a person decide, or stop."),
)
@as_controller
def automated_without_ground(entry, context):
    if not entry.automated:
        yield unknown("automated")
    elif entry.automated == "yes" and not entry.automated_ground:
        yield lacking(entry, context, "automated")


@rule(
    "D014",
    article="22(3)",
    severity=Severity.HIGH,
    message=_("Decisions are automated, and it is not said how somebody can have a person look at it."),
    remedy=_("Arrange that people can speak to a person and contest the outcome, and describe how."),
)
@as_controller
def no_way_to_a_person(entry, context):
    by_choice = entry.automated == "yes" and entry.automated_ground in ("a", "c")
    if by_choice and not entry.automated_intervention.strip():
        yield lacking(entry, context, "automated")


@rule(
    "D015",
    article="22(4)",
    severity=Severity.CRITICAL,
    message=_("Automated decisions use special data, without explicit consent or a substantial public interest."),
    question=_("Automated decisions use special data; the ground of Art. 9(2) is not recorded."),
    remedy=_("Leave these data out, choose ground (a) or (g) where it is true, or stop."),
)
@as_controller
def automated_with_special_data(entry, context):
    if entry.automated != "yes" or "special" not in entry.sensitivities:
        return
    grounds = {purpose.special_ground for purpose in entry.purposes} - {""}
    if not grounds:
        yield unknown("purposes")
    elif not grounds & {"a", "g"}:
        yield fails("purposes")


@rule(
    "D016",
    article="35",
    severity=Severity.LOW,
    message=_("Many vulnerable people are concerned, and nothing is said about it."),
    question=_("Vulnerable people are concerned; it is not recorded whether on a large scale."),
    remedy=_("Note what makes these people vulnerable and what is done about it."),
)
@as_controller
def vulnerable_without_note(entry, context):
    noted = entry.scale_note.strip() or any(line.note.strip() for line in entry.subjects)
    if noted or not _is_vulnerable(entry):
        return
    if entry.large_scale == "yes":
        yield fails("people")
    elif not entry.large_scale:
        yield unknown("people")
