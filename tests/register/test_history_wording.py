"""Every act has a sentence for people, in the language of the reader."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from accounts import wording

ROOT = Path(settings.BASE_DIR)
DAY = "2026-03-01"
EXAMPLES = {
    "activity.section_saved": [{"section": "data", "code": "VA-0007", "name": "Payroll"}],
    "activity.upkeep": [
        {"fields": ["owner", "review_on"], "count": 1, "codes": ["VA-0007"]},
        {"fields": ["owner"], "count": 3, "codes": []},
    ],
    "activity.labelled": [
        {"add": ["A"], "remove": [], "count": 1, "codes": ["VA-0007"]},
        {"add": [], "remove": ["B"], "count": 2, "codes": []},
        {"add": ["A"], "remove": ["B"], "count": 2, "codes": []},
    ],
    "activity.reviewed": [{"count": 1, "codes": ["VA-0007"]}, {"count": 3, "codes": []}],
    "activity.established": [
        {"count": 1, "valid_from": DAY, "versions": [{"code": "VA-0007", "number": 3}]},
        {"count": 9, "valid_from": DAY, "versions": []},
    ],
    "activity.sent_for_approval": [{"count": 1, "codes": ["VA-0007"]}, {"count": 2, "codes": []}],
    "activity.approved": [
        {"code": "VA-0007", "name": "Payroll"},
        {"code": "VA-0007", "name": "Payroll", "versions": [{"code": "VA-0007", "number": 3}]},
    ],
    "activity.ended": [{"code": "VA-0007", "name": "Payroll", "on": DAY}],
    "register.import_undone": [{"count": 1, "file": "register.csv"}, {"count": 8, "file": "register.csv"}],
    "activity.answered": [{"fields": ["informed"], "count": 3, "codes": []}],
    "activity.started": [
        {"code": "VA-0007", "name": "Payroll", "starter": "payroll"},
        {"code": "VA-0007", "name": "Payroll", "own": "Our payroll"},
    ],
    "register.started": [{"count": 1}, {"count": 8}],
    "notice.published": [{"title": "Customers", "number": 2, "day": DAY}],
    "law.added": [{"fact": "breach-deadline", "value": "72", "day": DAY}],
    "law.removed": [{"fact": "breach-deadline", "value": "72", "day": DAY}],
    "law.confirmed": [{"fact": "breach-deadline", "value": "72", "day": DAY}],
    "law.doubted": [{"fact": "breach-deadline", "value": "72", "day": DAY}],
    "attestation.asked": [{"owners": 1, "count": 1, "codes": []}, {"owners": 4, "count": 9, "codes": []}],
    "attestation.ended": [{"code": "VA-0007", "name": "Payroll", "owner": "Ann Vos", "on": DAY}],
    "publication.made": [{"count": 1, "codes": ["VA-0007"]}, {"count": 3, "codes": []}],
    "advice.given": [{"subject": "Retention"}, {"subject": "Retention", "code": "VA-0007"}],
    "advice.answered": [{"subject": "Retention", "answer": "partly"}],
    "library.loaded": [{"count": 1}, {"count": 400}],
    "register.imported": [{"count": 1, "file": "register.csv"}, {"count": 8, "file": "register.csv"}],
    "findings.accepted": [
        {"count": 1, "rules": ["L001"]},
        {"count": 3, "rules": ["L001", "P001"], "until": DAY},
    ],
    "findings.acceptance_withdrawn": [{"count": 1, "rules": ["L001"]}],
    "rules.switched": [
        {"code": "L", "on": True},
        {"code": "L", "on": False},
        {"code": "L001", "on": True},
        {"code": "L001", "on": False},
    ],
} | {
    f"shared.{act}": [{"model": "party", "name": "Acme", "other": "ACME"}]
    for act in ("added", "changed", "retired", "returned", "deleted", "merged")
}


def texts(node, function):
    """The words an expression may stand for: a constant, a choice of two, or a name that was given one before."""
    if isinstance(node, ast.Constant):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body, function)
        yield from texts(node.orelse, function)
    elif isinstance(node, ast.Name):
        for other in ast.walk(function):
            if isinstance(other, ast.Assign) and any(getattr(name, "id", "") == node.id for name in other.targets):
                yield from texts(other.value, function)


def acts(function):
    for call in ast.walk(function):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) == "act":
            yield call


def kinds_of_acts():
    """Every kind that our code gives to an act."""
    for path in (path for app in ("accounts", "register", "portal") for path in (ROOT / app).rglob("*.py")):
        functions = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]
        for function in functions:
            for word in (word for call in acts(function) for word in call.keywords if word.arg == "kind"):
                yield from texts(word.value, function)


def test_every_kind_of_change_has_a_sentence():
    kinds = set(kinds_of_acts())
    assert len(kinds) > 25
    assert kinds - set(wording.SENTENCES) == set()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("kind", "details"), [(kind, each) for kind, many in EXAMPLES.items() for each in many])
def test_a_sentence_is_made_from_what_its_act_noted(kind, details, language):
    with translation.override(language):
        assert wording.sentence(kind, details) != kind


def test_every_sentence_that_needs_working_out_has_an_example():
    assert {kind for kind, text in wording.SENTENCES.items() if callable(text)} - set(EXAMPLES) == set()


def test_establishing_tells_the_version_the_activity_and_the_day():
    with translation.override("en"):
        said = wording.sentence("activity.established", EXAMPLES["activity.established"][0])
    assert said == "Established version 3 of VA-0007, valid from 1 Mar 2026"


def test_a_kind_from_a_later_version_shows_its_bare_word():
    assert wording.sentence("moon.landed", {}) == "moon.landed"
    assert wording.sentence("activity.ended", {}) == "activity.ended"
