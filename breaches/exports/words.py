"""How an export words the fields of a breach and what hangs on it: text and typed values, in the language in force."""

import datetime

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from breaches import showing
from breaches.models import Breach


def label(name):
    """What a field is called; two numbers that are one answer keep their own names."""
    return capfirst(str(Breach._meta.get_field(name).verbose_name))


def value(breach, name, countries):
    """A field as a cell takes it: a moment, a number, or words; "" for what is not filled in."""
    found = getattr(breach, name)
    if found in (None, "", []):
        return ""
    return found if isinstance(found, datetime.datetime | int) else showing.words(name, found, countries)


def text(found):
    """What `value` gave, as text."""
    if isinstance(found, datetime.datetime):
        return date_format(localtime(found), "DATETIME_FORMAT")
    if isinstance(found, datetime.date):
        return date_format(found, "DATE_FORMAT")
    if isinstance(found, int):
        return number_format(found, use_l10n=True, force_grouping=True)
    return str(found)


def decided(decision):
    """What a decision says; "" while nobody decided."""
    if decision is None:
        return ""
    if decision.about == decision.About.AUTHORITY:
        return _("Notify the authority") if decision.tell else _("Do not notify the authority")
    return _("Tell the people") if decision.tell else _("Do not tell the people")


def person(user):
    return str(user) if user else ""


def yes_or_no(answer):
    return _("Yes") if answer else _("No")


def under(*lines):
    """One under the other; what is empty takes no line."""
    return "\n".join(line for line in lines if line)


def between(sign, *parts):
    return sign.join(str(part) for part in parts if part)


def score(assessment):
    """The ENISA score with its two decimals; "" when the method was not used."""
    if assessment is None or assessment.score is None:
        return ""
    return number_format(assessment.score / 100, decimal_pos=2, use_l10n=True)
