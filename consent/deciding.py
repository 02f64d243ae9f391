"""May this person be written to or called for this purpose, today? One pure function that gives its rule and reason.

The rules stand in `RULES` in the order in which they are asked; the first that speaks decides, and who no rule speaks
for is not written to. An article is of the law of the country that was asked about. Sources: Art. 6, 7, 8, 21 GDPR,
Art. 11.7 Tw, Art. XII.13 WER and the Royal Decree of 4 April 2003.
"""

from django.utils.translation import gettext_lazy as _

from .kinds import Channel, GivenBy, Happening, Purpose
from .question import Address, Answer, Country, Outcome, Recipient, Sender


def decide(question):
    """The answer, always one. Touches no database."""
    for rule in RULES:
        answer = rule(question)
        if answer is not None:
            return answer
    return Answer(
        Outcome.NOT_ALLOWED, "no-consent", _("Nothing shows that this person agreed."), _asking_consent(question)
    )


def _asking_consent(asked):
    """Where consent is asked: of a message over an electronic channel also in the law on such messages."""
    if asked.country == Country.NL and asked.channel.is_electronic:
        return _("6(1)(a) GDPR; 11.7(1) Tw")
    if asked.country == Country.NL and asked.channel == Channel.PHONE:
        return _("6(1)(a) GDPR; 11.7 Tw")
    if asked.country == Country.BE and asked.channel.is_electronic:
        return _("6(1)(a) GDPR; XII.13 WER")
    return _("6(1)(a) GDPR")


def _no(rule, reason, article, evidence=""):
    return Answer(Outcome.NOT_ALLOWED, rule, reason, article, evidence)


def suppression(asked):
    if asked.suppressed:
        return _no("suppressed", _("This address may not be written to any more."), _("21(3), 17 GDPR"))
    if asked.standing.kind in (Happening.OBJECTED, Happening.ERASED):
        return _no("objected", _("This person objected, or was erased."), _("21(3), 17 GDPR"))
    return None


def other_event(asked):
    if asked.purpose_event and asked.event_kind and asked.event_kind.casefold() != asked.purpose_event.casefold():
        return _no("other-event", _("The consent is for another kind of event."), _("5(1)(b) GDPR"))
    return None


def said_no(asked):
    if asked.standing.kind in (Happening.REFUSED, Happening.WITHDRAWN):
        return _no("withdrawn", _("This person refused, or withdrew consent."), _("7(3) GDPR"))
    return None


def too_young(asked):
    """Whoever was too young to consent alone, as far as the band of ages tells (Art. 8 GDPR, Art. 5 UAVG)."""
    standing = asked.standing
    if not standing.is_given or standing.given_by in (GivenBy.PARENT, GivenBy.GUARDIAN):
        return None
    if asked.terms.is_too_young(standing.age, asked.country, is_online_service=asked.is_online_service):
        return _no(
            "too-young",
            _("This person was too young to consent alone."),
            _("8 GDPR; 5 UAVG") if asked.country == Country.NL else _("8 GDPR"),
            _("The consent of a parent or guardian."),
        )
    return None


def consent(asked):
    standing = asked.standing
    if standing.holds:
        return Answer(
            Outcome.ALLOWED,
            "consent",
            _("This person gave consent."),
            _asking_consent(asked),
            _("Who, when, which wording, and how: the proof of this consent."),
        )
    if standing.is_given:
        return _no("not-provable", _("The consent cannot be proved."), _("7(1) GDPR"), _("Proof, or asking again."))
    if standing.kind in (Happening.EXPIRED, Happening.INVALIDATED, Happening.REVOKED):
        return _no("ended", _("The consent has ended."), _("7 GDPR"), _("Asking again."))
    return None


def consent_alone(asked):
    """Nothing but consent allows what is no message, nor what is no direct marketing."""
    if asked.channel == Channel.NONE or asked.purpose_kind != Purpose.MARKETING:
        return _no("only-consent", _("Only consent allows this, and there is none."), _("6(1)(a) GDPR"))
    return None


def published_address(asked):
    """Art. 11.7(2) Tw: details that a company or professional published for this very purpose."""
    if not asked.channel.is_electronic or asked.country != Country.NL:
        return None
    if asked.recipient != Recipient.CONSUMER and asked.address == Address.PUBLISHED:
        return Answer(
            Outcome.ALLOWED,
            "nl-published-address",
            _("A business address that was published for such offers."),
            "11.7(2) Tw",
            _("Where and when the address was published for this purpose."),
        )
    return None


