"""What the rules about information, high risk, governance and security say of what is right, wrong or silent."""

from datetime import date

import pytest
from django.utils import translation

from register.checks import assessments, speaking
from register.checks.engine import RULES
from register.checks.facts import DocumentFacts, SystemFacts

from .judged import (
    EARLIER,
    controller,
    data,
    document,
    drafted,
    entry,
    measure,
    new,
    organisation,
    outcome,
    party,
    people,
    proofs,
    protection,
    purpose,
    running,
    system,
)

HEALTH = data("Ziekteverzuim", sensitivity="special", special_kind="health", source="subject")
SALARY = data("Salaris", sensitivity="sensitive")
STAFF, PUPILS = people("Medewerkers", employees=True), people("Leerlingen", children=True, vulnerable=True)
HEARD = {"profiling": "yes", "large_scale": "yes"}
CALM = {"profiling": "no", "automated": "no", "large_scale": "no", "vulnerable": "no"}
AUTOMATED = {"automated": "yes", "automated_ground": "a"}
TOLD = {"automated_logic": "Punten per antwoord", "automated_consequences": "Geen lening"}
CONSENT = (purpose(basis="a"),)
PAPER = document()


def with_document(**fields):
    return running(shared={"documents": {PAPER.document.id: DocumentFacts(PAPER.document.id, "Certificaat", **fields)}})


def protected(*measures):
    return organisation(), running(shared={"measures": {one.id: one for one in measures}})


