"""What single cells become, and that nothing of them is lost."""

import datetime

import pytest
from django.apps import apps
from django.utils import translation

from accounts.models import Department
from register import library_loading, models
from register.models import Activity
from tests.core.workbooks import xlsx
from tests.factories.accounts import ControllerFactory, DepartmentFactory
from tests.factories.register import (
    CountryFactory,
    DataCategoryFactory,
    LabelFactory,
    LawFactory,
    MeasureFactory,
    PartyFactory,
)

from .importing import AT, brought_in, cell, csv_bytes, entries, one, organisation_with_controller, words_of


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def organisation(db):
    return organisation_with_controller()


def notes(entry):
    return {note.heading: note.text for note in entry.notes}


def test_an_unknown_column_is_kept_word_for_word_with_its_place(organisation):
    entry, report = one(organisation, ["Naam", "Doel", "Kleur map"], ["Loon", "Betalen", "groen;\nmet stip"])

    (note,) = entry.notes
    assert (note.heading, note.text, note.origin) == ("Kleur map", "groen;\nmet stip", "register.csv, register, row 2")
    assert cell(report, "Kleur map")["outcome"] == "note"
    assert [heading["heading"] for heading in report["columns"] if not heading["meaning"]] == ["Kleur map"]


def test_a_column_without_a_heading_is_kept_under_its_letter(organisation):
    entry, _report = one(organisation, ["Naam", "Doel", ""], ["Loon", "Betalen", "los"])
    assert notes(entry) == {"Column C": "los"}


def test_a_second_column_for_one_field_is_kept(organisation):
    entry, _report = one(organisation, ["Naam", "Doel", "Naam"], ["Loon", "Betalen", "Salaris"])
    assert (entry.name, notes(entry)) == ("Loon", {"Naam": "Salaris"})


def test_several_purposes_take_the_one_basis_or_each_their_own(organisation):
    heads = ["Naam", "Doel", "Grondslag"]
    brought_in(
        organisation,
        csv_bytes(
            heads,
            ["een", "Werven\nBinden", "Toestemming"],
            ["twee", "Werven\nBinden", "Toestemming\nGerechtvaardigd belang"],
            ["drie", "Werven", "Toestemming\nGerechtvaardigd belang"],
            ["vier", "Werven\nBinden\nHelpen", "Toestemming\nGerechtvaardigd belang"],
            ["vijf", "", "Toestemming"],
        ),
    )
    found = entries(organisation)
    lines = {name: [(line.text_nl, line.basis) for line in entry.purposes] for name, entry in found.items()}
    assert lines == {
        "een": [("Werven", "a"), ("Binden", "a")],
        "twee": [("Werven", "a"), ("Binden", "f")],
        "drie": [("Werven", "a"), ("Werven", "f")],
        "vier": [("Werven", ""), ("Binden", ""), ("Helpen", "")],
        "vijf": [("", "a")],
    }
    assert found["vier"].purposes[0].basis_note == "Toestemming\nGerechtvaardigd belang"


def test_more_than_the_name_of_a_basis_stays_with_the_purpose(organisation):
    text = "Wettelijke verplichting (art. 52 AWR)"
    entry, _report = one(organisation, ["Naam", "Doel", "Grondslag"], ["Loon", "Betalen", text])
    assert (entry.purposes[0].basis, entry.purposes[0].basis_note) == ("c", text)


def test_none_and_empty_stay_apart(organisation):
    heads = ["Naam", "Doel", "Ontvangers", "Doorgifte buiten de EER", "Systemen"]
    brought_in(organisation, csv_bytes(heads, ["een", "x", "geen", "n.v.t.", "geen"], ["twee", "x", "", "", ""]))
    found = entries(organisation)
    answers = [(one.recipients_answer, one.transfers_answer, one.systems_answer) for one in found.values()]
    assert answers == [("none", "none", "none"), ("", "", "")]


def test_none_beside_processors_is_kept_and_does_not_deny_them(organisation):
    entry, _report = one(organisation, ["Naam", "Verwerkers", "Ontvangers"], ["Loon", "Zon B.V.", "geen"])
    assert entry.recipients_answer == "some"
    assert notes(entry) == {"Ontvangers": "geen"}


