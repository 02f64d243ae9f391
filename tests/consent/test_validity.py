"""The checklist of validity: what keeps a wording from being published, and why."""

import pytest
from django.utils import translation

from consent import validity
from consent.validity import Asked, blockers

PASSING = {question.key: question.good or "no" for question in validity.QUESTIONS}
TEXTS = {"en": {"text": "Yes, mail me.", "withdrawal": "Under each mail."}}
EVERYTHING = Asked(is_explicit=True, reaches_children=True)


def stopping(answers=PASSING, texts=TEXTS, asked=EVERYTHING):
    with translation.override("en"):
        return {found.key: str(found.why) for found in blockers(answers, texts, asked)}


def test_a_wording_with_every_good_answer_may_be_published():
    assert stopping() == {}


@pytest.mark.parametrize("question", [one for one in validity.QUESTIONS if one.good], ids=lambda one: one.key)
def test_each_other_answer_blocks_with_its_own_reason_and_so_does_none(question):
    wrong = "no" if question.good == "yes" else "yes"
    assert stopping(PASSING | {question.key: wrong}).keys() == {question.key}
    assert stopping(PASSING | {question.key: ""})[question.key] == "Not answered yet."


@pytest.mark.parametrize(
    ("key", "answer", "why"),
    [
        ("act", "no", "ticked beforehand"),
        ("own_box", "no", "cannot be one box"),
        ("one_purpose", "no", "more than one purpose"),
        ("withdrawable", "no", "without a way out"),
        ("conditional", "yes", "may not depend on a consent"),
    ],
)
def test_what_consent_can_never_be_is_refused_in_words(key, answer, why):
    assert why in stopping(PASSING | {key: answer})[key]


def test_who_has_power_over_people_says_why_refusing_is_a_real_choice():
    assert validity.REASON in stopping(PASSING | {"imbalance": "yes"})
    assert stopping(PASSING | {"imbalance": "yes", validity.REASON: "Nobody sees who refused."}) == {}


@pytest.mark.parametrize(
    "text",
    [
        "I agree to the terms, and mail me.",
        "I accept your T&C.",
        "Ik ga akkoord met de spelregels en wil de nieuwsbrief.",
    ],
)
def test_a_text_that_accepts_terms_is_no_consent_whatever_was_answered(text):
    assert "cannot be one thing" in stopping(texts={"en": TEXTS["en"] | {"text": text}})["text_en"]


def test_what_the_register_wants_explicit_is_asked_so():
    assert "explicit" in stopping(asked=Asked(must_be_explicit=True))
    assert stopping(asked=Asked(is_explicit=True, must_be_explicit=True)) == {}


def test_questions_about_children_and_explicit_consent_are_asked_where_they_matter():
    few = {key: answer for key, answer in PASSING.items() if key not in ("age", "confirmed")}
    assert stopping(few, asked=Asked()) == {}
    assert stopping(few).keys() == {"age", "confirmed"}


def test_each_language_says_how_to_withdraw_and_there_is_a_text():
    assert stopping(texts={}).keys() == {"text"}
    assert stopping(texts=TEXTS | {"nl": {"text": "Ja", "withdrawal": " "}}).keys() == {"withdrawal_nl"}
    assert stopping(texts=TEXTS | {"nl": {"text": " ", "withdrawal": ""}}) == {}
