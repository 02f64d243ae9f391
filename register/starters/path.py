"""The path for a small organisation: ten questions in plain words, and the templates that the answers lead to.

The answers are plain JSON: {step: {"answer": code or list of codes, "questions": {question: answer}}}.
"""

from dataclasses import dataclass
from functools import cache

from .reading import FOLDER, BadStarter, Option, read, shared_questions, starters


@dataclass(frozen=True)
class Step:
    """One question. `leads` says which templates follow from each answer; `questions` are asked along the way, each
    with the answers under which it matters.
    """

    key: str
    number: int
    question: dict
    help: dict
    several: bool
    owner: bool
    options: tuple
    leads: dict
    questions: tuple

    def chosen(self, given):
        """The codes that were answered, as a list."""
        answer = given.get("answer")
        return answer if isinstance(answer, list) else [answer] if answer else []


@cache
def steps():
    """{key: Step}, in order."""
    given = read(FOLDER / "path.toml")["step"]
    return {one["key"]: _step(number, **one) for number, one in enumerate(given, 1)}


def _step(number, *, key, question, help, several=False, owner=False, options=(), asks=()):
    leads = {one["value"]: tuple(one["starters"]) for one in options}
    labels = tuple(Option(one["value"], {"nl": one["nl"], "en": one["en"]}) for one in options)
    questions = tuple(_asked(key, name, leads, owner) for name in asks)
    return Step(key, number, question, help, several, owner, labels, leads, questions)


def _asked(key, name, leads, owner):
    if owner:
        return shared_questions()[name], ()
    values = tuple(value for value, keys in leads.items() if any(starters()[one].question(name) for one in keys))
    if not values:
        raise BadStarter(f"path: no template of {key} asks {name}.")
    return next(starters()[one].question(name) for one in leads[values[0]] if starters()[one].question(name)), values


def is_answered(step, answers):
    return step.key in answers


def next_step(answers):
    """The first step without an answer; None when all have one."""
    return next((step for step in steps().values() if not is_answered(step, answers)), None)


def chosen(answers):
    """(template, answers to its questions) for what was answered so far, each template once, in order."""
    shared = {}
    for step in steps().values():
        if step.owner:
            shared |= answers.get(step.key, {}).get("questions", {})
    found = {}
    for step in steps().values():
        given = answers.get(step.key, {})
        for value in step.chosen(given):
            for key in step.leads.get(value, ()):
                starter, before = found.get(key, (starters()[key], dict(shared)))
                found[key] = starter, before | given.get("questions", {})
    return list(found.values())


def owner_of(answers):
    """The function that answers for everything, when it was given."""
    return next((answers.get(step.key, {}).get("owner", "") for step in steps().values() if step.owner), "")