def test_as_many_terms_as_data_go_with_each(organisation):
    entry, _report = one(
        organisation,
        ["Naam", "Persoonsgegevens", "Bewaartermijn"],
        ["Loon", "Naam\nFoto", "2 jaar na uitdiensttreding\nzolang nodig"],
    )
    kept = [(line.category.nl, line.retention and line.retention.nl, line.retention_note) for line in entry.data]
    assert kept == [("Naam", "2 jaar na uitdiensttreding", ""), ("Foto", None, "zolang nodig")]


def test_a_term_without_data_is_kept(organisation):
    entry, _report = one(organisation, ["Naam", "Doel", "Bewaartermijn"], ["Loon", "Betalen", "7 jaar"])
    assert notes(entry) == {"Bewaartermijn": "7 jaar"}


def test_too_long_for_its_field_is_shortened_there_and_kept_whole(organisation):
    name, data = "Naam " * 60, "woord " * 60
    entry, report = one(organisation, ["Naam", "Doel", "Persoonsgegevens"], [name, "x", data])
    assert len(entry.name) <= 250
    assert entry.name.endswith("…")
    assert entry.data[0].category.nl.endswith("…")
    assert notes(entry) == {"Naam": name.strip(), "Persoonsgegevens": data.strip()}
    assert cell(report, "Naam")["outcome"] == "changed"


def test_a_row_without_a_name_is_named_after_its_purpose(organisation):
    entry, _report = one(organisation, ["Doel", "Betrokkenen"], ["Lonen betalen", "Medewerkers"])
    assert entry.name == "Lonen betalen"


def test_the_bsn_is_listed_once(organisation):
    DataCategoryFactory(
        organisation=organisation, key="bsn", name_nl="Burgerservicenummer (BSN)", sensitivity="national_id"
    )
    heads = ["Naam", "Persoonsgegevens", "BSN"]
    brought_in(
        organisation, csv_bytes(heads, ["een", "Naam\nBSN", "ja"], ["twee", "Naam", "ja"], ["drie", "Naam", "nee"])
    )
    found = entries(organisation)
    listed = {name: [line.category.nl for line in entry.data] for name, entry in found.items()}
    assert listed == {
        "een": ["Naam", "Burgerservicenummer (BSN)"],
        "twee": ["Naam", "Burgerservicenummer (BSN)"],
        "drie": ["Naam"],
    }
    assert notes(found["drie"]) == {"BSN": "nee"}


def test_special_data_by_name_are_marked_as_special(organisation):
    entry, _report = one(
        organisation, ["Naam", "Doel", "Bijzondere persoonsgegevens"], ["Zorg", "x", "Gezondheid\nSlaapritme"]
    )
    marked = [(line.category.nl, line.category.sensitivity, line.category.special_kind) for line in entry.data]
    assert marked == [("Gegevens over gezondheid", "special", "health"), ("Slaapritme", "special", "")]


@pytest.mark.parametrize(
    ("heading", "text", "state", "note"),
    [
        ("DPIA", "ja", "", "DPIA: ja"),
        ("DPIA nodig", "ja", "needed", ""),
        ("DPIA nodig", "nee", "not_needed", ""),
        ("DPIA uitgevoerd", "ja", "done", ""),
        ("DPIA", "Gedaan in 2024, laag risico", "", "Gedaan in 2024, laag risico"),
    ],
)
def test_a_dpia_is_chosen_only_when_the_heading_says_what_yes_means(organisation, heading, text, state, note):
    entry, _report = one(organisation, ["Naam", "Doel", heading], ["Loon", "x", text])
    assert (entry.assessment, entry.assessment_note) == (state, note)


def test_countries_become_transfers_and_other_words_stay_with_one(organisation):
    CountryFactory(organisation=organisation, united_states=True)
    entry, _report = one(organisation, ["Naam", "Doel", "Doorgifte"], ["Mail", "x", "Verenigde Staten; Atlantis"])
    assert [(line.country and line.country.code, line.note) for line in entry.transfers] == [
        ("US", ""),
        (None, "Atlantis"),
    ]
    assert entry.transfers_answer == "some"


