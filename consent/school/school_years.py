"""Once a school year parents are reminded of what they agreed to. Which purposes still wait for that?

The one rule: only what somebody answered before the school year began is reminded of; what was asked this year was
just read. A school year is named by the year it begins in and begins on 1 August.
"""

import datetime

from django.db.models import Exists, OuterRef

from consent.models import ConsentEvent, YearReminder
from register import reading

FIRST_MONTH = 8


def school_year(on):
    return on.year if on.month >= FIRST_MONTH else on.year - 1


def named(year):
    return f"{year}-{year + 1}"


def waiting(purposes, *, on):
    """The purposes among these of which parents must be reminded this school year. One query."""
    year = school_year(on)
    begin = reading.start_of(datetime.date(year, FIRST_MONTH, 1))
    done = YearReminder.objects.filter(purpose=OuterRef("pk"), school_year=year)
    answered = ConsentEvent.objects.filter(purpose=OuterRef("pk"), person__pupil__isnull=False, happened_at__lt=begin)
    return list(purposes.filter(~Exists(done), Exists(answered)))
