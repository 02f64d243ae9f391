"""A moment as people type it: the time on the wall where the organisation lives, in whole minutes.

The one rule: nothing typed here makes a deadline later. Of an hour that comes twice in autumn the first one is meant.
"""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from core.forms import FIRST_DAY, LAST_DAY

FORMAT = "%Y-%m-%dT%H:%M"


def on_the_wall(moment):
    """A moment as the form shows it; "" when there is none."""
    return timezone.localtime(moment).strftime(FORMAT) if moment else ""


def from_the_wall(naive):
    """The moment that a clock on the wall shows as this; an hour that was skipped in spring is refused."""
    zone = timezone.get_current_timezone()
    moment = naive.replace(tzinfo=zone, fold=0)
    if moment.astimezone(datetime.UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise ValidationError(_("This hour does not exist: the clock went forward. Choose another time."))
    return moment


class MomentField(forms.DateTimeField):
    """Never in the future, unless `may_come` says so."""

    def __init__(self, *, may_come=False, **options):
        super().__init__(**options)
        self.may_come = may_come

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, datetime.datetime):
            return value
        naive = self._read(str(value).strip())
        if not FIRST_DAY <= naive.date() <= LAST_DAY:
            raise ValidationError(_("Choose a year from 1900 to 2200."))
        moment = from_the_wall(naive)
        if not self.may_come and moment > timezone.now():
            raise ValidationError(_("This moment is still to come."))
        return moment

    def _read(self, text):
        try:
            found = parse_datetime(text)
        except ValueError:
            found = None
        if found is None or found.tzinfo is not None:
            raise ValidationError(_("Fill in a day and a time, such as 2026-03-01 14:30."))
        return found.replace(second=0, microsecond=0)
