"""Sheets as they are in life: where headings stand, what belongs together, and what is no activity."""

import pytest
from django.utils import translation

from register.imports import packing, reading
from register.imports.values import clean
from tests.core.workbooks import workbook

from .importing import csv_bytes

HEADS = ["Naam", "Doel", "Betrokkenen", "Persoonsgegevens", "Bewaartermijn"]
LOON = ["Loon", "Betalen", "Medewerkers", "Naam\nIBAN", "7 jaar na uitdiensttreding"]
WERVING = ["Werving", "Vinden", "Sollicitanten", "Naam\nCV", "vier weken na afwijzing"]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def read(*rows, **more):
    return accounted(csv_bytes(*rows), "register.csv", **more)


def book(sheets, merged=None, **more):
    return accounted(workbook(sheets, merged), "register.xlsx", **more)


def accounted(content, filename, **more):
    """What was read; every filled cell must be in it, beside it, or a heading, and it must go to JSON and back."""
    plan = reading.propose(content, filename, language="nl", **more)
    found = reading.read(content, filename, language="nl", by=plan)
    for proposal in found.proposals:
        assert all(cell.outcome for cell in proposal.founds), [cell for cell in proposal.founds if not cell.outcome]
        assert packing.pack(packing.unpack(packing.pack(proposal))) == packing.pack(proposal)
    told = {cell.place for proposal in found.proposals for cell in proposal.founds}
    outside = {one["place"] for one in found.outside}
    for sheet in reading.read_workbook(content, filename):
        of_sheet = plan.sheet(sheet.name)
        for row, column in filled(sheet):
            head = of_sheet.headings and (column if of_sheet.layout == "form" else row) in of_sheet.headings
            beside = f"{filename}, {sheet.place(row, 0)}" in outside
            assert sheet.place(row, column) in told or head or beside, sheet.place(row, column)
    return found


def filled(sheet):
    """(row, column) of every cell that says something."""
    for row, cells in enumerate(sheet.rows):
        yield from ((row, column) for column, cell in enumerate(cells) if clean(cell.text))


def names(found):
    return [proposal.fields["name"] for proposal in found.proposals]


def listed(proposal, lines):
    return [line["category"].text for line in proposal.lines.get(lines, ())]


def notes(proposal):
    return {heading: text for heading, text, _found in proposal.notes}


def reasons(found):
    return {one["reason"] for one in found.outside}


def test_headings_below_titles_and_beside_an_empty_column():
    found = read(
        ["", "Verwerkingsregister van de school"],
        [""],
        ["", "Versie 3"],
        [""],
        ["", *HEADS],
        ["", *LOON],
        ["", *WERVING],
    )
    assert names(found) == ["Loon", "Werving"]
    assert [one["text"] for one in found.outside] == ["Verwerkingsregister van de school", "Versie 3"]


def test_two_rows_of_headings_are_read_together():
    found = read(
        ["Naam", "Doel", "Verwerker", "", "", "Betrokkenen"],
        ["", "", "Naam", "E-mail", "Plaats", ""],
        ["Loon", "Betalen", "Zon B.V.", "info@zon.example", "Utrecht", "Medewerkers"],
        ["Werving", "Vinden", "", "", "", "Sollicitanten"],
    )
    assert names(found) == ["Loon", "Werving"]
    (line,) = found.proposals[0].lines["recipients"]
    assert (line["party"].text, line["role"]) == ("Zon B.V.", "processor")
    assert [detail[:2] for detail in line["party"].details["party"]] == [
        ("email", "info@zon.example"),
        ("town", "Utrecht"),
    ]
    assert [column["heading"] for column in found.columns] == [
        *("Naam", "Doel", "Verwerker / Naam", "Verwerker / E-mail", "Verwerker / Plaats", "Betrokkenen"),
    ]


def test_merged_headings_above_other_headings():
    rows = [
        ["Algemeen", "", "Betrokkenen", ""],
        ["Naam", "Doel", "Leerlingen", "Ouders"],
        ["Rapport", "Volgen", "x", ""],
        ["Ouderavond", "Praten", "x", "x"],
    ]
    found = book({"Register": rows}, {"Register": ["A1:B1", "C1:D1"]})
    assert [listed(proposal, "subjects") for proposal in found.proposals] == [["Leerlingen"], ["Leerlingen", "Ouders"]]


