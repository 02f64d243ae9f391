"""Facts of a breach as JSON: what is written is read back, and whatever is wrong is named with its place."""

import contextlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from breaches.facts import BreachFacts
from breaches.facts_format import SCHEMA, Unreadable, from_json, read, to_json
from breaches.kinds import Extent, Kind, Recipients
from breaches.law import Role
from breaches.scales import Context, Malice

from .test_suggestion import LETTER, facts

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "assess-breach.md"


@given(facts())
def test_what_is_written_is_read_back(one):
    assert read(json.dumps(to_json(one))) == one


def test_the_least_there_is():
    assert read(f'{{"schema": "{SCHEMA}"}}') == BreachFacts()


def test_every_field_of_the_facts_has_its_place_in_the_file():
    given = {
        "schema": SCHEMA,
        "role": "joint_controller",
        "kinds": ["availability"],
        "severity": {"data": ["financial_full"], "malice": True},
        "people": {"min": 3},
        "unintelligible": "part",
        "recipients": "strangers",
        "special": True,
        "key_safe": None,
    }
    found = from_json(given)
    assert (found.role, found.kinds) == (Role.JOINT_CONTROLLER, {Kind.AVAILABILITY})
    assert (found.severity.data, found.severity.malice) == ({Context.FINANCIAL_FULL}, Malice.YES)
    assert (found.people_min, found.people_max) == (3, None)
    assert (found.unintelligible, found.recipients) == (Extent.PART, Recipients.STRANGERS)
    assert (found.special, found.key_safe, found.children) == (True, None, None)


def problems(given):
    text = given if isinstance(given, str) else json.dumps(given)
    with translation.override("en"), pytest.raises(Unreadable) as raised:
        read(text)
    return raised.value.problems


def wrong(**given):
    return problems({"schema": SCHEMA} | given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"peolpe": {}}, "peolpe: This is not known here. Did you mean “people”?"),
        ({"colour": 1}, "colour: This is not known here. Take it out."),
        ({"severity": {"identity": "maximum"}}, "severity.identity: This is not known here. Did you mean"),
        ({"special": "yes"}, "special: Say true or false, or leave it out when nobody knows."),
        ({"special": 1}, "special: Say true or false"),
        ({"severity": {"malice": "no"}}, "severity.malice: Say true or false"),
        ({"people": {"min": 5, "max": 3}}, "people: The least (5) is more than the most (3)."),
        ({"people": {"max": "three"}}, "people.max: Say a whole number"),
        ({"people": {"max": 2.5}}, "people.max: Say a whole number"),
        ({"people": {"max": True}}, "people.max: Say a whole number"),
        ({"people": {"min": -1}}, "people.min: Say a whole number"),
        ({"people": {"max": 10**11}}, "people.max: Say a whole number"),
        ({"people": 12}, "people: This has to be an object"),
        ({"kinds": "integrity"}, "kinds: This has to be a list"),
        ({"kinds": ["integrity", "secrecy"]}, "kinds[1]: “secrecy” is not one of: confidentiality, integrity, avail"),
        ({"kinds": [None]}, "kinds[0]: “null” is not one of"),
        ({"unintelligible": ""}, "unintelligible: “” is not one of: none, part, all."),
        ({"role": ["controller"]}, 'role: “["controller"]” is not one of'),
        ({"severity": {"data": ["secret"]}}, "severity.data[0]: “secret” is not one of: simple, simple_profile"),
        ({"severity": []}, "severity: This has to be an object"),
        ({"recipients": "x" * 500}, "recipients: “" + "x" * 39 + "…” is not one of"),
        ({"recipients": "a\nb\x1b[31m"}, "recipients: “a b [31m” is not one of"),
    ],
)
def test_each_wrong_value_is_named_with_its_place(given, words):
    found = wrong(**given)
    assert len(found) == 1
    assert found[0].startswith(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1, column 1"),
        ('{"schema": "x",}', "This is not valid JSON"),
        ("[1, 2]", "This has to be an object"),
        ('{"schema": "dertig-breach-facts/9"}', "schema: This has to be “dertig-breach-facts/1”."),
        ("{}", "schema: This has to be"),
        ('{"special": true, "special": false}', "“special” stands there twice."),
        ('{"schema": NaN}', "impossible number"),
        ("[" * 100_000, "too deep"),
        ('{"people": ' + "9" * 5000 + "}", "impossible number"),
    ],
)
def test_what_is_no_facts_at_all_is_refused_with_a_sentence(text, words):
    assert any(words in problem for problem in problems(text))


def test_all_that_is_wrong_is_told_at_once():
    assert len(wrong(role="boss", special=0, extra=1, people={"min": "x", "max": "y"})) == 5


KEYS = st.sampled_from(["schema", "severity", "people", "kinds", "data", "special", "min", "x"])
LEAVES = st.none() | st.booleans() | st.integers() | st.text()
anything = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=8)


@given(anything)
def test_no_json_at_all_breaks_the_reader(given):
    found = given | {"schema": SCHEMA} if isinstance(given, dict) else given
    with contextlib.suppress(Unreadable):
        assert isinstance(from_json(found), BreachFacts)


def test_the_document_names_every_key_and_every_word():
    text = DOCUMENT.read_text(encoding="utf-8")
    words = {name for name in to_json(LETTER) if name not in ("severity", "people")}
    words |= {"severity.data", "severity.malice", "people.min", "people.max"}
    for scale in (Role, Kind, Extent, Recipients, Context):
        words |= {value for value in scale.values if value}
    assert [word for word in sorted(words) if f"`{word}`" not in text] == []


def test_every_example_of_the_document_can_be_read():
    examples = re.findall(r"```json\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert len([read(example) for example in examples if SCHEMA in example]) >= 3
