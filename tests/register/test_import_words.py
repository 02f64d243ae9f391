"""Words of five languages, days, terms and personal data in cells."""

import datetime

import pytest
from django.utils import translation

from register.imports import bases, days, periods, personal, reading, values

from .test_import_shapes import listed, names, notes, read


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("text", "codes", "whole"),
    [
        ("Einwilligung", ("a",), True),
        ("Art. 6 Abs. 1 lit. c DSGVO", ("c",), True),
        ("Art. 6 Abs. 1 S. 1 lit. f DSGVO", ("f",), True),
        ("article 6, paragraphe 1, point e) du RGPD", ("e",), True),
        ("Obligation légale", ("c",), True),
        ("Consentement", ("a",), True),
        ("Ejecución de un contrato", ("b",), True),
        ("Berechtigtes Interesse", ("f",), True),
        ("c - wettelijke verplichting", ("c",), True),
        ("(b) uitvoering overeenkomst", ("b",), True),
        ("Toestemming, wettelijke verplichting", ("a", "c"), True),
        ("a, c", ("a", "c"), True),
        ("6.1.e", ("e",), True),
        ("artikel 6 lid 1 onder b", ("b",), True),
        ("1. Toestemming 2. Vitale belangen", ("a", "d"), True),
        ("c - toestemming", (), False),
        ("Geen toestemming", (), False),
    ],
)
def test_lawful_bases_in_letters_articles_and_words(text, codes, whole):
    assert bases.bases(text) == bases.Bases(codes, whole)


@pytest.mark.parametrize(
    ("text", "value", "unit", "trigger"),
    [
        ("7 jaar na einde dienstverband", 7, "year", "end_of_employment"),
        ("24 months after last contact", 24, "month", "last_contact"),
        ("5 ans après la fin du contrat", 5, "year", "end_of_contract"),
        ("10 Jahre nach Vertragsende", 10, "year", "end_of_contract"),
        ("cinco años después de fin del contrato", 5, "year", "end_of_contract"),
        ("P7Y na uitdiensttreding", 7, "year", "end_of_employment"),
        ("6 weken na de opname", 6, "week", "recording"),
        ("P10Y", 10, "year", ""),
        ("P24M", 24, "month", ""),
    ],
)
def test_terms_are_read_where_they_are_certain(text, value, unit, trigger):
    found = periods.period(text)
    assert (found.value, found.unit, found.trigger) == (value, unit, trigger)


def test_a_formal_term_is_said_in_the_language_of_the_register():
    assert [periods.period("P10Y", language).words for language in ("nl", "en")] == ["10 jaar", "10 years"]


@pytest.mark.parametrize(
    "text",
    [
        "7 jaar",
        "P0Y",
        "zo lang als nodig",
        "2 jaar na afronding, tenzij bezwaar",
        "max. 2 jaar na opname",
        "7 y na opname",
    ],
)
def test_other_terms_stay_words(text):
    assert periods.period(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1. Naam 2. Adres 3. Woonplaats", ["Naam", "Adres", "Woonplaats"]),
        ("• Naam • Adres", ["Naam", "Adres"]),
        ("•Naam\n•Adres", ["Naam", "Adres"]),
        ("1) Naam\n2) Adres", ["Naam", "Adres"]),
        ("Wet van 1. januari", ["Wet van 1. januari"]),
        ("3. Naam 4. Adres", ["Naam 4. Adres"]),
    ],
)
def test_lists_within_a_cell(text, parts):
    assert list(values.several(text)) == parts


@pytest.mark.parametrize(
    "text", ["Geen doorgifte buiten de EER", "Aucun", "keine", "No transfers", "Sans objet", "geen ontvangers"]
)
def test_none_in_words(text):
    assert values.is_none(text)


@pytest.mark.parametrize("text", ["Geen idee wie dit weet", "No one but the board", "keine Ahnung"])
def test_more_than_none_is_not_none(text):
    assert not values.is_none(text)


def test_what_is_not_known_yet_is_kept_and_is_no_value():
    found = read(["Naam", "Doel", "Betrokkenen", "Ontvangers"], ["Loon", "Betalen", "Onbekend", "-"])
    assert found.proposals[0].lines.get("subjects") is None
    assert notes(found.proposals[0]) == {"Betrokkenen": "Onbekend", "Ontvangers": "-"}
    assert "recipients_answer" not in found.proposals[0].fields


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("3/4/2026", "dmy", datetime.date(2026, 4, 3)),
        ("3/4/2026", "mdy", datetime.date(2026, 3, 4)),
        ("3/4/2026", "", None),
        ("13/4/2026", "", datetime.date(2026, 4, 13)),
        ("4/13/2026", "", datetime.date(2026, 4, 13)),
        ("5/5/2026", "", datetime.date(2026, 5, 5)),
        ("3 mrt 2026", "", datetime.date(2026, 3, 3)),
        ("March 3, 2026", "", datetime.date(2026, 3, 3)),
        ("3 de marzo de 2026", "", datetime.date(2026, 3, 3)),
        ("2026/03/04", "", datetime.date(2026, 3, 4)),
        ("20260304", "", datetime.date(2026, 3, 4)),
        ("1-2-25", "dmy", datetime.date(2025, 2, 1)),
        ("3 smarch 2026", "", None),
        ("31-2-2026", "dmy", None),
    ],
)
def test_days_in_several_orders(text, order, expected):
    assert days.day(text, order=order) == expected


