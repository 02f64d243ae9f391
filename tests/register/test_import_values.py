import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.imports import bases, days, periods, values
from register.imports.periods import Period


@pytest.mark.parametrize(
    ("text", "codes", "whole"),
    [
        ("Wettelijke verplichting", ("c",), True),
        ("Toestemming betrokkene", ("a",), True),
        ("Vervulling taak van algemeen belang", ("e",), True),
        ("Uitvoering overeenkomst", ("b",), True),
        ("gerechtvaardigd belang", ("f",), True),
        ("Legitimate interests", ("f",), True),
        ("f", ("f",), True),
        ("art. 6 lid 1 sub a AVG", ("a",), True),
        ("Art. 6(1)(e) GDPR", ("e",), True),
        ("6.1.c) Obligación legal", ("c",), True),
        ("Toestemming; wettelijke verplichting", ("a", "c"), True),
        ("Wettelijke verplichting (art. 52 AWR)", ("c",), False),
        ("RGPD: 6.1.b) Ejecución de contrato. RGPD: 6.1.e) Misión de interés público.", ("b", "e"), False),
        ("Er is geen toestemming nodig", (), False),
        ("Dat zoeken we nog uit", (), False),
    ],
)
def test_a_lawful_basis_is_read_only_when_it_is_certain(text, codes, whole):
    assert bases.bases(text) == bases.Bases(codes, whole)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        (
            "2 jaar na afronding van het verzuimtraject.",
            Period(
                2, "year", "other", "afronding van het verzuimtraject", "", "2 jaar na afronding van het verzuimtraject"
            ),
        ),
        (
            "7 jaar na uitdiensttreding, op grond van de fiscale bewaarplicht.",
            Period(
                7,
                "year",
                "end_of_employment",
                "uitdiensttreding",
                "de fiscale bewaarplicht",
                "7 jaar na uitdiensttreding, op grond van de fiscale bewaarplicht",
            ),
        ),
        ("vier weken na afwijzing", Period(4, "week", "rejection_date", "afwijzing", "", "vier weken na afwijzing")),
        (
            "5 years after end of contract",
            Period(5, "year", "end_of_contract", "end of contract", "", "5 years after end of contract"),
        ),
        ("28 dagen, tenzij beelden nodig zijn voor de afhandeling van een incident.", None),
        ("Logging 6 maanden; autorisatiegegevens tot 1 jaar na uitdiensttreding.", None),
        ("maximaal 2 jaar na afronding", None),
        ("2 jaar na afronding of bij bezwaar langer", None),
        ("5 jaar", None),
        ("Conform de selectielijst", None),
    ],
)
def test_a_period_is_read_only_with_the_moment_it_is_counted_from(text, period):
    assert periods.period(text) == period


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Naam\nAdres; Woonplaats", ["Naam", "Adres", "Woonplaats"]),
        ("naam, adres, telefoonnummer", ["naam", "adres", "telefoonnummer"]),
        ("- Naam\n- Adres", ["Naam", "Adres"]),
        ("Namen, adressen en telefoonnummers", ["Namen, adressen en telefoonnummers"]),
        ("Naam (voornaam, achternaam), adres", ["Naam (voornaam, achternaam), adres"]),
        ("Bezoekers en medewerkers van de locaties", ["Bezoekers en medewerkers van de locaties"]),
        ("Naam\nNaam", ["Naam"]),
    ],
)
def test_commas_divide_only_where_that_is_safe(text, parts):
    assert list(values.categories(text)) == parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AFAS Profit — personeels- en salarisadministratie", ("AFAS Profit", "personeels- en salarisadministratie")),
        ("Zaaksysteem Djuma", ("Zaaksysteem Djuma", "")),
        ("E-mail", ("E-mail", "")),
    ],
)
def test_a_name_ends_at_a_long_dash(text, expected):
    assert values.name_and_rest(text) == expected


@pytest.mark.parametrize("text", ["geen", "N.v.t.", "None", "No previstas", "n/a", "Nee"])
def test_none_is_known_in_three_languages(text):
    assert values.is_none(text)


@pytest.mark.parametrize("text", ["", "-", "?", "Geen idee", "Nog niet bekend"])
def test_doubt_is_not_none(text):
    assert not values.is_none(text)


def test_days_are_read_as_europeans_write_them():
    assert days.day("3-12-2025") == datetime.date(2025, 12, 3)
    assert days.day("2025-12-03") == datetime.date(2025, 12, 3)
    in_a_sheet = datetime.datetime(2025, 12, 3)  # noqa: DTZ001  cells know no time zone
    assert days.day("", in_a_sheet) == datetime.date(2025, 12, 3)
    assert days.day("31-2-2025") is None
    assert days.day("eind 2025") is None


def test_numbers_of_people_are_read_with_their_dots():
    assert values.people("1.200") == (1200, 1200)
    assert values.people("100 - 500") == (100, 500)
    assert values.people("ongeveer 100") is None
    assert values.people("500-100") is None


@given(st.text())
def test_whatever_stands_in_a_cell_can_be_looked_at(text):
    text = values.clean(text)
    bases.bases(text), periods.period(text), days.day(text), values.people(text), values.yes_no(text)
    assert "\0" not in text
    for part in values.categories(text):
        assert part in text


@given(st.text(alphabet="ab, .;\n-", max_size=60))
def test_dividing_loses_no_letter(text):
    letters = sorted(sign for part in values.several(text) for sign in part if sign in "ab")
    assert set(letters) == {sign for sign in text if sign in "ab"}
