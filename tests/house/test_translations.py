"""The Dutch translation: complete, current, and compiled. (English is the language of the source.)"""

import re
import shutil
import subprocess
import sys
from datetime import date

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

FOLDER = settings.BASE_DIR / "locale" / "nl" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def dutch():
    return polib.pofile(str(FOLDER / "django.po"))


def test_no_sentence_is_without_dutch_or_doubtful(dutch):
    assert [entry.msgid for entry in dutch.untranslated_entries() + dutch.fuzzy_entries()] == []


def test_the_dutch_names_the_same_values_as_the_english(dutch):
    different = []
    for entry in dutch:
        named = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        if entry.msgid_plural:  # a singular may leave the number out: "one activity"
            different += [text for text in entry.msgstr_plural.values() if not set(PLACEHOLDER.findall(text)) <= named]
        elif set(PLACEHOLDER.findall(entry.msgstr)) != named:
            different.append(entry.msgid)
    assert different == []


def test_what_is_compiled_is_what_was_translated(dutch):
    def known(file):
        return {(entry.msgctxt, entry.msgid): entry.msgstr or tuple(entry.msgstr_plural.values()) for entry in file}

    assert known(polib.mofile(str(FOLDER / "django.mo"))) == known([e for e in dutch if not e.obsolete])


def test_every_sentence_of_the_source_is_known_to_the_translator(dutch, tmp_path):
    for name in ("core", "accounts", "register", "breaches", "consent", "portal", "config", "templates"):
        shutil.copytree(settings.BASE_DIR / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(settings.BASE_DIR / "pyproject.toml", tmp_path)  # the settings read the version from it
    (tmp_path / "locale" / "nl" / "LC_MESSAGES").mkdir(parents=True)
    words = [sys.executable, "-m", "django", "makemessages", "-l", "nl", "-v0", "--no-location"]
    subprocess.run(words, cwd=tmp_path, check=True)
    found = polib.pofile(str(tmp_path / "locale" / "nl" / "LC_MESSAGES" / "django.po"))
    new = {(e.msgctxt, e.msgid) for e in found} - {(e.msgctxt, e.msgid) for e in dutch if not e.obsolete}
    assert sorted(msgid for _, msgid in new) == [], "run bin/dev messages"


def test_consent_has_one_word_in_dutch(dutch):
    """A person gives "toestemming" (Art. 4(11)); "instemming" is what a works council gives."""
    said = [entry for entry in dutch if not entry.obsolete and "ondernemingsraad" not in entry.msgstr]
    wrong = [one.msgid for one in said if "instem" in f"{one.msgstr}{one.msgstr_plural}".casefold()]
    assert wrong == []


def test_months_and_days_keep_their_names():
    """A sentence of ours that is also the English name of a month would take its place: "May" became "Mag" once."""
    with translation.override("nl"):
        months = [date_format(date(2026, month, 1), "F") for month in range(1, 13)]
        days = [date_format(date(2026, 1, day), "l") for day in range(5, 12)]
    assert months[4] == "mei"
    assert [*months, *days] == [name.lower() for name in (*months, *days)]
