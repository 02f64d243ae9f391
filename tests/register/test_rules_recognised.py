"""The words by which rules recognise kinds of data and people find those of the starter library, and not their like."""

import json
from pathlib import Path

import pytest

from register.checks import recognised

LIBRARY = Path(recognised.__file__).parents[1] / "library"


def named(file, key):
    items = {item["key"]: item for item in json.loads((LIBRARY / f"{file}.json").read_text(encoding="utf-8"))}
    return items[key]["name_nl"], items[key]["name_en"]


@pytest.mark.parametrize(
    ("words", "file", "keys"),
    [
        ("NATIONAL_REGISTER", "data_categories", ["rijksregisternummer"]),
        ("IDENTITY_COPY", "data_categories", ["copy-of-identity-document"]),
        ("CAMERA", "data_categories", ["camera-images"]),
        ("INVOICES", "data_categories", ["invoices"]),
        ("POSTAL_OR_PERSONAL", "data_categories", ["home-address", "date-of-birth", "sex"]),
        ("APPLICANTS", "subject_categories", ["applicants"]),
        ("NO_PARTY", "subject_categories", ["relatives", "next-of-kin", "emergency-contacts", "informal-carers"]),
        ("PROSPECTS", "subject_categories", ["prospects"]),
        ("PERSONNEL_FILE", "retention_rules", ["nl-personnel-file"]),
    ],
)
def test_starter_items_are_recognised_in_both_languages(words, file, keys):
    pattern = getattr(recognised, words)
    assert [name for key in keys for name in named(file, key) if not pattern.search(name)] == []


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("NATIONAL_REGISTER", ["Burgerservicenummer (BSN)", "National identification number of another country"]),
        ("IDENTITY_COPY", ["Gegevens van het identiteitsbewijs", "Identity document details", "Kopie van een factuur"]),
        ("CAMERA", ["Foto", "Video", "Camera van de leerling"]),
        ("POSTAL_OR_PERSONAL", ["E-mailadres", "E-mail address", "IP-adres", "IP address", "Bezorgadres"]),
        ("MARKETING", ["Klachten en reclamaties afhandelen", "Leermiddelen aanbieden", "Promovendi begeleiden"]),
        ("MESSAGES", ["Malen van graan", "Emailleren"]),
        ("EVENT", ["Evenwichtsoefeningen", "Eventuele vervolgactie", "Prevention"]),
        ("ENDLESS", ["Tot het einde van het contract"]),
        ("VAGUE_PERIOD", ["Zolang het lidmaatschap duurt", "7 jaar, wettelijke termijn", "Zolang de klant klant is"]),
        ("INSUFFICIENT", ["Voldoende bescherming", "sufficient"]),
    ],
)
def test_what_is_like_it_is_left_alone(words, others):
    pattern = getattr(recognised, words)
    assert [text for text in others if pattern.search(text)] == []
