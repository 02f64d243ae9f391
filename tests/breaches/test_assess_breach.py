"""`manage.py assess_breach`: no test here may touch a database, and none does (there is no mark that allows it)."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from breaches.facts_format import SCHEMA, to_json

from .test_suggestion import LETTER, record

ROOT = Path(settings.BASE_DIR)
DAY = date(2026, 11, 22)
DOCUMENT = ROOT / "docs" / "assess-breach.md"


def written(folder, given):
    path = folder / "facts.json"
    path.write_text(given if isinstance(given, str) else json.dumps(given), encoding="utf-8")
    return path


def assess(path, capsys, **options):
    call_command("assess_breach", input=path, **{"language": "en"} | options)
    return capsys.readouterr().out


def test_it_says_score_suggestion_reasons_and_warnings(tmp_path, capsys):
    out = assess(written(tmp_path, to_json(LETTER) | {"special": True}), capsys)
    assert "Severity: 1 × 1 + 0.25 = 1.25" in out
    assert "Suggestion: Notify the authority, Art. 33(1)" in out
    assert "- The score may be too low: there are special categories of data among them." in out
    assert "A named person decides" in out


def test_it_says_the_same_as_json_with_keys_and_sentences(tmp_path, capsys):
    told = json.loads(assess(written(tmp_path, to_json(record(key_safe=None))), capsys, format="json", on=DAY))
    assert (told["schema"], told["on"]) == ("dertig-breach-suggestion/1", "2026-11-22")
    assert (told["conclusion"], told["risk"], told["settled"]) == ("people", "high_risk", True)
    assert told["severity"]["highest"] == {
        "context": 4, "ease": "1", "circumstances": "0.5", "score": "4.5", "level": "very_high"
    }  # fmt: skip
    assert {name: told["reasons"][0][name] for name in ("key", "parameters")} == {
        "key": "score",
        "parameters": {"score": "4.5", "level": "very_high"},
    }
    assert all(one["sentence"] for one in told["reasons"] + told["warnings"])


def test_what_to_find_out_first_is_asked_in_words(tmp_path, capsys):
    out = assess(written(tmp_path, {"schema": SCHEMA}), capsys)
    assert "At least: Only in the register of breaches" in out
    assert "- What happened: could somebody see the data" in out


@pytest.mark.parametrize(
    ("given", "words"),
    [('{"schema": "dertig-breach-facts/1", "specail": true}', "specail"), ("no json", "line 1"), ("[]", "object")],
)
def test_facts_that_cannot_be_read_are_refused_with_the_place(tmp_path, given, words):
    with pytest.raises(CommandError, match=words) as refused:
        call_command("assess_breach", input=written(tmp_path, given), language="en")
    assert refused.value.returncode == 1


def test_a_file_that_is_no_text_or_far_too_large_is_refused(tmp_path):
    path = tmp_path / "facts.json"
    for given in (b"\xff\xfe\x00", b" " * 1_000_001):
        path.write_bytes(given)
        with pytest.raises(CommandError) as refused:
            call_command("assess_breach", input=path)
        assert refused.value.returncode == 1


def test_a_file_that_is_not_there_is_wrong_use(tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("assess_breach", input=tmp_path / "none.json")
    assert refused.value.returncode == 2


def test_it_runs_where_there_is_no_database(tmp_path):
    path = written(tmp_path, to_json(LETTER))
    nowhere = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/no/folder/db.sqlite3"}

    def run(*words):
        command = [sys.executable, "manage.py", "assess_breach", *words]
        return subprocess.run(command, cwd=ROOT, env=nowhere, capture_output=True, text=True, check=False)

    done = run("--input", str(path), "--language", "en", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["conclusion"] == "register"
    assert run().returncode == 2
    path.write_text("{}")
    assert run("--input", str(path)).returncode == 1


def test_the_examples_of_the_document_say_what_it_says(tmp_path, capsys):
    text = DOCUMENT.read_text(encoding="utf-8")
    examples = re.findall(r"```json\n(\{.*?)```\s+Suggestion: `(\w+)`, at least `(\w+)`", text, re.DOTALL)
    assert len(examples) >= 3
    for example, conclusion, least in examples:
        told = json.loads(assess(written(tmp_path, example), capsys, format="json", on=DAY))
        assert (told["conclusion"], told["at_least"]) == (conclusion, least)
        if "strangers" in example:
            assert told["ask_first"][0]["fact"] == "key_safe"
