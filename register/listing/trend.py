"""How many findings stood over time, as columns of a drawing: one per day that was counted, thinned for a long time."""

import datetime
from dataclasses import dataclass

from register import findings
from register.checks.engine import Severity

WIDTH, HEIGHT, GAP = 720, 120, 2
MOST = 60  # columns in the drawing
YEAR = datetime.timedelta(days=366)
SHOWN = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFORMATION)


@dataclass(frozen=True)
class Column:
    """One day: `parts` are (severity, y, height) from the ground up, `counts` the numbers by severity."""

    day: datetime.date
    x: float
    parts: tuple
    counts: tuple

    @property
    def total(self):
        return sum(number for _severity, number in self.counts)


@dataclass(frozen=True)
class Trend:
    columns: tuple
    bar: float
    most: int
    began_on: datetime.date
    began_with: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def last(self):
        return self.columns[-1]


def of(organisation, *, on):
    """The year before a day, as far as it was counted; None until two days were. What does not hold and was not
    accepted counts. Beside it what there was on the very first day. Three queries.
    """
    days = dict(findings.trend(organisation, since=on - YEAR))
    chosen = _thinned(sorted(days))
    if len(chosen) < 2:
        return None
    most = max(sum(days[day].values()) for day in chosen)
    bar = (WIDTH - GAP * (len(chosen) - 1)) / len(chosen)
    columns = [_column(day, days[day], most, place * (bar + GAP)) for place, day in enumerate(chosen)]
    began_on, began_with = findings.baseline(organisation)
    return Trend(tuple(columns), round(bar, 2), most, began_on, sum(began_with.values()))


def _thinned(days):
    """At most `MOST` of the days, evenly, the first and the last always."""
    if len(days) <= MOST:
        return days
    step = (len(days) - 1) / (MOST - 1)
    return [days[round(place * step)] for place in range(MOST)]


def _column(day, numbers, most, x):
    parts, ground = [], float(HEIGHT)
    for severity in SHOWN:
        height = numbers.get(severity, 0) / most * HEIGHT if most else 0
        if height:
            ground -= height
            parts.append((severity.value, round(ground, 2), round(height, 2)))
    counts = tuple((severity, numbers.get(severity, 0)) for severity in SHOWN)
    return Column(day, round(x, 2), tuple(parts), counts)
