"""Files that cannot be taken in: a sentence with the place, exit code 1, nothing stored, and never a traceback."""

import io
import json
import random
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import Change, Event
from core.spreadsheets import BadFile, Limits
from register.imports import reading
from register.models import Activity
from tests.core.workbooks import ole, package, raw_xlsx, xlsx

from .importing import brought_in, csv_bytes, entries, organisation_with_controller

LIMITS = Limits(bytes=2**20, unpacked=2**22, rows=500, columns=50, cells=20_000)
GOOD = csv_bytes(["Naam", "Doel"], ["Loon", "Betalen"])
RECORD = {"Naam": "Loon", "Doelen": [{"Doel": "Betalen"}], "Betrokkenen": [{"Omschrijving": "Personeel"}]}
POLICE = {"Naam": "Wpg", "Ontvanger": {"Artikel15": True}, "BijzondereGegevens": {"Geen": True}}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def exported(*records):
    return ("\ufeff" + json.dumps(records)).encode()


def nested(depth):
    return b"[" * depth + b"]" * depth


BAD = {
    "empty.csv": (b"", "The file is empty"),
    "empty.json": (b"\xef\xbb\xbf", "The file is empty"),
    "picture.xlsx": (b"\x89PNG\r\n\x1a\n0000", "not what the name of the file says"),
    "text.xlsx": (GOOD, "not what the name of the file says"),
    "sheet.csv": (xlsx([["Naam", "Doel"], ["Loon", "Betalen"]]), "not what the name of the file says"),
    "sheet.zip": (xlsx([["Naam", "Doel"]]), "not what the name of the file says"),
    "text.zip": (GOOD, "not what the name of the file says"),
    "letter.docx": (b"PK\x03\x04", "cannot be read as a spreadsheet"),
    "no-headings.csv": (csv_bytes(["Loon", "Betalen"], ["Archief", "Bewaren"]), "No row with headings"),
    "other-list.csv": (csv_bytes(["Naam", "Omschrijving", "Status"], ["Lek", "x", "y"]), "No row with headings"),
    "headings-only.csv": (csv_bytes(["Naam", "Doel"]), "nothing below the headings"),
    "encoding.csv": (b"Naam;Doel\nCaf\xe9;\xc3\xa9\xe9n", "line 2: This line holds characters"),
    "long.csv": (csv_bytes(["Naam", "Doel"], *[["x", "y"]] * 600), "more than 500 rows"),
    "wide.csv": (csv_bytes(["Naam"] * 60), "more than 50 columns"),
    "quote.csv": (b'Naam;Doel\n"Loon;Betalen', "quotation mark"),
    "locked.xlsx": (ole("EncryptionInfo", "EncryptedPackage"), "protected with a password"),
    "bomb.xlsx": (raw_xlsx("", **{"xl/sharedStrings.xml": b" " * 2**23}), "more than 4 MB when unpacked"),
    "bomb.zip": (package({"a.json": b" " * 2**23}), "more than 4 MB when unpacked"),
    "cut.xlsx": (xlsx([["Naam", "Doel"]])[:-300], ""),
    "cut.zip": (package({"a.json": exported(RECORD)})[:-30], ""),
    "broken.json": (b'[\n{"Naam": "x",\n}]', "broken.json, line 3: This is not valid JSON"),
    "deep.json": (nested(90), "cannot be read"),
    "very-deep.json": (nested(200_000), "cannot be read"),
    "number.json": (b"[" + b"9" * 5000 + b"]", ""),
    "encoding.json": (b'[\n{"Naam": "Caf\xe9"}]', "line 2: This line holds characters"),
    "other.json": (b'{"receipt": 1}', "not a record of the government's register tool"),
    "police.json": (exported(POLICE), "police data (Wpg)"),
    "nothing.json": (b"[]", "no record"),
    "nothing.zip": (package({"readme.txt": b"hello"}), "no record"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_a_sentence_and_its_place(name):
    content, sentence = BAD[name]
    with pytest.raises(BadFile) as caught:
        reading.read(content, name, language="nl", limits=LIMITS)
    assert sentence in str(caught.value)
    assert name.split(".")[0] in str(caught.value)


@pytest.mark.parametrize("name", ["empty.csv", "no-headings.csv", "police.json", "locked.xlsx"])
@pytest.mark.django_db
def test_the_command_refuses_with_exit_code_one_and_stores_nothing(name, tmp_path):
    organisation = organisation_with_controller()
    path = tmp_path / name
    path.write_bytes(BAD[name][0])
    with pytest.raises(CommandError) as caught:
        call_command("import_register", str(path), organisation=organisation.slug)
    assert caught.value.returncode == 1
    assert name in str(caught.value)
    assert not Activity.objects.exists()
    assert not Event.objects.exists()
    assert not Change.objects.filter(kind="register.imported").exists()


def test_police_data_are_left_out_and_the_rest_of_the_file_comes_in():
    read = reading.read(exported(RECORD, POLICE), "mix.json", language="nl", limits=LIMITS)
    assert [proposal.fields["name"] for proposal in read.proposals] == ["Loon"]
    assert "police data" in read.outside[0]["reason"]
    assert read.outside[0]["place"] == "mix.json, record 2"


def test_a_zip_protected_with_a_password_is_refused():
    content = bytearray(package({"a.json": exported(RECORD)}))
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.index(signature) + offset] |= 1
    with pytest.raises(BadFile, match="password"):
        reading.read(bytes(content), "a.zip", language="nl", limits=LIMITS)


def test_a_repeated_name_in_a_record_is_kept_too():
    content = b'[{"Naam": "Loon", "Betrokkenen": [], "Doelen": [], "Extra": "een", "Extra": "twee"}]'
    read = reading.read(content, "a.json", language="nl", limits=LIMITS)
    assert {heading: text for heading, text, _found in read.proposals[0].notes} == {"Extra": "een", "Extra (2)": "twee"}


def never_a_traceback(content, name):
    """Either proposals or a refusal; anything else fails the test by itself."""
    try:
        read = reading.read(content, name, language="nl", limits=LIMITS)
    except BadFile:
        return
    assert read.proposals
    for proposal in read.proposals:
        assert all(found.outcome for found in proposal.founds)


NAMES = st.sampled_from(["a.csv", "a.xlsx", "a.json", "a.zip", "a.ods", "a.xls", "a.tsv"])


@given(st.binary(max_size=400), NAMES)
def test_random_bytes_never_end_in_a_traceback(content, name):
    never_a_traceback(content, name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", GOOD),
        ("a.xlsx", xlsx([["Naam", "Doel"], ["Loon", "Betalen"]])),
        ("a.json", exported(RECORD)),
        ("a.zip", package({"a.json": exported(RECORD)})),
    ],
)
def test_cut_and_damaged_files_never_end_in_a_traceback(name, content):
    dice = random.Random(30)
    for _time in range(60):
        never_a_traceback(content[: dice.randrange(len(content))], name)
        damaged = bytearray(content)
        for _place in range(dice.randrange(1, 6)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        never_a_traceback(bytes(damaged), name)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    [
        *("Verantwoordelijken", "Contactpersonen", "Verwerkers", "Betrokkenen", "Doelen", "Systemen", "Ontvangers"),
        *("Bijlagen", "Beveiliging", "Doorgifte", "Besluitvorming", "GebPia", "Opmerkingen", "Dienst", "Status"),
        *("Nummer", "Categorien"),
    ]
)
PARTS = st.sampled_from(
    [
        *("Naam", "Omschrijving", "Doel", "Rechtsgrond", "Gegevens", "Maatregelen", "Postbus", "Land", "BuitenEu"),
        "Gezondheid",
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(KEYS, VALUES | st.lists(st.dictionaries(PARTS, VALUES, max_size=3), max_size=2), max_size=6))
@example({"Naam": {"a": 1}, "Betrokkenen": [[1, 2], "x"], "Doelen": {"Doel": "x"}, "Verwerkers": "ICTU"})
def test_a_record_of_any_shape_loses_no_leaf(record):
    record = {"Naam": "x", "Betrokkenen": [], "Doelen": []} | record
    if not isinstance(record["Betrokkenen"], list):
        record["Betrokkenen"] = [record["Betrokkenen"]]
    never_a_traceback(json.dumps([record]).encode(), "a.json")


USUAL = ["", "x", "geen", "ja", "a\nb", "a;b", "a — b", "6.1.c", "2 jaar na death", "=1", "-", "—"]
CELLS = st.sampled_from(USUAL) | st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)
HEADINGS = [
    *("Naam", "Doel", "Grondslag", "Betrokkenen", "Persoonsgegevens", "BSN", "Bewaartermijn", "Verwerkers"),
    *("Ontvangers", "Systemen", "Doorgifte", "Waarborgen", "Maatregelen", "DPIA", "Labels", "Status", "Opdrachtgever"),
    *("Wet", "Bron", "Rol", "Vreemd"),
]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(CELLS, min_size=len(HEADINGS), max_size=len(HEADINGS)), min_size=1, max_size=3))
def test_a_row_of_any_words_loses_no_cell(rows):
    never_a_traceback(csv_bytes(HEADINGS, *rows, delimiter="\t"), "a.tsv")


def test_a_zip_may_hold_more_than_one_file():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("Deel/JSON/a / b.json", exported(RECORD))
        file.writestr("Deel/JSON/c.json", exported({**RECORD, "Naam": "Archief"}))
        file.writestr("leesmij.txt", "hallo")
    read = reading.read(content.getvalue(), "export.zip", language="nl", limits=LIMITS)
    assert [proposal.fields["name"] for proposal in read.proposals] == ["Loon", "Archief"]
    assert [one["place"] for one in read.outside] == ["export.zip, leesmij.txt"]


@pytest.mark.django_db
def test_characters_that_a_database_refuses_are_replaced():
    record = {**RECORD, "Naam": "Lo\0on", "Nul\0": 1, "Los": "\ud800"}
    organisation = organisation_with_controller()
    report = brought_in(organisation, json.dumps([record]).encode(), "a.json")
    assert report["activities"][0]["name"] == "Lo\ufffdon"
    texts = [note.text for note in entries(organisation)["Lo\ufffdon"].notes]
    assert sorted(texts) == ["Nul\ufffd: 1", "\ufffd"]
    json.dumps(report, ensure_ascii=False).encode()
