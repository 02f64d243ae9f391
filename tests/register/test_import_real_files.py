"""Registers that others made, brought in whole. The numbers were counted by reading the files."""

import csv
import io
import json
import re
import zipfile

import pytest
import xlsxwriter
from django.utils import translation

from accounts.models import Change, Department, Event
from register import checks, library_loading, models, reading
from register.actions.establish import establish_many
from register.models import Activity, ActivityLabel
from register.record import to_plain

from .importing import AT, brought_in, cell, entries, organisation_with_controller, shared, words_of

DEMO = "nl-openvwr/demo-avg-records.csv"
PROCESSORS = "nl-openvwr/05-verwerkingen-met-verwerkers.csv"
EXPORT = "nl-vws-register/avg-register-rijksoverheid-export.zip"

# name: purposes, subjects, data, recipients, systems, labels, notes
COUNTS = {
    "Personeels- en salarisadministratie": (1, 1, 5, 5, 2, 3, 2),
    "Verzuimbegeleiding en re-integratie": (1, 1, 6, 3, 1, 3, 1),
    "Cameratoezicht toegangsbeveiliging": (1, 1, 3, 2, 1, 3, 3),
    "Toegangsbeheer informatiesystemen": (1, 1, 4, 1, 2, 2, 3),
    "Afhandelen vragen en klachten": (1, 1, 4, 1, 2, 2, 3),
    "Inkoop- en leveranciersadministratie": (1, 1, 3, 1, 1, 1, 3),
    "Klanttevredenheidsonderzoek": (1, 1, 3, 1, 1, 2, 3),
    "Archivering en informatiebeheer": (1, 1, 4, 1, 2, 1, 2),
}
BASES = {
    "Wettelijke verplichting": "c",
    "Gerechtvaardigd belang": "f",
    "Vervulling taak van algemeen belang": "e",
    "Uitvoering overeenkomst": "b",
    "Toestemming betrokkene": "a",
}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def organisation(db):
    organisation = organisation_with_controller()
    library_loading.load(organisation, by=None, at=AT)
    return organisation


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def counts_of(entry):
    labels = ActivityLabel.objects.filter(activity=entry.id).count()
    lines = (entry.purposes, entry.subjects, entry.data, entry.recipients, entry.systems)
    return (*map(len, lines), labels, len(entry.notes))


def test_eight_activities_come_in_with_all_their_lines(organisation):
    report = brought_in(organisation, shared(DEMO), "demo-avg-records.csv")

    found = entries(organisation)
    assert {name: counts_of(entry) for name, entry in found.items()} == COUNTS
    assert report["counts"] == {"taken": 80, "changed": 31, "note": 20, "refused": 0, "left_out": 0}
    assert {model: len(names) for model, names in report["made"].items()} == {
        "department": 6,
        "label": 9,
        "subjectcategory": 7,
        "datacategory": 19,
        "retentionrule": 5,
        "party": 11,
        "system": 8,
    }
    assert [activity.status for activity in Activity.objects.of(organisation)] == ["draft"] * 8


def test_every_cell_of_the_eight_is_in_its_entry(organisation):
    path = shared(DEMO)
    report = brought_in(organisation, path, path.name)
    found = entries(organisation)
    seen = 0
    for number, row in enumerate(rows_of(path)):
        entry = found[row["Naam"]]
        said = words_of(entry)
        for heading, text in row.items():
            if not text:
                continue
            seen += 1
            assert cell(report, heading, number)["original"] == text
            if heading == "Rechtsgrond":
                assert [line.basis for line in entry.purposes] == [BASES[text]]
            elif heading == "Doorgifte buiten EER":
                assert entry.transfers_answer == {"nee": "none", "ja": "some"}[text]
            elif heading == "BSN" and text == "ja":
                assert "national_id" in entry.sensitivities
            elif heading == "Bijzondere persoonsgegevens" and text == "ja":
                assert "special" in entry.sensitivities
            elif text in ("ja", "nee"):
                noted = {note.heading: note.text for note in entry.notes}
                assert noted.get(heading) == text or entry.assessment_note == f"{heading}: {text}"
            else:
                separators = r"\n| — |, " if heading == "Labels" else r"\n| — "
                for part in re.split(separators, text):
                    assert part.removesuffix(".") in said, (heading, part)
    assert seen == 131 == sum(len(activity["cells"]) for activity in report["activities"])


