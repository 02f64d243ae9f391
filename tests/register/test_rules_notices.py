"""What the rules about published privacy notices, and the places that link to them, say of what is right or wrong."""

from datetime import date

from register.checks.facts import NoticeFacts, PointFacts
from register.record import Item

from .judged import (
    EARLIER,
    ENTRY,
    ON,
    controller,
    data,
    entry,
    new,
    organisation,
    outcome,
    party,
    people,
    proofs,
    purpose,
    running,
)

EVERYTHING = frozenset(("withdrawal", "children", "social"))
SAID = frozenset(("objection_marketing", "officer"))
MARKETING = entry(purposes=(purpose("Reclame per e-mail sturen", category="DirectMarketing"),))
CONSENT = entry(purposes=(purpose(basis="a"),))
SPECIAL_CONSENT = entry(purposes=(purpose(basis="b", special_ground="a"),))
PUPILS = entry(subjects=(people("Leerlingen", children=True),))
WEBCARE = entry(name="Webcare op Facebook en Instagram")
ON_FACEBOOK = entry(data=(data("Berichten", group="social-media", source="subject"),))
FROM_A_SCHOOL = entry(data=(data(source="controller", source_party=party()),))
OFFICER = controller(dpo_answer="yes")


def notice(**fields):
    known = {"languages": ("nl", "en"), "sections": EVERYTHING, "keys": SAID, "timing": "month"}
    return NoticeFacts(new(), Item(new(), "Privacyverklaring", "Privacy notice"), **known | fields)


def told(*notices, by=None):
    return running(by=by, notices=notices)


def published(*notices):
    return running(shared={"notices": notices})


def point(**fields):
    known = {"linked": True, "checked_on": EARLIER, "due_on": date(2027, 2, 1)}
    return running(shared={"points": (PointFacts(new(), "Inschrijfformulier", **known | fields),)})


DUTCH = organisation(languages=("nl",))
BOTH = organisation(languages=("nl", "en"))
CASES = [
    ("N002", "fails", entry(), told(notice())),
    ("N002", "holds", entry(), told()),
    ("N003", "fails", FROM_A_SCHOOL, told(notice(), notice(timing=""))),
    ("N003", "holds", FROM_A_SCHOOL, told(notice())),
    ("N005", "fails", organisation(), point(linked=False)),
    ("N005", "fails", organisation(), point(checked_on=None)),
    ("N005", "fails", organisation(), point(due_on=ON)),
    ("N005", "holds", organisation(), point()),
    ("N005", "holds", organisation(), point(due_on=None)),
    ("N006", "fails", organisation(), published(notice(moved=(ENTRY,)))),
    ("N006", "fails", organisation(), published(notice(moved=(None,)))),
    ("N006", "holds", organisation(), published(notice())),
    ("N007", "fails", BOTH, published(notice(languages=("nl",)))),
    ("N007", "holds", BOTH, published(notice())),
    ("N007", "holds", DUTCH, published(notice(languages=("nl",)))),
    ("N008", "fails", MARKETING, told(notice(keys=frozenset()))),
    ("N008", "holds", MARKETING, told(notice())),
    ("N008", "holds", MARKETING, told()),
    ("N008", "holds", entry(), told(notice(keys=frozenset()))),
    ("N009", "fails", CONSENT, told(notice(sections=frozenset()))),
    ("N009", "fails", SPECIAL_CONSENT, told(notice(sections=frozenset()))),
    ("N009", "holds", CONSENT, told(notice())),
    ("N009", "holds", entry(), told(notice(sections=frozenset()))),
    ("N011", "fails", PUPILS, told(notice(sections=frozenset()))),
    ("N011", "fails", entry(children="yes"), told(notice(sections=frozenset()))),
    ("N011", "holds", PUPILS, told(notice())),
    ("N011", "holds", entry(), told(notice(sections=frozenset()))),
    ("N012", "fails", WEBCARE, told(notice(sections=frozenset()))),
    ("N012", "fails", ON_FACEBOOK, told(notice(sections=frozenset()))),
    ("N012", "holds", WEBCARE, told(notice())),
    ("N012", "holds", entry(), told(notice(sections=frozenset()))),
    ("N013", "fails", entry(), told(notice(keys=frozenset()), by=OFFICER)),
    ("N013", "holds", entry(), told(notice(), by=OFFICER)),
    ("N013", "holds", entry(), told(notice(keys=frozenset()))),
    ("N013", "holds", entry(), told(notice(keys=frozenset()), by=controller(dpo_answer="no"))),
]


@proofs(CASES)
def test_a_rule_about_notices_says_what_it_should(rule, expected, subject, context):
    assert outcome(rule, subject, context) == expected
