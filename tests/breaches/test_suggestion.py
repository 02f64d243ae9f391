"""The suggestion: what may never happen for any facts at all, and where a score misleads."""

import random
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from breaches import terms
from breaches.facts import BreachFacts, hints
from breaches.judging import CONCLUSIONS, RISKS
from breaches.kinds import Extent, Kind, Recipients
from breaches.law import Conclusion, Exemption, Risk, Role
from breaches.reasons import ASKED, SENTENCES
from breaches.scales import Availability, Confidentiality, Context, Identification, Integrity, Malice
from breaches.severity import Answers, context_score
from breaches.suggestion import suggest
from breaches.unknowns import LOSSES, ORDER, unknown

TERMS = terms.shipped(date(2026, 11, 22))
BLANK = {"unintelligible": Extent.UNKNOWN, "recipients": Recipients.UNKNOWN}
SCALES = {
    "identification": Identification,
    "confidentiality": Confidentiality,
    "integrity": Integrity,
    "availability": Availability,
    "malice": Malice,
}
PEOPLE = [0, 1, 99, 100, 101, 5000]
numbers = st.none() | st.sampled_from(PEOPLE)
kinds = st.frozensets(st.sampled_from(Kind))


def with_answer(one, **changed):
    return replace(one, severity=replace(one.severity, **changed))


LETTER = BreachFacts(
    kinds=frozenset({Kind.CONFIDENTIALITY}),
    severity=Answers(
        frozenset({Context.SIMPLE}),
        Identification.MAXIMUM,
        Confidentiality.KNOWN,
        Integrity.NONE,
        Availability.NONE,
        Malice.NO,
    ),
    special=False, criminal=False, identity_data=False, children=False, vulnerable=False,
    people_min=1, people_max=1,
    unintelligible=Extent.NONE, key_safe=False, recipients=Recipients.KNOWN, deletion_confirmed=False,
    nothing_taken=False, restored_quickly=False, care_interrupted=False,
    later_measures=False, disproportionate_effort=False, dutch_financial_undertaking=False,
)  # fmt: skip
"""A letter with a name and an address that came to the wrong house: everything is known."""


def record(**changed):
    """A medical record with strangers."""
    sensitive = with_answer(LETTER, data=frozenset({Context.SENSITIVE}), confidentiality=Confidentiality.STRANGERS)
    return replace(sensitive, special=True, recipients=Recipients.STRANGERS, **changed)


def attack(**changed):
    """Ransomware on files that are back after a while; nobody says that data were seen."""
    known = with_answer(
        LETTER, confidentiality=Confidentiality.NONE, availability=Availability.TEMPORARY, malice=Malice.YES
    )
    return replace(known, kinds=frozenset({Kind.AVAILABILITY}), **changed)


PLAIN = (
    LETTER,
    record(),
    record(unintelligible=Extent.ALL, key_safe=True),
    attack(nothing_taken=True),
    attack(restored_quickly=True),
    replace(LETTER, recipients=Recipients.TRUSTED, deletion_confirmed=True),
    BreachFacts(),
)


def made(seed):
    """Any facts at all: those of a plain case with a few, many or all of them replaced.

    One draw for the whole: a draw for each of the 25 fields takes a minute per test.
    """
    chance = random.Random(seed)
    base, often = chance.choice(PLAIN), chance.choice([0.1, 0.3, 1])

    def some(values, most):
        return frozenset(chance.sample(list(values), chance.randint(0, most)))

    def other(values):
        return chance.choice([*values, None])

    changed = {name: other(values) for name, values in ORDER.items() if chance.random() < often}
    changed |= {name: blank for name, blank in BLANK.items() if name in changed and changed[name] is None}
    if chance.random() < often:
        changed["kinds"] = some(Kind, 3)
    if chance.random() < often:
        low, high = other(PEOPLE), other(PEOPLE)
        low, high = (high, low) if low is not None and high is not None and low > high else (low, high)
        changed |= {"people_min": low, "people_max": high}
    answers = {name: other(scale) for name, scale in SCALES.items() if chance.random() < often}
    if chance.random() < often:
        answers["data"] = some(Context, 3)
    return replace(with_answer(base, **answers), **changed)


def facts():
    return st.integers(0, 2**40).map(made)


def rank(found):
    return CONCLUSIONS.index(found.conclusion), RISKS.index(found.risk)


def never_better(worse, better):
    first, second = suggest(worse, TERMS), suggest(better, TERMS)
    assert all(one >= other for one, other in zip(rank(first), rank(second), strict=True))
    return first, second


def fits(one):
    """Facts that do not contradict themselves about the kinds of breach."""
    return not one.kinds or one.implied <= one.kinds


