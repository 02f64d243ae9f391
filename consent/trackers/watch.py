"""What the rules C021 and C022 are about: trackers that load without consent, and layers that do not let refuse.

The one rule: what needs consent is asked here in a constant number of queries, however many trackers or sites.
"""

from dataclasses import dataclass

from consent.models import Site, Tracker
from register.law import YesNo

from .kinds import LAYER

NO_PURPOSE, BEFORE, NOT_LOOKED = "no_purpose", "before_consent", "not_looked"


@dataclass(frozen=True, slots=True)
class Without:
    """Why a tracker that needs consent does not have it: no purpose of consent that is asked, it is loaded before, or
    nobody looked whether it is.
    """

    tracker: Tracker
    why: str

    @property
    def is_known(self):
        return self.why != NOT_LOOKED


def without_consent(organisation):
    """[Without] of all trackers in use of an organisation; one tracker may have two reasons. One query."""
    rows = _asking(organisation).filter(is_suggested=False)
    return [Without(row, why) for row in rows.select_related("site", "purpose") for why in reasons(row)]


def _asking(organisation):
    """The trackers that need consent and are still found."""
    return Tracker.objects.of(organisation).in_use().needing_consent().filter(gone_on=None)


def reasons(tracker):
    """Why one that needs consent does not have it. Reads its purpose."""
    if tracker.purpose is None or tracker.purpose.retired_on is not None:
        yield NO_PURPOSE
    if tracker.before_consent == YesNo.YES:
        yield BEFORE
    elif tracker.before_consent == YesNo.UNKNOWN:
        yield NOT_LOOKED


def layers(organisation):
    """[(site, [what is not so], [what nobody answered])] of the sites in use that have a tracker that needs consent:
    names of fields in `LAYER`, whose words are the verbose names of the model. Two queries.
    """
    found = []
    for site in Site.objects.of(organisation).in_use().filter(pk__in=_asking(organisation).values("site")):
        lacks = [name for name in LAYER if getattr(site, name) == YesNo.NO]
        unknown = [name for name in LAYER if not getattr(site, name)]
        if lacks or unknown:
            found.append((site, lacks, unknown))
    return found
