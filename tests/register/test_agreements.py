from datetime import date

import pytest

from register import agreement_state
from register.law import AgreementClause
from register.models import Agreement, Party
from tests.factories import register as make
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)

CASES = {
    "in force": ({"status": "signed", "signed_on": date(2026, 1, 1)}, "in_force"),
    "until tomorrow": (
        {"status": "signed", "signed_on": date(2026, 1, 1), "valid_until": date(2026, 6, 2)},
        "in_force",
    ),
    "ends today": ({"status": "signed", "signed_on": date(2026, 1, 1), "valid_until": ON}, "expired"),
    "starts tomorrow": (
        {"status": "signed", "signed_on": date(2026, 1, 1), "valid_from": date(2026, 6, 2)},
        "not_yet",
    ),
    "starts today": ({"status": "signed", "signed_on": date(2026, 7, 1), "valid_from": ON}, "in_force"),
    "signed tomorrow": ({"status": "signed", "signed_on": date(2026, 6, 2)}, "not_yet"),
    "requested": ({"status": "requested"}, "unsigned"),
    "in negotiation": ({"status": "negotiation"}, "unsigned"),
    "ended": ({"status": "ended"}, "ended"),
}


@pytest.mark.parametrize(("fields", "expected"), CASES.values(), ids=CASES)
def test_the_state_of_an_agreement_and_the_filter_on_it_agree(fields, expected):
    agreement = make.AgreementFactory(**fields)

    assert agreement_state.state(agreement, ON).key == expected
    for state in agreement_state.STATES:
        found = Agreement.objects.filter(agreement_state.state_q(state.key, ON)).exists()
        assert found == (state.key == expected), state.key


@pytest.mark.parametrize(
    ("roles", "agreements", "expected"),
    [
        ([], [], None),
        (["authority", "controller"], [], None),
        (["processor"], [], "missing"),
        (["processor"], [("processing", "signed")], "in_force"),
        (["processor"], [("joint", "signed")], "missing"),
        (["processor"], [("processing", "requested")], "unsigned"),
        (["processor"], [("processing", "ended"), ("processing", "signed")], "in_force"),
        (["joint_controller", "processor"], [("processing", "signed")], "missing"),
        (["joint_controller"], [("joint", "signed")], "in_force"),
    ],
)
def test_a_party_needs_what_its_roles_ask_for(roles, agreements, expected):
    rows = [Agreement(kind=kind, status=status, signed_on=date(2026, 1, 1)) for kind, status in agreements]
    state = agreement_state.party_state(roles, rows, ON)

    assert (state and state.key) == expected


def test_parties_without_the_agreement_they_need_are_found():
    organisation = OrganisationFactory()
    lacking, covered, free, expired = (make.PartyFactory(organisation=organisation) for _ in range(4))
    for party, role in ((lacking, "processor"), (covered, "processor"), (free, "authority"), (expired, "processor")):
        make.RecipientLineFactory(activity__organisation=organisation, party=party, role=role)
    make.AgreementFactory(organisation=organisation, party=covered, signed=True)
    make.AgreementFactory(organisation=organisation, party=expired, signed=True, valid_until=date(2026, 1, 1))

    found = Party.objects.filter(agreement_state.without_agreement_q(ON))
    assert set(found) == {lacking, expired}


def test_a_processing_agreement_misses_every_point_that_is_not_yes():
    agreement = Agreement(kind="processing", clauses={"a": "yes", "b": "no", "c": ""})

    assert len(agreement.missing_clauses()) == len(AgreementClause) - 1
    assert Agreement(kind="sharing").missing_clauses() == []