many = settings(max_examples=100)


@many
@given(facts(), st.sampled_from(["risk", "high_risk"]))
def test_people_are_never_told_without_the_authority(one, threshold):
    found = suggest(one, replace(TERMS, threshold=threshold))
    if found.conclusion == Conclusion.PEOPLE:
        assert found.risk == Risk.HIGH
        assert set(found.exemptions) <= {Exemption.EFFORT}
    if found.risk == Risk.HIGH:
        assert found.conclusion in (Conclusion.AUTHORITY, Conclusion.PEOPLE)
    if found.conclusion != Conclusion.PEOPLE:
        assert found.exemptions
    assert CONCLUSIONS.index(found.at_least) <= CONCLUSIONS.index(found.conclusion)


@many
@given(facts())
def test_the_same_facts_give_the_same_suggestion_that_can_be_said_and_stored(one):
    found = suggest(one, TERMS)
    assert found == suggest(replace(one), TERMS)
    with translation.override("en"):
        assert all(remark.sentence and "%(" not in remark.sentence for remark in (*found.reasons, *found.warnings))
    assert found.settled == (not found.ask_first)
    assert set(found.ask_first) <= set(found.unknown) <= set(ASKED)
    assert len({remark.key for remark in (*found.reasons, *found.warnings)}) == len(found.reasons + found.warnings)


@pytest.mark.parametrize("name", ORDER)
@settings(max_examples=25)
@given(facts(), st.data())
def test_a_worse_fact_never_lowers_it(name, one, data):
    better, worse = sorted(data.draw(st.lists(st.sampled_from(range(len(ORDER[name]))), min_size=2, max_size=2)))
    first, second = never_better(
        replace(one, **{name: ORDER[name][worse]}), replace(one, **{name: ORDER[name][better]})
    )
    assert CONCLUSIONS.index(first.at_least) >= CONCLUSIONS.index(second.at_least)


@pytest.mark.parametrize("name", ORDER)
@settings(max_examples=25)
@given(facts(), st.data())
def test_knowing_less_of_a_fact_never_lowers_it(name, one, data):
    known = replace(one, **{name: data.draw(st.sampled_from(ORDER[name]))})
    assume(fits(known))
    never_better(replace(one, **{name: BLANK.get(name)}), known)


@many
@given(facts(), st.sampled_from(sorted(SCALES)), st.data())
def test_a_worse_answer_never_lowers_it_nor_does_an_answer_less(one, name, data):
    scale = list(SCALES[name])
    better, worse = sorted(data.draw(st.lists(st.sampled_from(range(len(scale))), min_size=2, max_size=2)))
    never_better(with_answer(one, **{name: scale[worse]}), with_answer(one, **{name: scale[better]}))
    if name not in LOSSES or not one.kinds or LOSSES[name] in one.kinds:
        never_better(with_answer(one, **{name: None}), with_answer(one, **{name: scale[worse]}))


@many
@given(facts(), st.sampled_from(Context), st.sampled_from(Context))
def test_more_sensitive_data_never_lower_it(one, first, second):
    less, more = sorted((first, second), key=context_score)
    never_better(with_answer(one, data=frozenset({more})), with_answer(one, data=frozenset({less})))
    never_better(with_answer(one, data=frozenset({less, more})), with_answer(one, data=frozenset({less})))
    never_better(with_answer(one, data=frozenset()), with_answer(one, data=frozenset({more})))


@many
@given(facts(), numbers, numbers)
def test_more_people_or_an_unknown_number_never_lower_it(one, first, second):
    counted = sorted(number for number in (first, second) if number is not None)
    some = [replace(one, people_min=number, people_max=number) for number in counted]
    some += [replace(one, people_min=None, people_max=None)]
    for better, worse in pairwise(some):
        never_better(worse, better)


@many
@given(facts(), kinds, kinds)
def test_more_kinds_of_breach_or_unknown_ones_never_lower_it(one, some, others):
    assume(some)
    less, more = replace(one, kinds=some), replace(one, kinds=some | others)
    never_better(more, less)
    never_better(replace(one, kinds=frozenset()), more)


