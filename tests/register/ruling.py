"""A handful of rules for tests, so that what the engine does can be told from what the law says."""

from contextlib import contextmanager
from unittest.mock import patch

from register.checks import engine

MESSAGE, REMEDY = "Because %(why)s", "Mend it"


@contextmanager
def only(**rules):
    """Only these rules are known: `R901=function`, or `L901=(function, {more about the rule})`."""
    with patch.dict(engine.RULES, clear=True):
        for id, given in rules.items():
            function, about = given if isinstance(given, tuple) else (given, {})
            about = {"article": "30", "severity": "medium", "message": MESSAGE, "remedy": REMEDY} | about
            engine.declare(id, function=function, **about)
        yield


def no_reference(entry, context):
    if not entry.reference:
        yield engine.fails("identity", why=entry.name)


def no_basis(entry, context):
    for purpose in entry.purposes:
        if not purpose.basis:
            yield engine.unknown("purposes", line=purpose.id, why=purpose.text_nl)


def review_passed(entry, context):
    review_on = context.facts(entry).review_on
    if review_on and review_on < context.on:
        yield engine.fails("identity", why=review_on)


def recipient_nowhere(entry, context):
    for line in entry.recipients:
        if line.party and line.where is None:
            yield engine.fails("recipients", line=line.id, cause=("party", line.party.id), why=line.party.name)


def without_agreement(entry, context):
    for line in entry.processors:
        if not any(one.is_in_force(context.on) for one in context.agreements_of.get(line.party.id, ())):
            yield engine.fails("recipients", line=line.id, why=line.party.name)


def party_nowhere(party, context):
    if party.country is None:
        yield engine.fails(why=party.name)


def any_party_nowhere(organisation, context):
    for party in context.parties.values():
        if party.activities and party.country is None:
            yield engine.fails(cause=("party", party.id), why=party.name)


def any_agreement(agreement, context):
    yield engine.fails(why=agreement.party_name)


def same_name(outlines, context):
    names = [outline.name for outline in outlines]
    for outline in outlines:
        if names.count(outline.name) > 1:
            yield engine.fails("identity", activity=outline.id, why=outline.name)


def no_controller(organisation, context):
    if not organisation.controllers:
        yield engine.fails(why=organisation.name)


def owner_left(entry, context):
    if context.facts(entry).owner_active is False:
        yield engine.fails("identity", why="left")


def deadline_is(entry, context):
    yield engine.fails(why=context.parameter("breach-deadline"))
