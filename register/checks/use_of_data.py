"""Rules about what data are used for, where they come from and whether they are needed: Art. 5(1)(b)-(d)."""

from django.utils.translation import gettext_lazy as _

from .conditions import as_controller, first_of, lacking
from .engine import Severity, fails, rule, unknown
from .lawfulness import CONSENT, OBLIGATION, at
from .recognised import (
    MARKETING,
    MESSAGES,
    ONLINE,
    POSTAL_OR_PERSONAL,
    SCRAPED,
    SOCIAL_MEDIA,
    is_called,
    marketing_purposes,
    purpose_says,
    speaks_of,
)


@rule(
    "L037",
    article="5(1)(b), 6(4)",
    severity=Severity.HIGH,
    message=_("“%(purpose)s” is a further use of data, and it is not assessed whether it fits the first purpose."),
    remedy=_("Go through the five points of Art. 6(4) and note the outcome."),
)
@as_controller
def further_use_not_assessed(entry, context):
    for purpose in _further_uses(entry):
        unexplained = purpose.compatibility == "compatible" and not purpose.compatibility_note.strip()
        if purpose.compatibility == "to_assess" or unexplained:
            yield lacking(entry, context, **at(purpose))


@rule(
    "L038",
    article="6(4)",
    severity=Severity.CRITICAL,
    message=_("“%(purpose)s” does not fit the purpose for which the data were collected."),
    question=_("“%(purpose)s” does not fit the first purpose; it is not known whether it has started."),
    remedy=_("Stop this use, or ask consent for it."),
)
@as_controller
def further_use_not_compatible(entry, context):
    for purpose in _further_uses(entry):
        if purpose.compatibility == "not_compatible":
            yield lacking(entry, context, **at(purpose))


def _further_uses(entry):
    """Consent or a law allows a further use by itself."""
    return [one for one in entry.purposes if one.compatibility and one.basis not in (CONSENT, OBLIGATION)]


@rule(
    "L039",
    article="5(1)(c)",
    severity=Severity.MEDIUM,
    message=_("These data are not needed, or it is not said why they are: %(data)s."),
    question=_("It is not recorded whether these data are needed: %(data)s."),
    remedy=_("Leave out what is not needed, and say of the rest why it does not work without."),
)
@as_controller
def data_not_needed(entry, context):
    unexplained = [
        line.category
        for line in entry.data
        if line.necessity == "not_needed" or (line.necessity and not line.necessity_reason.strip())
    ]
    unanswered = [line.category for line in entry.data if not line.necessity and not line.necessity_reason.strip()]
    if unexplained:
        yield fails("data", data=first_of(unexplained))
    elif unanswered:
        yield unknown("data", data=first_of(unanswered))


@rule(
    "L040",
    article="5(1)(c)",
    severity=Severity.LOW,
    message=_("Online marketing seldom needs these data: %(data)s."),
    remedy=_("Leave these data out, or say why they are needed."),
)
@as_controller
def too_much_for_online_marketing(entry, context):
    if not any(purpose_says(ONLINE, purpose) for purpose in marketing_purposes(entry)):
        return
    found = [
        line.category
        for line in entry.data
        if is_called(POSTAL_OR_PERSONAL, line.category) and not line.necessity_reason.strip()
    ]
    if found:
        yield fails("data", data=first_of(found))


@rule(
    "L041",
    article="5(1)(a)-(b), 6, 14; Tw 11.7",
    severity=Severity.CRITICAL,
    message=_("Data from public posts or websites are used for marketing: %(data)s."),
    question=_(
        "These data come from a public source and are used for marketing; it is not said which source: %(data)s."
    ),
    remedy=_("Stop this use: what people make public is not public for your marketing."),
)
@as_controller
def public_posts_for_marketing(entry, context):
    lines = [line for line in entry.data if line.source == "public"] if marketing_purposes(entry) else []
    posts = [line.category for line in lines if _is_from_the_web(line)]
    unsaid = [line.category for line in lines if not line.source_note.strip()]
    if posts:
        yield fails("data", data=first_of(posts))
    elif unsaid:
        yield unknown("data", data=first_of(unsaid))


def _is_from_the_web(line):
    return (
        line.category.group == "social-media"
        or is_called(SOCIAL_MEDIA, line.category)
        or speaks_of(SOCIAL_MEDIA, line.source_note)
        or speaks_of(SCRAPED, line.source_note)
    )


@rule(
    "L042",
    article="6, 7, 14; Tw 11.7",
    severity=Severity.CRITICAL,
    message=_("People on a bought or rented list are written to for marketing."),
    question=_("Data from a bought or rented list are used for marketing; it is not said by which channel."),
    remedy=_("Stop, unless each person gave consent in which your organisation is named."),
)
@as_controller
def bought_list_for_marketing(entry, context):
    purposes = marketing_purposes(entry)
    if not purposes or all(line.source != "broker" for line in entry.data):
        return
    by_message = any(purpose_says(MESSAGES, purpose) for purpose in purposes)
    yield fails("data") if by_message else unknown("data")


@rule(
    "L045",
    article="rec. 38, 71",
    severity=Severity.HIGH,
    message=_("Data of children are used for profiling or marketing."),
    question=_("Data of children are used; it is not recorded whether they are profiled."),
    remedy=_("Leave children out, or have this weighed as a case of its own: they deserve specific protection."),
)
@as_controller
def children_profiled(entry, context):
    if entry.children != "yes" and not any(line.category.children for line in entry.subjects):
        return
    if entry.profiling == "yes" or any(purpose_says(MARKETING, purpose) for purpose in entry.purposes):
        yield fails("people")
    elif not entry.profiling:
        yield unknown("automated")


@rule(
    "L048",
    article="5(1)(d)",
    severity=Severity.LOW,
    message=_("People are judged or decided about here, and it is not said how the data stay correct."),
    remedy=_("Say how wrong or old data are found and put right."),
)
@as_controller
def accuracy_not_described(entry, context):
    if "yes" in (entry.automated, entry.profiling) and not entry.accuracy.strip():
        yield lacking(entry, context, "collection")
