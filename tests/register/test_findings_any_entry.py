"""Whatever an entry says, the rules have an answer that can be kept and read."""

import datetime
import json
import logging
import uuid
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register import adequacy, sections
from register.checks import facts
from register.checks.context import Context
from register.checks.engine import RULES, Scope
from register.checks.evaluate import evaluate
from register.checks.speaking import spoken, stored
from register.findings import CAUSES
from tests.register import entries, ruling

ON = datetime.date(2026, 3, 1)
PARAMETERS = {one.parameter: one.value for one in adequacy.all_parameters() if one.holds_on(ON)}
OF_ENTRY = [rule for rule in RULES.values() if rule.scope == Scope.ENTRY and rule.function]


def context_of(found, kind, imported):
    """What is known beside these entries, as far as the entries tell."""
    organisation = facts.OrganisationFacts(uuid.uuid4())
    known = facts.EntryFacts(
        imported=imported, approved=True, controller=facts.ControllerFacts(uuid.uuid4(), kind=kind)
    )
    return Context(
        ON,
        organisation,
        parameters=PARAMETERS,
        of_entries={entry.id: known for entry in found},
    )


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(
    found=entries.registers(largest=2), kind=st.sampled_from(["public", "private_task", "private"]), late=st.booleans()
)
def test_every_rule_has_an_answer_to_any_entry(found, kind, late):
    context = context_of(found, kind, late)
    for entry, rule in product(found, OF_ENTRY):
        for verdict in rule.function(entry, context) or ():
            assert not verdict.place or verdict.place in sections.BY_KEY, rule.id
            assert verdict.cause is None or verdict.cause[0] in CAUSES, rule.id
            kept = json.loads(json.dumps(stored(verdict.parameters)))
            assert spoken(rule.message_for(verdict.outcome), kept), rule.id
            assert spoken(rule.remedy, kept), rule.id


def test_a_rule_that_trips_over_an_entry_keeps_nobody_from_saving(caplog):
    def trips(entry, context):
        raise ZeroDivisionError

    [entry] = [entries.record.Entry(uuid.uuid4(), 1, "controller", "Loon")]
    with ruling.only(R901=trips, R902=ruling.no_reference), caplog.at_level(logging.ERROR):
        assert [one.rule for one in evaluate([entry], context_of([entry], "private", False))] == ["R902"]
    assert "rule R901 failed" in caplog.text