@settings(max_examples=200)
@given(facts(), facts())
def test_whatever_becomes_known_stays_between_the_two_conclusions(one, later):
    """The second value fills in what the first does not know."""
    answered = {name: getattr(later.severity, name) for name in one.severity.missing}
    known = {name: getattr(later, name) for name in ORDER if getattr(one, name) in (None, "")}
    filled = replace(with_answer(one, **answered), kinds=one.kinds or later.kinds, **known)
    if one.people_min is None and one.people_max is None:
        filled = replace(filled, people_min=later.people_min, people_max=later.people_max)
    assume(fits(filled))
    assume(one.kinds or not filled.kinds or one.implied <= filled.kinds)
    before, after = suggest(one, TERMS), suggest(filled, TERMS)
    assert CONCLUSIONS.index(before.at_least) <= CONCLUSIONS.index(after.at_least)
    assert CONCLUSIONS.index(after.conclusion) <= CONCLUSIONS.index(before.conclusion)


@many
@given(facts())
def test_a_processor_tells_the_controllers_and_makes_no_test_of_risk(one):
    found = suggest(replace(one, role=Role.PROCESSOR), TERMS)
    assert found.conclusion == found.at_least == Conclusion.CONTROLLERS
    assert (found.risk, found.severity, found.ask_first) == (None, None, ())
    assert [remark.key for remark in found.reasons] == ["processor"]


def keys(remarks):
    return {remark.key for remark in remarks}


@pytest.mark.parametrize(
    ("one", "conclusion"),
    [
        (LETTER, Conclusion.REGISTER),
        (replace(LETTER, special=True), Conclusion.AUTHORITY),
        (replace(LETTER, people_max=101), Conclusion.AUTHORITY),
        (replace(LETTER, special=True, recipients=Recipients.TRUSTED, deletion_confirmed=True), Conclusion.AUTHORITY),
        (with_answer(LETTER, data=frozenset({Context.SIMPLE_PROFILE})), Conclusion.AUTHORITY),
        (record(), Conclusion.PEOPLE),
        (record(unintelligible=Extent.ALL, key_safe=True), Conclusion.REGISTER),
        (record(unintelligible=Extent.ALL, key_safe=None), Conclusion.PEOPLE),
        (record(unintelligible=Extent.PART, key_safe=True), Conclusion.PEOPLE),
        (record(later_measures=True), Conclusion.AUTHORITY),
        (record(dutch_financial_undertaking=True), Conclusion.AUTHORITY),
        (record(disproportionate_effort=True), Conclusion.PEOPLE),
        (attack(), Conclusion.AUTHORITY),
        (attack(nothing_taken=True, restored_quickly=True), Conclusion.REGISTER),
        (attack(nothing_taken=False, restored_quickly=True), Conclusion.AUTHORITY),
        (attack(care_interrupted=True), Conclusion.PEOPLE),
        (attack(care_interrupted=True, restored_quickly=True, nothing_taken=True), Conclusion.AUTHORITY),
        (BreachFacts(), Conclusion.PEOPLE),
    ],
)
def test_conclusions_of_plain_cases(one, conclusion):
    assert suggest(one, TERMS).conclusion == conclusion


LOW = with_answer(LETTER, confidentiality=Confidentiality.EXPOSED)
HIGH = record()


@pytest.mark.parametrize(
    ("one", "warning"),
    [
        (replace(LETTER, special=True), "low_special"),
        (replace(LETTER, criminal=True), "low_criminal"),
        (replace(LETTER, identity_data=True), "low_identity_data"),
        (replace(LETTER, children=True), "low_children"),
        (replace(LETTER, vulnerable=True), "low_vulnerable"),
        (replace(LETTER, people_max=101), "low_people"),
        (replace(LETTER, people_max=None), "low_people_unknown"),
        (LOW, "low_no_proof"),
        (attack(), "low_no_proof"),
        (attack(care_interrupted=True), "low_care_interrupted"),
        (replace(HIGH, unintelligible=Extent.ALL, key_safe=True), "high_unintelligible"),
        (replace(HIGH, restored_quickly=True), "high_restored_quickly"),
        (replace(HIGH, recipients=Recipients.TRUSTED, deletion_confirmed=True), "high_trusted"),
        (replace(LETTER, unintelligible=Extent.PART), "partly_unintelligible"),
        (replace(LETTER, unintelligible=Extent.ALL, key_safe=None), "key_not_safe"),
        (attack(unintelligible=Extent.ALL, key_safe=True), "encrypted_by_attacker"),
        (replace(LETTER, recipients=Recipients.TRUSTED, deletion_confirmed=None), "deletion_not_confirmed"),
        (replace(LETTER, special=True), "special_not_scored"),
        (replace(LETTER, kinds=frozenset(Kind)), "kind_not_scored"),
        (with_answer(LETTER, availability=Availability.PERMANENT), "kind_not_named"),
        (replace(LETTER, nothing_taken=True), "seen_and_not_taken"),
        (with_answer(attack(restored_quickly=True), availability=Availability.PERMANENT), "gone_and_restored"),
        (attack(recipients=Recipients.TRUSTED), "trusted_and_malice"),
        (replace(LETTER, role=Role.JOINT_CONTROLLER), "joint"),
        (record(dutch_financial_undertaking=True), "duty_of_care"),
        (BreachFacts(), "not_assessed"),
    ],
)
def test_it_warns_where_the_score_misleads_or_facts_do_not_fit(one, warning):
    assert warning in keys(suggest(one, TERMS).warnings)
    assert warning not in keys(suggest(LETTER, TERMS).warnings)


