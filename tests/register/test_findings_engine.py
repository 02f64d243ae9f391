"""Rules as a value: what a rule may be called, and what it says about an entry."""

import datetime
import uuid

import pytest
from django.utils.translation import override

from register.checks import engine, facts
from register.checks.context import Context
from register.checks.evaluate import evaluate
from register.checks.speaking import spoken, stored
from register.record import Entry, PurposeValue

CONTEXT = Context(datetime.date(2026, 3, 1), facts.OrganisationFacts(uuid.uuid4()))


def test_a_purpose_without_a_basis_is_found_with_its_line_and_its_words():
    with_basis = PurposeValue(uuid.uuid4(), text_nl="Salaris betalen", basis="b")
    without = PurposeValue(uuid.uuid4(), text_nl="Personeel kiezen")
    entry = Entry(uuid.uuid4(), 1, "controller", "Personeel", purposes=(with_basis, without))
    [found] = [one for one in evaluate([entry], CONTEXT) if one.rule == "L001"]
    assert (found.kind, found.subject, found.activity) == ("entry", entry.id, entry.id)
    assert (found.verdict.outcome, found.verdict.line) == (engine.Outcome.UNKNOWN, without.id)
    with override("en"):
        message = spoken(engine.RULES["L001"].message, stored(found.verdict.parameters))
    assert message == "The purpose “Personeel kiezen” has no lawful basis."


@pytest.mark.parametrize("id", ["L001", "Z001", "L1"])
def test_a_rule_needs_an_id_of_its_own_in_a_known_group(id):
    with pytest.raises(ValueError, match=r"Z|taken"):
        engine.declare(id, article="6", severity="high", message="", remedy="")


def test_a_rule_about_lateness_is_silent_about_an_imported_entry_without_dates():
    late = engine.Rule(
        "R999", "24", engine.Severity.LOW, engine.Group.RECORD, engine.Scope.ENTRY, "", "", always, imported_late=True
    )
    entry = Entry(uuid.uuid4(), 1, "controller", "Personeel")
    dated = Entry(uuid.uuid4(), 2, "controller", "Salaris", started_on=datetime.date(2020, 1, 1))
    imported = {one.id: facts.EntryFacts(imported=True) for one in (entry, dated)}
    context = Context(CONTEXT.on, CONTEXT.organisation, of_entries=imported)
    assert [one.subject for one in evaluate([entry, dated], context, [late])] == [dated.id]
    assert [one.subject for one in evaluate([entry], CONTEXT, [late])] == [entry.id]


def always(entry, context):
    yield engine.fails()
