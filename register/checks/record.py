"""Rules about the record itself: what Art. 30 asks to be in it."""

from django.utils.translation import gettext_lazy as _

from .engine import Severity, fails, rule, unknown


@rule(
    "R009",
    article="30(1)(d)",
    severity=Severity.HIGH,
    message=_("It is not said who receives the data, or that nobody does."),
    remedy=_("Name the recipients, or answer “None”."),
)
def recipients_unknown(entry, context):
    if entry.is_processor_record or entry.recipients:
        return
    if not entry.recipients_answer:
        yield unknown("recipients", severity=Severity.HIGH)
    elif entry.recipients_answer == "some":
        yield fails("recipients")


@rule(
    "R027",
    article="24",
    severity=Severity.MEDIUM,
    message=_("Nobody is named as process owner."),
    remedy=_("Name the person or the function that answers for this activity."),
)
def owner_missing(entry, context):
    if not entry.owner and not entry.owner_function:
        yield unknown("identity", severity=Severity.MEDIUM)