def test_a_plain_case_has_no_warning_and_nothing_to_ask():
    found = suggest(LETTER, TERMS)
    assert (found.warnings, found.unknown, found.settled) == ((), (), True)
    assert found.severity.arithmetic == "1 × 1 + 0.25 = 1.25"
    assert found.exemptions == (Exemption.NO_HIGH_RISK,)


def test_flags_never_change_the_number():
    one = record(unintelligible=Extent.ALL, key_safe=True, people_max=None, people_min=200)
    found = suggest(one, TERMS)
    assert found.flags == ("many_people", "unintelligible")
    assert found.severity == suggest(record(), TERMS).severity


def test_what_would_settle_it_is_asked_first():
    one = record(unintelligible=Extent.ALL, key_safe=None, children=None)
    found = suggest(one, TERMS)
    assert (found.conclusion, found.at_least) == (Conclusion.PEOPLE, Conclusion.REGISTER)
    assert found.ask_first == ("key_safe", "children")


def test_an_answer_that_cannot_matter_is_not_asked():
    encrypted = replace(LETTER, key_safe=None, restored_quickly=None, care_interrupted=None)
    assert unknown(encrypted, 100) == ()


def test_the_reasons_name_what_raised_a_low_score():
    found = suggest(replace(LETTER, special=True, children=True), TERMS)
    with translation.override("en"):
        said = [remark.sentence for remark in found.reasons]
    assert any("special categories of data, children" in sentence for sentence in said)
    with translation.override("nl"):
        score = next(remark.sentence for remark in found.reasons if remark.key == "score")
    assert "1,25" in score


def test_the_threshold_is_a_dated_fact_of_law():
    medium = with_answer(LETTER, data=frozenset({Context.SIMPLE_PROFILE}))
    later = suggest(medium, replace(TERMS, threshold="high_risk"))
    assert later.conclusion == Conclusion.REGISTER
    assert "below_threshold" in keys(later.reasons)
    assert suggest(record(), replace(TERMS, threshold="high_risk")).conclusion == Conclusion.PEOPLE


def test_every_sentence_is_said_somewhere():
    one, some = BreachFacts(), set()
    cases = [
        one, LETTER, record(), attack(), attack(care_interrupted=True), replace(LETTER, role=Role.PROCESSOR),
        attack(care_interrupted=True, restored_quickly=True), replace(LETTER, special=True),
        record(unintelligible=Extent.ALL, key_safe=True), record(later_measures=True),
        record(disproportionate_effort=True), record(dutch_financial_undertaking=True),
        replace(LETTER, recipients=Recipients.TRUSTED, deletion_confirmed=True),
        replace(LETTER, recipients=Recipients.TRUSTED, deletion_confirmed=True, special=True),
        replace(LETTER, recipients=Recipients.TRUSTED, deletion_confirmed=True, special=None),
        replace(LOW, nothing_taken=True), attack(restored_quickly=True),
    ]  # fmt: skip
    for case in cases:
        some |= keys(suggest(case, TERMS).reasons)
    medium = with_answer(LETTER, data=frozenset({Context.SIMPLE_PROFILE}))
    some |= keys(suggest(medium, replace(TERMS, threshold="high_risk")).reasons)
    reasons = {key for key in SENTENCES if key in list(SENTENCES)[: list(SENTENCES).index("not_assessed")]}
    assert reasons - some == set()


@pytest.mark.parametrize(
    ("data", "people", "expected"),
    [
        ([], [], (None, None, None, None, None)),
        (["name"], ["customers"], (False, False, False, False, False)),
        (["name", "health"], ["minors"], (True, False, False, True, False)),
        (["unknown", "national_id"], ["unknown", "patients"], (None, None, True, None, True)),
        (["name"], ["pupils"], (False, False, False, None, False)),
        (["criminal"], ["vulnerable", "customers"], (False, True, False, False, True)),
    ],
)
def test_what_leaked_and_whose_it_is_gives_hints(data, people, expected):
    found = hints(data, people)
    assert tuple(found[name] for name in ("special", "criminal", "identity_data", "children", "vulnerable")) == expected
