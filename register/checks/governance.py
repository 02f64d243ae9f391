"""Rules about the data protection officer, evidence and the say of employees: Art. 24, 37 and the Dutch WOR."""

from django.utils.translation import gettext_lazy as _

from .conditions import as_controller, country_of_controller, is_running
from .engine import Severity, fails, rule, unknown


@rule(
    "G001",
    article="37(1)",
    severity=Severity.CRITICAL,
    scope="organisation",
    message=_("%(controller)s is a public body and must have a data protection officer, but has none."),
    question=_("%(controller)s is a public body; it is not recorded whether it has a data protection officer."),
    remedy=_("Appoint a data protection officer and fill in the contact details."),
)
def officer_missing(organisation, context):
    for one in organisation.controllers:
        if one.is_public and one.dpo_answer != "yes":
            about = {"cause": ("controller", one.id), "controller": one.name}
            yield fails(**about) if one.dpo_answer == "no" else unknown(**about)


@rule(
    "G009",
    article="5(2)",
    severity=Severity.LOW,
    message=_("The document “%(document)s” was valid until %(day)s."),
    remedy=_("Ask for a new one, or take the document away from this activity."),
)
def document_expired(entry, context):
    for line in entry.documents if is_running(entry, context) else ():
        known = context.documents.get(line.document.id)
        if known and known.valid_until and known.valid_until <= context.on:
            yield fails("documents", line=line.id, document=known.title, day=known.valid_until)


@rule(
    "G010",
    article="WOR 27",
    severity=Severity.MEDIUM,
    message=_("Data of employees are processed, and the works council did not agree, or it is not recorded when."),
    question=_("Data of employees are processed; it is not recorded whether the works council has a say."),
    remedy=_("Ask the works council where it must agree, and record the days and the outcome."),
)
@as_controller
def council_not_asked(entry, context):
    staff = any(line.category.employees for line in entry.subjects)
    if not staff or country_of_controller(entry, context) not in ("NL", ""):
        return
    undated = entry.council in ("agreed", "refused") and entry.council_decided_on is None
    if not entry.council:
        yield unknown("assessment")
    elif entry.council in ("to_ask", "refused") or undated:
        yield fails("assessment") if is_running(entry, context) else unknown("assessment")