def test_a_cell_merged_over_several_activities_goes_for_each():
    rows = [["Afdeling", *HEADS], ["HR", *LOON], ["", *WERVING]]
    found = book({"Register": rows}, {"Register": ["A2:A3"]})
    assert [proposal.fields["department"].text for proposal in found.proposals] == ["HR", "HR"]


def test_a_name_merged_over_several_rows_makes_one_activity_of_them():
    rows = [
        HEADS,
        ["Loon", "Betalen", "Medewerkers", "Naam", "2 jaar na uitdiensttreding"],
        ["", "", "", "IBAN", "7 jaar na uitdiensttreding"],
        WERVING,
    ]
    found = book({"Register": rows}, {"Register": ["A2:A3", "B2:B3", "C2:C3"]})
    assert names(found) == ["Loon", "Werving"]
    kept = [(line["category"].text, line["retention"].text) for line in found.proposals[0].lines["data"]]
    assert kept == [("Naam", "2 jaar na uitdiensttreding"), ("IBAN", "7 jaar na uitdiensttreding")]


def test_rows_with_one_id_are_one_activity_and_each_keeps_its_own_term():
    found = read(
        ["Nr", "Naam", "Doel", "Gegevens", "Bewaartermijn", "Grondslag"],
        ["V1", "Loon", "Betalen", "Naam", "2 jaar na uitdiensttreding", "Wettelijke verplichting"],
        ["V1", "Loon", "Betalen", "IBAN", "zolang nodig", "Wettelijke verplichting"],
        ["V2", "Werving", "Vinden", "CV", "vier weken na afwijzing", "Toestemming"],
        ["V1", "Loon", "Belasting afdragen", "BSN", "7 jaar na einde boekjaar", "Wettelijke verplichting"],
    )
    assert names(found) == ["Loon", "Werving"]
    loon = found.proposals[0]
    kept = [(line["category"].text, "retention" in line, line.get("retention_note")) for line in loon.lines["data"]]
    assert kept == [("Naam", True, None), ("IBAN", False, "zolang nodig"), ("BSN", True, None)]
    assert [(line["text_nl"], line["basis"]) for line in loon.lines["purposes"]] == [
        ("Betalen", "c"),
        ("Betalen", "c"),
        ("Belasting afdragen", "c"),
    ]
    assert loon.notes == []
    assert loon.origin == "register.csv, register, rows 2 to 5"


def test_rows_without_a_name_say_more_about_the_row_above():
    found = read(
        [*HEADS, "Afdeling"],
        [*LOON[:3], "Naam", "2 jaar na uitdiensttreding", "HR"],
        ["", "", "", "IBAN", "7 jaar na uitdiensttreding", ""],
        [*WERVING, "HR"],
    )
    assert names(found) == ["Loon", "Werving"]
    assert listed(found.proposals[0], "data") == ["Naam", "IBAN"]


def test_one_reference_with_two_names_stays_two_activities_and_is_said():
    found = read(["Nr", *HEADS], ["V1", *LOON], ["V1", *WERVING])
    assert names(found) == ["Loon", "Werving"]
    (doubted,) = [cell.doubted for proposal in found.proposals for cell in proposal.founds if cell.doubts]
    assert doubted == ["register!A2 has the same reference."]


def test_sheets_joined_by_an_id_say_more_about_the_activity():
    found = book(
        {
            "Verwerkingen": [["ID", "Naam", "Doel"], ["V1", "Loon", "Betalen"], ["V2", "Werving", "Vinden"]],
            "Betrokkenen": [
                ["Verwerking", "Naam"],
                ["V1", "Medewerkers"],
                ["V1", "Stagiairs"],
                ["V2", "Sollicitanten"],
            ],
            "Gegevens": [
                ["Verwerking", "Gegeven", "Bewaartermijn"],
                ["V1", "IBAN", "7 jaar na einde boekjaar"],
                ["V9", "x", ""],
            ],
            "Lijsten": [["Ja"], ["Nee"]],
        }
    )
    assert names(found) == ["Loon", "Werving"]
    assert [listed(proposal, "subjects") for proposal in found.proposals] == [
        ["Medewerkers", "Stagiairs"],
        ["Sollicitanten"],
    ]
    assert [(line["category"].text, line["retention"].text) for line in found.proposals[0].lines["data"]] == [
        ("IBAN", "7 jaar na einde boekjaar")
    ]
    assert [(one["place"], one["text"]) for one in found.outside] == [
        ("register.xlsx, Lijsten!A1", "Ja"),
        ("register.xlsx, Lijsten!A2", "Nee"),
        ("register.xlsx, Gegevens!A3", "V9 | x"),
    ]


