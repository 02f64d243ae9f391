"""What the rules about recipients and agreements say of what is right, wrong or silent."""

from datetime import date

from .judged import (
    agreed,
    agreement,
    country,
    drafted,
    entry,
    outcome,
    party,
    processor,
    proofs,
    purpose,
    recipient,
    running,
    transfer,
    verdicts,
    with_agreement,
)

PLAIN = recipient()
JOINT = recipient("joint_controller", "Platform B.V.")
SUB = recipient("sub_processor", "Onderaannemer B.V.")
META = recipient(named="Meta Platforms Ireland Ltd.")
ABROAD = recipient("sub_processor", party=party("Datacentrum Inc.", country=country("IN")))
NOWHERE = recipient("sub_processor", party=party("Datacentrum Inc.", country=None))
COLUMN = recipient(named="", party=None, description_nl="hostingbedrijven")
ENDED = {"valid_until": date(2026, 11, 1)}
READ = dict.fromkeys(("subject", "data", "a", "b", "c", "d", "e", "f", "g", "h"), "yes")


def to(*lines, **fields):
    return entry(recipients=lines, **fields)


def known(line=PLAIN, **fields):
    return running(shared=with_agreement(agreement(**fields), line))


def by_joint(**fields):
    return known(JOINT, kind="joint", **fields)


CASES = [
    ("P001", "fails", to(PLAIN), running()),
    ("P001", "fails", processor(recipients=(SUB,)), running()),
    ("P001", "unknown", to(PLAIN), drafted()),
    ("P001", "unknown", to(COLUMN), running()),
    ("P001", "holds", to(PLAIN), known()),
    ("P001", "holds", to(recipient(agreement=agreed())), running()),
    ("P001", "holds", to(SUB, recipient("controller"), recipient("")), running()),
    ("P002", "fails", to(PLAIN), known(**ENDED)),
    ("P002", "fails", to(PLAIN), known(status="negotiation", signed_on=None)),
    ("P002", "fails", entry(joint_controllers=(JOINT,)), by_joint(status="requested")),
    ("P002", "unknown", to(PLAIN), drafted(shared=with_agreement(agreement(**ENDED), PLAIN))),
    ("P002", "holds", to(PLAIN), known()),
    ("P002", "holds", to(PLAIN), running()),
    ("P003", "fails", agreement(clauses=READ | {"h": "no"}), running()),
    ("P003", "unknown", agreement(clauses=READ | {"h": ""}), running()),
    ("P003", "holds", agreement(clauses=READ), running()),
    ("P003", "holds", agreement(kind="sharing"), running()),
    ("P003", "holds", agreement(status="requested"), running()),
    ("P006", "fails", to(PLAIN, SUB), known(sub_processors="none")),
    ("P006", "unknown", to(PLAIN, SUB), known()),
    ("P006", "holds", to(PLAIN, SUB), known(sub_processors="general")),
    ("P006", "holds", to(PLAIN), known(sub_processors="none")),
    ("P008", "fails", to(ABROAD), running()),
    ("P008", "unknown", to(NOWHERE), running()),
    ("P008", "holds", to(ABROAD, transfers=(transfer(party=ABROAD.party),)), running()),
    ("P008", "holds", to(SUB), running()),
    ("P009", "fails", entry(joint_controllers=(JOINT,)), running()),
    ("P009", "unknown", entry(joint_controllers=(JOINT,)), drafted()),
    ("P009", "holds", entry(joint_controllers=(JOINT,)), by_joint()),
    ("P010", "fails", agreement(kind="joint", essence_published="no"), running()),
    ("P010", "unknown", agreement(kind="joint"), running()),
    ("P010", "holds", agreement(kind="joint", essence_published="yes"), running()),
    ("P012", "fails", to(META, name="Custom audience op Facebook"), running()),
    ("P012", "unknown", to(recipient("", "LinkedIn Ireland"), name="Volgpixel op de website"), running()),
    ("P012", "holds", to(META, name="Werving"), running()),
    ("P012", "holds", to(PLAIN, name="Volgpixel op de website"), running()),
    ("P013", "fails", to(recipient("controller")), running()),
    ("P013", "unknown", to(recipient("controller")), drafted()),
    ("P013", "holds", to(recipient("controller", ground="pensioenregeling")), running()),
    ("P014", "fails", to(recipient("")), running()),
    ("P014", "unknown", to(recipient("")), drafted()),
    ("P014", "holds", to(PLAIN), running()),
    ("P016", "fails", processor(purposes=(purpose(),)), running()),
    ("P016", "holds", processor(), running()),
    ("P017", "fails", agreement(breach_notice_hours=72), running()),
    ("P017", "unknown", agreement(), running()),
    ("P017", "holds", agreement(breach_notice_hours=24), running()),
    ("P019", "fails", to(recipient("controller", "", party=None, description_nl="banken")), running()),
    ("P019", "holds", to(recipient("internal", "", party=None, description_nl="de directie")), running()),
    ("P019", "holds", to(PLAIN), running()),
    ("T013", "fails", agreement(clauses={"g": "no"}), running()),
    ("T013", "unknown", agreement(), running()),
    ("T013", "holds", agreement(clauses={"g": "yes"}), running()),
    ("T013", "holds", agreement(end_of_contract="terug binnen een maand"), running()),
]


@proofs(CASES)
def test_a_rule_about_parties_says_what_is_so(rule, expected, subject, context):
    assert outcome(rule, subject, context) == expected


def test_a_processor_named_twice_gives_one_finding():
    again = recipient(party=PLAIN.party)
    assert [verdict.cause for verdict in verdicts("P001", to(PLAIN, again), running())] == [("party", PLAIN.party.id)]


def test_all_clauses_that_an_agreement_lacks_are_one_finding():
    clauses = READ | {"a": "no", "h": "no", "data": ""}
    assert [str(one) for one in verdicts("P003", agreement(clauses=clauses), running())[0].parameters["clauses"]] == [
        "28(3)(a)",
        "28(3)(h)",
    ]


def test_many_recipients_without_a_role_are_one_finding_that_names_the_first_of_them():
    lines = [recipient("", f"Partij {number}") for number in range(8)]
    (found,) = verdicts("P014", to(*lines), running())
    assert found.parameters["recipients"] == ["Partij 0", "Partij 1", "Partij 2", "Partij 3", "Partij 4", "(+3)"]
