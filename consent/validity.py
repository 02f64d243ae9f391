"""When consent is valid: the questions of Art. 4(11), 7 and 8 GDPR, and which answers keep a wording from being used.

The one rule: every question that applies is answered, and an answer that makes consent invalid blocks publishing with
the reason. Pure: nothing is read here.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

YES, NO = "yes", "no"
REASON = "imbalance_reason"
"""Beside the answers: why refusing is a real choice where the one who asks has power over the person."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the purpose decides which questions apply."""

    is_explicit: bool = False
    reaches_children: bool = False
    must_be_explicit: bool = False  # as the register has it


@dataclass(frozen=True, slots=True)
class Question:
    """`good` is the only answer that passes; `why` is said of the other one. No `good`: either answer passes."""

    key: str
    test: str
    text: str
    article: str
    good: str = YES
    why: str = ""
    only: str = ""  # a field of `Asked` that must be true


QUESTIONS = (
    Question(
        "refusable",
        _("Free"),
        _("Can somebody refuse, or withdraw later, without any disadvantage?"),
        "4(11), rec. 42",
        why=_("Who cannot refuse without disadvantage does not consent freely."),
    ),
    Question(
        "conditional",
        _("Free"),
        _("Does somebody get a service only with this consent, though the service does not need it?"),
        "7(4)",
        good=NO,
        why=_("A service may not depend on a consent that it does not need."),
    ),
    Question(
        "separate",
        _("Free"),
        _("Can somebody say yes to this purpose and channel, and no to every other?"),
        "rec. 43",
        why=_("Each purpose and channel is a choice of its own: split them."),
    ),
    Question(
        "imbalance",
        _("Free"),
        _("Do you ask it as an employer, a public body or a school?"),
        "rec. 43",
        good="",
    ),
    Question(
        "one_purpose",
        _("Specific"),
        _("Does the text name exactly one purpose?"),
        "6(1)(a), rec. 32",
        why=_("A text that names more than one purpose asks for no specific consent: make a wording for each."),
    ),
    Question(
        "controllers",
        _("Informed"),
        _("Do people read there who uses their data: you, and everybody else who relies on this consent?"),
        "4(11), rec. 42",
        why=_("Who does not know who uses the data cannot consent to it: name every controller."),
    ),
    Question(
        "data_named",
        _("Informed"),
        _("Do people read there which data of theirs are used?"),
        "4(11)",
        why=_("Say which data are used: without it consent is not informed."),
    ),
    Question(
        "notice",
        _("Informed"),
        _("Is the privacy notice within reach at that place?"),
        "13",
        why=_("Put a link to the privacy notice there, or hand it over."),
    ),
    Question(
        "act",
        _("Unambiguous"),
        _("Does the person do something themselves: is no box ticked beforehand, and is silence a no?"),
        "4(11), rec. 32",
        why=_("Options that are ticked beforehand, and silence, are no consent: leave every box empty."),
    ),
    Question(
        "own_box",
        _("Distinguishable"),
        _("Does it stand apart from terms and other matters, with a box or question of its own?"),
        "7(2)",
        why=_("Agreeing to terms and giving consent cannot be one box: give consent a box of its own."),
    ),
    Question(
        "plain",
        _("Distinguishable"),
        _("Do the people you ask understand the words at once?"),
        "7(2)",
        why=_("Consent is asked in clear and plain words: write it shorter and simpler."),
    ),
    Question(
        "withdrawable",
        _("Withdrawable"),
        _("Can it be withdrawn at any time, in no more steps than giving it takes?"),
        "7(3)",
        why=_("Withdrawing must be as easy as giving: without a way out there is no valid consent."),
    ),
    Question(
        "told",
        _("Withdrawable"),
        _("Is that said before the person consents?"),
        "7(3)",
        why=_("People are told how to withdraw before they consent."),
    ),
    Question(
        "prior",
        _("Prior"),
        _("Does nothing of it begin before the consent is there?"),
        "6(1)(a)",
        why=_("What began before the consent is not covered by it."),
    ),
    Question(
        "age",
        _("Child"),
        _("Is the age asked, and does a parent consent for who is too young, with a check that fits the risk?"),
        "8",
        why=_("Children under the age of consent do not consent alone: ask the age, and let a parent consent."),
        only="reaches_children",
    ),
    Question(
        "confirmed",
        _("Explicit"),
        _("Does the person confirm a whole sentence: a tick beside it, a signature, or in two steps?"),
        "9(2)(a), 22(2)(c), 49(1)(a)",
        why=_("Explicit consent is an express statement: let the person confirm the whole sentence."),
        only="is_explicit",
    ),
)
TERMS = re.compile(
    r"voorwaarden|spelregels|huisregels|\bterms\b|\bt ?(&|and) ?c\b|general conditions|conditions of \w+", re.IGNORECASE
)
ACCEPTS = re.compile(r"akkoord|accepteer|aanvaard|\baccept|\bagree|instem", re.IGNORECASE)
KEYS = (*(question.key for question in QUESTIONS), REASON)


@dataclass(frozen=True, slots=True)
class Blocker:
    """Why a wording cannot be used yet; `key` is the question or part of the text, `about` its name for people."""

    key: str
    about: str
    why: str


def applying(asked):
    return tuple(question for question in QUESTIONS if not question.only or getattr(asked, question.only))


def blockers(answers, texts, asked):
    """What keeps a wording from being published: `answers` by key, `texts` as {language: {"text", "withdrawal"}}."""
    return (
        *_of_texts(texts),
        *_of_register(asked),
        *(found for question in applying(asked) if (found := _of_answer(question, answers))),
    )


def _of_register(asked):
    if asked.must_be_explicit and not asked.is_explicit:
        why = _(
            "By the register this rests on explicit consent (Art. 9(2)(a), 22(2)(c) or 49(1)(a)): say so at the "
            "purpose, or make a purpose that says so."
        )
        yield Blocker("explicit", _("Explicit consent is needed"), why)


def bundles_terms(text):
    """Whether somebody who says yes to this would accept terms too."""
    return bool(TERMS.search(text) and ACCEPTS.search(text))


def no_terms():
    return _(
        "Accepting terms and giving consent cannot be one thing (Art. 7(2)): take the terms out and ask them elsewhere."
    )


def _of_answer(question, answers):
    given = answers.get(question.key, "")
    if given not in (YES, NO):
        return Blocker(question.key, question.text, _("Not answered yet."))
    if question.good and given != question.good:
        return Blocker(question.key, question.text, question.why)
    if question.key == "imbalance" and given == YES and not answers.get(REASON, "").strip():
        why = _("You have power over the people you ask: write down why refusing is a real choice all the same.")
        return Blocker(REASON, question.text, why)
    return None


def _of_texts(texts):
    written = {language: text for language, text in texts.items() if text.get("text", "").strip()}
    if not written:
        yield Blocker("text", _("What people read"), _("There is no text yet."))
    for language, text in written.items():
        if not text.get("withdrawal", "").strip():
            why = _("Say how people can withdraw, also in this language: without a way out there is no valid consent.")
            yield Blocker(f"withdrawal_{language}", _("How to withdraw it"), why)
        if bundles_terms(f"{text['text']} {text.get('script', '')}"):
            yield Blocker(f"text_{language}", _("What people read"), no_terms())