SUPPLIERS = [["Nr", "Naam", "E-mail", "Kleur"], ["L1", "Zon", "a@zon.example", "geel"], ["L2", "Maan", "", "wit"]]


def test_a_table_that_holds_ids_of_another_sheet_gets_what_that_says():
    heads = ["ID", "Naam", "Doel", "Verwerker"]
    rows = [["V1", "Loon", "Betalen", "L1; L2"], ["V2", "Werving", "Vinden", "L1"], ["V3", "Verlof", "Weten", ""]]
    found = book({"Verwerkingen": [heads, *rows], "Verwerkers": [*SUPPLIERS, ["L3", "Ster", "", ""]]})
    assert names(found) == ["Loon", "Werving", "Verlof"]
    parties = [[line["party"].text for line in proposal.lines.get("recipients", ())] for proposal in found.proposals]
    assert parties == [["Zon", "Maan"], ["Zon"], []]
    details = [line["party"].details for line in found.proposals[0].lines["recipients"]]
    assert [[part[:2] for part in one.get("party", ())] for one in details] == [[("email", "a@zon.example")], []]
    assert [note[:2] for note in found.proposals[1].notes] == [("Verwerkers / Kleur", "geel")]
    assert [(one["place"], one["text"]) for one in found.outside] == [("register.xlsx, Verwerkers!A4", "L3 | Ster")]
    meant = {column["heading"]: column["meaning"] for column in found.columns}
    assert (meant["Verwerker"], meant["Verwerkers / Nr"]) == ("shared", "shared")


def test_ids_of_which_one_names_no_row_are_kept_as_they_are():
    sheets = {"Verwerkingen": [["ID", "Naam", "Doel", "Leverancier"], ["V1", "Loon", "Betalen", "L1"]]}
    content = workbook(sheets | {"Leveranciers": SUPPLIERS})
    plan = reading.propose(content, "register.xlsx", language="nl")
    changed = workbook(
        {"Verwerkingen": [*sheets["Verwerkingen"][:1], ["V1", "Loon", "Betalen", "L9"]]} | {"Leveranciers": SUPPLIERS}
    )
    (proposal,) = reading.read(changed, "register.xlsx", language="nl", by=plan).proposals
    assert ("Leverancier", "L9") in [note[:2] for note in proposal.notes]


def test_lists_to_choose_from_and_numbers_that_happen_to_agree_are_not_joined():
    heads = ["ID", "Naam", "Doel", "Rechtsgrond", "Aantal"]
    found = book(
        {
            "Verwerkingen": [heads, ["V1", "Loon", "Betalen", "Overeenkomst", "1"]],
            "Lijsten": [["Rechtsgrond", "Kleur"], ["Overeenkomst", "geel"], ["Toestemming", "wit"]],
            "Telling": [["Nr", "Wat"], ["1", "een"], ["2", "twee"]],
        }
    )
    assert "shared" not in {column["meaning"] for column in found.columns}
    assert len(found.outside) == 6


def test_two_years_of_the_same_register_stay_apart():
    found = book({"2024": [HEADS, LOON], "2025": [HEADS, LOON, WERVING]})
    assert names(found) == ["Loon", "Loon", "Werving"]


def form(*rows):
    return [[label, answer] for label, answer in rows]


FORM = form(
    ("Verwerkingsregister", ""),
    ("Naam verwerking", "Loon"),
    ("Doel", "Betalen"),
    ("Betrokkenen", "Medewerkers"),
    ("Persoonsgegevens", "Naam; IBAN"),
    ("Lievelingskleur", "groen"),
)