def impersonal_address(asked):
    """Royal Decree of 4 April 2003: legal persons at impersonal addresses, by e-mail."""
    if asked.country != Country.BE or asked.channel != Channel.EMAIL:
        return None
    if asked.recipient == Recipient.LEGAL_PERSON and asked.address != Address.PERSONAL:
        return Answer(
            Outcome.ALLOWED,
            "be-impersonal-address",
            _("An impersonal address of a legal person."),
            _("XII.13 WER; Royal Decree of 4.4.2003, Art. 1"),
            _("That the address names nobody and belongs to a legal person."),
        )
    return None


def existing_customer(asked):
    """The soft opt-in: own similar offers to a customer who could refuse when the address was asked, and did not."""
    relation = asked.relation
    if relation is None or relation.since is None or not asked.channel.is_electronic:
        return None
    if asked.country not in tuple(Country) or (asked.country == Country.BE and asked.channel != Channel.EMAIL):
        return None
    article = "11.7(3) Tw" if asked.country == Country.NL else _("Royal Decree of 4.4.2003, Art. 1")
    evidence = _("The sale, the offer being similar, and that refusing was offered when the address was asked.")
    if relation.refused:
        return _no("customer-refused", _("This customer refused such messages."), article)
    if not relation.is_customer(asked.on):
        return None
    asks = (relation.similar_offer, relation.told_when_collected)
    if all(asks):
        return Answer(Outcome.SOFT_OPT_IN, "existing-customer", _("An existing customer."), article, evidence)
    if False in asks:
        return _no(
            "customer-incomplete", _("A customer, but not all that the exception asks is there."), article, evidence
        )
    return Answer(
        Outcome.UNKNOWN,
        "customer-unknown",
        _("A customer, but it is not known how the address was asked."),
        article,
        evidence,
    )


def telephone(asked):
    if asked.channel != Channel.PHONE:
        return None
    if asked.country == Country.BE:
        return Answer(
            Outcome.UNKNOWN,
            "be-call-list",
            _("In Belgium: look first whether the number is on the do-not-call list."),
            "VI.111 WER",
            _("The day on which the list was looked at."),
        )
    if asked.country != Country.NL or asked.recipient != Recipient.CONSUMER:
        return None
    if asked.sender != Sender.COMPANY:
        return Answer(
            Outcome.UNKNOWN,
            "nl-call-exception",
            _("Charities and publishers have an exception; check whether this call falls under it."),
            "11.7 Tw",
        )
    is_customer = asked.relation is not None and asked.relation.is_customer(asked.on) and not asked.relation.refused
    if is_customer and not asked.terms.phone_opt_in:
        return Answer(Outcome.SOFT_OPT_IN, "nl-call-customer", _("An existing customer."), "11.7 Tw", _("The sale."))
    return _no("nl-call-consent", _("A consumer is called only with consent, also as a customer."), "11.7 Tw")


def by_post(asked):
    if asked.channel == Channel.POST:
        return Answer(
            Outcome.UNKNOWN,
            "post-interest",
            _("Post needs no consent, but an interest that was weighed, and nobody who objected."),
            _("6(1)(f), 21(2) GDPR"),
            _("The assessment of the interest."),
        )
    return None


def business(asked):
    """A card or general address is no consent; whether the Dutch exception holds is for a person to say."""
    if not asked.channel.is_electronic or asked.country != Country.NL:
        return None
    if asked.recipient != Recipient.CONSUMER and asked.address == Address.IMPERSONAL:
        return Answer(
            Outcome.UNKNOWN,
            "business-unsettled",
            _("A general business address is not enough by itself: was it published for such offers?"),
            "11.7(2) Tw",
            _("Where and when the address was published for this purpose."),
        )
    return None


def elsewhere(asked):
    if asked.country not in tuple(Country):
        return Answer(Outcome.UNKNOWN, "other-country", _("The rules of this country are not in here."), "")
    return None


RULES = (
    suppression,
    other_event,
    said_no,
    too_young,
    consent,
    consent_alone,
    elsewhere,
    published_address,
    impersonal_address,
    existing_customer,
    telephone,
    by_post,
    business,
)
