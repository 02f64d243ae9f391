"""ENISA's method over its whole finite space, against numbers written down by hand here."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product

import pytest
from django.utils import translation

from breaches import scales
from breaches.scales import (
    Availability,
    Category,
    Confidentiality,
    Context,
    Identification,
    Integrity,
    Level,
    Malice,
)
from breaches.severity import Answers, bounds, context_score, flags, severity

CONTEXT = {
    "simple": 1, "simple_profile": 2, "simple_beliefs": 3, "simple_safety": 4,
    "behavioural_little": 1, "behavioural": 2, "behavioural_profile": 3, "behavioural_sensitive": 4,
    "financial_little": 1, "financial_some": 2, "financial": 3, "financial_full": 4,
    "sensitive_little": 1, "sensitive_general": 2, "sensitive_guessed": 3, "sensitive": 4,
}  # fmt: skip
QUARTERS = {"negligible": 1, "limited": 2, "significant": 3, "maximum": 4}
SEEN = {"none": 0, "exposed": 0, "known": 1, "strangers": 2}
ALTERED = {"none": 0, "recovered": 0, "recoverable": 1, "lost": 2}
AWAY = {"none": 0, "easy": 0, "temporary": 1, "permanent": 2}
HARM = {"no": 0, "yes": 2}
HARMLESS = Answers(
    frozenset({Context.SIMPLE}),
    Identification.NEGLIGIBLE,
    Confidentiality.NONE,
    Integrity.NONE,
    Availability.NONE,
    Malice.NO,
)


def answers(data="simple", identification="maximum", **circumstances):
    given = {"confidentiality": "none", "integrity": "none", "availability": "none", "malice": "no"} | circumstances
    return Answers(
        frozenset({Context(data)}),
        Identification(identification),
        Confidentiality(given["confidentiality"]),
        Integrity(given["integrity"]),
        Availability(given["availability"]),
        Malice(given["malice"]),
    )


def level_of(quarters):
    return "low" if quarters < 8 else "medium" if quarters < 12 else "high" if quarters < 16 else "very_high"


def test_every_combination_there_is():
    count = 0
    for data, ease, seen, altered, away, harm in product(CONTEXT, QUARTERS, SEEN, ALTERED, AWAY, HARM):
        found = severity(answers(data, ease, confidentiality=seen, integrity=altered, availability=away, malice=harm))
        quarters = CONTEXT[data] * QUARTERS[ease] + SEEN[seen] + ALTERED[altered] + AWAY[away] + HARM[harm]
        assert found.score * 4 == quarters
        assert found.level == level_of(quarters)
        assert isinstance(found.score, Decimal)
        assert Decimal("0.25") <= found.score <= 6
        count += 1
    assert count == 16 * 4 * 4 * 4 * 4 * 2


@pytest.mark.parametrize(
    ("given", "arithmetic", "level"),
    [
        (answers("simple", confidentiality="known"), "1 × 1 + 0.25 = 1.25", Level.LOW),
        (answers("simple_profile", confidentiality="strangers"), "2 × 1 + 0.5 = 2.5", Level.MEDIUM),
        (
            answers("financial", "significant", confidentiality="strangers", malice="yes"),
            "3 × 0.75 + 1 = 3.25",
            Level.HIGH,
        ),
        (answers("sensitive", confidentiality="strangers"), "4 × 1 + 0.5 = 4.5", Level.VERY_HIGH),
        (answers("simple_profile"), "2 × 1 + 0 = 2", Level.MEDIUM),
        (answers("financial"), "3 × 1 + 0 = 3", Level.HIGH),
        (answers("sensitive"), "4 × 1 + 0 = 4", Level.VERY_HIGH),
        (answers("simple", malice="yes", confidentiality="known"), "1 × 1 + 0.75 = 1.75", Level.LOW),
        (answers("simple", "negligible"), "1 × 0.25 + 0 = 0.25", Level.LOW),
        (
            answers("sensitive", confidentiality="strangers", integrity="lost", availability="permanent", malice="yes"),
            "4 × 1 + 2 = 6",
            Level.VERY_HIGH,
        ),
    ],
)
def test_the_worked_examples_and_the_boundaries(given, arithmetic, level):
    assert severity(given).arithmetic == arithmetic
    assert severity(given).level == level


def test_of_several_kinds_of_data_the_highest_counts():
    for some in combinations(Context, 2):
        found = severity(replace(HARMLESS, data=frozenset(some)))
        assert found.context == max(CONTEXT[one] for one in some)


def test_every_context_has_a_category_and_every_category_its_base_and_range():
    assert set(scales.CONTEXTS) == set(Context)
    assert {category: context_score(Context(category)) for category in Category} == scales.BASE
    for category in Category:
        reached = {context_score(one) for one in Context if scales.CONTEXTS[one][0] == category}
        assert reached == {1, 2, 3, 4}


def test_what_is_not_answered_makes_a_range_around_every_answer():
    fields = {
        "data": [frozenset({one}) for one in Context],
        "identification": Identification,
        "confidentiality": Confidentiality,
        "integrity": Integrity,
        "availability": Availability,
        "malice": Malice,
    }
    for name, values in fields.items():
        low, high = bounds(replace(HARMLESS, **{name: type(values[0])() if name == "data" else None}))
        scores = [severity(replace(HARMLESS, **{name: value})).score for value in values]
        assert (low.score, high.score) == (min(scores), max(scores))
    low, high = bounds(Answers())
    assert (low.score, high.score) == (Decimal("0.25"), 6)
    assert Answers().missing == tuple(fields)


def test_complete_answers_leave_no_range():
    low, high = bounds(HARMLESS)
    assert low == high == severity(HARMLESS)


@pytest.mark.parametrize(
    ("facts", "raised"),
    [
        ({"people": 100}, ()),
        ({"people": 101}, ("many_people",)),
        ({"people": None}, ()),
        ({"unintelligible": "all", "key_safe": True}, ("unintelligible",)),
        ({"unintelligible": "all", "key_safe": None}, ()),
        ({"unintelligible": "part", "key_safe": True}, ()),
        ({"people": 500, "unintelligible": "all", "key_safe": True}, ("many_people", "unintelligible")),
    ],
)
def test_flags_stand_beside_the_score(facts, raised):
    given = {"people": 1, "unintelligible": "none", "key_safe": None} | facts
    assert flags(**given, many=100) == raised


def test_every_answer_is_explained():
    with translation.override("en"):
        for scale in (Context, Identification, Confidentiality, Integrity, Availability, Malice, Category):
            assert all(len(str(label)) > 8 for label in scale.labels)
        assert set(scales.MEANING) == set(Level)
        assert set(scales.HELP) == set(scales.QUESTIONS) == set(Answers.__dataclass_fields__)
