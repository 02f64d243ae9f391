"""Every thing that the source articles ask for and that is said to be done has a page and a test."""

import re
from pathlib import Path

import pytest
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in (ROOT / "docs/seeds.md").read_text().splitlines()
    if re.match(r"\| \d+ \|", line)
]
EXPECTED = [*range(1, 83), *range(93, 98), *range(99, 129), *range(135, 138)]
LATER = re.compile(r"later: workspace")


def _names(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _names(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield prefix + pattern.name


def test_every_row_of_this_room_is_mapped_once():
    assert [int(row[0]) for row in ROWS] == EXPECTED


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_names_a_page_and_a_test_that_exist_or_the_room_it_waits_for(row):
    _number, what, page, test = row
    if what.startswith("later"):
        assert LATER.fullmatch(what)
        assert not page
        return
    assert page in set(_names(get_resolver()))
    path, _, name = test.partition("::")
    assert f"def {name}(" in (ROOT / "tests" / path).read_text()
