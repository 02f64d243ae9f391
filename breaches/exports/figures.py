"""The figures as one table: what is counted, the number, and for steps the times in hours."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from breaches.clock import HOUR
from core.spreadsheets import write_csv


def to_csv(found, language):
    headings = (
        _("Figure"),
        _("What"),
        _("How many"),
        _("Median, hours"),
        _("Longest, hours"),
        _("In the time to notify"),
    )
    return write_csv((headings, *_rows(found)), language)


def _rows(found):
    whole = _("The register")
    yield whole, _("Breaches"), found.total
    yield whole, _("Notified to the authority"), found.notified
    yield whole, _("Notified in time"), found.in_time
    yield whole, _("Not notified, for a reason"), found.not_notified
    yield whole, _("People told"), found.told
    yield whole, _("Left out: drills"), found.left_out["drills"]
    yield whole, _("Left out: withdrawn reports"), found.left_out["withdrawn"]
    yield whole, _("Left out: not a breach"), found.left_out["not_breaches"]
    for title, bars in ((_("Cause"), found.causes), (_("Kind"), found.kinds)):
        yield from ((title, bar.label, bar.count) for bar in bars)
    title, shape = (_("Year"), "Y") if found.is_per_year else (_("Month"), "Y-m")
    yield from ((title, date_format(bar.label, shape), bar.count) for bar in found.months)
    for step in found.steps:
        yield _("Time to a step"), step.label, step.count, _hours(step.middle), _hours(step.longest), step.within


def _hours(length):
    return "" if length is None else round(length / HOUR, 2)
