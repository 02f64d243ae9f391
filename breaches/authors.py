"""Who is writing a report: a member, or whoever holds the organisation's secret link."""

from dataclasses import dataclass

from accounts.models import AccessLink, Organisation, User
from breaches.models import Drill


@dataclass(frozen=True)
class Author:
    """`user` for a member, `link` for an outsider; never both."""

    organisation: Organisation
    user: User | None = None
    link: AccessLink | None = None
    drill: Drill | None = None

    @property
    def is_outside(self):
        return self.link is not None
