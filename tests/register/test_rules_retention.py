"""What the rules about retention say of entries and rules of retention that are right, wrong or silent."""

import json
from pathlib import Path

import pytest
from django.utils import translation

from register.checks import retention

from .judged import (
    ENTRY,
    controller,
    data,
    drafted,
    entry,
    kept,
    organisation,
    outcome,
    people,
    proofs,
    purpose,
    rule_of_retention,
    running,
    verdicts,
)

IN_BELGIUM = controller(country="BE")
APPLICANTS = people("Sollicitanten")
STAFF = people("Medewerkers", employees=True)


def images(rule=None, **line):
    return entry(data=(data("Camerabeelden", retention=rule, **line),))


def one(category, rule=None, **fields):
    line = {key: fields.pop(key) for key in ("retention_note",) if key in fields}
    return entry(data=(data(category, retention=rule, **line),), **fields)


def applicants(rule, basis="b", **line):
    lines = (data("Curriculum vitae", retention=rule, **line),)
    return entry(data=lines, subjects=(APPLICANTS,), purposes=(purpose(basis=basis),))


def all_alike(*bases):
    rule = kept(7, "year")
    purposes = tuple(purpose(f"Doel {number}", basis=basis) for number, basis in enumerate(bases))
    return entry(data=(data(retention=rule), data("Salaris", retention=rule)), purposes=purposes)


def event(rule=None, **line):
    return entry(name="Open dag", data=(data(retention=rule, **line),))


def using(**fields):
    rule = rule_of_retention(**{"activities": (ENTRY,)} | fields)
    return running(shared={"retentions": {rule.id: rule}})


CASES = [
    ("T001", "fails", images(kept(6, "month")), running(by=IN_BELGIUM)),
    ("T001", "unknown", images(kept(3, "month")), running(by=IN_BELGIUM)),
    ("T001", "unknown", images(retention_note="tot zaken zijn afgedaan"), running(by=IN_BELGIUM)),
    ("T001", "holds", images(kept(1, "month")), running(by=IN_BELGIUM)),
    ("T001", "holds", images(kept(6, "month")), running()),
    ("T002", "fails", one("Facturen", kept(5, "year")), running()),
    ("T002", "fails", one("Facturen", kept(60, "month")), running(by=IN_BELGIUM)),
    ("T002", "fails", one("Kopie van identiteitsbewijs", kept(1, "year"), subjects=(STAFF,)), running()),
    ("T002", "unknown", one("Facturen", retention_note="zie beleid"), running()),
    ("T002", "holds", one("Facturen", kept(7, "year")), running()),
    ("T002", "holds", one("Facturen", kept(84, "month")), running()),
    ("T002", "holds", one("Kopie van identiteitsbewijs", kept(1, "year")), running()),
    ("T003", "fails", images(kept(3, "month")), running()),
    ("T003", "fails", applicants(kept(6, "month")), running()),
    ("T003", "fails", one("Contract", kept(5, "year"), name="Personeelsdossier"), running()),
    ("T003", "unknown", images(retention_note="kort"), running()),
    ("T003", "holds", images(kept(4, "week")), running()),
    ("T003", "holds", images(kept(1, "month")), running()),
    ("T003", "holds", images(kept(3, "month", justification="Na een incident, tot de zaak is afgedaan.")), running()),
    ("T003", "holds", applicants(kept(1, "year"), "a"), running()),
    ("T004", "fails", applicants(kept(2, "year"), "a"), running()),
    ("T004", "unknown", applicants(None, "a", retention_note="zolang er vacatures zijn"), running()),
    ("T004", "holds", applicants(kept(1, "year"), "a"), running()),
    ("T004", "holds", applicants(kept(12, "month"), "a"), running()),
    ("T005", "fails", rule_of_retention(period_value=7, period_unit="year"), running()),
    ("T005", "holds", rule_of_retention(period_value=7, period_unit="year", trigger="death"), running()),
    ("T005", "holds", rule_of_retention(criterion_nl="Tot de zaak is afgedaan."), running()),
    ("T006", "fails", organisation(), using()),
    ("T006", "unknown", organisation(), using(end_action="erase")),
    ("T006", "holds", organisation(), using(end_action="erase", responsible="Archivaris")),
    ("T006", "holds", organisation(), using(activities=())),
    ("T008", "fails", all_alike("c", "f"), running()),
    ("T008", "unknown", all_alike("c", ""), running()),
    ("T008", "holds", all_alike("c", "b"), running()),
    ("T009", "fails", one("Naam", retention_note="Onbepaalde tijd"), running()),
    ("T009", "fails", one("Naam", kept(criterion_nl="Wordt blijvend bewaard")), running()),
    ("T009", "holds", one("Naam", kept(2, "year")), running()),
    ("T009", "holds", one("Naam", retention_note="Onbepaald", name="Historisch archief"), running()),
    ("T009", "holds", one("Naam", kept(criterion_nl="blijvend", end_action="archive")), running()),
    ("T012", "fails", event(kept(1, "year", trigger="event_date")), running()),
    ("T012", "unknown", event(retention_note="tot na afloop"), running()),
    ("T012", "holds", event(kept(3, "month", trigger="event_date")), running()),
    ("T012", "holds", event(kept(1, "year", trigger="event_date", justification="Voor het diploma.")), running()),
    ("T012", "holds", event(kept(1, "year", trigger="end_of_contract")), running()),
]


@proofs(CASES)
def test_a_rule_about_retention_says_what_is_so(rule, expected, subject, context):
    assert outcome(rule, subject, context) == expected


TERMS = [term for term in vars(retention).values() if isinstance(term, retention.Term)]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.code)
def test_a_term_reads_its_parameter_in_the_unit_that_it_has(term):
    path = Path(retention.__file__).parents[1] / "library/parameters.json"
    units = {row["parameter"]: row["unit"] for row in json.loads(path.read_text(encoding="utf-8"))}
    assert units[term.code] == f"{term.unit}s"


def test_one_rule_of_retention_for_many_data_is_one_finding():
    rule = kept(3, "month")
    lines = tuple(data(f"Camerabeelden {number}", retention=rule) for number in range(4))
    found = verdicts("T003", entry(data=lines), running())
    assert [verdict.cause for verdict in found] == [("retention", rule.id)]


def test_a_term_of_one_year_is_said_in_the_singular():
    found = verdicts("T004", applicants(kept(2, "year"), "a"), running())[0]
    with translation.override("en"):
        assert (found.parameters["limit"], found.parameters["unit"]) == (1, "year")


def test_a_draft_is_judged_by_what_it_says():
    assert outcome("T003", images(kept(3, "month")), drafted()) == "fails"