def test_known_measures_and_laws_are_found_and_others_kept_as_words(organisation):
    MeasureFactory(organisation=organisation, name_nl="Back-ups")
    LawFactory(organisation=organisation, name_nl="Archiefwet 1995", short_nl="AW")
    entry, _report = one(
        organisation, ["Naam", "Doel", "Maatregelen", "Wet"], ["Archief", "x", "Back-ups\nEen hek om het terrein", "AW"]
    )
    assert [line.measure.nl for line in entry.measures] == ["Back-ups"]
    assert entry.measures_text == "Een hek om het terrein"
    assert entry.purposes[0].basis_law.nl == "Archiefwet 1995"


def test_a_sheet_of_processings_for_others_becomes_processor_records(organisation):
    heads = ["Naam", "Opdrachtgever", "Categorieën verwerkingen", "Doel", "Maatregelen"]
    entry, _report = one(organisation, heads, ["Hosting", "School Zuid", "Opslaan en back-up", "Dienst", "Sloten"])
    assert entry.kind == "processor"
    assert [(line.party.name, line.processing_nl) for line in entry.clients] == [("School Zuid", "Opslaan en back-up")]
    assert entry.purposes == ()
    assert notes(entry) == {"Doel": "Dienst"}


def test_dates_answers_and_numbers_reach_their_fields(organisation):
    heads = ["Naam", "Doel", "Startdatum", "Aantal betrokkenen", "Grootschalig", "Profilering", "Kinderen"]
    entry, _report = one(organisation, heads, ["Loon", "x", "1-9-2024", "1.200", "nee", "misschien", "ja"])
    assert (entry.started_on, entry.people_min, entry.people_max) == (datetime.date(2024, 9, 1), 1200, 1200)
    assert (entry.large_scale, entry.children, entry.profiling) == ("no", "yes", "")
    assert notes(entry) == {"Profilering": "misschien"}


@pytest.mark.parametrize("answer", ["Not needed, with a reason", "Niet nodig, met een reden"])
def test_an_answer_is_known_in_both_languages_whoever_reads_it(organisation, answer):
    entry, _report = one(
        organisation, ["Naam", "Doel", "assessment"], ["Loon", "Betalen", answer], mapping={"assessment": "assessment"}
    )
    assert entry.assessment == "not_needed"


def test_english_headings_put_the_words_in_english(organisation):
    entry, _report = one(
        organisation,
        ["Name", "Purpose of processing", "Categories of individuals", "Categories of recipients"],
        ["Payroll", "Paying staff", "Staff", "Tax authority"],
    )
    assert entry.language == "en"
    assert (entry.purposes[0].text_en, entry.purposes[0].text_nl) == ("Paying staff", "")
    assert (entry.subjects[0].category.en, entry.recipients[0].description_en) == ("Staff", "Tax authority")


def test_what_stands_above_the_headings_is_said_to_be_left_out(organisation):
    content = csv_bytes(["Verwerkingsregister van Zon"], [], ["Naam", "Doel"], ["Loon", "Betalen"])
    report = brought_in(organisation, content)
    (left,) = report["left_out"]
    assert left["text"] == "Verwerkingsregister van Zon"
    assert len(report["activities"]) == 1


def test_a_formula_gives_its_value_and_an_error_is_kept(organisation):
    def fill(workbook, sheet):
        sheet.write_row(0, 0, ["Naam", "Doel", "Omschrijving"])
        sheet.write_formula(1, 0, '="Lo"&"on"', value="Loon")
        sheet.write(1, 1, "Betalen")
        sheet.write_formula(1, 2, "=A99!B1", value="#REF!")

    report = brought_in(organisation, xlsx(fill=fill), "register.xlsx")
    entry = entries(organisation)["Loon"]
    assert cell(report, "Naam")["formula"]
    assert entry.description == ""
    assert notes(entry) == {"Omschrijving": "#REF!"}
    assert "error" in cell(report, "Omschrijving")["remarks"][0]


def test_a_controller_that_is_not_ours_is_kept_as_a_note(organisation):
    ControllerFactory(organisation=organisation, name="Stichting Maan")
    heads = ["Naam", "Doel", "Verwerkingsverantwoordelijke"]
    brought_in(organisation, csv_bytes(heads, ["een", "x", "Stichting Maan"], ["twee", "x", "Stichting Mars"]))
    found = entries(organisation)
    assert found["een"].controller.name == "Stichting Maan"
    assert found["twee"].controller is None
    assert notes(found["twee"]) == {"Verwerkingsverantwoordelijke": "Stichting Mars"}


