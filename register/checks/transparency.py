"""Rules about what people are told, as far as the record knows without the notices themselves: Art. 13 and 14."""

from django.utils.translation import gettext_lazy as _

from .conditions import as_controller, first_of, lacking
from .engine import Severity, fails, rule, unknown

FROM_OTHERS = ("controller", "public", "broker")


@rule(
    "N001",
    article="13/14",
    severity=Severity.HIGH,
    message=_("People are not told about this processing."),
    question=_("It is not recorded whether people are told about this processing."),
    remedy=_("Tell the people concerned, for instance in the privacy notice, and say where."),
)
@as_controller
def people_not_informed(entry, context):
    if entry.informed == "no":
        yield fails("collection")
    elif not entry.informed:
        yield unknown("collection")


@rule(
    "N003",
    article="14(2)(f), 14(3)",
    severity=Severity.HIGH,
    message=_("These data come from somebody else, and it is not said from whom: %(data)s."),
    question=_("It is not recorded where these data come from: %(data)s."),
    remedy=_("Name the source: people must be told where you got their data."),
)
@as_controller
def source_missing(entry, context):
    elsewhere = [line for line in entry.data if line.source in FROM_OTHERS and line.category.group != "social-media"]
    unnamed = [line.category for line in elsewhere if not (line.source_party or line.source_note.strip())]
    unsaid = [line.category for line in entry.data if not line.source]
    if unnamed:
        yield lacking(entry, context, "data", data=first_of(unnamed))
    elif unsaid:
        yield unknown("data", data=first_of(unsaid))


@rule(
    "N004",
    article="14(5)",
    severity=Severity.MEDIUM,
    message=_("People need not be told, it says, but not why."),
    remedy=_("Say which exception applies and why."),
)
@as_controller
def exception_without_reason(entry, context):
    if entry.informed == "exempt" and not entry.informed_how.strip():
        yield lacking(entry, context, "collection")


@rule(
    "N010",
    article="13(2)(f)",
    severity=Severity.HIGH,
    message=_("Decisions are automated, and their logic or their consequences are not described."),
    remedy=_("Describe the logic and what the outcome means for people, in plain words."),
)
@as_controller
def logic_not_described(entry, context):
    if entry.automated == "yes" and not (entry.automated_logic.strip() and entry.automated_consequences.strip()):
        yield lacking(entry, context, "automated")
