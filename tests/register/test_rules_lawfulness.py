"""What the rules about lawful bases and the use of data say of entries that are right, wrong or silent."""

from datetime import date

from .judged import (
    EARLIER,
    controller,
    data,
    drafted,
    entry,
    law,
    outcome,
    people,
    processor,
    proofs,
    purpose,
    running,
    verdicts,
)

PUBLIC = controller(kind="public")
TASKED = controller(kind="private_task")
NOBODY = {"controller": None}
STAFF, PUPILS = people("Medewerkers", employees=True), people("Leerlingen", children=True)
MAILING = "Nieuwsbrief met aanbiedingen per e-mail sturen"
HEARSAY = data("Naam", source="public", source_note="Handelsregister")


def resting(basis, nl="Salarissen berekenen en betalen", **fields):
    return purpose(nl, basis=basis, **fields)


def entry_of(*purposes, **fields):
    return entry(purposes=purposes, **fields)


CASES = [
    ("L001", "fails", entry_of(purpose()), running()),
    ("L001", "fails", entry_of(purpose(), started_on=EARLIER), drafted()),
    ("L001", "unknown", entry_of(purpose()), drafted()),
    ("L001", "holds", entry_of(resting("b")), running()),
    ("L001", "holds", processor(purposes=(purpose(),)), running()),
    ("L002", "fails", entry_of(resting("b", basis_recorded_on=date(2026, 3, 1)), started_on=EARLIER), running()),
    ("L002", "unknown", entry_of(resting("b", basis_recorded_on=EARLIER)), running()),
    ("L002", "holds", entry_of(resting("b"), started_on=EARLIER), running()),
    ("L002", "holds", entry_of(resting("b", basis_recorded_on=EARLIER), started_on=EARLIER), running()),
    ("L003", "fails", entry_of(resting("b"), resting("f")), running()),
    ("L003", "holds", entry_of(resting("b"), resting("c", "Belasting afdragen")), running()),
    ("L004", "fails", entry_of(resting("a")), running()),
    ("L004", "unknown", entry_of(resting("a")), drafted()),
    ("L004", "holds", entry_of(resting("a", consent_note="Leeg vakje bij aanmelding.")), running()),
    ("L006", "fails", entry_of(resting("a"), subjects=(STAFF,)), running()),
    ("L006", "fails", entry_of(resting("a"), subjects=(STAFF, people())), running()),
    ("L006", "unknown", entry_of(resting("a")), running()),
    ("L006", "unknown", entry_of(resting("a"), resting("b", "Leveren"), subjects=(STAFF, people())), running()),
    ("L006", "holds", entry_of(resting("a"), subjects=(people(),)), running()),
    ("L007", "fails", entry_of(resting("a")), running(by=PUBLIC)),
    ("L007", "unknown", entry_of(resting("a")), running(**NOBODY)),
    ("L007", "holds", entry_of(resting("a")), running(by=TASKED)),
    ("L008", "fails", entry_of(resting("b"), subjects=(people(), people("Noodcontacten"))), running()),
    ("L008", "unknown", entry_of(resting("b")), running()),
    ("L008", "fails", entry_of(resting("b"), subjects=(people("Prospects"),)), running()),
    ("L008", "holds", entry_of(resting("b", contract="op verzoek"), subjects=(people("Prospects"),)), running()),
    ("L008", "holds", entry_of(resting("b"), subjects=(people(),)), running()),
    ("L008", "holds", entry_of(resting("b"), resting("f", "Bellen"), subjects=(people("Prospects"),)), running()),
    ("L009", "fails", entry_of(resting("b", MAILING)), running()),
    ("L009", "unknown", entry_of(resting("b", "")), running()),
    ("L009", "holds", entry_of(resting("b")), running()),
    ("L010", "fails", entry_of(resting("c", basis_law=law())), running()),
    ("L010", "unknown", entry_of(resting("c")), drafted()),
    ("L010", "holds", entry_of(resting("c", basis_law=law(), basis_article="art. 28")), running()),
    ("L011", "fails", entry_of(resting("c", basis_law=law("Patriot Act", "US"))), running()),
    ("L011", "unknown", entry_of(resting("c", basis_law=law("Huisregels", ""))), running()),
    ("L011", "holds", entry_of(resting("c", basis_law=law("AVG", "EU"))), running()),
    ("L011", "holds", entry_of(resting("c", basis_law=law("BDSG", "DE"))), running()),
    ("L012", "fails", entry_of(resting("e", basis_article="art. 5")), running()),
    ("L012", "unknown", entry_of(resting("e")), drafted()),
    ("L012", "holds", entry_of(resting("e", basis_law=law("WVO"), basis_article="art. 2.1")), running()),
    ("L013", "fails", entry_of(resting("e")), running()),
    ("L013", "unknown", entry_of(resting("e")), running(**NOBODY)),
    ("L013", "holds", entry_of(resting("e")), running(by=TASKED)),
    ("L014", "fails", entry_of(resting("d")), running()),
    ("L014", "unknown", entry_of(resting("d")), drafted()),
    ("L014", "holds", entry_of(resting("d", vital_note="Wie buiten bewustzijn is, kan niet antwoorden.")), running()),
    ("L015", "fails", entry_of(resting("f")), running()),
    ("L015", "unknown", entry_of(resting("f")), drafted()),
    ("L015", "holds", entry_of(resting("f", interest_assessment="LIA 2026-03")), running()),
    ("L018", "fails", entry_of(resting("f")), running(by=PUBLIC)),
    ("L018", "unknown", entry_of(resting("f")), running(**NOBODY)),
    ("L018", "holds", entry_of(resting("f")), running()),
    ("L020", "fails", entry_of(resting("f")), running()),
    ("L020", "unknown", entry_of(resting("f")), drafted()),
    ("L020", "holds", entry_of(resting("f", interest_nl="Klanten terugzien")), running()),
    ("L037", "fails", entry_of(resting("f", compatibility="to_assess")), running()),
    ("L037", "fails", entry_of(resting("f", compatibility="compatible")), running()),
    ("L037", "unknown", entry_of(purpose(compatibility="to_assess")), drafted()),
    ("L037", "holds", entry_of(resting("f", compatibility="compatible", compatibility_note="Sluit aan.")), running()),
    ("L037", "holds", entry_of(resting("a", compatibility="to_assess")), running()),
    ("L038", "fails", entry_of(purpose(compatibility="not_compatible")), running()),
    ("L038", "unknown", entry_of(resting("f", compatibility="not_compatible")), drafted()),
    ("L038", "holds", entry_of(resting("c", compatibility="not_compatible")), running()),
    ("L039", "fails", entry(data=(data(necessity="not_needed", necessity_reason="Was handig"),)), running()),
    ("L039", "fails", entry(data=(data(necessity="needed"), data("Salaris"))), running()),
    ("L039", "unknown", entry(data=(data(),)), running()),
    ("L039", "holds", entry(data=(data(necessity="needed", necessity_reason="om te betalen"),)), running()),
    ("L040", "fails", entry_of(purpose(MAILING), data=(data("E-mailadres"), data("Geboortedatum"))), running()),
    ("L040", "fails", entry_of(purpose(MAILING), data=(data("Woonadres"),)), running()),
    ("L040", "holds", entry_of(purpose(MAILING), data=(data("E-mailadres"),)), running()),
    ("L040", "holds", entry_of(purpose(), data=(data("Geboortedatum"),)), running()),
    ("L041", "fails", entry_of(purpose(MAILING), data=(data(source="public", group="social-media"),)), running()),
    ("L041", "fails", entry_of(purpose(MAILING), data=(data(source="public", source_note="LinkedIn"),)), running()),
    ("L041", "unknown", entry_of(purpose(MAILING), data=(data(source="public"),)), running()),
    ("L041", "holds", entry_of(purpose(MAILING), data=(HEARSAY,)), running()),
    ("L041", "holds", entry_of(purpose(), data=(data(source="public"),)), running()),
    ("L042", "fails", entry_of(purpose(MAILING), data=(data(source="broker"),)), running()),
    ("L042", "unknown", entry_of(purpose("Direct marketing"), data=(data(source="broker"),)), running()),
    ("L042", "holds", entry_of(purpose(MAILING), data=(data(source="subject"),)), running()),
    ("L045", "fails", entry_of(purpose(MAILING), children="yes"), running()),
    ("L045", "fails", entry_of(purpose(), subjects=(PUPILS,), profiling="yes"), running()),
    ("L045", "unknown", entry_of(purpose(), subjects=(PUPILS,)), running()),
    ("L045", "holds", entry_of(purpose(), subjects=(PUPILS,), profiling="no"), running()),
    ("L045", "holds", entry_of(purpose(MAILING), children="no"), running()),
    ("L048", "fails", entry(automated="yes"), running()),
    ("L048", "unknown", entry(profiling="yes"), drafted()),
    ("L048", "holds", entry(automated="yes", accuracy="Klanten wijzigen hun gegevens zelf."), running()),
    ("L048", "holds", entry(automated="no"), running()),
]


@proofs(CASES)
def test_a_rule_about_lawfulness_says_what_is_so(rule, expected, subject, context):
    assert outcome(rule, subject, context) == expected


def test_each_purpose_without_basis_is_found_at_its_own_line():
    first, second, third = purpose("Betalen"), resting("b", "Leveren"), purpose("Innen van contributie")
    found = verdicts("L001", entry_of(first, second, third), running())
    assert [verdict.line for verdict in found] == [first.id, third.id]
