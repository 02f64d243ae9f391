"""What the rules about the record itself say of entries that are right, wrong or silent."""

from datetime import date

from register.record import Named

from .judged import (
    EARLIER,
    client,
    controller,
    data,
    drafted,
    entry,
    kept,
    measure,
    organisation,
    outcome,
    outline,
    party,
    people,
    processor,
    proofs,
    purpose,
    recipient,
    running,
    transfer,
    verdicts,
)

REACHABLE = {"address": "Lindelaan 1", "email": "bestuur@lindeborg.example", "phone": "030 000 00 00"}
OFFICER = {"dpo_answer": "yes", "dpo_email": "fg@lindeborg.example"}
ABROAD = {"country": "US"}
FULL = (outline("Salaris en personeel", subjects=("Medewerkers",)), outline("Boekhouding en facturen"))
EVERYTHING = (*FULL, outline("Website"), outline("Contacten bij leveranciers"))


def _register(*controllers):
    return running(organisation=organisation(*controllers))


CASES = [
    ("R001", "fails", (outline(controller=""),), _register(controller(**REACHABLE))),
    ("R001", "fails", (), _register(controller(**REACHABLE | {"phone": ""}))),
    ("R001", "fails", (outline(), outline(controller="")), _register()),
    ("R001", "holds", (outline(),), _register(controller(**REACHABLE))),
    ("R002", "fails", organisation(controller(dpo_answer="yes", dpo_name="F. Amrani")), running()),
    ("R002", "unknown", organisation(controller(dpo_answer="")), running()),
    ("R002", "holds", organisation(controller(**OFFICER)), running()),
    ("R003", "fails", organisation(controller(**ABROAD, representative_answer="no")), running()),
    ("R003", "unknown", organisation(controller(**ABROAD)), running()),
    ("R003", "holds", organisation(controller(country="BE")), running()),
    (
        "R003",
        "holds",
        organisation(
            controller(**ABROAD, representative_answer="yes", representative_name="A", representative_contact="B")
        ),
        running(),
    ),
    ("R004", "fails", entry(joint_answer="some"), drafted()),
    ("R004", "unknown", entry(), drafted()),
    ("R004", "holds", entry(joint_answer="none"), drafted()),
    ("R004", "holds", processor(), drafted()),
    ("R005", "fails", entry(), drafted()),
    ("R005", "holds", entry(purposes=(purpose(),)), drafted()),
    ("R005", "holds", processor(), drafted()),
    ("R006", "fails", entry(purposes=(purpose("Diverse"),)), drafted()),
    ("R006", "fails", entry(purposes=(purpose("Verbetering van de dienstverlening"),)), drafted()),
    ("R006", "unknown", entry(purposes=(purpose("", category="Personeel"),)), drafted()),
    ("R006", "holds", entry(purposes=(purpose(),)), drafted()),
    ("R007", "fails", entry(), drafted()),
    ("R007", "holds", entry(subjects=(people(),)), drafted()),
    ("R008", "fails", entry(), drafted()),
    ("R008", "holds", entry(data=(data(),)), drafted()),
    ("R009", "fails", entry(), drafted()),
    ("R009", "fails", entry(recipients_answer="some"), drafted()),
    ("R009", "holds", entry(recipients_answer="none"), drafted()),
    ("R009", "holds", entry(recipients=(recipient(),)), drafted()),
    ("R010", "fails", entry(), drafted()),
    ("R010", "fails", processor(transfers_answer="some"), drafted()),
    ("R010", "holds", entry(transfers_answer="none"), drafted()),
    ("R011", "fails", entry(transfers=(transfer(country=None),)), drafted()),
    ("R011", "unknown", entry(transfers=(transfer(country=None, party=party(country=None)),)), drafted()),
    ("R011", "holds", entry(transfers=(transfer(country=None, party=party()),)), drafted()),
    ("R011", "holds", entry(transfers=(transfer(),)), drafted()),
    ("R012", "fails", entry(data=(data(), data("Salaris", retention=kept(7, "year")))), drafted()),
    ("R012", "holds", entry(data=(data(),), retention_reason="Hangt af van de selectielijst."), drafted()),
    ("R012", "holds", entry(data=(data(retention=kept(7, "year")),)), drafted()),
    ("R013", "fails", entry(data=(data(retention_note="Zolang als nodig"),)), drafted()),
    ("R013", "fails", entry(data=(data(retention=kept(criterion_nl="wettelijke bewaartermijn")),)), drafted()),
    ("R013", "holds", entry(data=(data(retention_note="7 jaar na het boekjaar"),)), drafted()),
    (
        "R013",
        "holds",
        entry(data=(data(retention=kept(criterion_nl="wettelijke termijn", source="AWR 52")),)),
        drafted(),
    ),
    ("R014", "fails", entry(), drafted()),
    ("R014", "holds", entry(measures=(measure(),)), drafted()),
    ("R014", "holds", processor(measures_text="Alleen met pas en pincode."), drafted()),
    ("R015", "fails", entry(), running()),
    ("R015", "holds", entry(), drafted()),
    ("R015", "holds", entry(started_on=EARLIER), running()),
    ("R016", "fails", entry(end_reason="Gestopt"), running()),
    ("R016", "fails", entry(ended_on=EARLIER), running()),
    ("R016", "holds", entry(ended_on=EARLIER, end_reason="Gestopt"), running()),
    ("R018", "fails", (outline(purposes=("Betalen",)), outline(purposes=("betalen",))), running()),
    ("R018", "unknown", (outline(), outline()), running()),
    ("R018", "holds", (outline(purposes=("Betalen",)), outline(purposes=("Innen",))), running()),
    ("R019", "fails", entry(description="Bel Jan op 06-12345678"), drafted()),
    ("R019", "fails", entry(purposes=(purpose("Mail naar jan.jansen@lindeborg.example"),)), drafted()),
    (
        "R019",
        "holds",
        entry(description="Vragen aan privacy@lindeborg.example of fg-zuid@lindeborg.example"),
        drafted(),
    ),
    ("R019", "holds", entry(contact="jan.jansen@lindeborg.example"), drafted()),
    ("R020", "fails", entry(clients=(client(),)), drafted()),
    ("R020", "holds", processor(clients=(client(),)), drafted()),
    ("R021", "fails", processor(), drafted()),
    ("R021", "fails", processor(clients=(client(),)), drafted()),
    ("R021", "holds", processor(clients=(client(email="info@klant.example"),)), drafted()),
    ("R022", "fails", processor(clients=(client(""),)), drafted()),
    ("R022", "holds", processor(clients=(client(),)), drafted()),
    ("R024", "fails", FULL, running()),
    ("R024", "unknown", (outline("Boekhouding"), *EVERYTHING[2:]), running()),
    ("R024", "holds", EVERYTHING, running()),
    ("R025", "fails", entry(), running(review_on=EARLIER)),
    ("R025", "unknown", entry(), running()),
    ("R025", "holds", entry(), running(review_on=date(2027, 1, 1))),
    ("R025", "holds", entry(), drafted(review_on=EARLIER)),
    ("R026", "fails", entry(), running(changed=True)),
    ("R026", "holds", entry(), running()),
    ("R027", "fails", entry(), running()),
    ("R027", "unknown", entry(), drafted()),
    ("R027", "holds", entry(owner_function="Hoofd personeelszaken"), running()),
    ("R028", "fails", entry(), running(owner_active=False)),
    ("R028", "holds", entry(), running(owner_active=True)),
    ("R029", "fails", entry(started_on=EARLIER), drafted()),
    ("R029", "unknown", entry(), drafted()),
    ("R029", "holds", entry(), running()),
    ("R029", "holds", entry(started_on=date(2027, 1, 1)), drafted()),
]


@proofs(CASES)
def test_a_rule_about_the_record_says_what_is_so(rule, expected, subject, context):
    assert outcome(rule, subject, context) == expected


def test_a_review_half_a_year_overdue_is_graver_than_one_of_last_week():
    late = verdicts("R025", entry(), running(review_on=date(2026, 5, 1)))
    just = verdicts("R025", entry(), running(review_on=date(2026, 11, 15)))
    assert [verdict.severity for verdict in late + just] == ["high", None]


def test_personal_data_are_pointed_out_by_place_and_never_repeated():
    found = verdicts("R019", entry(description="06-12345678", remarks="06-12345678"), drafted())
    assert [verdict.place for verdict in found] == ["identity", "remarks"]
    assert "12345678" not in str(found)


def test_an_ended_activity_is_left_alone():
    ended = entry(ended_on=EARLIER, end_reason="Gestopt", successor=Named(EARLIER, "Ander"))
    silent = [rule for rule in ("R004", "R005", "R009", "R010", "R014", "R027") if verdicts(rule, ended, running())]
    assert silent == []


def test_a_register_without_any_controller_says_so_once():
    assert len(verdicts("R001", (outline(controller=""), outline(controller="")), _register())) == 1