def test_known_words_become_the_items_of_the_library(organisation):
    brought_in(organisation, shared(DEMO), "demo-avg-records.csv")

    found = entries(organisation)
    payroll = [line.category.nl for line in found["Personeels- en salarisadministratie"].data]
    assert payroll == [
        "NAW-gegevens",
        "Burgerservicenummer (BSN)",
        "Bankrekeningnummer (IBAN)",
        "Salarisgegevens",
        "Contractgegevens",
    ]
    suppliers = found["Inkoop- en leveranciersadministratie"].subjects[0].category
    assert (suppliers.nl, suppliers.en) == ("Contactpersonen bij leveranciers", "Contacts at suppliers")
    rule = found["Personeels- en salarisadministratie"].data[0].retention
    assert (rule.period_value, rule.period_unit, rule.trigger) == (7, "year", "end_of_employment")
    camera = found["Cameratoezicht toegangsbeveiliging"].data
    assert {line.retention for line in camera} == {None}
    assert {line.retention_note[:7] for line in camera} == {"28 dage"}


def test_it_is_one_act_and_one_event(organisation):
    brought_in(organisation, shared(DEMO), "demo-avg-records.csv")

    change = Change.objects.get(organisation=organisation, kind="register.imported")
    assert change.details == {"file": "demo-avg-records.csv", "count": 8}
    event = Event.objects.get(organisation=organisation, kind=Event.Kind.IMPORTED)
    assert (event.subject, event.details) == ("demo-avg-records.csv", {"count": 8})
    assert models.DataLine.history.filter(change=change).count() == 32
    assert Department.history.filter(change=change).count() == 6


def test_the_same_words_in_a_workbook_give_the_same_register(organisation):
    path = shared(DEMO)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    output = io.BytesIO()
    with xlsxwriter.Workbook(output) as workbook:
        sheet = workbook.add_worksheet("demo-avg-records")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    brought_in(organisation, path, path.name)
    other = organisation_with_controller()
    library_loading.load(other, by=None, at=AT)
    brought_in(other, output.getvalue(), "demo-avg-records.xlsx")

    assert anonymous(entries(organisation)) == anonymous(entries(other))


def anonymous(found):
    """Entries without their ids and the name of the file."""

    def plain(value):
        if isinstance(value, dict):
            return {name: plain(part) for name, part in value.items() if name not in ("id", "origin")}
        return [plain(part) for part in value] if isinstance(value, list) else value

    return {name: plain(to_plain(entry)) for name, entry in found.items()}


def test_processors_in_parallel_lists_keep_their_own_details(organisation):
    report = brought_in(organisation, shared(PROCESSORS), "05-verwerkingen-met-verwerkers.csv")

    found = entries(organisation)
    parties = [line.party for line in found["Cliëntregistratie"].recipients]
    assert [(party.name, party.email, party.address) for party in parties] == [
        ("Zorggroep Noord", "noord@example.org", "5678 CD Groningen"),
        ("Firma B", "b@firma-b.example", "9012 EF Utrecht"),
    ]
    same = {found[name].recipients[0].party.id for name in ("Salarisadministratie", "Personeelsdossiers")}
    assert len(same) == 1
    assert cell(report, "Verwerker", 1)["became"] == ["Firma A", "Firma A B.V."]
    assert report["counts"] == {"taken": 20, "changed": 1, "note": 0, "refused": 0, "left_out": 0}


def records_of(path):
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith(".json"):
                yield from ((name, record) for record in json.loads(package.read(name).decode("utf-8-sig")))


def leaves_of(value, path=()):
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value, 1)
        for name, part in items:
            yield from leaves_of(part, (*path, str(name)))
    elif value is not None and str(value).strip():
        yield " / ".join(path), value


def test_the_government_export_gives_a_controller_and_a_processor_record(organisation):
    report = brought_in(organisation, shared(EXPORT), "export.zip")

    found = entries(organisation)
    assert {name: entry.kind for name, entry in found.items()} == {"Jet Tours": "controller", "Test": "processor"}
    (left,) = report["left_out"]
    assert "police data (Wpg)" in left["reason"]
    assert "WPG" in left["place"]
    jet = found["Jet Tours"]
    assert counts_of(jet)[:5] == (1, 1, 3, 6, 1)
    assert [line.category.nl for line in jet.data[1:]] == ["Ras of etnische afkomst", "Gegevens over gezondheid"]
    assert len(jet.documents) == 3
    assert [(line.description_nl, line.ground) for line in jet.recipients[3:4]] == [
        ("HTX automatisering", "Is de hostingpartij van Mett.")
    ]
    assert (jet.transfers_answer, jet.automated, jet.purposes[0].basis) == ("none", "no", "a")
    assert [line.party.name for line in jet.processors] == ["Stichting ICTU"]
    assert jet.processors[0].party.country.code == "NL"
    test = found["Test"]
    assert test.clients[0].processing_nl == "Afschermen\nGebruiken\nOpvragen\nWissen/vernietigen van gegevens"
    assert test.clients[0].party.dpo == "Emily van der Wal"
    assert (test.transfers_answer, test.transfers[0].note, test.purposes) == ("some", "Land", ())


