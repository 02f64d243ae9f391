"""The settings: named for the operator, loud when incomplete, ready for production."""

import json
import logging
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, localize_input
from django.utils.timezone import datetime

from core.logs import JsonFormatter

ROOT = Path(settings.BASE_DIR)
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "n4vXw0Yk2mT8qLr5sHd7jGf1aPz9bCe3uIoQxNyMtVwRkJhEgB",
    "FIELD_KEYS": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=",
    "CONSENT_KEYS": "1:tests-only",
    "ALLOWED_HOSTS": "register.example",
    "BASE_URL": "https://register.example",
}


def manage(*words, without=(), **environment):
    """Run manage.py as a production machine would: nothing of the tests' own environment comes along."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    given = {name: value for name, value in (PRODUCTION | environment).items() if name not in without}
    # An empty value stands for a missing one, since a developer's .env would fill a gap.
    empty = dict.fromkeys(without, "")
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=kept | given | empty, capture_output=True, text=True
    )


def test_every_name_in_the_example_is_read_by_the_settings_and_the_other_way_round():
    example = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    source = (ROOT / "config" / "settings.py").read_text()
    read = set(re.findall(r"""(?:env(?:\.\w+)?|secret)\(\s*"([A-Z_]+)\"""", source))
    assert example == read


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "CONSENT_KEYS"])
def test_production_does_not_start_without_its_secrets(name):
    result = manage("check", without=[name])
    assert result.returncode != 0
    assert f"Set {name} in the environment" in result.stderr


def test_production_does_not_start_with_keys_that_nobody_can_tell_apart():
    result = manage("check", CONSENT_KEYS="a-key-without-version")
    assert result.returncode != 0
    assert "CONSENT_KEYS holds VERSION:KEY" in result.stderr


def test_production_settings_pass_every_check_of_django():
    result = manage("check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


def test_no_model_is_without_its_migration():
    result = manage("makemigrations", "--check", "--dry-run", DATABASE_URL="sqlite://:memory:")
    assert result.returncode == 0, result.stdout + result.stderr


def test_english_dates_are_not_american():
    moment = datetime(2026, 3, 5, 14, 30)  # only its spelling matters
    with translation.override("en"):
        assert date_format(moment, "SHORT_DATE_FORMAT") == "5 Mar 2026"
        assert date_format(moment, "DATE_FORMAT") == "5 March 2026"
    with translation.override("nl"):
        assert (
            date_format(moment, "SHORT_DATE_FORMAT") == "5-3-2026"
            or date_format(moment, "SHORT_DATE_FORMAT") == "05-03-2026"
        )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_date_field_is_filled_in_the_way_a_browser_reads_it(language):
    with translation.override(language):
        assert localize_input(datetime(2026, 3, 5).date()) == "2026-03-05"


@pytest.mark.django_db
def test_every_answer_carries_the_policies_and_a_request_number(client):
    response = client.get("/account/login/", headers={"X-Request-ID": "not good!\n"})
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "camera=()" in response["Permissions-Policy"]
    assert response["Referrer-Policy"] == "same-origin"
    assert re.fullmatch(r"[0-9a-f]{32}", response["X-Request-ID"])
    assert client.get("/account/login/", headers={"X-Request-ID": "abc-12345"})["X-Request-ID"] == "abc-12345"


def test_a_log_line_tells_the_place_of_a_fault_but_not_what_was_in_it(rf):
    request = rf.get("/o/secret-name/")
    try:
        raise ValueError("person@example.org")
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, "", 1, "Error: %s", (request.path,), sys.exc_info())
    record.request = request
    line = JsonFormatter().format(record)
    assert "example.org" not in line
    assert "secret-name" not in line
    assert json.loads(line)["exception"] == "builtins.ValueError"


def test_a_test_cannot_reach_the_internet():
    with socket.socket() as outside, pytest.raises(RuntimeError, match="tried to reach"):
        outside.connect(("192.0.2.1", 80))
