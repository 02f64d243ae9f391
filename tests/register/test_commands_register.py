import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from accounts.models import Change, Event, Organisation
from accounts.wording import sentence
from register import models
from register.models import Activity, ActivityVersion
from tests.factories.accounts import OrganisationFactory
from tests.factories.register import ActivityFactory

from .filled import filled
from .importing import csv_bytes, organisation_with_controller

GOOD = csv_bytes(
    ["Naam", "Doel", "Betrokkenen", "Persoonsgegevens", "Kleur"], ["Loon", "Betalen", "Personeel", "Naam", "rood"]
)
PROJECT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def organisation(db):
    return organisation_with_controller(slug="zon")


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.csv"
    path.write_bytes(GOOD)
    return path


def test_an_import_says_what_it_did_and_writes_the_report(organisation, register, tmp_path, capsys):
    report = tmp_path / "report.json"
    call_command("import_register", str(register), "--organisation", "zon", "--report", str(report))

    said = capsys.readouterr().out
    assert "1 activity was brought in as a draft." in said
    assert "5 filled cells: 4 taken as it is, 1 kept as a note." in said
    assert "Column “Kleur” was not recognised" in said
    result = json.loads(report.read_text())
    assert (result["schema"], result["stored"], result["organisation"]) == ("dertig-import-report/1", True, "zon")
    assert result["activities"][0]["code"] == "VA-0001"


def test_a_dry_run_reports_and_stores_nothing(organisation, register, tmp_path, capsys):
    report = tmp_path / "report.json"
    call_command("import_register", str(register), "--organisation", "zon", "--report", str(report), "--dry-run")

    assert "1 activity would be brought in." in capsys.readouterr().out
    assert json.loads(report.read_text())["stored"] is False
    assert not Activity.objects.exists()
    assert not models.DataCategory.objects.exists()
    assert not Event.objects.exists()
    call_command("import_register", str(register), "--organisation", "zon")
    assert Activity.objects.get().code == "VA-0001"


def test_a_mapping_file_is_used(organisation, register, tmp_path):
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"Kleur": "remarks"}))
    call_command("import_register", str(register), "--organisation", "zon", "--mapping", str(mapping))
    assert Activity.objects.get().remarks == "rood"


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ("{", "not valid JSON"),
        ('["Kleur"]', "an object of headings"),
        ('{"Kleur": "smaak"}', "not something"),
    ],
)
def test_a_bad_mapping_is_refused(organisation, register, tmp_path, mapping, sentence):
    path = tmp_path / "mapping.json"
    path.write_text(mapping)
    with pytest.raises(CommandError, match=sentence):
        call_command("import_register", str(register), "--organisation", "zon", "--mapping", str(path))
    assert not Activity.objects.exists()


def test_an_unknown_organisation_or_file_is_refused(organisation, register, tmp_path):
    with pytest.raises(CommandError, match="No organisation is called “mars”"):
        call_command("import_register", str(register), "--organisation", "mars")
    with pytest.raises(CommandError, match="nowhere.csv"):
        call_command("import_register", str(tmp_path / "nowhere.csv"), "--organisation", "zon")


@pytest.mark.parametrize("command", ["import_register", "establish_register", "check_register"])
def test_wrong_use_ends_with_exit_code_two(command):
    run = subprocess.run(
        [sys.executable, "manage.py", command, "--colour", "red"], cwd=PROJECT, capture_output=True, check=False
    )
    assert run.returncode == 2


@pytest.fixture
def drafts(organisation):
    """One that may be established, and one that has a name only."""
    good = filled(organisation, number=1, name="Loon")
    return good, ActivityFactory(organisation=organisation, number=2, name="Leeg")


def test_what_may_be_established_is_and_the_rest_is_named(drafts, capsys):
    with pytest.raises(SystemExit) as caught:
        call_command("establish_register", "--organisation", "zon", "--reason", "First version")

    assert caught.value.code == 1
    said = capsys.readouterr()
    assert "VA-0001 Loon: version 1, valid from" in said.out
    assert "1 activity was established." in said.out
    assert "VA-0002 Leeg: No controller is named." in said.err
    version = ActivityVersion.objects.get()
    assert (version.reason, version.number, version.activity) == ("First version", 1, drafts[0])


def test_a_dry_run_of_establishing_stores_nothing(drafts, capsys):
    call_command("establish_register", "--organisation", "zon", "--reason", "x", "--activity", "VA-0001", "--dry-run")
    assert "1 activity would be established." in capsys.readouterr().out
    assert not ActivityVersion.objects.exists()


def test_establishing_when_nothing_changed_is_no_fault(organisation, capsys):
    filled(organisation, number=1)
    for _time in range(2):
        call_command("establish_register", "--organisation", "zon", "--reason", "x")
    assert "0 activities were established." in capsys.readouterr().out
    assert ActivityVersion.objects.count() == 1


def test_a_day_and_numbers_can_be_chosen(drafts):
    on = timezone.localdate() + timedelta(days=10)
    call_command(
        "establish_register", "--organisation", "zon", "--reason", "x", "--on", on.isoformat(), "--activity", "va-0001"
    )
    assert ActivityVersion.objects.get().valid_from == on
    with pytest.raises(CommandError, match="no activity with number 9"):
        call_command("establish_register", "--organisation", "zon", "--reason", "x", "--activity", "9")
    with pytest.raises(CommandError, match="Give a reason"):
        call_command("establish_register", "--organisation", "zon", "--reason", " ", "--activity", "2")


def test_the_findings_of_the_drafts_and_of_a_day(drafts, capsys):
    call_command("check_register", "--organisation", "zon")
    said = capsys.readouterr().out
    assert "VA-0002 Leeg: No personal data are named. (art. 30(1)(c)) needed before it can be established" in said
    assert "VA-0001 Loon: No security measures are described" in said

    call_command("establish_register", "--organisation", "zon", "--reason", "x", "--activity", "1")
    capsys.readouterr()
    today = timezone.localdate()
    call_command("check_register", "--organisation", "zon", "--on", today.isoformat(), "--format", "json")
    answer = json.loads(capsys.readouterr().out)
    assert answer["on"] == today.isoformat()
    (activity,) = answer["activities"]
    assert (activity["code"], activity["version"]) == ("VA-0001", 1)
    assert "measures" in [gap["key"] for gap in activity["gaps"]]

    call_command("check_register", "--organisation", "zon", "--on", "2020-01-01")
    assert capsys.readouterr().out.strip() == "Activities: 0. Open points: 0. Findings: 0."


def test_an_import_is_told_in_the_log_in_a_sentence(organisation, register):
    call_command("import_register", str(register), "--organisation", "zon")
    change = Change.objects.get(kind="register.imported")
    assert sentence(change.kind, change.details) == "Imported 1 activity from register.csv"


@pytest.mark.django_db
def test_an_organisation_of_one_s_own_is_left_alone_by_the_demo():
    OrganisationFactory(slug="school", name="My own school")
    with pytest.raises(CommandError, match="leaves it alone"):
        call_command("load_demo", verbosity=0)
    assert Organisation.objects.count() == 1
