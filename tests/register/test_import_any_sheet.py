"""Sheets of any shape: whatever stands where, every cell is accounted for, and nothing ends in a traceback."""

import random

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.spreadsheets import BadFile
from register.imports import plan, reading
from tests.core.workbooks import workbook

from .importing import csv_bytes, shared
from .test_import_shapes import accounted, listed, names, notes
from .test_import_templates import CNIL

WORDS = [
    *("", "", "Naam", "Doel", "Nr", "Betrokkenen", "Persoonsgegevens", "Bewaartermijn", "Grondslag", "Verwerker"),
    *("E-mail", "Startdatum", "Leerlingen", "x", "ja", "nee", "V1", "V2", "Loon", "Werving", "geen", "3/4/2026", "P2Y"),
    *("Voorbeeld", "Totaal", "Afdeling HR", "Toestemming", "7 jaar na overlijden", "a; b", "1. a 2. b", "2026-01-01"),
    *(
        "Bewaartermijn / x",
        "Betrokkenen: ouders",
        "Aantal betrokkenen",
        "5-3",
        "UUID",
        "Type",
        "Detail",
        "\u2028",
        "=1",
    ),
]
GRIDS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1, max_size=8)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def taken_in(content, filename):
    try:
        accounted(content, filename)
    except BadFile:
        return


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(GRIDS)
def test_any_table_or_form_loses_no_cell(grid):
    taken_in(csv_bytes(["Naam", "Doel", "Betrokkenen", "Persoonsgegevens"], *grid), "a.csv")
    taken_in(csv_bytes(*grid), "a.csv")


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(GRIDS, GRIDS, st.lists(st.sampled_from(["A2:A3", "B2:B4", "A1:B1", "C1:D1", "C2:C3"]), unique=True, max_size=2))
def test_any_workbook_of_several_sheets_loses_no_cell(first, second, merged):
    heads = ["Nr", "Naam", "Doel", "Betrokkenen"]
    wide = [[*row, *[""] * (4 - len(row))] for row in [heads, *first, *[[""]] * 4]]
    areas = [area for number, area in enumerate(merged) if not number or area[0] != merged[0][0]]
    taken_in(workbook({"Register": wide, "Doelen": [["Nr", "Doel"], *second]}, {"Register": areas}), "a.xlsx")


def test_cut_and_damaged_workbooks_with_forms_and_joined_sheets_never_end_in_a_traceback():
    content = workbook({"Paie": CNIL, "Los": [["Nr", "Naam", "Doel"], ["V1", "Loon", "Betalen"]]}, {"Los": ["A2:A3"]})
    dice = random.Random(7)
    for _time in range(40):
        damaged = bytearray(content[: dice.randrange(len(content))] if dice.random() < 0.5 else content)
        for _place in range(dice.randrange(1, 6)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        taken_in(bytes(damaged), "a.xlsx")


@given(
    st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda one: st.lists(one, max_size=3), max_leaves=5)
)
def test_a_mapping_of_any_kind_is_refused_with_a_sentence(value):
    for plain in (value, {"schema": plan.SCHEMA, "file": "a", "sheets": [value]}, {"schema": plan.SCHEMA, "file": "a"}):
        with pytest.raises(BadFile, match="description of columns"):
            plan.of_plain(plain)


def test_templates_of_another_tool_come_in_as_far_as_they_are_about_processing():
    path = shared("en-ciso-templates/processings_template.xlsx")
    found = accounted(path.read_bytes(), path.name)
    assert names(found) == ["processing 2", "processing 1"]
    cells = [cell for proposal in found.proposals for cell in proposal.founds]
    assert len(cells) == 12
    assert [proposal.fields["reference"] for proposal in found.proposals] == ["process 2", "process1"]
    assert notes(found.proposals[1]) == {"status": "Approved", "folder": "DEMO2", "assigned_to": "d@in.com"}
    assert [cell.heading for cell in cells if cell.doubts] == ["assigned_to"]


@pytest.mark.parametrize(
    "path",
    [
        "nl-openvwr/04-datalekken.csv",
        "en-ciso-templates/incidents_template.xlsx",
        "en-ciso-templates/third_parties_template.xlsx",
    ],
)
def test_lists_of_other_things_are_no_register(path):
    path = shared(path)
    with pytest.raises(BadFile, match="No row with headings"):
        reading.read(path, path.name, language="nl")


def test_a_published_form_comes_in_as_one_activity():
    lines = shared("nl-polder/verwerkingsregister.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip(" |").split("|")] for line in lines if line.startswith("| ")]
    found = accounted(csv_bytes(*rows), "polder.csv")
    assert len(found.proposals) == 1
    form = found.proposals[0]
    assert len(form.founds) == 9
    assert listed(form, "data")[0].startswith("Naam, functie, organisatie")
    assert form.fields["transfers_answer"] == "some"
    assert notes(form)["Veld"] == 'Verwerking "Polder dataset"'
