"""Rules about whom data go to, and in which role: Art. 4(7)-(10), 26 and 28."""

from django.utils.translation import gettext_lazy as _

from .conditions import as_controller, as_processor, first_of, lacking, not_ended, party_of, recipient_name
from .engine import Severity, fails, rule, unknown
from .recognised import PLATFORM, PLATFORM_USE, entry_says, speaks_of


def agreements_with(line, context, kind):
    """Those of a kind with the party of a recipient: the one on the line, and the others that are not retired."""
    known = context.agreements_of.get(line.party.id, ()) if line.party else ()
    found = [one for one in known if one.kind == kind]
    return found or ([line.agreement] if line.agreement and line.agreement.kind == kind else [])


def processors(entry):
    """Those we engage ourselves: in what we do for others that are the sub-processors too."""
    roles = ("processor", "sub_processor") if entry.is_processor_record else ("processor",)
    return [line for line in entry.recipients if line.role in roles]


@rule(
    "P001",
    article="28(3)",
    severity=Severity.CRITICAL,
    message=_("%(party)s is a processor, and there is no processing agreement."),
    question=_("No processing agreement with %(party)s is recorded yet."),
    remedy=_("Conclude a processing agreement, or record the one that exists."),
)
@not_ended
def processor_without_agreement(entry, context):
    without = [line for line in processors(entry) if not agreements_with(line, context, "processing")]
    for line in {line.party or line.id: line for line in without}.values():
        about = {"line": line.id, "cause": party_of(line), "party": recipient_name(line)}
        yield lacking(entry, context, "recipients", **about) if line.party else unknown("recipients", **about)


@rule(
    "P006",
    article="28(2)",
    severity=Severity.HIGH,
    message=_("Sub-processors are at work, but the agreement does not allow them: %(agreement)s."),
    question=_("Sub-processors are at work; it is not recorded whether the agreement allows them: %(agreement)s."),
    remedy=_("Record whether sub-processors need a specific or a general permission, and ask it where it is missing."),
)
@as_controller
def sub_processor_without_permission(entry, context):
    if not any(line.role == "sub_processor" for line in entry.recipients):
        return
    found = [one for line in processors(entry) for one in agreements_with(line, context, "processing")]
    known = [one for one in found if one.id in context.agreements]
    said = [context.agreements[one.id].sub_processors for one in known]
    if not known or any(permission in ("specific", "general") for permission in said):
        return
    first = context.agreements[known[0].id]
    about = {"cause": ("agreement", first.id), "agreement": first.title or first.party_name}
    yield (fails if "none" in said else unknown)("recipients", **about)


@rule(
    "P009",
    article="26(1)",
    severity=Severity.CRITICAL,
    message=_("%(party)s is a joint controller, and there is no arrangement."),
    question=_("No arrangement with the joint controller %(party)s is recorded yet."),
    remedy=_("Arrange who does what, and record the arrangement."),
)
@as_controller
def joint_controller_without_arrangement(entry, context):
    for line in entry.joint_controllers:
        if not agreements_with(line, context, "joint"):
            about = {"line": line.id, "cause": party_of(line), "party": recipient_name(line)}
            yield lacking(entry, context, "controller", **about)


@rule(
    "P012",
    article="26; C-210/16, C-40/17",
    severity=Severity.MEDIUM,
    message=_(
        "%(party)s is named as a processor, but for pages, pixels and audiences a platform decides along with you."
    ),
    question=_("%(party)s has no role yet; for pages, pixels and audiences a platform decides along with you."),
    remedy=_("Look at the role again: most likely you are joint controllers."),
)
@as_controller
def platform_as_processor(entry, context):
    if not entry_says(PLATFORM_USE, entry):
        return
    for line in entry.recipients:
        if line.role in ("processor", "") and _is_platform(line):
            about = {"line": line.id, "cause": party_of(line), "party": recipient_name(line)}
            yield (fails if line.role else unknown)("recipients", **about)


def _is_platform(line):
    return speaks_of(PLATFORM, line.party.name if line.party else "", line.description_nl, line.description_en)


@rule(
    "P013",
    article="6, 5(1)(b)",
    severity=Severity.HIGH,
    message=_("It is not said why these receive the data for purposes of their own: %(recipients)s."),
    question=_("It is not recorded yet why these receive the data for purposes of their own: %(recipients)s."),
    remedy=_("Note for each the ground on which it may have the data."),
)
@as_controller
def disclosure_without_ground(entry, context):
    found = [line for line in entry.recipients if line.role == "controller" and not line.ground.strip()]
    if found:
        yield lacking(entry, context, "recipients", recipients=first_of(recipient_name(line) for line in found))


@rule(
    "P014",
    article="4(7)-(10)",
    severity=Severity.MEDIUM,
    message=_("The role of these recipients is not recorded: %(recipients)s."),
    remedy=_("Choose for each whether it works for you (processor) or has purposes of its own (controller)."),
)
@not_ended
def role_missing(entry, context):
    found = [line for line in entry.recipients if not line.role]
    if found:
        yield lacking(entry, context, "recipients", recipients=first_of(recipient_name(line) for line in found))


@rule(
    "P016",
    article="28(10)",
    severity=Severity.MEDIUM,
    message=_("You are a processor here, yet the activity has a purpose of its own: “%(purpose)s”."),
    remedy=_("Whoever decides on purposes is a controller: make an activity of your own of it, or take it out."),
)
@as_processor
def processor_with_purposes(entry, context):
    for purpose in entry.purposes[:1]:
        yield fails("clients", purpose=purpose.text_nl or purpose.text_en)


@rule(
    "P019",
    article="15(1)(c); C-154/21",
    severity=Severity.LOW,
    message=_("Recipients are described as a category, without names: %(recipients)s."),
    remedy=_("Name the parties: people may ask who received their data."),
)
@as_controller
def recipients_without_names(entry, context):
    found = [line for line in entry.recipients if line.party is None and line.role not in ("internal", "processor")]
    if found:
        yield fails("recipients", recipients=first_of(recipient_name(line) for line in found))
