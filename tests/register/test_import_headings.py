import pytest
from django.utils import translation

from register.imports import cells, line_fields, rows, words
from register.imports.headings import KEPT, meanings, own_fields, recognise

DEMO = {
    "Naam": "name",
    "Bewaartermijn": "retention",
    "Dienst": "department",
    "Doel": "purposes",
    "Rechtsgrond": "basis",
    "Betrokkenen": "subjects",
    "Persoonsgegevens": "data",
    "BSN": "bsn",
    "Systemen": "systems",
    "Verwerkers": "processors",
    "Ontvangers": "recipients",
    "Labels": "labels",
    "Status": "status",
    "DPIA": "dpia",
    "Omschrijving": "description",
}


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        *DEMO.items(),
        ("Bijzondere persoonsgegevens", "special_data"),
        ("Doorgifte buiten EER", "transfers"),
        ("Naam verwerking", "name"),
        ("E-mail verwerker", "processor_email"),
        ("Categorieën van betrokkenen", "subjects"),
        ("CATEGORIEEN  BETROKKENEN:", "subjects"),
        ("Doel(en) van de verwerking", "purposes"),
        ("3. Grondslag (art. 6 AVG)", "basis"),
        ("Technische en organisatorische maatregelen", "measures"),
        ("Business function", "department"),
        ("Purpose of processing", "purposes"),
        ("Name and contact details of joint controller (if applicable)", "joint_controllers"),
        ("Categories of individuals", "subjects"),
        ("Categories of recipients", "recipient_categories"),
        ("Retention schedule (if possible)", "retention"),
        ("Article 6 lawful basis for processing personal data", "basis"),
        ("Link to record of legitimate interests assessment", "interest_assessment"),
        ("Data Protection Impact Assessment required?", "dpia_needed"),
        ("Erasure periods", "retention"),
        ("Colectivos Interesados", "subjects"),
        ("Base Jurídica", "basis"),
        ("Plazo de Conservación", "retention"),
        ("Cesiones/Comunicaciones", "recipient_categories"),
        ("hoe de gegevens kloppend blijven", ""),
        ("Verwerkersovereenkomst", ""),
        ("Postcode", ""),
    ],
)
def test_headings_mean_what_people_mean_by_them(heading, meaning):
    assert recognise(heading).meaning == meaning


@pytest.mark.parametrize("name", sorted(own_fields()))
def test_our_own_label_of_a_field_is_known_as_a_heading(name):
    label = str(own_fields()[name].verbose_name)
    assert recognise(label).meaning


def test_a_mapping_goes_before_what_we_think():
    assert recognise("Grondslag", {"grondslag": "remarks"}).meaning == "remarks"


def test_every_meaning_can_be_read():
    readable = set(rows.READERS) | set(own_fields()) | {KEPT}
    parts = {meaning for meaning in meanings() if "." in meaning}
    assert set(meanings()) - parts <= readable
    assert all(callable(line_fields.reader(meaning)) for meaning in parts)
    for name in own_fields():
        assert callable(cells.plain_field(name))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_meaning_has_a_plain_name_of_its_own_in_the_select(language):
    with translation.override(language):
        (_empty, kept), *groups = words.choices()
        named = [(str(group), str(label), meaning) for group, labels in groups for meaning, label in labels]
    assert str(kept)
    assert {meaning for *_words, meaning in named} == set(meanings()) - {KEPT}
    assert len({(group, label) for group, label, _meaning in named}) == len(named)
    bare = [label for _group, label, meaning in named if label == meaning or "_" in label or not label[:1].isupper()]
    assert bare == []
