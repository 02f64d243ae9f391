"""How long each step of a drill took, from its start. Pure: rows come in, with what was recorded of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from .clock import HOUR
from .states import Recorded


@dataclass(frozen=True)
class Step:
    """`at` is None as long as it was not done; `after` is never less than nothing."""

    label: str
    at: datetime | None
    after: timedelta | None

    @property
    def words(self):
        if self.after is None:
            return ""
        minutes = self.after % HOUR // timedelta(minutes=1)
        return _("%(hours)s h %(minutes)s min") % {"hours": self.after // HOUR, "minutes": minutes}


def steps(drill, breach, recorded):
    """Each step of one breach of a drill, in the order in which they should come."""
    moments = (
        (_("Reported"), breach.reported_at),
        (_("Aware"), breach.aware_at),
        (_("Examination began"), breach.examined_from),
        (_("Risk assessed"), _first(recorded.assessments)),
        (_("Decided about the authority"), _first(row for row in recorded.decisions if row.about == "authority")),
        (_("Decided about the people"), _first(row for row in recorded.decisions if row.about == "people")),
        (_("Authority notified"), recorded.first_notified_at),
        (_("People told"), _first(recorded.communications)),
        (_("Closed"), breach.closed_at),
    )
    return [Step(label, at, max(at - drill.started_at, timedelta()) if at else None) for label, at in moments]


def recorded_of(breach):
    """From rows that were read along (`READ_ALONG`)."""
    return Recorded(
        assessments=tuple(breach.assessment_rows.all()),
        decisions=tuple(breach.decision_rows.all()),
        notifications=tuple(breach.notification_rows.all()),
        communications=tuple(breach.communication_rows.all()),
    )


READ_ALONG = ("assessment_rows", "decision_rows", "notification_rows", "communication_rows")


def _first(rows):
    return min((row.at for row in rows), default=None)
