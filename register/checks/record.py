"""What Art. 30(1) and 30(2) ask to be in the record.

Art. 30 asks for these facts itself, so what is empty here fails, also in a draft.
"""

from django.utils.translation import gettext_lazy as _

from core.text import normalise

from .conditions import as_controller, as_processor, eea, first_of, not_ended, number, purpose_name, short
from .engine import Severity, fails, rule, unknown
from .recognised import VAGUE_PERIOD, speaks_of

VAGUE_PURPOSES = {
    *("administratie", "diverse", "diversen", "marketing", "verbetering dienstverlening"),
    *("verbetering van de dienstverlening", "verbeteren dienstverlening", "administration", "various", "miscellaneous"),
    *("improving services", "service improvement", "improvement of services"),
}


@rule(
    "R001",
    article="30(1)(a)",
    severity=Severity.CRITICAL,
    scope="register",
    message=_("Of the controller this is missing: %(missing)s."),
    remedy=_("Name the controller of the activity, and fill in its details with the organisation."),
)
def controller_incomplete(outlines, context):
    controllers = context.organisation.controllers
    if not controllers:
        yield fails(missing=[_("name")])
    for outline in outlines if controllers else ():
        if not outline.controller:
            yield fails("controller", activity=outline.id, missing=[_("name")])
    for controller in controllers:
        details = {"address": _("address"), "email": _("e-mail address"), "phone": _("telephone")}
        missing = [words for name, words in details.items() if not getattr(controller, name).strip()]
        if missing:
            yield fails("controller", cause=("controller", controller.id), missing=missing)


@rule(
    "R002",
    article="30(1)(a), 37(7)",
    severity=Severity.HIGH,
    scope="organisation",
    message=_("%(controller)s has a data protection officer, but it is not recorded how to reach the officer."),
    question=_("It is not recorded whether %(controller)s has a data protection officer."),
    remedy=_("Fill in the contact details of the data protection officer, or answer that there is none."),
)
def officer_unreachable(organisation, context):
    for one in organisation.controllers:
        about = {"cause": ("controller", one.id), "controller": one.name}
        if not one.dpo_answer:
            yield unknown(**about)
        elif one.dpo_answer == "yes" and not (one.dpo_email or one.dpo_phone or one.dpo_address):
            yield fails(**about)


@rule(
    "R003",
    article="27, 30(1)(a)",
    severity=Severity.CRITICAL,
    scope="organisation",
    message=_("%(controller)s is established outside the European Economic Area and names no representative."),
    question=_("It is not recorded whether %(controller)s, outside the European Economic Area, has a representative."),
    remedy=_("Name the representative, or accept this finding with the exception of Art. 27(2) as its reason."),
)
def representative_missing(organisation, context):
    for one in organisation.controllers:
        if not one.country or one.country in eea():
            continue
        about = {"cause": ("controller", one.id), "controller": one.name}
        if not one.representative_answer:
            yield unknown(**about)
        elif not (one.representative_name and one.representative_contact):
            yield fails(**about)


@rule(
    "R004",
    article="30(1)(a), 26",
    severity=Severity.HIGH,
    message=_("There are joint controllers, but none is named."),
    question=_("It is not recorded whether there are joint controllers."),
    remedy=_("Name each joint controller, or answer “None”."),
)
@as_controller
def joint_controllers_unnamed(entry, context):
    if not entry.joint_controllers and entry.joint_answer != "none":
        yield fails("controller") if entry.joint_answer else unknown("controller")


@rule(
    "R005",
    article="30(1)(b), 5(1)(b)",
    severity=Severity.CRITICAL,
    message=_("No purpose is given."),
    remedy=_("Say for which purpose the data are processed."),
)
@as_controller
def purpose_missing(entry, context):
    if not entry.purposes:
        yield fails("purposes")


@rule(
    "R006",
    article="5(1)(b)",
    severity=Severity.MEDIUM,
    message=_("The purpose “%(purpose)s” says too little."),
    question=_("A purpose has no text."),
    remedy=_("Say what is reached and for whom, so that the people concerned understand it."),
)
@as_controller
def purpose_vague(entry, context):
    shortest = number(context, "purpose-length")
    for purpose in entry.purposes:
        texts = [text for text in (purpose.text_nl, purpose.text_en) if text.strip()]
        if not texts:
            yield unknown("purposes", line=purpose.id)
        elif any(_says_little(text, shortest) for text in texts):
            yield fails("purposes", line=purpose.id, purpose=purpose_name(purpose))


def _says_little(text, shortest):
    return len(text.strip()) < (shortest or 0) or normalise(text) in VAGUE_PURPOSES


@rule(
    "R007",
    article="30(1)(c)",
    severity=Severity.CRITICAL,
    message=_("It is not said whose data are processed."),
    remedy=_("Add the categories of people concerned."),
)
@as_controller
def people_missing(entry, context):
    if not entry.subjects:
        yield fails("people")


