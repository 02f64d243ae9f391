"""What the rules about transfers say of entries that are right, wrong or silent."""

from datetime import date

import pytest

from register.record import Named

from .judged import (
    EARLIER,
    controller,
    country,
    drafted,
    entry,
    new,
    outcome,
    party,
    processor,
    proofs,
    recipient,
    running,
    transfer,
)

PUBLIC = controller(kind="public")
INC = recipient("controller", party=party("Postvlucht Inc.", country=country("US")))
LOST = recipient("controller", party=party("Ergens", country=None))
SIGNED = {"clause_module": "2", "signed_on": EARLIER}
SCC = {"mechanism": "scc"} | SIGNED
OLD = Named(new(), "Modelcontract 2010/87/EU")


def going(**fields):
    return entry(transfers=(transfer(**fields),))


def adequate(code="US", **fields):
    return going(mechanism="adequacy", country=country(code), **fields)


CASES = [
    ("X001", "fails", entry(recipients=(INC,)), running()),
    ("X001", "fails", entry(joint_controllers=(INC,)), running()),
    ("X001", "fails", entry(recipients=(recipient(country=country("GB")),)), running()),
    ("X001", "unknown", entry(recipients=(LOST,)), running()),
    ("X001", "holds", entry(recipients=(INC,), transfers=(transfer(country=INC.where),)), running()),
    ("X001", "holds", entry(recipients=(INC,), transfers=(transfer(party=INC.party),)), running()),
    ("X001", "holds", entry(recipients=(recipient(),)), running()),
    ("X002", "fails", going(), running()),
    ("X002", "fails", processor(transfers=(transfer(),)), running()),
    ("X002", "unknown", going(), drafted()),
    ("X002", "holds", adequate(), running()),
    ("X002", "holds", going(country=country("FR", eea=True)), running()),
    ("X003", "fails", adequate("IN"), running()),
    ("X003", "fails", adequate("US"), running(on=date(2021, 1, 1))),
    ("X003", "unknown", going(mechanism="adequacy", country=None, party=party(country=None)), running()),
    ("X003", "holds", adequate("CH"), running()),
    ("X004", "fails", adequate("US"), running()),
    ("X004", "unknown", adequate("CA"), drafted()),
    ("X004", "holds", adequate("US", scope_checked_on=EARLIER), running()),
    ("X004", "holds", adequate("CH"), running()),
    ("X005", "fails", adequate("US", scope_checked_on=date(2025, 11, 1)), running()),
    ("X005", "unknown", adequate("US"), running()),
    ("X005", "holds", adequate("US", scope_checked_on=date(2025, 11, 22)), running()),
    ("X005", "holds", adequate("CH"), running()),
    ("X006", "fails", adequate("GB"), running(on=date(2031, 8, 1))),
    ("X006", "holds", adequate("GB"), running()),
    ("X006", "holds", adequate("CH"), running()),
    ("X007", "fails", going(mechanism="scc", clause_module="2"), running()),
    ("X007", "unknown", going(mechanism="scc", signed_on=EARLIER), drafted()),
    ("X007", "holds", going(**SCC), running()),
    ("X008", "fails", going(mechanism="scc", signed_on=date(2019, 5, 1)), running()),
    ("X008", "fails", going(**SCC, document=OLD), running()),
    ("X008", "unknown", going(mechanism="scc"), running()),
    ("X008", "holds", going(**SCC), running()),
    ("X008", "holds", going(mechanism="scc", signed_on=date(2019, 5, 1)), running(on=date(2022, 12, 26))),
    ("X009", "fails", going(**SCC), running()),
    ("X009", "fails", going(mechanism="bcr_p"), running()),
    ("X009", "unknown", going(**SCC), drafted()),
    ("X009", "holds", going(**SCC, assessment_on=EARLIER), running()),
    ("X009", "holds", adequate(), running()),
    ("X010", "fails", going(**SCC, assessment_on=EARLIER, assessment_note="Bescherming onvoldoende."), running()),
    ("X010", "unknown", going(**SCC, assessment_on=EARLIER), running()),
    ("X010", "holds", going(**SCC, assessment_on=EARLIER, assessment_note="Voldoende."), running()),
    (
        "X010",
        "holds",
        going(**SCC, assessment_on=EARLIER, assessment_note="Onvoldoende zonder aanvullende versleuteling."),
        running(),
    ),
    ("X011", "fails", going(mechanism="derogation_b", frequency="structural"), running()),
    ("X011", "unknown", going(mechanism="derogation_b"), running()),
    ("X011", "holds", going(mechanism="derogation_b", frequency="once"), running()),
    ("X013", "fails", going(mechanism="compelling"), running()),
    ("X013", "unknown", going(mechanism="compelling"), drafted()),
    ("X013", "holds", going(mechanism="compelling", safeguards="Versleuteld, sleutel bij ons."), running()),
    ("X014", "fails", going(mechanism="derogation_a"), running(by=PUBLIC)),
    ("X014", "unknown", going(mechanism="derogation_a"), running(controller=None)),
    ("X014", "holds", going(mechanism="derogation_a"), running()),
    ("X014", "holds", going(mechanism="derogation_e"), running(by=PUBLIC)),
    ("X016", "fails", adequate(adequacy_reference="Privacy Shield"), running()),
    ("X016", "fails", adequate(adequacy_reference="(EU) 2016/1250"), running()),
    ("X016", "holds", adequate(adequacy_reference="(EU) 2023/1795"), running()),
]


@proofs(CASES)
def test_a_rule_about_transfers_says_what_is_so(rule, expected, subject, context):
    assert outcome(rule, subject, context) == expected


@pytest.mark.parametrize("mechanism", ["scc", "bcr_c", "ad_hoc", "certification"])
def test_every_safeguard_of_article_46_asks_for_an_assessment(mechanism):
    assert outcome("X009", going(mechanism=mechanism), running()) == "fails"
