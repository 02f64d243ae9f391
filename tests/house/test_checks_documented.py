"""docs/checks.md names every one of the 215 rules once, and agrees with those that are built."""

import re
from pathlib import Path

from breaches import findings as of_breaches
from consent import findings as of_consent
from register.checks.engine import RULES

ROOT = Path(__file__).resolve().parents[2]
COUNTS = {"R": 29, "L": 48, "T": 13, "P": 19, "X": 16, "N": 13, "C": 22, "D": 17, "G": 10, "Q": 10, "B": 12, "S": 6}
ROOMS = {"consent", "rights", "breaches", "assessments", "workspace", "notices"}
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/checks.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| [A-Z]\d{3} \|", line)
]
BUILT = {row[0]: row for row in ROWS if row[4].startswith("`")}
FUNCTIONS = {rule.id: rule.function for rule in RULES.values()}
FUNCTIONS |= of_breaches.OF_A_BREACH | of_breaches.OTHERS | of_consent.OF_A_PURPOSE | of_consent.OTHERS
"""Also of rules that rooms above the register give the verdicts of."""
SHIPPED = {rule.id: rule for rule in RULES.values() if rule.id[0] in COUNTS}


def test_every_rule_stands_in_the_table_once_and_in_order():
    expected = [f"{letter}{number:03}" for letter, count in COUNTS.items() for number in range(1, count + 1)]
    assert len(expected) == 215
    assert [row[0] for row in ROWS] == expected


def test_the_table_says_of_the_built_rules_what_is_so():
    assert BUILT.keys() == SHIPPED.keys()
    for id, rule in SHIPPED.items():
        module = FUNCTIONS[id].__module__.replace(".", "/")
        assert BUILT[id][2:] == [rule.severity.value, rule.article, f"`{module}.py`"], id
        assert BUILT[id][1].startswith(FUNCTIONS[id].__name__.replace("_", " ")), id


def test_a_rule_that_is_not_built_says_which_room_brings_it_or_why_it_is_not_there():
    for id, about, severity, article, where in ROWS:
        if id not in BUILT:
            assert about
            assert (severity, article) == ("", "")
            assert where.removeprefix("comes with ") in ROOMS or re.match(r"not: \w+", where), id
