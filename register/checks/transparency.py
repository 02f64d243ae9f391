"""Rules about what people are told: what the record says of it, and what the published notices say. Art. 12-14, 21(4).

The one rule: whoever tells people elsewhere says so in the record; what is said of a notice is asked only of activities
that one speaks of.
"""

from django.utils.translation import gettext_lazy as _

from register.notices.gaps import sections_left_open

from .conditions import as_controller, first_of, lacking
from .engine import Severity, fails, rule, unknown
from .recognised import SOCIAL_MEDIA, entry_says, marketing_purposes

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
    if context.facts(entry).notices:
        return
    if entry.informed == "no":
        yield fails("collection")
    elif not entry.informed:
        yield unknown("collection")


@rule(
    "N002",
    article="13/14",
    severity=Severity.HIGH,
    message=_("The record does not say what the privacy notice must tell: %(missing)s."),
    remedy=_("Fill it in: the notice leaves it open until then."),
)
@as_controller
def notice_leaves_open(entry, context):
    if context.facts(entry).notices:
        for place, missing in sections_left_open(entry).items():
            yield fails(place, aspect=place, missing=missing)


@rule(
    "N003",
    article="14(2)(f), 14(3)",
    severity=Severity.HIGH,
    message=_("These data come from somebody else, and it is not said from whom, or when people are told: %(data)s."),
    question=_("It is not recorded where these data come from: %(data)s."),
    remedy=_("Name the source, and choose at the notice when people are told: within a month at the latest."),
)
@as_controller
def source_missing(entry, context):
    elsewhere = [line for line in entry.data if line.source in FROM_OTHERS and line.category.group != "social-media"]
    unnamed = [line.category for line in elsewhere if not (line.source_party or line.source_note.strip())]
    unsaid = [line.category for line in entry.data if not line.source]
    untimed = [line.category for line in elsewhere] if _untimed(entry, context) else []
    if unnamed:
        yield lacking(entry, context, "data", data=first_of(unnamed))
    elif untimed:
        yield fails("data", aspect="timing", data=first_of(untimed))
    elif unsaid:
        yield unknown("data", data=first_of(unsaid))


def _untimed(entry, context):
    """A notice that speaks of it does not say when people are told of what comes from others."""
    return any(not notice.timing for notice in context.facts(entry).notices)


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
    "N005",
    article="13(1)",
    severity=Severity.MEDIUM,
    scope="organisation",
    message=_("“%(point)s” leads to no privacy notice, or nobody looked lately whether it does."),
    remedy=_("Link to the notice, look whether the link is there, and say that you checked it."),
)
def collection_point_without_notice(organisation, context):
    for point in context.points:
        late = point.checked_on is None or (point.due_on is not None and point.due_on <= context.on)
        if late or not point.linked:
            yield fails(cause=("point", point.id), point=point.name)


@rule(
    "N006",
    article="13(3), 5(1)(a)",
    severity=Severity.HIGH,
    scope="organisation",
    message=_("The published notice “%(notice)s” no longer says what the register says."),
    remedy=_("Look at what differs, and publish a new version."),
)
def notice_older_than_the_register(organisation, context):
    for notice in context.notices:
        for activity in notice.moved:
            place = "collection" if activity else ""
            yield fails(place, cause=("notice", notice.id), activity=activity, notice=notice.title)


@rule(
    "N007",
    article="12(1)",
    severity=Severity.MEDIUM,
    scope="organisation",
    message=_("The notice “%(notice)s” is not published in every language of your organisation."),
    remedy=_("Publish a version in all languages of the people it is for."),
)
def notice_missing_in_a_language(organisation, context):
    for notice in context.notices:
        if set(organisation.languages) - set(notice.languages):
            yield fails(cause=("notice", notice.id), notice=notice.title)


@rule(
    "N008",
    article="21(4)",
    severity=Severity.HIGH,
    message=_("The notice “%(notice)s” does not say, apart from the rest, that people may refuse advertising."),
    remedy=_("Publish the notice anew: it then says so."),
)
@as_controller
def objection_not_set_apart(entry, context):
    if marketing_purposes(entry):
        yield from _without(entry, context, "purposes", lambda notice: "objection_marketing" not in notice.keys)


@rule(
    "N009",
    article="13(2)(c)",
    severity=Severity.HIGH,
    message=_("The notice “%(notice)s” does not say that people may withdraw their consent."),
    remedy=_("Publish the notice anew: it then says so."),
)
@as_controller
def withdrawal_not_mentioned(entry, context):
    if any("a" in (line.basis, line.special_ground) for line in entry.purposes):
        yield from _without(entry, context, "purposes", lambda notice: "withdrawal" not in notice.sections)


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


@rule(
    "N011",
    article="12(1)",
    severity=Severity.MEDIUM,
    message=_("The notice “%(notice)s” is also about children, and has no text for them."),
    remedy=_("Switch on the part for children, and write it so that a child understands it."),
)
@as_controller
def no_text_for_children(entry, context):
    if entry.children == "yes" or any(line.category.children for line in entry.subjects):
        yield from _without(entry, context, "people", lambda notice: "children" not in notice.sections)


@rule(
    "N012",
    article="13",
    severity=Severity.LOW,
    message=_("The notice “%(notice)s” says nothing of social media, which this activity uses."),
    remedy=_("Switch on the part about social media and webcare."),
)
@as_controller
def social_media_not_in_the_notice(entry, context):
    if entry_says(SOCIAL_MEDIA, entry) or any(line.category.group == "social-media" for line in entry.data):
        yield from _without(entry, context, "collection", lambda notice: "social" not in notice.sections)


@rule(
    "N013",
    article="13(1)(b), 37(7)",
    severity=Severity.MEDIUM,
    message=_("The notice “%(notice)s” does not say how to reach the data protection officer."),
    remedy=_("Fill in how to reach the officer, establish it, and publish the notice anew."),
)
@as_controller
def officer_not_in_the_notice(entry, context):
    controller = context.facts(entry).controller
    if controller and controller.dpo_answer == "yes":
        yield from _without(entry, context, "controller", lambda notice: "officer" not in notice.keys)


def _without(entry, context, place, lacks):
    """Of each notice that speaks of this activity and lacks something."""
    for notice in context.facts(entry).notices:
        if lacks(notice):
            yield fails(place, cause=("notice", notice.id), notice=notice.title)