@rule(
    "R008",
    article="30(1)(c)",
    severity=Severity.CRITICAL,
    message=_("It is not said which data are processed."),
    remedy=_("Add the categories of personal data."),
)
@as_controller
def data_missing(entry, context):
    if not entry.data:
        yield fails("data")


@rule(
    "R009",
    article="30(1)(d)",
    severity=Severity.HIGH,
    message=_("It is not said who receives the data, or that nobody does."),
    remedy=_("Name the recipients, or answer “None”."),
)
@as_controller
def recipients_missing(entry, context):
    if not entry.recipients and entry.recipients_answer != "none":
        yield fails("recipients")


@rule(
    "R010",
    article="30(1)(e)",
    severity=Severity.HIGH,
    message=_("It is not said whether data leave the European Economic Area, or where to."),
    remedy=_("List the transfers, or answer “None”."),
)
@not_ended
def transfers_missing(entry, context):
    if not entry.transfers and entry.transfers_answer != "none":
        yield fails("transfers")


@rule(
    "R011",
    article="30(1)(e)",
    severity=Severity.CRITICAL,
    message=_("A transfer names no country and no international organisation."),
    question=_("The country of %(party)s, to which data are transferred, is not recorded."),
    remedy=_("Name the country or international organisation to which the data go."),
)
@not_ended
def transfer_without_country(entry, context):
    for line in entry.transfers:
        if line.country or (line.party and line.party.country):
            continue
        if line.party:
            yield unknown("transfers", line=line.id, party=line.party.name)
        else:
            yield fails("transfers", line=line.id)


@rule(
    "R012",
    article="30(1)(f), 5(1)(e)",
    severity=Severity.HIGH,
    message=_("It is not said how long these data are kept, nor why that cannot be said: %(data)s."),
    remedy=_("Give each kind of data a retention rule or a criterion, or say why no period can be given."),
)
@as_controller
def retention_missing(entry, context):
    without = [line.category for line in entry.data if not (line.retention or line.retention_note.strip())]
    if without and not entry.retention_reason.strip():
        yield fails("data", data=first_of(without))


@rule(
    "R013",
    article="5(1)(e), 13(2)(a)",
    severity=Severity.MEDIUM,
    message=_("“%(text)s” does not tell how long data are kept."),
    remedy=_("Give a period and when it starts, or name the law that sets it."),
)
@as_controller
def retention_vague(entry, context):
    for line in entry.data:
        if not line.retention and speaks_of(VAGUE_PERIOD, line.retention_note.strip()):
            yield fails("data", line=line.id, text=short(line.retention_note))
    for rule_of in {line.retention for line in entry.data if line.retention}:
        criterion = rule_of.criterion_nl.strip() or rule_of.criterion_en.strip()
        if rule_of.period_value is None and not rule_of.source and speaks_of(VAGUE_PERIOD, criterion):
            yield fails("data", cause=("retention", rule_of.id), text=short(criterion))


@rule(
    "R014",
    article="30(1)(g), 32",
    severity=Severity.HIGH,
    message=_("No security measures are described, nor why that cannot be done."),
    remedy=_("Choose the measures that protect these data, or say why they cannot be described."),
)
@not_ended
def measures_missing(entry, context):
    if not (entry.measures or entry.measures_text.strip() or entry.measures_reason.strip()):
        yield fails("security")


@rule(
    "R020",
    article="30(2)",
    severity=Severity.HIGH,
    message=_("You work for other controllers here, but the activity stands in your own part of the register."),
    remedy=_("Make an activity “as processor” of what you do for these controllers."),
)
@as_controller
def processor_in_the_wrong_part(entry, context):
    if entry.clients:
        yield fails("controller")


@rule(
    "R021",
    article="30(2)(a)",
    severity=Severity.CRITICAL,
    message=_("Of a controller for whom you work this is missing: %(missing)s."),
    remedy=_("Name each controller on whose behalf you process data, with its contact details."),
)
@as_processor
def client_incomplete(entry, context):
    if not entry.clients:
        yield fails("clients", missing=[_("name")])
    for line in entry.clients:
        party = line.party
        if not (party.address or party.email or party.phone or party.contact):
            about = [party.name, _("contact details")]
            yield fails("clients", line=line.id, cause=("party", party.id), missing=about)


@rule(
    "R022",
    article="30(2)(b)",
    severity=Severity.CRITICAL,
    message=_("It is not described what you do for %(party)s."),
    remedy=_("Describe the categories of processing that you carry out for this controller."),
)
@as_processor
def client_processing_missing(entry, context):
    for line in entry.clients:
        if not (line.processing_nl.strip() or line.processing_en.strip()):
            yield fails("clients", line=line.id, party=line.party.name)