def test_shared_rows_are_found_by_name_in_either_language_and_never_changed(organisation):
    staff = models.SubjectCategory
    library_loading.load(organisation, by=None, at=AT)
    party = PartyFactory(organisation=organisation, name="Zon B.V.", email="oud@zon.example")
    DepartmentFactory(organisation=organisation, name="Personeel")
    LabelFactory(organisation=organisation, name="Spoed")
    before = staff.objects.of(organisation).count()
    entry, report = one(
        organisation,
        ["Naam", "Betrokkenen", "Verwerkers", "E-mail verwerker", "Afdeling", "Labels"],
        ["Loon", "employees", "ZON BV", "nieuw@zon.example", "personeel", "spoed"],
    )
    assert staff.objects.of(organisation).count() == before
    assert entry.subjects[0].category.nl == "Medewerkers"
    assert [line.party.id for line in entry.recipients] == [party.pk]
    party.refresh_from_db()
    assert party.email == "oud@zon.example"
    assert notes(entry) == {"E-mail verwerker": "nieuw@zon.example"}
    assert report["made"] == {}
    assert "Spoed" in words_of(entry)


def test_of_two_things_of_one_name_the_one_in_use_is_meant(organisation):
    DataCategoryFactory(organisation=organisation, name_nl="A", name_en="Badge", retired_on=datetime.date(2025, 1, 1))
    used = DataCategoryFactory(organisation=organisation, name_nl="Z", name_en="Badge")
    entry, _report = one(organisation, ["Naam", "Doel", "Persoonsgegevens"], ["Toegang", "Bewaken", "Badge"])
    assert [line.category.id for line in entry.data] == [used.pk]


def test_another_legal_form_is_another_party(organisation):
    PartyFactory(organisation=organisation, name="Zon B.V.")
    entry, _report = one(organisation, ["Naam", "Verwerkers"], ["Loon", "Stichting Zon"])
    assert entry.recipients[0].party.name == "Stichting Zon"


def test_a_party_that_was_merged_leads_to_the_one_that_stayed(organisation):
    stayed = PartyFactory(organisation=organisation, name="Maan")
    PartyFactory(organisation=organisation, name="Zon", merged_into=stayed, retired_on=datetime.date(2025, 1, 1))
    entry, _report = one(organisation, ["Naam", "Verwerkers"], ["Loon", "Zon"])
    assert entry.recipients[0].party.id == stayed.pk


def test_rows_of_another_organisation_are_never_found(organisation):
    other = PartyFactory(name="Zon")
    entry, _report = one(organisation, ["Naam", "Verwerkers"], ["Loon", "Zon"])
    assert entry.recipients[0].party.id != other.pk


def test_two_rows_that_mean_one_system_are_joined(organisation):
    entry, _report = one(organisation, ["Naam", "Systemen"], ["Loon", "AFAS — loon\nafas — verlof"])
    assert [(line.system.name, line.use) for line in entry.systems] == [("AFAS", "loon; verlof")]


def test_a_name_that_is_there_already_is_said(organisation):
    brought_in(organisation, csv_bytes(["Naam", "Doel"], ["Loon", "x"]))
    report = brought_in(organisation, csv_bytes(["Naam", "Doel"], ["loon", "x"]))
    assert report["activities"][0]["same_name_as"] == "VA-0001"


def test_a_mapping_overrules_and_can_keep_a_column_apart(organisation):
    entry, _report = one(organisation, ["Kop", "Doel"], ["Loon", "Betalen"], mapping={"Kop": "name", "Doel": "note"})
    assert (entry.name, entry.purposes, notes(entry)) == ("Loon", (), {"Doel": "Betalen"})


def test_only_the_named_sheet_is_read(organisation):
    def fill(workbook, sheet):
        sheet.write_row(0, 0, ["Naam", "Doel"])
        sheet.write_row(1, 0, ["Loon", "x"])
        second = workbook.add_worksheet("Oud")
        second.write_row(0, 0, ["Naam", "Doel"])
        second.write_row(1, 0, ["Archief", "x"])

    brought_in(organisation, xlsx(fill=fill), "register.xlsx", sheet="Oud")
    assert list(entries(organisation)) == ["Archief"]