def test_a_form_on_each_sheet_is_an_activity_each():
    other = [[label, "Werving" if label == "Naam verwerking" else answer] for label, answer in FORM]
    found = book({"1": FORM, "2": other})
    assert names(found) == ["Loon", "Werving"]
    assert listed(found.proposals[0], "data") == ["Naam", "IBAN"]
    assert notes(found.proposals[0]) == {"Lievelingskleur": "groen"}
    assert found.plan.sheets[0].layout == "form"


def test_a_form_with_a_column_for_each_activity():
    found = read(*[[*row, answer] for row, answer in zip(FORM[1:], WERVING, strict=True)])
    assert names(found) == ["Loon", "Werving"]
    assert [line["text_nl"] for line in found.proposals[1].lines["purposes"]] == ["Vinden"]


def test_answers_below_each_other_belong_to_one_label():
    found = read(*FORM[1:4], ["", "Stagiairs"], *FORM[4:])
    assert listed(found.proposals[0], "subjects") == ["Medewerkers", "Stagiairs"]


@pytest.mark.parametrize("yes", ["x", "X", "ja", "TRUE", "1", "oui", "sí", "✓", "wahr"])
def test_a_column_for_each_category_with_a_tick(yes):
    found = read(
        [
            "Naam",
            "Doel",
            "Betrokkenen: leerlingen",
            "Betrokkenen: ouders",
            "Grondslag - toestemming",
            "Grondslag - wettelijke verplichting",
        ],
        ["Rapport", "Volgen", yes, "", yes, yes],
        ["Ouderavond", "Praten", "nee", yes, "", yes],
    )
    assert [listed(proposal, "subjects") for proposal in found.proposals] == [["leerlingen"], ["ouders"]]
    assert [[line["basis"] for line in proposal.lines["purposes"]] for proposal in found.proposals] == [
        ["a", "c"],
        ["c"],
    ]


def test_ticked_categories_of_the_library_are_known_without_a_heading_above():
    found = read(
        ["Naam", "Doel", "Medewerkers", "Sollicitanten"], ["Loon", "Betalen", "x", ""], ["Werving", "Vinden", "", "x"]
    )
    assert [listed(proposal, "subjects") for proposal in found.proposals] == [["Medewerkers"], ["Sollicitanten"]]


def test_what_is_no_tick_is_kept_as_it_is():
    found = read(
        ["Naam", "Doel", "Betrokkenen: leerlingen"],
        ["Rapport", "Volgen", "x"],
        ["Ouderavond", "Praten", "alleen klas 3"],
    )
    assert notes(found.proposals[1]) == {"Betrokkenen: leerlingen": "alleen klas 3"}


def test_rows_that_are_no_activities_are_left_out_with_the_reason_and_the_group_is_kept():
    found = read(
        [*HEADS],
        ["Toelichting", "Vul hier het doel in", "Wie?", "Wat?", "Hoe lang?"],
        ["Voorbeeld: ledenadministratie", "Innen", "Leden", "Naam", "2 jaar"],
        ["Afdeling Personeel"],
        LOON,
        WERVING,
        HEADS,
        ["Totaal", "2"],
    )
    assert names(found) == ["Loon", "Werving"]
    assert reasons(found) == {
        "This row explains the headings.",
        "This row is marked as an example.",
        "This row is the heading of a group of activities.",
        "This row repeats the headings.",
        "This row is a total.",
    }
    assert [notes(proposal) for proposal in found.proposals] == [{"Group": "Afdeling Personeel"}] * 2


def test_a_row_that_was_left_out_can_be_taken_in_by_the_plan():
    content = csv_bytes(HEADS, ["Voorbeeld", *LOON[1:]], WERVING)
    plan = reading.propose(content, "a.csv", language="nl")
    assert plan.sheets[0].skip == {1: "example"}
    plan.sheets[0].skip = {}
    assert names(reading.read(content, "a.csv", language="nl", by=plan)) == ["Voorbeeld", "Werving"]


def test_a_row_with_nothing_but_a_name_is_an_activity():
    assert names(read(HEADS, LOON, WERVING, ["Archief"])) == ["Loon", "Werving", "Archief"]