def started(found):
    return [str(proposal.fields.get("started_on")) for proposal in found.proposals]


def test_an_order_of_days_that_nobody_can_tell_is_asked():
    heads = ["Name", "Purpose", "Start date"]
    found = read(heads, ["Pay", "x", "3/4/2026"], ["Hire", "x", "5/6/2026"])
    assert [(column.heading, ask) for _sheet, column, ask in found.plan.questions] == [("Start date", "date_order")]
    assert started(found) == ["None", "None"]
    assert notes(found.proposals[0]) == {"Start date": "3/4/2026"}
    (doubt,) = [cell.doubted for cell in found.proposals[0].founds if cell.doubts]
    assert doubt == ["It is not clear which of these is the day and which the month."]


def test_one_day_of_a_column_tells_the_order_of_all():
    heads = ["Name", "Purpose", "Start date"]
    found = read(heads, ["Pay", "x", "3/4/2026"], ["Hire", "x", "5/16/2026"])
    assert found.plan.questions == []
    assert started(found) == ["2026-03-04", "2026-05-16"]


def test_columns_without_a_known_heading_are_known_by_what_stands_in_them():
    found = read(
        ["Naam", "Doel", "Waarom mag het", "Hoe lang", "In werking sinds", "Groep"],
        [
            "Loon",
            "Betalen",
            "Wettelijke verplichting",
            "7 jaar na einde boekjaar",
            "1-2-2020",
            "Medewerkers, Sollicitanten",
        ],
        ["Werving", "Vinden", "art. 6 lid 1 sub a", "vier weken na afwijzing", "13-2-2020", "Oud-medewerkers"],
    )
    assert [(column["meaning"], column["reason"]) for column in found.columns[2:]] == [
        ("basis", "what stands in it are values of a known list"),
        ("retention", "what stands in it looks like periods"),
        ("started_on", "what stands in it looks like dates"),
        ("subjects", "what stands in it are values of a known list"),
    ]
    assert listed(found.proposals[0], "subjects") == ["Medewerkers", "Sollicitanten"]


def test_parallel_lists_go_together_by_any_sign():
    heads = ["Naam", "Doel", "Verwerkers", "E-mail verwerkers"]
    found = read(heads, ["Loon", "Betalen", "Zon; Maan; Ster", "a@zon.example; b@maan.example; c@ster.example"])
    lines = found.proposals[0].lines["recipients"]
    assert [(line["party"].text, line["party"].details["party"][0][1]) for line in lines] == [
        ("Zon", "a@zon.example"),
        ("Maan", "b@maan.example"),
        ("Ster", "c@ster.example"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_delimiters(encoding, delimiter):
    text = "\r\n".join(
        delimiter.join(row) for row in (["Naam", "Doel", "Betrokkenen"], ["Café", "Financiën", "Cliënten"])
    )

    found = reading.read(text.encode(encoding), "a.csv", language="nl")
    assert names(found) == ["Café"]
    assert listed(found.proposals[0], "subjects") == ["Cliënten"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vraag het jan.jansen@school.example", ["jan.jansen@school.example"]),
        ("Bel 06-12345678", ["06-12345678"]),
        ("BSN 111222333", ["111222333"]),
        ("NL91 ABNA 0417 1643 00", ["NL91 ABNA 0417 1643 00"]),
        ("mevr. De Vries", []),
        ("mevr. A. de Vries", ["mevr. A. de Vries"]),
        ("info@school.example of privacy@school.example", []),
        ("123456789", []),
        ("Selectielijst 2020, nr. 11.1, 7 jaar", []),
    ],
)
def test_what_looks_like_data_of_one_person(text, found):
    assert list(personal.found_in(text)) == found


def test_personal_data_in_a_text_are_flagged_but_not_in_a_contact():
    heads = ["Naam", "Doel", "Contactpersoon"]
    found = read(heads, ["Loon", "Betalen, vraag jan.jansen@school.example", "piet.prins@school.example"])
    doubts = {cell.heading: cell.doubted for cell in found.proposals[0].founds if cell.doubts}
    assert doubts == {"Doel": ["“jan.jansen@school.example” looks like data of one person."]}