SAFE_TO_GO = {"supports_erasure": "yes", "supports_export": "yes"}
CASES = [
    ("N001", "fails", entry(informed="no"), running()),
    ("N001", "unknown", entry(), running()),
    ("N001", "holds", entry(informed="yes"), running()),
    ("N003", "fails", entry(data=(data(source="controller"),)), running()),
    ("N003", "unknown", entry(data=(data(),)), running()),
    ("N003", "unknown", entry(data=(data(source="public"),)), drafted()),
    ("N003", "holds", entry(data=(data(source="controller", source_party=party()), HEALTH)), running()),
    ("N003", "holds", entry(data=(data(source="broker", source_note="Kamer van Koophandel"),)), running()),
    ("N003", "holds", entry(data=(data(source="public", group="social-media"),)), running()),
    ("N004", "fails", entry(informed="exempt"), running()),
    ("N004", "unknown", entry(informed="exempt"), drafted()),
    ("N004", "holds", entry(informed="exempt", informed_how="Vraagt onevenredig veel moeite."), running()),
    ("N004", "holds", entry(informed="yes"), running()),
    ("N010", "fails", entry(**AUTOMATED), running()),
    ("N010", "fails", entry(**AUTOMATED, automated_logic="Punten per antwoord"), running()),
    ("N010", "fails", entry(**AUTOMATED, automated_consequences="Geen lening"), running()),
    ("N010", "holds", entry(automated="no"), running()),
    ("N010", "unknown", entry(**AUTOMATED), drafted()),
    ("N010", "holds", entry(**AUTOMATED, **TOLD), running()),
    ("D001", "fails", entry(**CALM), running()),
    ("D001", "unknown", entry(**CALM), drafted()),
    ("D001", "holds", entry(**CALM, assessment="not_needed"), running()),
    ("D001", "holds", entry(**HEARD), running()),
    ("D002", "fails", entry(**HEARD), running()),
    ("D002", "fails", entry(data=(SALARY,), subjects=(PUPILS,), assessment="not_needed"), running()),
    ("D002", "unknown", entry(profiling="yes", assessment="not_needed"), running()),
    ("D002", "holds", entry(profiling="yes"), running()),
    ("D002", "holds", entry(**HEARD, assessment="not_needed", assessment_note="Zie advies FG."), running()),
    ("D002", "holds", entry(**HEARD, assessment="done"), running()),
    ("D002", "holds", entry(**CALM), running()),
    ("D005", "fails", entry(data=(HEALTH,), large_scale="yes", assessment="not_needed"), running()),
    ("D005", "fails", entry(profiling="yes", automated="yes"), running()),
    ("D005", "unknown", entry(data=(HEALTH,)), running()),
    ("D005", "holds", entry(data=(HEALTH,), large_scale="no"), running()),
    ("D005", "holds", entry(data=(HEALTH,), large_scale="yes", assessment="done"), running()),
    ("D006", "fails", entry(assessment="done", assessment_on=date(2026, 3, 1), started_on=EARLIER), running()),
    ("D006", "unknown", entry(assessment="done", started_on=EARLIER), running()),
    ("D006", "holds", entry(assessment="done", assessment_on=date(2026, 1, 1), started_on=EARLIER), running()),
    ("D012", "fails", entry(assessment="done", assessment_on=date(2023, 11, 1)), running()),
    ("D012", "unknown", entry(assessment="done"), running()),
    ("D012", "holds", entry(assessment="done", assessment_on=date(2023, 11, 22)), running()),
    ("D013", "fails", entry(automated="yes"), running()),
    ("D013", "unknown", entry(), running()),
    ("D013", "holds", entry(**AUTOMATED), running()),
    ("D014", "fails", entry(**AUTOMATED), running()),
    ("D014", "unknown", entry(**AUTOMATED), drafted()),
    ("D014", "holds", entry(**AUTOMATED, automated_intervention="Bel de adviseur."), running()),
    ("D014", "holds", entry(automated="yes", automated_ground="b"), running()),
    ("D015", "fails", entry(**AUTOMATED, data=(HEALTH,), purposes=(purpose(special_ground="b"),)), running()),
    ("D015", "unknown", entry(**AUTOMATED, data=(HEALTH,)), running()),
    ("D015", "holds", entry(**AUTOMATED, data=(HEALTH,), purposes=(purpose(special_ground="a"),)), running()),
    ("D016", "fails", entry(subjects=(PUPILS,), large_scale="yes"), running()),
    ("D016", "unknown", entry(vulnerable="yes"), running()),
    ("D016", "holds", entry(subjects=(PUPILS,), large_scale="yes", scale_note="Jonger dan 12."), running()),
    ("D016", "holds", entry(subjects=(PUPILS,), large_scale="no"), running()),
    ("G001", "fails", organisation(controller(kind="public", dpo_answer="no")), running()),
    ("G001", "unknown", organisation(controller(kind="public", dpo_answer="")), running()),
    ("G001", "holds", organisation(controller(kind="public", dpo_answer="yes")), running()),
    ("G001", "holds", organisation(controller(dpo_answer="no")), running()),
    ("G009", "fails", entry(documents=(PAPER,)), with_document(valid_until=EARLIER)),
    ("G009", "holds", entry(documents=(PAPER,)), with_document(valid_until=date(2027, 1, 1))),
    ("G009", "holds", entry(documents=(PAPER,)), with_document()),
    ("G010", "fails", entry(subjects=(STAFF,), council="to_ask"), running()),
    ("G010", "fails", entry(subjects=(STAFF,), council="agreed"), running()),
    ("G010", "unknown", entry(subjects=(STAFF,)), running()),
    ("G010", "unknown", entry(subjects=(STAFF,), council="to_ask"), drafted()),
    ("G010", "holds", entry(subjects=(STAFF,), council="agreed", council_decided_on=EARLIER), running()),
    ("G010", "holds", entry(subjects=(STAFF,), council="to_ask"), running(by=controller(country="BE"))),
    ("G010", "holds", entry(subjects=(PUPILS,)), running()),
    ("S001", "fails", entry(data=(HEALTH,), measures=(measure(13),)), running()),
    ("S001", "fails", entry(data=(HEALTH,), measures=(measure(4, "planned"),)), running()),
    ("S001", "unknown", entry(data=(HEALTH,), measures_text="Alleen met pas."), running()),
    ("S001", "unknown", entry(data=(HEALTH,)), drafted()),
    ("S001", "holds", entry(data=(HEALTH,), measures=(measure(1),)), running()),
    ("S001", "holds", entry(data=(SALARY,)), running()),
    ("S002", "fails", *protected(protection(status="planned", planned_for=EARLIER))),
    ("S002", "unknown", *protected(protection(status="planned"))),
    ("S002", "holds", *protected(protection(status="planned", planned_for=date(2027, 1, 1)))),
    ("S003", "fails", *protected(protection(category=6, last_tested_on=date(2025, 11, 1)))),
    ("S003", "unknown", *protected(protection(category=6))),
    ("S003", "holds", *protected(protection(category=6, last_tested_on=EARLIER), protection(category=6))),
    ("S003", "holds", *protected(protection(category=1))),
    ("S004", "fails", SystemFacts(new(), "Rekenblad", location="device"), running()),
    ("S004", "unknown", SystemFacts(new(), "Rekenblad"), running()),
    ("S004", "holds", SystemFacts(new(), "Rekenblad", location="cloud"), running()),
    ("S005", "fails", *protected(protection(status="implemented"), protection())),
    ("S005", "unknown", *protected(protection())),
    ("S005", "holds", *protected(protection(status="implemented"), protection(status="verified"))),
    ("S006", "fails", entry(purposes=CONSENT, systems=(system(supports_erasure="no"),)), running()),
    ("S006", "unknown", entry(purposes=CONSENT, systems=(system(),)), running()),
    ("S006", "holds", entry(purposes=CONSENT, systems=(system(**SAFE_TO_GO),)), running()),
    ("S006", "holds", entry(systems=(system(),)), running()),
]


@proofs(CASES)
def test_a_rule_says_what_is_so(rule, expected, subject, context):
    assert outcome(rule, subject, context) == expected


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_finding_about_a_dpia_names_its_criteria(language):
    (verdict,) = RULES["D002"].function(entry(**HEARD), running())
    with translation.override(language):
        said = speaking.spoken(RULES["D002"].message, speaking.stored(verdict.parameters))
        named = [str(one) for one in assessments.criteria(entry(**HEARD))[0]]
        assert len(named) == verdict.parameters["count"] >= 2
        assert ", ".join(named) in said
        assert speaking.spoken(RULES["D002"].message, {"count": 2})  # as it was stored before it named them


def test_what_is_only_unknown_is_to_be_looked_up_and_not_to_be_mended():
    rule = RULES["P017"]
    assert rule.remedy_for("unknown") == rule.look_up != rule.remedy
    assert rule.remedy_for("fails") == rule.remedy == RULES["P017"].remedy
    assert RULES["D002"].remedy_for("unknown") == RULES["D002"].remedy
