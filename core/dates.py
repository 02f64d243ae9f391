"""Arithmetic with calendar days. The one rule: nothing here asks what day it is; every day comes in as an argument."""

from calendar import monthrange


def add_months(day, months):
    """The same day of the month so many months on, or the last day of that month: 31 January + 1 = 28 or 29 February.

    Regulation 1182/71 counts terms in months this way. Negative numbers count back.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=years, month=month + 1, day=min(day.day, monthrange(years, month + 1)[1]))


def add_years(day, years):
    """The same day so many years on; 29 February becomes 28 February where there is none."""
    return add_months(day, years * 12)
