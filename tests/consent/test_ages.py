"""How old somebody is at least by now, from what was said before."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from consent.ages import youngest_now

TODAY = date(2026, 11, 22)


def said(age, year, given_by="subject"):
    return SimpleNamespace(age=age, given_by=given_by, happened_at=datetime(year, 11, 23, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("events", "years"),
    [
        ([], None),
        ([said("", 2020)], None),
        ([said("from_13", 2025)], 13),  # a year less a day ago
        ([said("from_13", 2022)], 16),
        ([said("from_13", 2024), said("from_16", 2025)], 16),
        ([said("from_13", 2025), said("adult", 2025)], 13),  # nobody grows so fast
        ([said("", 2025, "parent")], 0),
        ([said("", 2009, "parent")], 16),
        ([said("", 2023, "parent"), said("from_16", 2025)], 16),
    ],
)
def test_time_makes_older_and_who_contradicts_themselves_counts_as_the_youngest(events, years):
    assert youngest_now(events, TODAY) == years
