from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import add_months, add_years


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 5), -1, date(2025, 12, 5)),
        (date(2026, 12, 5), 0, date(2026, 12, 5)),
        (datetime(2026, 1, 31, 10), 1, datetime(2026, 2, 28, 10)),  # noqa: DTZ001
    ],
)
def test_months_are_calendar_months(day, months, expected):
    assert add_months(day, months) == expected


def test_a_leap_day_has_its_birthday_on_the_last_of_february():
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@given(st.dates(date(1000, 1, 1), date(3000, 1, 1)), st.integers(-5000, 5000))
def test_the_month_is_the_one_asked_for_and_the_day_never_later(day, months):
    then = add_months(day, months)
    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day <= day.day
