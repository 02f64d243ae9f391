"""The decision table of who may be written to, row by row."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from django.utils.functional import Promise

from consent.deciding import RULES, decide
from consent.kinds import Channel, Happening, Purpose
from consent.question import Address, Outcome, Question, Recipient, Relation, Sender
from consent.standing import Standing
from consent.terms import Terms

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TERMS = Terms(
    review_months=24,
    claim_years=5,
    confirm_hours=72,
    unconfirmed_days=30,
    effect_hours=48,
    answer_months=1,
    nl_age_online=16,
    nl_age_other=16,
    be_age_online=13,
    phone_opt_in=True,
)
BEFORE_JULY = replace(TERMS, phone_opt_in=False)
GIVEN = Standing(Happening.GIVEN, NOW)
ASKED = Question(on=date(2026, 11, 22), terms=TERMS, channel=Channel.EMAIL)
CUSTOMER = Relation(since=date(2025, 1, 1), similar_offer=True, told_when_collected=True, refused=False)


def stands(kind):
    return Standing(kind, NOW)


ROWS = [
    ("no-consent", "not_allowed", {}),
    ("consent", "allowed", {"standing": GIVEN}),
    ("consent", "allowed", {"standing": stands(Happening.RENEWED)}),
    ("no-consent", "not_allowed", {"standing": stands(Happening.ASKED)}),
    ("no-consent", "not_allowed", {"standing": stands(Happening.DEFERRED)}),
    ("withdrawn", "not_allowed", {"standing": stands(Happening.WITHDRAWN)}),
    ("withdrawn", "not_allowed", {"standing": stands(Happening.REFUSED), "relation": CUSTOMER}),
    ("objected", "not_allowed", {"standing": stands(Happening.OBJECTED), "relation": CUSTOMER}),
    ("objected", "not_allowed", {"standing": stands(Happening.ERASED)}),
    ("suppressed", "not_allowed", {"standing": GIVEN, "suppressed": "objected"}),
    ("suppressed", "not_allowed", {"relation": CUSTOMER, "suppressed": "erased"}),
    ("ended", "not_allowed", {"standing": stands(Happening.EXPIRED)}),
    ("ended", "not_allowed", {"standing": stands(Happening.INVALIDATED)}),
    ("ended", "not_allowed", {"standing": stands(Happening.REVOKED)}),
    ("not-provable", "not_allowed", {"standing": replace(GIVEN, is_provable=False)}),
    ("other-event", "not_allowed", {"standing": GIVEN, "purpose_event": "open day", "event_kind": "career fair"}),
    ("consent", "allowed", {"standing": GIVEN, "purpose_event": "open day", "event_kind": "Open day"}),
    ("consent", "allowed", {"standing": GIVEN, "event_kind": "career fair"}),
    ("consent", "allowed", {"standing": GIVEN, "purpose_event": "open day"}),
    ("only-consent", "not_allowed", {"channel": Channel.NONE}),
    ("only-consent", "not_allowed", {"purpose_kind": Purpose.OTHER, "relation": CUSTOMER}),
    ("existing-customer", "allowed_soft_opt_in", {"relation": CUSTOMER}),
    ("existing-customer", "allowed_soft_opt_in", {"relation": CUSTOMER, "channel": Channel.SMS}),
    ("existing-customer", "allowed_soft_opt_in", {"relation": CUSTOMER, "country": "BE"}),
    ("no-consent", "not_allowed", {"relation": CUSTOMER, "country": "BE", "channel": Channel.SMS}),
    ("customer-refused", "not_allowed", {"relation": replace(CUSTOMER, refused=True)}),
    ("existing-customer", "allowed_soft_opt_in", {"relation": replace(CUSTOMER, since=ASKED.on)}),
    ("no-consent", "not_allowed", {"relation": replace(CUSTOMER, since=date(2031, 1, 1))}),
    ("customer-incomplete", "not_allowed", {"relation": replace(CUSTOMER, similar_offer=False)}),
    ("customer-incomplete", "not_allowed", {"relation": replace(CUSTOMER, told_when_collected=False)}),
    ("customer-unknown", "unknown", {"relation": replace(CUSTOMER, told_when_collected=None)}),
    ("no-consent", "not_allowed", {"relation": Relation()}),
    ("nl-published-address", "allowed", {"recipient": Recipient.PROFESSIONAL, "address": Address.PUBLISHED}),
    ("nl-published-address", "allowed", {"recipient": Recipient.LEGAL_PERSON, "address": Address.PUBLISHED}),
    ("no-consent", "not_allowed", {"address": Address.PUBLISHED}),
    ("no-consent", "not_allowed", {"address": Address.IMPERSONAL}),
    ("no-consent", "not_allowed", {"country": "BE", "recipient": Recipient.PROFESSIONAL, "address": Address.PUBLISHED}),
    (
        "post-interest",
        "unknown",
        {"channel": Channel.POST, "recipient": Recipient.PROFESSIONAL, "address": Address.PUBLISHED},
    ),
    ("business-unsettled", "unknown", {"recipient": Recipient.LEGAL_PERSON, "address": Address.IMPERSONAL}),
    ("no-consent", "not_allowed", {"recipient": Recipient.PROFESSIONAL}),
    (
        "no-consent",
        "not_allowed",
        {"country": "BE", "recipient": Recipient.PROFESSIONAL, "address": Address.IMPERSONAL},
    ),
    (
        "be-impersonal-address",
        "allowed",
        {"country": "BE", "recipient": Recipient.LEGAL_PERSON, "address": Address.IMPERSONAL},
    ),
    ("no-consent", "not_allowed", {"country": "BE", "recipient": Recipient.LEGAL_PERSON}),
    (
        "no-consent",
        "not_allowed",
        {
            "country": "BE",
            "recipient": Recipient.LEGAL_PERSON,
            "address": Address.IMPERSONAL,
            "channel": Channel.SMS,
        },
    ),
    ("nl-call-consent", "not_allowed", {"channel": Channel.PHONE}),
    ("nl-call-consent", "not_allowed", {"channel": Channel.PHONE, "relation": CUSTOMER}),
    (
        "no-consent",
        "not_allowed",
        {"channel": Channel.PHONE, "recipient": Recipient.LEGAL_PERSON, "address": Address.IMPERSONAL},
    ),
    ("nl-call-customer", "allowed_soft_opt_in", {"channel": Channel.PHONE, "relation": CUSTOMER, "terms": BEFORE_JULY}),
    (
        "nl-call-consent",
        "not_allowed",
        {"channel": Channel.PHONE, "relation": replace(CUSTOMER, since=date(2031, 1, 1)), "terms": BEFORE_JULY},
    ),
    ("nl-call-consent", "not_allowed", {"channel": Channel.PHONE, "terms": BEFORE_JULY}),
    ("nl-call-exception", "unknown", {"channel": Channel.PHONE, "sender": Sender.CHARITY}),
    ("consent", "allowed", {"channel": Channel.PHONE, "standing": GIVEN}),
    ("be-call-list", "unknown", {"channel": Channel.PHONE, "country": "BE"}),
    ("post-interest", "unknown", {"channel": Channel.POST}),
    ("suppressed", "not_allowed", {"channel": Channel.POST, "suppressed": "objected"}),
    ("other-country", "unknown", {"country": "US"}),
    ("consent", "allowed", {"country": "US", "standing": GIVEN}),
    ("too-young", "not_allowed", {"standing": replace(GIVEN, age="from_13")}),
    ("too-young", "not_allowed", {"standing": replace(GIVEN, age="from_13", given_by="agent")}),
    ("consent", "allowed", {"standing": replace(GIVEN, age="from_13", given_by="parent")}),
    ("consent", "allowed", {"standing": replace(GIVEN, age="from_16")}),
    ("consent", "allowed", {"standing": replace(GIVEN, age="from_13"), "country": "BE"}),
    ("ended", "not_allowed", {"standing": Standing(Happening.EXPIRED, NOW, age="from_13")}),
    ("consent", "allowed", {"standing": replace(GIVEN, age="from_13"), "country": "BE", "is_online_service": True}),
    (
        "too-young",
        "not_allowed",
        {"standing": replace(GIVEN, age="from_12"), "country": "BE", "is_online_service": True},
    ),
]


@pytest.mark.parametrize(("rule", "outcome", "changes"), ROWS)
def test_each_row_of_the_table(rule, outcome, changes):
    answer = decide(replace(ASKED, **changes))
    assert (answer.rule, answer.outcome) == (rule, outcome)
    assert str(answer.reason)
    assert answer.may == (outcome in (Outcome.ALLOWED, Outcome.SOFT_OPT_IN))


def test_every_rule_of_the_table_has_a_row():
    spoken = {rule.__name__ for rule in RULES for _rule, _outcome, changes in ROWS if rule(replace(ASKED, **changes))}
    assert spoken == {rule.__name__ for rule in RULES}


def test_the_article_is_of_the_country_that_was_asked_about_and_in_the_language_of_the_reader():
    answers = [decide(replace(ASKED, **changes)) for _rule, _outcome, changes in ROWS]
    assert all(isinstance(one.article, Promise) for one in answers if "GDPR" in str(one.article))
    with translation.override("en"):
        assert str(decide(ASKED).article) == "6(1)(a) GDPR; 11.7(1) Tw"
        assert str(decide(replace(ASKED, country="BE")).article) == "6(1)(a) GDPR; XII.13 WER"
        assert str(decide(replace(ASKED, channel=Channel.NONE)).article) == "6(1)(a) GDPR"
