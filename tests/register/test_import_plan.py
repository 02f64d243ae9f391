"""The plan that a file is read by: proposed, changed by people, kept as JSON, and taken up again for another file."""

import json

import pytest
from django.utils import translation

from core.spreadsheets import BadFile
from register.imports import packing, plan, reading
from register.imports.proposal import sentences

from .importing import csv_bytes

ROWS = (["Naam", "Doel", "Kleur map"], ["Loon", "Betalen", "groen"], ["Werving", "Personeel vinden", "rood"])


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def proposed(*rows, **more):
    return reading.propose(csv_bytes(*rows), "register.csv", language="nl", **more)


def read(*rows, **more):
    return reading.read(csv_bytes(*rows), "register.csv", language="nl", **more)


def test_a_plan_says_what_each_column_means_with_the_reason_and_a_sample():
    (sheet,) = proposed(*ROWS).sheets
    assert (sheet.name, sheet.layout, sheet.language, sheet.headings) == ("register", "table", "nl", [0])
    found = [(column.heading, column.meaning, column.why, column.samples) for column in sheet.columns]
    assert found == [
        ("Naam", "name", "a usual heading", ["Loon", "Werving"]),
        ("Doel", "purposes", "a usual heading", ["Betalen", "Personeel vinden"]),
        ("Kleur map", "", "not recognised", ["groen", "rood"]),
    ]


def test_a_plan_goes_to_json_and_back_unchanged():
    made = proposed(*ROWS)
    made.sheets[0].skip[2] = plan.EXAMPLE
    assert plan.of_plain(json.loads(json.dumps(made.to_plain()))) == made


@pytest.mark.parametrize("value", [{}, {"schema": "other/1"}, {"schema": plan.SCHEMA, "file": "a", "sheets": [3]}, []])
def test_what_is_no_plan_is_refused_with_a_sentence(value):
    with pytest.raises(BadFile, match="not a description of columns"):
        plan.of_plain(value)


def test_a_file_is_read_by_the_plan_that_people_changed():
    changed = proposed(*ROWS)
    changed.sheets[0].columns[2].meaning = "description"
    found = read(*ROWS, by=changed)
    assert [proposal.fields["description"] for proposal in found.proposals] == ["groen", "rood"]


def test_a_plan_with_a_meaning_that_does_not_exist_is_refused():
    changed = proposed(*ROWS)
    changed.sheets[0].columns[2].meaning = "colour"
    with pytest.raises(BadFile, match="colour"):
        read(*ROWS, by=changed)


def test_what_was_chosen_before_is_taken_over_and_the_difference_is_told():
    earlier = proposed(*ROWS)
    earlier.sheets[0].columns[2].meaning = "labels"
    now = proposed(["Kleur map", "Naam", "Doel", "Grondslag"], ["geel", "Loon", "Betalen", "Toestemming"])

    new, gone = plan.carry_over(now, earlier)

    assert (new, gone) == (["Grondslag"], [])
    assert [(column.meaning, column.reason) for column in now.sheets[0].columns][:2] == [
        ("labels", plan.KEPT_BEFORE),
        ("name", plan.USUAL),
    ]
    assert plan.carry_over(proposed(["Naam", "Doel"], ["a", "b"]), earlier) == ([], ["Kleur map"])


def test_a_mapping_file_may_hold_a_plan():
    earlier = proposed(*ROWS)
    earlier.sheets[0].columns[2].meaning = "labels"
    found = read(*ROWS, mapping=earlier.to_plain())
    assert [ref.text for ref in found.proposals[0].labels] == ["groen"]


def test_a_saved_plan_does_no_harm_where_nothing_is_to_be_chosen():
    record = {"Naam": "Loon", "Doelen": [{"Doel": "Betalen"}], "Betrokkenen": []}
    earlier = proposed(*ROWS).to_plain()
    found = reading.read(json.dumps([record]).encode(), "register.json", language="nl", mapping=earlier)
    assert [one.fields["name"] for one in found.proposals] == ["Loon"]


def test_a_proposal_goes_to_json_and_back_with_its_cells():
    heads = ["Naam", "Persoonsgegevens", "Bewaartermijn", "Verwerker", "E-mail verwerker", "Begindatum"]
    found = read(heads, ["Loon", "Naam\nFoto", "2 jaar na uitdiensttreding", "Zon B.V.", "a@zon.example", "1-2-2025"])
    (before,) = found.proposals

    after = packing.unpack(json.loads(json.dumps(packing.pack(before))))

    assert packing.pack(after) == packing.pack(before)
    assert after.fields == before.fields
    assert [cell.outcome for cell in after.founds] == [cell.outcome for cell in before.founds]
    processor = after.lines["recipients"][0]["party"]
    assert processor.found is after.founds[3]
    assert after.lines["data"][0]["retention"].details["period"].value == 2


def test_a_remark_is_told_in_the_language_of_the_reader():
    found = read(["Naam", "Doel", "Bijzondere persoonsgegevens"], ["Zorg", "Helpen", "ja"])
    (cell,) = [cell for cell in found.proposals[0].founds if cell.meaning == "special_data"]
    assert cell.told == sentences(cell.remarks) == ["It does not say which special data."]
