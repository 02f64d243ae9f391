"""Two parents and a pupil: whose word counts for a publication."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from consent.kinds import Happening as H
from consent.school.parents import Ages, State, Voice, answer
from consent.school.pupils import AgeRules

START = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)
AT = START + timedelta(days=100)
YOUNG = Ages(decides_from=date(2030, 1, 1), leaves_from=date(2027, 1, 1))
TEEN = Ages(decides_from=date(2030, 1, 1), leaves_from=date(2026, 9, 1))
TURNS_16 = Ages(decides_from=date(2026, 9, 10), leaves_from=date(2026, 9, 1))  # on the third day after START


def by(who, kind, day, **fields):
    """`who` is 1, 2 or None for a parent, or the word for somebody else."""
    is_parent = who in (1, 2, None)
    voice = {"given_by": "parent", "parent": who} if is_parent else {"given_by": who}
    return Voice(kind, START + timedelta(days=day), **(voice | fields))


CASES = [
    ("nobody asked", YOUNG, [], State.NOT_ASKED),
    ("asked without an answer", YOUNG, [by("organisation", H.ASKED, 0)], State.ASKED),
    ("one parent's yes is enough", YOUNG, [by(1, H.GIVEN, 0)], State.YES),
    ("a yes that cannot be proved", YOUNG, [by(1, H.GIVEN, 0, is_provable=False)], State.UNPROVEN),
    ("a no of the other wins", YOUNG, [by(1, H.GIVEN, 0), by(2, H.REFUSED, 1)], State.NO),
    ("also when the yes came later", YOUNG, [by(2, H.REFUSED, 0), by(1, H.GIVEN, 1)], State.NO),
    ("either may withdraw", YOUNG, [by(1, H.GIVEN, 0), by(2, H.GIVEN, 1), by(2, H.WITHDRAWN, 2)], State.WITHDRAWN),
    ("one's own later yes lifts it", YOUNG, [by(2, H.WITHDRAWN, 0), by(2, H.GIVEN, 1)], State.YES),
    ("but no other's", YOUNG, [by(2, H.WITHDRAWN, 0), by(1, H.GIVEN, 1), by(1, H.GIVEN, 2)], State.WITHDRAWN),
    ("an unnamed parent lifts no named one", YOUNG, [by(1, H.REFUSED, 0), by(None, H.GIVEN, 1)], State.NO),
    ("nor the other way round", YOUNG, [by(None, H.REFUSED, 0), by(1, H.GIVEN, 1)], State.NO),
    ("a guardian counts as well", YOUNG, [by(1, H.GIVEN, 0), by("guardian", H.REFUSED, 1)], State.NO),
    ("a young pupil's yes waits", YOUNG, [by("subject", H.GIVEN, 0)], State.WAITS),
    ("a young pupil cannot withdraw", YOUNG, [by(1, H.GIVEN, 0), by("subject", H.WITHDRAWN, 1)], State.YES),
    (
        "unless nobody saw who clicked",
        YOUNG,
        [by(1, H.GIVEN, 0), by("subject", H.WITHDRAWN, 1, is_unseen=True)],
        State.WITHDRAWN,
    ),
    ("from twelve it can", TEEN, [by(1, H.GIVEN, 0), by("subject", H.WITHDRAWN, 1)], State.WITHDRAWN),
    (
        "and a parent does not lift that",
        TEEN,
        [by("subject", H.WITHDRAWN, 1), by(1, H.GIVEN, 2)],
        State.WITHDRAWN,
    ),
    (
        "the pupil does, and then the parent's yes counts",
        TEEN,
        [by(1, H.GIVEN, 0), by("subject", H.WITHDRAWN, 1), by("subject", H.GIVEN, 2)],
        State.YES,
    ),
    (
        "from sixteen the own yes wins",
        TURNS_16,
        [by(1, H.REFUSED, 0), by("subject", H.GIVEN, 5)],
        State.YES,
    ),
    ("and the own no before a yes", TURNS_16, [by(1, H.GIVEN, 0), by("subject", H.REFUSED, 5)], State.NO),
    ("a parent says nothing new then", TURNS_16, [by(1, H.GIVEN, 5)], State.NOT_ASKED),
    ("what a parent said before stands", TURNS_16, [by(1, H.GIVEN, 0)], State.YES),
    ("nobody's own age is known: own yes", None, [by("subject", H.GIVEN, 0)], State.YES),
    ("and a parent's no", None, [by("subject", H.GIVEN, 0), by(1, H.REFUSED, 1)], State.NO),
    ("what ran out is no yes", YOUNG, [by(1, H.GIVEN, 0), by("organisation", H.EXPIRED, 1)], State.ENDED),
    ("at one moment the end counts", YOUNG, [by(1, H.GIVEN, 1), by("organisation", H.REVOKED, 1)], State.ENDED),
    (
        "a new yes after the end",
        YOUNG,
        [by(1, H.GIVEN, 0), by("organisation", H.EXPIRED, 1), by(1, H.RENEWED, 2)],
        State.YES,
    ),
    (
        "an end lifts no no",
        YOUNG,
        [by(2, H.REFUSED, 0), by("organisation", H.EXPIRED, 1), by(1, H.GIVEN, 2)],
        State.NO,
    ),
    ("what is still to come is not looked at", YOUNG, [by(1, H.GIVEN, 0), by(2, H.REFUSED, 200)], State.YES),
]


@pytest.mark.parametrize(("ages", "said", "state"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_whose_word_counts_in_whatever_order_it_arrives(ages, said, state):
    for order in permutations(said):
        assert answer(order, ages, at=AT).state == state


def test_from_twelve_a_pupil_withdraws_once_that_is_the_law():
    rules = AgeRules(decides=16, leaves=12, since=date(2026, 9, 1))
    assert rules.of(date(2012, 5, 1)) == Ages(date(2028, 5, 1), date(2026, 9, 1))
    assert rules.of(date(2015, 5, 1)) == Ages(date(2031, 5, 1), date(2027, 5, 1))
    assert AgeRules().of(date(2015, 5, 1)).decides_from is None


def test_the_last_word_of_each_stays_known_and_a_pupil_of_sixteen_is_to_be_asked():
    found = answer([by(1, H.GIVEN, 0), by(2, H.REFUSED, 1)], YOUNG, at=AT)
    assert [(one.parent, one.kind) for one in found.voices] == [(1, H.GIVEN), (2, H.REFUSED)]
    assert answer([by(1, H.GIVEN, 0)], TURNS_16, at=AT).asks_pupil
    assert not answer([by(1, H.GIVEN, 0)], YOUNG, at=AT).asks_pupil
