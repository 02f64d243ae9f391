"""How old somebody is at least by now, from what the ledger heard of their age at one moment or another. No query.

The one rule: everybody grows older, and of who contradicts themselves the youngest that was said counts.
"""

from django.utils import timezone

from core.dates import add_years

from .kinds import AgeBand, GivenBy

MINOR = (0, 17)  # whom a parent spoke for without saying how old they are


def youngest_now(events, on):
    """In whole years, or None when nothing was ever heard of an age."""
    told = [(*span, _years(event, on)) for event in events if (span := _span(event))]
    if not told:
        return None
    at_least = [youngest + years for youngest, _oldest, years in told]
    at_most = [oldest + years + 1 for _youngest, oldest, years in told if oldest is not None]
    agree = not at_most or max(at_least) <= min(at_most)
    return max(at_least) if agree else min(at_least)


def _span(event):
    """(lowest, highest or None) that an event says, or None."""
    band = AgeBand(event.age)
    if band.youngest is not None:
        return band.youngest, band.oldest
    return MINOR if event.given_by == GivenBy.PARENT else None


def _years(event, on):
    """Whole years that went by since."""
    day = timezone.localdate(event.happened_at)
    years = on.year - day.year
    return years if add_years(day, years) <= on else years - 1
