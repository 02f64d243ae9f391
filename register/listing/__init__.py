"""The list of activities: what was asked in the address, which rows that gives, and how they are shown.

Lists read list columns and filter rows (`register.derived`), never whole entries. The one rule: a list costs the same
number of queries for ten rows as for ten thousand.
"""

from django.db.models import prefetch_related_objects

from .asked import Asked
from .now import Listing
from .past import PastListing

__all__ = ["Asked", "Listing", "PastListing", "listing_of"]


def listing_of(membership, query, *, today):
    """The list that `query` (a QueryDict) asks for: as it is now, or as it stood on the day that it names."""
    prefetch_related_objects([membership], "department_rows")  # asked for more than once
    asked = Asked.of(query)
    return PastListing(membership, asked) if asked.on else Listing(membership, asked, today=today)
