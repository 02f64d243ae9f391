"""Every rule that is built is proven: it fails, it holds, and where it can be unknown, it is; and it can be read."""

import json
import re
from collections import defaultdict

import pytest
from django.utils import translation

from register.checks import speaking
from register.checks.engine import RULES, Outcome, Severity

from . import (
    test_rules_lawfulness,
    test_rules_notices,
    test_rules_other,
    test_rules_parties,
    test_rules_record,
    test_rules_retention,
    test_rules_special,
    test_rules_transfers,
)
from .judged import verdicts

MODULES = (
    test_rules_record,
    test_rules_lawfulness,
    test_rules_special,
    test_rules_retention,
    test_rules_parties,
    test_rules_transfers,
    test_rules_other,
    test_rules_notices,
)
CASES = [case for module in MODULES for case in module.CASES]
PROVEN = defaultdict(set)
for _rule, _expected, *_rest in CASES:
    PROVEN[_rule].add(_expected)

ASKED_BY_ARTICLE_30 = "R001 R005 R007 R008 R009 R010 R012 R014 R021 R022"
PLAIN_FACTS = "R013 R015 R016 R019 R020 R026 R028 L003 L040 T005 T009 P016 P019 X006 X016 G009"
PUBLISHED = "N002 N005 N006 N007 N008 N009 N011 N012 N013"
NEVER_UNKNOWN = frozenset(f"{ASKED_BY_ARTICLE_30} {PLAIN_FACTS} {PUBLISHED}".split())
"""Art. 30 asks for it, so that an empty field fails; or the rule asks about words, or a notice, that are there."""
SHIPPED = [rule for rule in RULES.values() if rule.function and not rule.id.startswith("Z")]


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.id)
def test_a_rule_is_seen_to_fail_to_hold_and_not_to_know(rule):
    assert PROVEN[rule.id] == {"fails", "holds"} | ({"unknown"} if rule.id not in NEVER_UNKNOWN else set())


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.id)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_a_rule_says_can_be_read_with_the_parameters_that_it_gives(rule, language):
    found = [
        verdict for id, _, subject, context in CASES if id == rule.id for verdict in verdicts(id, subject, context)
    ]
    with translation.override(language):
        for verdict in found:
            kept = json.loads(json.dumps(speaking.stored(verdict.parameters)))
            said = speaking.spoken(rule.message_for(verdict.outcome), kept)
            assert said.strip()
            assert "%(" not in said + str(rule.remedy)
            assert said.endswith((".", "?", ")")) or re.search(r": .+\.$", said)


def test_what_is_unknown_is_low_and_what_fails_is_as_grave_as_the_rule():
    for id, _, subject, context in CASES:
        for verdict in verdicts(id, subject, context):
            severity = RULES[id].severity_of(verdict)
            if verdict.outcome == Outcome.UNKNOWN:
                assert severity == Severity.LOW, id


def test_a_rule_says_no_two_things_about_one_place():
    for id, _, subject, context in CASES:
        said = [(one.line, one.cause, one.aspect, one.activity) for one in verdicts(id, subject, context)]
        assert len(said) == len(set(said)), id
