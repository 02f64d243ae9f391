"""What is known for an answer, before a form words it: codes or text, and how sure it is. Pure."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from breaches.law import NotificationKind

NOTIFYING = "notifying"
"""Where a source is filled that nobody can know before somebody notifies."""
CONTROLLER = "controller"


class Standing(TextChoices):
    RECORDED = "recorded", _("Recorded")
    DERIVED = "derived", _("Derived, check it")
    MISSING = "missing", _("Missing")


@dataclass(frozen=True)
class Given:
    """`codes` are answers to choose from, `text` is free. A missing one may still hold the code for "not known"."""

    codes: tuple = ()
    text: str = ""
    standing: str = Standing.RECORDED


NOTHING = Given(standing=Standing.MISSING)


@dataclass(frozen=True)
class ActivityHint:
    """What the record says of an activity that was hit: a hint beside a question, never an answer."""

    name: str
    data: tuple = ()
    people: tuple = ()
    parties: tuple = ()


@dataclass(frozen=True)
class FormFacts:
    """All that forms ask about. Rows are read by their own columns only, so filling asks the database nothing.

    `late`: whether the deadline passed before it was notified, None while nobody can tell. `asked`: what is only known
    when somebody notifies. `message`: the words in which the people were told last.
    """

    breach: Any
    kind: str = NotificationKind.FIRST
    late: bool | None = None
    controller: dict = field(default_factory=dict)
    is_controller_sure: bool = True
    controllers: tuple = ()
    parties: tuple = ()
    processor: str = ""
    activities: tuple = ()
    notices: tuple = ()
    people_decision: Any = None
    communications: tuple = ()
    measures: tuple = ()
    is_advised: bool = False
    files: tuple = ()
    countries: dict = field(default_factory=dict)
    earlier: str = ""
    message: str = ""
    asked: dict = field(default_factory=dict)


def text(value, *, check=False):
    value = str(value).strip() if value not in (None, "") else ""
    if not value:
        return NOTHING
    return Given(text=value, standing=Standing.DERIVED if check else Standing.RECORDED)


def chosen(*codes, check=False):
    codes = tuple(str(code) for code in codes if code)
    if not codes:
        return NOTHING
    return Given(codes=codes, standing=Standing.DERIVED if check else Standing.RECORDED)


def moment(value):
    return text(value and date_format(localtime(value), "DATETIME_FORMAT"))


def day(value):
    return text(value and date_format(value, "DATE_FORMAT"))


def listed(lines):
    """One thing per line, as it is pasted into a form."""
    return "\n".join(line for line in lines if line)