def test_the_number_of_queries_hardly_grows_with_the_rows(organisation, django_assert_max_num_queries):
    heads = ["Naam", "Doel", "Persoonsgegevens", "Verwerkers"]
    rows = [[f"Verwerking {n}", "x", "Naam", f"Firma {n}"] for n in range(100)]
    with django_assert_max_num_queries(90):
        brought_in(organisation, csv_bytes(heads, *rows))
    assert Activity.objects.of(organisation).count() == 100


HEADINGS = [
    *("Naam", "Nummer", "Rol", "Omschrijving", "Afdeling", "Proceseigenaar", "Contactpersoon", "Doel", "Grondslag"),
    *("Verwerkingsverantwoordelijke", "Gezamenlijke verwerkingsverantwoordelijken", "Wet", "Gerechtvaardigd belang"),
    *("Uitzonderingsgrond", "Toestemming", "Betrokkenen", "Aantal betrokkenen", "Persoonsgegevens", "BSN", "LIA"),
    *("Bijzondere persoonsgegevens", "Strafrechtelijke gegevens", "Bewaartermijn", "Bron", "Ontvangers", "Verwerkers"),
    *("Categorieën ontvangers", "Interne ontvangers", "E-mail verwerker", "Systemen", "Doorgifte", "Waarborgen"),
    *("Maatregelen", "Profilering", "DPIA", "DPIA nodig", "DPIA uitgevoerd", "Labels", "Opmerkingen", "Startdatum"),
    *("Status", "Grootschalig", "Kinderen", "Eigen kolom"),
]


@pytest.mark.parametrize("also", [[], ["Opdrachtgever", "Categorieën verwerkingen"]])
def test_two_columns_of_every_kind_lose_no_word(organisation, also):
    heads = HEADINGS + also
    texts = [f"{word} {number}" for word in ("eerste", "tweede") for number in range(len(heads))]
    entry, report = one(organisation, heads * 2, texts)

    said = words_of(entry)
    assert [text for text in texts if text not in said] == []
    assert len(report["activities"][0]["cells"]) == len(texts)


def test_a_bare_yes_or_no_never_becomes_the_name_of_something(organisation):
    heads = ["Naam", "Betrokkenen", "Persoonsgegevens", "Verwerkers", "Ontvangers", "Systemen", "Maatregelen"]
    entry, _report = one(organisation, heads, ["Loon", "ja", "geen", "ja", "ja", "ja", "nee"])
    assert (entry.subjects, entry.data, entry.recipients, entry.systems, entry.measures_text) == ((), (), (), (), "")
    assert (entry.recipients_answer, entry.systems_answer) == ("some", "some")
    assert notes(entry) == {"Betrokkenen": "ja", "Persoonsgegevens": "geen", "Verwerkers": "ja", "Maatregelen": "nee"}


def test_what_does_not_fit_when_two_lines_are_joined_is_kept(organisation):
    uses = [f"{letter}" * 200 for letter in "ab"]
    entry, _report = one(organisation, ["Naam", "Systemen"], ["Loon", f"AFAS — {uses[0]}\nafas — {uses[1]}"])
    assert [line.use for line in entry.systems] == [uses[0]]
    assert [note.text for note in entry.notes] == [uses[1]]


@pytest.mark.parametrize("also", [[], ["Opdrachtgever", "Categorieën verwerkingen"]])
def test_long_words_in_every_column_fit_their_fields_and_are_kept_whole(organisation, also):
    heads = HEADINGS + also
    texts = [f"begin {number} " + "woord " * 100 + "einde" for number in range(len(heads))]
    entry, _report = one(organisation, heads, texts)

    said = words_of(entry)
    assert [text for text in texts if text not in said] == []
    too_long = []
    for model in (*apps.get_app_config("register").get_models(), Department):
        limits = {field.attname: field.max_length for field in model._meta.concrete_fields if field.max_length}
        for row in model.objects.values(*limits):
            too_long += [
                (model, name) for name, text in row.items() if isinstance(text, str) and len(text) > limits[name]
            ]
    assert too_long == []