def test_every_leaf_of_the_government_export_is_in_its_entry(organisation):
    path = shared(EXPORT)
    report = brought_in(organisation, path, path.name)
    found = entries(organisation)
    interpreted = {
        "Betrokkenen / 1 / RasOfEtniciteit": "Ras of etnische afkomst",
        "Betrokkenen / 1 / Gezondheid": "Gegevens over gezondheid",
        "Betrokkenen / 1 / Gegevens / 1 / IsBronBetrokkene": "subject",
    }
    answers = {"Doorgifte / BuitenEu", "Besluitvorming / HasBesluitvorming", "Doelen / 1 / Rechtsgrond"}
    seen = 0
    for name, record in records_of(path):
        if name.startswith("WPG"):
            continue
        entry = found[record["Naam"]]
        said = words_of(entry)
        reported = {
            one["heading"]: one
            for activity in report["activities"]
            if activity["name"] == entry.name
            for one in activity["cells"]
        }
        for heading, value in leaves_of(record):
            seen += 1
            text = str(value).replace("\r\n", "\n").strip()
            text = text.lower() if isinstance(value, bool) else text
            assert reported[heading]["original"] == text
            if (heading in answers and entry.kind == "controller") or heading == "Doorgifte / BuitenEu":
                assert reported[heading]["outcome"] == "changed"
            elif heading in interpreted:
                assert interpreted[heading] in said
            elif text == "NEDERLAND":
                assert "Nederland" in said
            elif isinstance(value, bool):
                assert f"{heading.rpartition(' / ')[2]}: {text}" in said
            elif heading.startswith("Ontvangers") and ": " in text and len(text) <= 400:
                assert all(part in said for part in text.split(": ", 1)), heading
            else:
                assert text in said, heading
    assert seen == 168 == report["counts"]["taken"] + report["counts"]["changed"] + report["counts"]["note"]


def test_a_single_file_of_the_export_can_come_in_alone(organisation):
    brought_in(organisation, shared("nl-vws-register/avg-verwerker.json"), "avg-verwerker.json")

    assert [entry.kind for entry in entries(organisation).values()] == ["processor"]


def test_what_came_in_can_be_established_and_lacks_no_more_than_the_files_left_out(organisation):
    brought_in(organisation, shared(DEMO), "demo.csv")
    brought_in(organisation, shared(EXPORT), "export.zip")

    made, refused = establish_many(Activity.objects.of(organisation), by=None, at=AT, reason="Imported")

    assert (len(made), refused) == (10, [])
    standings = reading.read(organisation, on=AT.date())
    missing = {one.entry.name: {gap.key for gap in checks.gaps(one.entry)} for one in standings}
    assert missing["Personeels- en salarisadministratie"] == {"joint", "measures"}
    assert missing["Klanttevredenheidsonderzoek"] == {"joint", "measures", "transfers_unnamed"}
    assert missing["Jet Tours"] == {"joint"}
    assert missing["Test"] == {"transfers_unnamed"}


def test_a_spanish_register_comes_in_without_losing_a_word(organisation):
    report = brought_in(organisation, shared("es-ull-register/tratamientos_ull_33_completos.csv"), "ull.csv")

    assert len(report["activities"]) == 33
    assert not [heading for heading in report["columns"] if not heading["meaning"]]
    found = entries(organisation)
    for activity in report["activities"]:
        said = " ".join(words_of(found[activity["name"]]).casefold().split())
        for one in activity["cells"]:
            if one["original"] in ("No previstas",):
                assert one["outcome"] == "changed"
            else:
                for part in re.split(r"\n|, |; ?", one["original"]):
                    assert " ".join(part.strip(" .").casefold().split()) in said, one
    sports = found["Actividades Deportivas y Competiciones"]
    assert [line.basis for line in sports.purposes] == ["b", "e"]
    assert sports.transfers_answer == "none"
